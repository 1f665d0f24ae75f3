from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _panier_credit_at_till(self):
        """Override of `panier_credit`: a till of this company takes credit."""
        # sudo: members may not read tills; a yes or no.
        tills = self.env["pos.config"].sudo().search([("company_id", "=", self.company_id.id)])
        return any(tills.payment_method_ids.mapped("panier_is_credit"))
