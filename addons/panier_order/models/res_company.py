from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    panier_hold_minutes = fields.Integer(
        string="Minutes a chosen slot is kept",
        default=20,
        help="So long the place is kept while the member completes the order.",
    )
    panier_payment_minutes = fields.Integer(
        string="Minutes a slot is kept during payment",
        default=30,
        help="From the moment the member goes to the payment page of the bank.",
    )
    panier_link_hold_minutes = fields.Integer(
        string="Minutes a slot is kept for a payment link",
        default=24 * 60,
        help="For an order made by staff, which the member pays from a link.",
    )

    _panier_minutes_positive = models.Constraint(
        "CHECK(panier_hold_minutes > 0 AND panier_payment_minutes > 0 AND panier_link_hold_minutes > 0)",
        "A slot must be kept for at least one minute.",
    )
