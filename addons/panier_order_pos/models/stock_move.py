from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """Override: while tickets are saved, the demand of a basket's delivery stays what the member ordered.

        `pos_sale` reduces it to the order line, which the preparation has reduced already (ADR 0031): a basket opened
        again afterwards could not be filled any more.
        """
        if not self.env.context.get("panier_till_sync") or "product_uom_qty" not in vals:
            return super().write(vals)
        baskets = self.filtered(lambda move: move.sale_line_id.order_id.panier_state)
        if others := {name: value for name, value in vals.items() if name != "product_uom_qty"}:
            super(StockMove, baskets).write(others)
        return super(StockMove, self - baskets).write(vals)
