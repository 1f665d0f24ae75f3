from . import test_access
from . import test_guards
from . import test_spending
