from . import checkout
from . import hand_over
from . import payment
from . import portal
from . import preparation
