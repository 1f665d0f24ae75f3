from odoo import fields, models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_type = fields.Selection(
        selection_add=[("panier_pickup", "Collection at the shop (Panier)")],
        ondelete={"panier_pickup": "set default"},
    )
    panier_place_id = fields.Many2one(
        "panier.place", string="Collection place", index="btree_not_null", ondelete="restrict"
    )
    panier_till_allowed = fields.Boolean(
        string="Payment at the till allowed",
        default=True,
        help="The member may choose to pay in the shop, at the hand-over.",
    )

    def _is_panier(self):
        """Whether orders delivered this way are ours: the rule and the journey apply. Other addons extend."""
        self.ensure_one()
        return self.delivery_type == "panier_pickup"

    def _panier_needs_slot(self):
        """Whether the member chooses a slot of a place for orders delivered this way. Other addons extend."""
        self.ensure_one()
        return self.delivery_type == "panier_pickup"

    # === AVAILABILITY AND RATE === #

    def _is_available_for_order(self, order):
        """Override of `delivery` to offer collection only where there is a place and something to collect."""
        if self._is_panier() and not self._panier_is_offered(order):
            return False
        return super()._is_available_for_order(order)

    def _panier_is_offered(self, order):
        """Whether the collection place is open for business and the order has goods."""
        # sudo: a member may not read places; whether one is active is no secret.
        place = self.sudo().panier_place_id
        return bool(place and place.active and order._panier_lines())

    def _match_address(self, partner):
        """Override of `delivery` not to limit collection by the member's address: they come to the shop."""
        if self.delivery_type == "panier_pickup":
            return True
        return super()._match_address(partner)

    def panier_pickup_rate_shipment(self, order):
        """Rate of a collection: its fixed price, always known and never asked of the network.

        A rate that failed would disable the radio button of the checkout (see Odoo's Checkout interaction).
        """
        return {
            "success": True,
            "price": self.fixed_price,
            "error_message": False,
            "warning_message": False,
        }

    # === SHIPPING: NOBODY CARRIES ANYTHING === #

    def panier_pickup_send_shipping(self, pickings):
        """Nothing is sent: the member collects."""
        return [{"exact_price": picking.carrier_id.fixed_price, "tracking_number": False} for picking in pickings]

    def panier_pickup_get_tracking_link(self, _picking):
        """There is no parcel to follow: the order's portal page tells its state."""
        return False

    def panier_pickup_cancel_shipment(self, _pickings):
        """Nobody has to be told."""
        return True
