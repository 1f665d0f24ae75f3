from . import test_access
from . import test_closing
from . import test_given_back
from . import test_hold
from . import test_multi_company
from . import test_ticket
from . import test_tours
