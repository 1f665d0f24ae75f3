from . import test_checkout_flow
from . import test_hand_over
from . import test_not_collected
from . import test_paid_late
from . import test_payment_guards
from . import test_preparation_flow
from . import test_slot_choice
from . import test_taps
