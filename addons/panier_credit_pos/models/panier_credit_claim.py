from odoo import fields, models


class PanierCreditClaim(models.Model):
    _inherit = "panier.credit.claim"

    panier_given_back_at_till = fields.Monetary(
        string="Given back at the till",
        compute="_compute_money",
        help="By refunding the ticket, or by a credit note of its invoice.",
    )

    def _compute_money(self):
        """Override: whoever decides sees what was given back at the till."""
        super()._compute_money()
        for claim in self:
            # sudo: referents do not read tickets; a sum of this line.
            line = claim.line_id.sudo()
            claim.panier_given_back_at_till = line._panier_returned_amount() if line else 0.0
