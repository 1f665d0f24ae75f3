from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    panier_mark = fields.Selection(
        selection=[
            ("done", "Complete"),
            ("partial", "Partly there"),
            ("missing", "Missing"),
            ("damaged", "Damaged"),
        ],
        string="Preparation",
        copy=False,
        help="What the preparer found. Empty: not looked at yet.",
    )
    panier_prepared_qty = fields.Float(
        string="Prepared quantity", digits="Product Unit", copy=False, help="In the unit of the order line."
    )
    panier_mark_reason = fields.Char(string="Reason", copy=False)
