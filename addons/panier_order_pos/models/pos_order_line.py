from odoo import models


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    def _prepare_refund_data(self, refund_order, PosPackOperationLot):
        """Override of `point_of_sale`: a refund names the line it gives back, and sells nothing of a basket.

        As the till's screen makes it. A copy of the link would count the return twice: in what was delivered, in what
        was invoiced, in what was given back.
        """
        values = super()._prepare_refund_data(refund_order, PosPackOperationLot)
        # sudo: whoever refunds may not read orders; whether it is one of ours.
        if self.sudo().sale_order_line_id.order_id.panier_state:
            values |= {"sale_order_line_id": False, "sale_order_origin_id": False}
        return values
