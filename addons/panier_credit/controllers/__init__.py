from . import claims
from . import payment
from . import portal
from . import shop
from . import statement
