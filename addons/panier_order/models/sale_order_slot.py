from datetime import datetime

from odoo import api, fields, models

from odoo.addons.panier_capacity.exceptions import CapacityFull
from odoo.addons.panier_member.refusal import Refusal, Refused

from .. import journey

#: "Kept until" of a place that is taken: no clock ends it.
TAKEN = datetime(9999, 12, 31)


class SaleOrder(models.Model):
    """The place in a slot: chosen, held for a while, taken by the confirmation, given back."""

    _inherit = "sale.order"

    panier_held_until = fields.Datetime(
        string="Place kept until",
        compute="_compute_panier_held_until",
        help="Of the chosen slot; empty when no place is kept, far away once it is taken.",
    )

    # === WHAT IS HELD === #

    @api.depends("panier_slot_id")
    def _compute_panier_held_until(self):
        """Read once a request; whoever changes a hold forgets it (`_panier_forget_hold`)."""
        holds = self.filtered("panier_slot_id")._panier_holds().grouped("holder_id")
        for order in self:
            hold = holds.get(order.id, self.env["panier.capacity.hold"])
            hold = hold.filtered(lambda each, slot=order.panier_slot_id: each._is_on(slot))
            taken = hold and "taken" in (hold.state, hold.decision)
            order.panier_held_until = TAKEN if taken else hold.expires_at

    def _panier_forget_hold(self):
        self.invalidate_recordset(["panier_held_until"], flush=False)

    def _panier_needs_slot(self):
        """Whether this order waits for a slot of a place, by its delivery method."""
        self.ensure_one()
        return bool(self.carrier_id) and self.carrier_id._panier_needs_slot()

    def _panier_load(self):
        """What the order weighs on a slot beside its one place: lines to prepare."""
        return len(self._panier_lines())

    def _panier_holds(self):
        """Every place these orders hold or have taken, on any slot."""
        return self.env["panier.capacity.hold"]._of_holder(self)

    def _panier_hold(self):
        """The place on the chosen slot, empty when there is none or it was released."""
        return self._panier_holds().filtered(lambda hold: hold._is_on(self.panier_slot_id))

    def _panier_slot_is_held(self):
        """Whether the chosen slot still keeps a place for this order."""
        self.ensure_one()
        return bool(self.panier_held_until and self.panier_held_until > fields.Datetime.now())

    # === REFUSALS === #

    def _panier_refusals(self):
        """Override of `panier_member` to ask for a delivery that is still offered and a slot that still stands."""
        refusals = super()._panier_refusals()
        if self.state in ("draft", "sent") and (self._panier_is_ours() or self._panier_is_cart_to_deliver()):
            order = self.with_context(lang=self.partner_id._panier_lang())
            refusals += order._panier_delivery_refusals() or order._panier_slot_refusals()
        return refusals

    def _panier_is_cart_to_deliver(self):
        """Whether this is a cart of a members-only website with goods that somehow have to reach the member."""
        return self._panier_action() == "order" and self.website_id and self.state == "draft" and self._panier_lines()

    def _panier_delivery_refusals(self):
        """Odoo never checks that the delivery line exists, nor on the portal that the method is still offered."""
        if self.carrier_id and self.order_line.filtered("is_delivery") and self._panier_carrier_is_offered():
            return []
        return [
            Refusal(
                "delivery_missing",
                self.env._("The way you collect your basket is missing, or is no longer offered."),
                self.env._("Please choose it again."),
                "/shop/checkout",
            )
        ]

    def _panier_carrier_is_offered(self):
        """Whether the delivery method may still be chosen; staff also use methods that the website does not show."""
        # sudo: a member may read published delivery methods only; the answer is yes or no.
        carrier = self.carrier_id.sudo()
        on_website = not self.website_id or (
            carrier.is_published and carrier.website_id in (self.website_id, carrier.website_id.browse())
        )
        return carrier.active and on_website and carrier._is_available_for_order(self)

    def _panier_slot_refusals(self):
        """What speaks against the chosen slot now.

        :rtype: list[Refusal]
        """
        self.ensure_one()
        if not self._panier_needs_slot():
            return []
        slot = self.panier_slot_id
        if not slot:
            return [self._panier_slot_refusal("slot_missing")]
        if slot.place_id != self.carrier_id.panier_place_id:
            return [self._panier_slot_refusal("slot_other_place")]
        if not self._panier_slot_is_held():
            return [self._panier_slot_refusal("slot_lost")]
        # What is held is ours, and the payment guard resizes it: only the clock and a closure are left to ask.
        codes = slot._refusal_codes((1, None), 0, fields.Datetime.now())
        return [refusal for refusal in slot._refusals() if refusal.code in codes] if codes else []

    def _panier_slot_refusal(self, code):
        """The refusals about a choice; those about a slot itself come from `panier_slot`."""
        choose = self.env._("Please choose a slot.")
        choose_again = self.env._("Please choose another slot.")
        message, advice = {
            "slot_missing": (self.env._("No collection slot is chosen yet."), choose),
            "slot_other_place": (self.env._("This slot belongs to another collection place."), choose_again),
            "slot_lost": (
                self.env._("Your place was kept for you for a while, then released."),
                self.env._("Please choose a slot again: the basket itself is unchanged."),
            ),
            "slot_unknown": (self.env._("This slot does not exist (any more)."), choose_again),
            "not_collected": (self.env._("This order is not collected in a slot."), ""),
            "order_over": (
                self.env._("The slot of this order can no longer be changed."),
                self.env._("Please call the shop or come by: we shall find a way."),
            ),
        }[code]
        return Refusal(code, message, advice, self._panier_slot_url())

    def _panier_slot_url(self):
        """Where the member chooses the slot of this order."""
        self.ensure_one()
        is_cart = self.state == "draft" and self.website_id
        return "/shop/checkout" if is_cart else f"/my/orders/{self.id}/slot"

    # === THE CHOICE: ONE METHOD FOR CHECKOUT, PORTAL AND STAFF === #

    def action_panier_choose_slot(self, slot_id):
        """Hold a place on the slot for this order, and give back the place it had before.

        Asked again for the same slot it renews the hold: a retried request takes nothing twice.

        :param int slot_id: a `panier.slot` of the order's collection place
        :raise AccessError: when the order is not the user's to change
        :raise Refused: with a sentence and an advice; nothing is changed then
        """
        self.ensure_one()
        self.check_access("write")
        order = self.with_context(lang=self.partner_id._panier_lang())
        slot = order._panier_slot_to_choose(slot_id)
        confirmed = order.state == "sale"
        if confirmed and slot == order.panier_slot_id and not order.panier_slot_lost:
            return True
        hold = order._panier_hold_slot(slot, order._panier_hold_minutes())
        (order._panier_holds() - hold)._release()
        order._panier_forget_hold()
        order._panier_write({"panier_slot_id": slot.id, "panier_slot_lost": False, "commitment_date": slot.start})
        if confirmed:
            hold._take()
            order._panier_tell_slot_changed(slot)
        return True

    def _panier_slot_to_choose(self, slot_id):
        """The slot, when this order may choose it now.

        :raise Refused:
        """
        if not self._panier_needs_slot():
            raise Refused([self._panier_slot_refusal("not_collected")])
        if not self._panier_slot_may_change():
            raise Refused([self._panier_slot_refusal("order_over")])
        # Whoever may not order holds no place either; a confirmed order has passed this question.
        if self.state != "sale" and (refusals := self._panier_member_refusals()):
            raise Refused(refusals)
        # sudo: a member may not read slots; it is checked right below that this one is offered for this order.
        slot = self.env["panier.slot"].sudo().browse(slot_id if type(slot_id) is int else 0).exists()
        if not slot:
            raise Refused([self._panier_slot_refusal("slot_unknown")])
        if slot.place_id != self.carrier_id.sudo().panier_place_id:
            raise Refused([self._panier_slot_refusal("slot_other_place")])
        if refusals := slot._refusals(load=self._panier_load(), holder=self):
            raise Refused(refusals)
        return slot

    def _panier_slot_may_change(self, user=None):
        """Whether the slot may be chosen or changed now.

        :param res.users user: who is asking; to be given by pages, which are rendered as somebody else
        """
        self.ensure_one()
        if self.state in ("draft", "sent"):
            return True
        if self.state != "sale":
            return False
        if (user or self.env.user)._is_internal():
            return self.panier_state in journey.STAFF_MAY_CHANGE
        if self.panier_slot_lost:
            return self.panier_state in journey.ACTIVE
        return self.panier_state in journey.MEMBER_MAY_CHANGE

    def _panier_hold_slot(self, slot, minutes):
        """Hold one place of the slot, sized for the basket as it is now; the place is kept or resized where it stands.

        :raise Refused: when the slot is full
        """
        try:
            return slot._capacity_hold(self, 1, load=self._panier_load(), minutes=minutes)
        except CapacityFull as full:
            # Its sentence names the slot and the next free one.
            raise Refused([Refusal("slot_full", str(full), url=self._panier_slot_url())]) from None

    def _panier_hold_minutes(self):
        """How long a choice keeps its place: a cart for a while, an order to be paid from a link for longer."""
        company = self.company_id.sudo()  # sudo: a member may not read the settings of the company.
        return company.panier_hold_minutes if self.state == "draft" else company.panier_link_hold_minutes

    @api.ondelete(at_uninstall=False)
    def _unlink_panier_release(self):
        """A cart that is deleted gives its place back."""
        for order in self.filtered("panier_slot_id"):
            order._panier_release_places()

    def _panier_release_places(self):
        """Every place of this order is free again, once this transaction is committed."""
        self._panier_holds()._release()
        self._panier_forget_hold()

    # === AROUND THE CHOICE === #

    def _set_delivery_method(self, delivery_method, rate=None):
        """Override of `website_sale` to give the place back when another way of delivery is chosen."""
        res = super()._set_delivery_method(delivery_method, rate=rate)
        if self.panier_slot_id and self.panier_slot_id.sudo().place_id != self.carrier_id.sudo().panier_place_id:
            self._panier_drop_slot()
        return res

    def _panier_drop_slot(self):
        """Give the place back and forget the choice."""
        self._panier_release_places()
        self._panier_write({"panier_slot_id": False, "commitment_date": False})

    def _panier_check_payment(self, transaction):
        """Override of `panier_member`: the place must last as long as a payment may, sized for the basket as it is."""
        super()._panier_check_payment(transaction)
        if self.state in ("draft", "sent") and self._panier_needs_slot():
            order = self.with_context(lang=self.partner_id._panier_lang())
            minutes = max(self.company_id.sudo().panier_payment_minutes, order._panier_hold_minutes())
            order._panier_hold_slot(order.panier_slot_id, minutes)
            order._panier_forget_hold()

    def _panier_tell_slot_changed(self, slot):
        """Leave who and when in the chatter; a member whose slot was changed by staff is told."""
        body = self.env._("The collection slot is now: %(slot)s.", slot=slot._panier_label())
        if self.env.user._is_internal():
            self._panier_tell_member(body)
        else:
            self.message_post(body=body, author_id=self.env.user.partner_id.id)

    def _panier_slot_seconds_left(self):
        """Seconds until the held place is released, by the server's clock; 0 when none stands."""
        if self.state == "sale" or not self._panier_slot_is_held():
            return 0
        return int((self.panier_held_until - fields.Datetime.now()).total_seconds())
