from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_type = fields.Selection(
        selection_add=[("panier_pickup", "Collection at the shop (Panier)")],
        ondelete={"panier_pickup": "set default"},
    )
    panier_place_id = fields.Many2one("panier.place", string="Collection place", index="btree_not_null", ondelete="restrict")
    panier_till_allowed = fields.Boolean(
        string="Payment at the till allowed",
        default=True,
        help="The member may choose to pay in the shop, at the hand-over (mission A2).",
    )

    def _is_panier(self):
        """Whether orders delivered this way are ours: the one rule and the journey apply to them. Other addons extend."""
        self.ensure_one()
        return self.delivery_type == "panier_pickup"
