from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.panier_order import journey

from ..browser import is_id


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def read_converted(self):
        """Override of `pos_sale`: a cashier reads the lines of baskets that wait; a fee is charged as ordered."""
        if not all(is_id(each) for each in self.ids):
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        # sudo: to know whose rule applies; nothing leaves before it has said yes.
        orders = self.sudo().order_id
        if not orders or not all(orders.mapped("panier_state")):
            return super().read_converted()
        self._panier_check_cashier(orders)
        # sudo() is safe: see the check.
        converted = super(SaleOrderLine, self.sudo()).read_converted()
        for values in converted:
            # A service on a confirmed order is loaded with what is to invoice: nothing, for one invoiced as delivered.
            values["qty_to_invoice"] = values["product_uom_qty"] - values["qty_invoiced"]
        return converted

    @api.model
    def _panier_check_cashier(self, orders):
        """Refuse whoever works at no open till of the company of these baskets, and baskets that do not wait."""
        tills = (
            self.env["pos.session"].search([("state", "=", "opened")])
            if self.env.user.has_group("point_of_sale.group_pos_user")
            else self.env["pos.session"]
        )
        waiting = {journey.READY, journey.NOT_COLLECTED}
        if orders.company_id - tills.company_id or set(orders.mapped("panier_state")) - waiting:
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))

    @api.depends("pos_order_line_ids.refund_orderline_ids.order_id.state")
    def _compute_qty_invoiced(self):
        """Override to follow refunds as well, see below."""
        return super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        """Override of `pos_sale`, which takes what a ticket gave back from the delivered quantity only.

        Of a product that is invoiced as delivered, the refund would otherwise be credited a second time.
        """
        invoiced = super()._prepare_qty_invoiced()
        for line in self.filtered(
            lambda line: line.product_id.invoice_policy == "delivery" and line.product_id.type != "service"
        ):
            # sudo: members and preparers may not read tickets; only the quantity leaves.
            sudo_line = line.sudo()
            if sudo_line.order_id.panier_state:
                refunds = sudo_line.pos_order_line_ids.refund_orderline_ids.filtered(
                    lambda refund: refund.order_id.state not in ("draft", "cancel")
                )
                invoiced[line] += sum(sudo_line._convert_qty(sudo_line, refund.qty, "p2s") for refund in refunds)
        return invoiced
