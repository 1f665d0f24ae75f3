from odoo import api, fields, models


class PanierSlotChoice(models.TransientModel):
    _name = "panier.slot.choice"
    _description = "Choose how and when an order is collected"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id")
    carrier_id = fields.Many2one(
        "delivery.carrier",
        string="Delivery method",
        compute="_compute_carrier_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        domain="[('delivery_type', '=', 'panier_pickup'), ('panier_place_id', '!=', False),"
        " ('company_id', 'in', (False, company_id))]",
    )
    bookable_slot_ids = fields.Many2many("panier.slot", compute="_compute_bookable_slot_ids")
    date = fields.Date(string="Day", compute="_compute_date", store=True, readonly=False)
    slot_id = fields.Many2one(
        "panier.slot",
        compute="_compute_slot_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', bookable_slot_ids), ('date', '=', date)]",
    )

    @api.depends("order_id")
    def _compute_carrier_id(self):
        for wizard in self:
            carrier = wizard.order_id.carrier_id
            if not carrier or not carrier._panier_needs_slot():
                carrier = wizard._panier_carriers()[:1]
            wizard.carrier_id = carrier

    def _panier_carriers(self):
        return self.env["delivery.carrier"].search(
            [
                ("delivery_type", "=", "panier_pickup"),
                ("panier_place_id", "!=", False),
                ("company_id", "in", (False, self.company_id.id)),
            ]
        )

    @api.depends("carrier_id", "order_id")
    def _compute_bookable_slot_ids(self):
        for wizard in self:
            order, place = wizard.order_id, wizard.carrier_id.panier_place_id
            days = place._available_days(load=order._panier_load(), holder=order) if place and order else []
            wizard.bookable_slot_ids = [slot["id"] for day in days for slot in day["slots"] if slot["bookable"]]

    @api.depends("carrier_id")
    def _compute_date(self):
        for wizard in self:
            wizard.date = wizard.order_id.panier_slot_id.date or wizard.bookable_slot_ids[:1].date

    @api.depends("date", "carrier_id")
    def _compute_slot_id(self):
        for wizard in self:
            if wizard.slot_id.date != wizard.date or wizard.slot_id not in wizard.bookable_slot_ids:
                wizard.slot_id = False

    def action_choose(self):
        """Set the delivery method and hold the slot, as the member would online."""
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        if order.state in ("draft", "sent") and (order.carrier_id != self.carrier_id or not order.delivery_set):
            rate = self.carrier_id.rate_shipment(order)
            order.set_delivery_line(self.carrier_id, rate["price"])
        return order.action_panier_choose_slot(self.slot_id.id)
