from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    panier_claim_days = fields.Integer(
        string="Days to report a problem",
        default=7,
        help="For so many days after the hand-over, members report a problem themselves. 0: they call the shop.",
    )
    panier_goodwill_limit = fields.Monetary(
        string="Goodwill without a second person",
        default=20.0,
        currency_field="currency_id",
        help="What staff may give one member within 24 hours before a manager must agree.",
    )
    panier_goodwill_product_id = fields.Many2one(
        "product.product",
        string="Goodwill product",
        default=lambda self: self.env.ref("panier_credit.product_goodwill", raise_if_not_found=False),
        help="Its income account and its taxes are those of gestures that belong to no order.",
    )

    _panier_claims_positive = models.Constraint(
        "CHECK(panier_claim_days >= 0 AND panier_goodwill_limit >= 0)", "Neither days nor a limit can be negative."
    )

    def _panier_goodwill_product(self):
        """What a gesture without an order is booked as.

        :rtype: product.product
        """
        self.ensure_one()
        return self.panier_goodwill_product_id or self.env.ref("panier_credit.product_goodwill")
