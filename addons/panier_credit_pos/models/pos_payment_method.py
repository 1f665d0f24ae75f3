from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PosPaymentMethod(models.Model):
    _inherit = "pos.payment.method"

    panier_is_credit = fields.Boolean(
        string="Member's credit",
        help="Tickets are paid with the avoirs of the member: the credit is asked for and kept aside before it is "
        "accepted, and the avoirs are used up when the session is closed.",
    )

    @api.constrains("panier_is_credit", "journal_id", "split_transactions")
    def _check_panier_credit(self):
        """No money moves, and it is known whose credit it is."""
        for method in self.filtered("panier_is_credit"):
            if method.journal_id or not method.split_transactions:
                raise ValidationError(
                    self.env._("A payment with the member's credit has no journal, and identifies the customer.")
                )

    @api.model
    def _load_pos_data_fields(self, config):
        """Override of `point_of_sale`: the till treats this method in its own way."""
        return [*super()._load_pos_data_fields(config), "panier_is_credit"]
