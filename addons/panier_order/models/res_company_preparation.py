from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    panier_collect_hours = fields.Integer(
        string="Hours to collect",
        default=24,
        help="A basket still here so many hours after the end of its slot is “not collected”.",
    )
    panier_uncollected_rule = fields.Selection(
        selection=[
            ("keep", "Keep the basket and call the member"),
            ("credit", "Put back on the shelf and credit the member"),
            ("no_credit", "Put back on the shelf, no credit"),
        ],
        string="Baskets not collected",
        default="keep",
        required=True,
        help="What staff do, in one tap, with a basket that nobody came for.",
    )
    panier_undo_minutes = fields.Integer(
        string="Minutes to undo a hand-over",
        default=10,
        help="For so long, whoever hands over baskets may take back a hand-over made by mistake.",
    )

    _panier_collect_hours_positive = models.Constraint(
        "CHECK(panier_collect_hours >= 0 AND panier_undo_minutes >= 0)", "These times cannot be negative."
    )
