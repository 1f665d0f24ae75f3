from . import checkout
from . import payment
from . import portal
