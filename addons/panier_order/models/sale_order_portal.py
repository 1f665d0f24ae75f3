from odoo import models

from odoo.addons.panier_member.refusal import Refusal, Refused

from .. import journey


class SaleOrder(models.Model):
    """What the member sees of an order: the slot panel, where the basket is, what may still be changed."""

    _inherit = "sale.order"

    def _panier_may_see_code(self, user):
        """Whether this visitor sees the collection code, the key to the basket; a forwarded link is none (ADR 0024).

        :param res.users user: who looks at the page; the page itself is rendered as somebody else
        """
        self.ensure_one()
        household = user.partner_id.commercial_partner_id
        return user._is_internal() or household == self.partner_id.commercial_partner_id

    # === THE SLOT PANEL === #

    def _panier_slot_panel(self):
        """The values of the template `slot_panel`: what may be chosen and what is.

        :return: `days` (see `panier.place._available_days`), `chosen` slot id, `label` of it, `held`, `seconds` left
            of the hold (0 = no clock), `refusals` about the choice as it is, `place`, `day` to open, `confirmed`
        :rtype: dict
        """
        self.ensure_one()
        # sudo: members may not read places and slots; what leaves this method is meant to be shown.
        place = self.carrier_id.sudo().panier_place_id
        slot = self.panier_slot_id.sudo()
        held = self._panier_slot_is_held()
        days = place._available_days(load=self._panier_load(), holder=self)
        chosen = slot.id if held else False
        return {
            "days": days,
            "day": self._panier_day_to_open(days, chosen),
            "chosen": chosen,
            "label": slot._panier_label() if slot else "",
            "held": held,
            "seconds": self._panier_slot_seconds_left() if held and self.state != "sale" else 0,
            "refusals": [] if held or not slot else self._panier_slot_refusals(),
            "place": place,
            "confirmed": self.state == "sale",
            "substitutions": self._fields["panier_substitution"]._description_selection(self.env),
        }

    def _panier_day_to_open(self, days, chosen):
        """The index of the day to show first: that of the choice, else the first with something free."""
        for index, day in enumerate(days):
            if any(slot["id"] == chosen if chosen else slot["bookable"] for slot in day["slots"]):
                return index
        return 0

    # === WHERE THE BASKET IS === #

    def _panier_missing_for_member(self):
        """What a finished basket lacks, in words, and what of the money comes back (law 8: nothing in silence).

        :return: ``lines``: sentences; ``amount``: to be credited, tax included, 0 when nothing was paid for it
        :rtype: dict
        """
        self.ensure_one()
        finished = self.panier_state in (journey.READY, journey.HANDED_OVER, journey.NOT_COLLECTED)
        short = self._panier_short_lines() if finished else self.order_line.browse()
        paid = short and not self.panier_pay_at_till
        return {
            "lines": [
                self.env._(
                    "%(product)s: %(found)s of %(ordered)s",
                    product=line.product_id.with_context(display_default_code=False).display_name,
                    found=line._panier_number(line.panier_prepared_qty),
                    ordered=line._panier_number(line._panier_ordered()),
                )
                for line in short
            ],
            "amount": self._panier_shortage_amount(short) if paid else 0.0,
        }

    def _panier_timeline(self):
        """The steps of the journey as the member reads them.

        :return: ``[{"label", "state": "done"|"current"|"todo"}]``, empty for an order that left the road
        :rtype: list[dict]
        """
        steps = [
            (journey.TO_PREPARE, self.env._("Confirmed")),
            (journey.PREPARING, self.env._("Being prepared")),
            (journey.READY, self.env._("Ready")),
            (journey.HANDED_OVER, self.env._("Collected")),
        ]
        states = [state for state, _label in steps]
        if self.panier_state not in states:
            return []
        current = states.index(self.panier_state)
        return [
            {"label": label, "state": "done" if index < current else "current" if index == current else "todo"}
            for index, (_state, label) in enumerate(steps)
        ]

    def _panier_state_sentence(self):
        """Where the basket is, in plain words."""
        slot = self.panier_slot_id.sudo()  # sudo: the member's own slot.
        return {
            journey.TO_PREPARE: self.env._("Your order is confirmed. We prepare it for the time you chose."),
            journey.PREPARING: self.env._("Your basket is being prepared right now."),
            journey.READY: self.env._("Your basket is ready: you are expected!"),
            journey.HANDED_OVER: self.env._("Your basket was collected. Enjoy!"),
            journey.NOT_COLLECTED: self.env._("Your basket was not collected in time. Please call the shop."),
            journey.CANCELLED: self.env._("This order is cancelled."),
        }.get(self.panier_state) or (
            self.env._("This order is not confirmed yet.") if slot or self.state == "sent" else ""
        )

    # === WHAT MAY STILL BE CHANGED === #

    def _panier_may_change_wishes(self):
        """Whether the note and the wishes may still be changed by the member."""
        self.ensure_one()
        return self.state in ("draft", "sent") or (
            self.state == "sale" and self.panier_state in journey.MEMBER_MAY_CHANGE
        )

    def _panier_change_wishes(self, values):
        """Write the member's wishes, until preparation starts.

        :param dict values: see `wishes.read`
        :raise Refused: too late
        """
        if not self._panier_may_change_wishes():
            raise Refused(
                [
                    Refusal(
                        "preparation_started",
                        self.env._("Your basket is already being prepared: the note can no longer be changed."),
                        self.env._("Please call the shop."),
                    )
                ]
            )
        self.write(values)

    def _panier_cancelled_sentence(self):
        """What the page says right after the member has cancelled."""
        notes = self.sudo().invoice_ids.filtered(  # sudo: the member's own credit notes.
            lambda move: move.move_type == "out_refund" and move.state == "posted"
        )
        reversals = notes.reversal_move_ids.filtered(lambda move: move.state == "posted")
        amount = sum(notes.mapped("amount_total")) - sum(reversals.mapped("amount_total"))
        if self.currency_id.compare_amounts(amount, 0) > 0:
            return self.env._(
                "Your order is cancelled. A credit note of %(amount)s is on your account.",
                amount=self.currency_id.format(amount),
            )
        return self.env._("Your order is cancelled. You have nothing to pay.")
