from . import panier_order_cancel
from . import panier_slot_choice
