from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the member ordered, and paid or is to pay: fixed once the basket is on its way (ADR 0026).
_FIXED = frozenset({"product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount"})


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

    @api.model_create_multi
    def create(self, vals_list):
        """Override to refuse what would be prepared unpaid. The lines Odoo adds for deliveries have no quantity."""
        added = [vals for vals in vals_list if vals.get("product_uom_qty", 1) and not vals.get("is_downpayment")]
        orders = self.env["sale.order"].browse(vals["order_id"] for vals in added if vals.get("order_id"))
        self._panier_refuse_on_its_way(orders)
        return super().create(vals_list)

    def write(self, vals):
        """Override to refuse to change what was ordered once the basket is on its way."""
        if names := _FIXED & vals.keys():
            changed = self.filtered(
                lambda line: any(line._fields[name].convert_to_write(line[name], line) != vals[name] for name in names)
            )
            self._panier_refuse_on_its_way(changed.order_id)
        return super().write(vals)

    @api.model
    def _panier_refuse_on_its_way(self, orders):
        """Raise when one of these orders is a basket that only named actions may change (law 5)."""
        if orders._panier_is_by_action():
            return
        if order := orders.filtered("panier_state")[:1]:
            raise UserError(
                self.env._(
                    "Basket %(order)s is on its way: what is in it changes by its preparation only. Make another "
                    "order for what is added; what is missing is settled when the basket is finished.",
                    order=order.name,
                )
            )
