from odoo import api, models
from odoo.tools import SQL


class PanierCreditMovement(models.Model):
    _inherit = "panier.credit.movement"

    @api.model
    def _nature_cases(self):
        """Override: what the closing entry of a session left due was bought at the till."""
        till = SQL("EXISTS (SELECT 1 FROM pos_session session WHERE session.move_id = doc.id)")
        return [(till, "till"), *super()._nature_cases()]
