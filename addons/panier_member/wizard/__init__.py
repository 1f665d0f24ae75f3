from . import panier_member_status_wizard
