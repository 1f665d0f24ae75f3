from odoo import api, fields, models


class PanierSlotClose(models.TransientModel):
    """Close slots, saying why."""

    _name = "panier.slot.close"
    _description = "Close slots"

    slot_ids = fields.Many2many("panier.slot", string="Slots", required=True, readonly=True)
    reason = fields.Char(required=True, help="Shown to members.")
    orders = fields.Integer(string="Places taken", compute="_compute_orders")

    @api.depends("slot_ids")
    def _compute_orders(self):
        for wizard in self:
            wizard.orders = sum(wizard.slot_ids.mapped("reserved"))

    def action_close(self):
        """Close the slots; orders already placed stay and are to be moved."""
        self.slot_ids.action_close(self.reason)
        return {"type": "ir.actions.act_window_close"}
