from odoo import fields, models


class PosPayment(models.Model):
    _inherit = "pos.payment"

    panier_due_line_id = fields.Many2one(
        "account.move.line",
        string="Due in the closing entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What the avoirs are matched with when the session is closed.",
    )
