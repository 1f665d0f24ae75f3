from . import test_checkout_flow
from . import test_preparation_flow
from . import test_taps
