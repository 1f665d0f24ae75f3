from odoo import fields, models


class PanierOrderCancel(models.TransientModel):
    _name = "panier.order.cancel"
    _description = "Cancel an order, with the reason"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Kept with the order and on the credit note.")

    def action_cancel(self):
        """Cancel the order; what was paid becomes a credit note."""
        self.ensure_one()
        return self.order_id.action_panier_cancel(self.reason)
