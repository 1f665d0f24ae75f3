from . import test_access
from . import test_checkout_credit
from . import test_guards
from . import test_shortage_credit
from . import test_spending
from . import test_staff_credit
