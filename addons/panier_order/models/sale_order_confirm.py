import secrets

from odoo import api, models

from odoo.addons.panier_capacity.exceptions import CapacityFull
from odoo.addons.panier_member.refusal import Refusal, Refused

from .. import journey

#: No 0/O, no 1/I/L: read aloud at the counter, typed on a phone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6

#: A place asked for while confirming is kept for the moment it takes: an attempt that is rolled back leaves it behind.
TAKE_MINUTES = 5


class SaleOrder(models.Model):
    """From a cart to a basket to prepare: the confirmation, by a payment or by the choice of the till."""

    _inherit = "sale.order"

    # === WHO MAY CONFIRM === #

    def _panier_confirmation_error(self):
        """Override of `panier_member`: without a payment, only the choice of the till confirms an order of ours."""
        if error := super()._panier_confirmation_error():
            return error
        if not self._panier_is_ours() or self._panier_is_settled() or self.currency_id.is_zero(self.amount_total):
            return False
        if self.panier_pay_at_till:  # Written by the action below alone.
            return False
        return self.env._(
            "This order is not paid. Send the member the payment link, or use “Confirm, to be paid at the till”."
        )

    def action_panier_confirm_at_till(self):
        """Confirm an order to be paid at the till: staff for a member, under the rules of the website.

        :raise Refused: what the member would be told online
        """
        self.check_access("write")
        for order in self:
            order._panier_check_till()
            order.with_context(send_email=True)._panier_confirm_at_till()
        return True

    def _panier_check_till(self):
        """Raise when this order cannot be confirmed now to be paid at the till.

        :raise Refused:
        """
        order = self.with_context(lang=self.partner_id._panier_lang())
        if not order._panier_may_pay_at_till():
            raise Refused([order._panier_refusal_no_till()])
        order._panier_check()

    def _panier_refusal_no_till(self):
        return Refusal(
            "till_not_allowed",
            self.env._("This order cannot be paid at the till."),
            self.env._("Please choose another way to pay."),
        )

    def _panier_confirm_at_till(self):
        """Confirm without a payment. The caller has checked what had to be."""
        self._panier_write({"panier_pay_at_till": True})
        self.action_confirm()

    # === WHAT A CONFIRMATION DOES === #

    def _action_confirm(self):
        """Override of `sale` to take the place in the slot and to start the journey.

        Before `super()`, which creates the picking: its date is that of the slot.
        """
        ours = self.filtered(lambda order: order._panier_is_ours())
        for order in ours:
            order._panier_start()
        return super()._action_confirm()

    def _panier_start(self):
        """Take the place and give the basket its state and its code.

        :raise Refused: the place is gone and nothing was paid yet (an order paid for is never refused, law 3)
        """
        taken = not self._panier_needs_slot() or self._panier_take_slot()
        self._panier_forget_hold()
        if not taken and not self._panier_is_settled():
            order = self.with_context(lang=self.partner_id._panier_lang())
            raise Refused([order._panier_slot_refusal("slot_lost" if order.panier_slot_id else "slot_missing")])
        self._panier_move(journey.TO_PREPARE, panier_code=self._panier_new_code(), panier_slot_lost=not taken)
        if not taken:
            self._panier_tell_slot_lost()

    def _panier_take_slot(self):
        """Make the held place the order's; one that is gone is asked for again.

        :return: whether the order has a place in its slot
        :rtype: bool
        """
        slot = self.panier_slot_id
        if not slot or slot.sudo().place_id != self.carrier_id.sudo().panier_place_id:
            return False
        if self._panier_hold()._take():
            self._panier_release_others()
            return True
        if slot.closed:
            return False
        try:
            # sudo: a member may not write slots; places are counted for everybody alike.
            hold = slot.sudo()._capacity_hold(self, 1, load=self._panier_load(), minutes=TAKE_MINUTES)
        except CapacityFull:
            return False
        taken = bool(hold._take())
        self._panier_release_others()
        return taken

    def _panier_release_others(self):
        """Give back what another tab, or an attempt that was rolled back, still holds for this order."""
        self._panier_holds().filtered(lambda hold: not hold._is_on(self.panier_slot_id))._release()

    @api.model
    def _panier_new_code(self):
        """A code nobody else shows at the counter: unique among the baskets not handed over yet.

        :return: six characters of an alphabet without look-alikes
        :rtype: str
        """
        over = (journey.HANDED_OVER, journey.CANCELLED)
        # sudo: uniqueness counts every order; only the new code leaves this method.
        orders = self.env["sale.order"].sudo().with_context(active_test=False)
        while True:
            code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
            if not orders.search_count([("panier_code", "=", code), ("panier_state", "not in", over)], limit=1):
                return code

    # === WHAT THE MEMBER AND STAFF ARE TOLD === #

    def _get_confirmation_template(self):
        """Override of `sale`: what, where, when, the code, and how to change it; sent as Odoo sends its own."""
        if self._panier_is_ours():
            return self.env.ref("panier_order.mail_template_confirmed", raise_if_not_found=False)
        return super()._get_confirmation_template()

    def _panier_tell_slot_lost(self):
        """Nobody is refused after paying: the member chooses another slot, staff know (law 3)."""
        order = self._panier_for_member()
        order._panier_tell_member(
            order.env._(
                "Your order %(order)s is paid and confirmed, but the place in your slot was no longer free when the "
                "payment arrived. Please choose another slot: %(url)s",
                order=order.name,
                url=order.get_base_url() + order._panier_slot_url(),
            )
        )
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Slot to choose again"),
            staff.env._("Paid after the place had gone. The member was asked to choose another slot; help if needed."),
        )
