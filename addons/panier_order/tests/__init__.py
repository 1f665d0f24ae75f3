from . import test_checkout_flow
