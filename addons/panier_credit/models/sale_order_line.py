from odoo import api, models

#: What changes the total of an order.
_PRICE = frozenset({"product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids"})


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: the credit held for the basket before is given back."""
        lines = super().create(vals_list)
        lines.order_id._panier_credit_follows_total()
        return lines

    def write(self, vals):
        """Override: see `create`."""
        res = super().write(vals)
        if _PRICE & vals.keys():
            self.order_id._panier_credit_follows_total()
        return res

    def unlink(self):
        """Override: see `create`."""
        orders = self.order_id
        res = super().unlink()
        orders.exists()._panier_credit_follows_total()
        return res
