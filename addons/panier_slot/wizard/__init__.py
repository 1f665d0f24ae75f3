from . import panier_slot_close
