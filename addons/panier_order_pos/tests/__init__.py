from . import test_access
from . import test_baskets
from . import test_forged
from . import test_load
from . import test_multi_company
from . import test_paid_twice
from . import test_ticket
from . import test_tours
