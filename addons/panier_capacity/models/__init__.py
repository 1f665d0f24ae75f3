from . import panier_capacity_decision
from . import panier_capacity_hold
from . import panier_capacity_mixin
