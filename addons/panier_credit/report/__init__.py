from . import credit_control_report
from . import credit_statement_report
