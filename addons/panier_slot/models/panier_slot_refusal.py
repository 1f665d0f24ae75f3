from odoo import fields, models
from odoo.tools.misc import format_date

from odoo.addons.panier_capacity.exceptions import CapacityFull
from odoo.addons.panier_member.refusal import Refusal

from .. import schedule
from .panier_slot import DISPLAY_DATE

# Where the next free slot is looked for: enough for a fortnight of half hours.
NEXT_FREE_AMONG = 300


class PanierSlot(models.Model):
    """Why a slot cannot be booked now, by the clock (laws 1 and 4)."""

    _inherit = "panier.slot"

    def _refusals(self, load=0, now=None, holder=None):
        """What speaks against booking this slot.

        :param int load: order lines to prepare
        :param datetime now: naive UTC, by default the clock
        :param holder: record that may already hold this slot; what it holds counts as free for it
        :return: ``[]`` = it can be booked. Codes: ``slot_past``, ``slot_too_soon``, ``slot_closed``, ``slot_full``
        :rtype: list[Refusal]
        """
        self.ensure_one()
        now = now or fields.Datetime.now()
        codes = self._refusal_codes(self._room_with(self._held_by(holder))[self.id], load, now)
        if not codes:
            return []
        advice = self._advice(load, now)
        return [Refusal(code, self._refusal_message(code, load), advice) for code in codes]

    def _held_by(self, holder):
        """:return: ``{slot id: hold}`` of the slots that `holder` has now"""
        holds = self.env["panier.capacity.hold"]._of_holder(holder) if holder else ()
        return {hold.resource_id: hold for hold in holds if hold.resource_model == self._name and hold._is_standing()}

    def _room_with(self, held):
        """What could be had by who already has `held`.

        :param dict held: as `_held_by`
        :return: ``{id: (places, load)}`` as `_capacity_room`
        """
        room = self._capacity_room()
        for slot_id in held.keys() & room.keys():
            places, rest = room[slot_id]
            hold = held[slot_id]
            room[slot_id] = (places + hold.quantity, None if rest is None else rest + hold.load)
        return room

    def _refusal_codes(self, room, load, now):
        """The codes alone, without any query.

        :param tuple room: ``(places, load or None)`` that are free
        """
        if self.start <= now:
            return ["slot_past"]
        codes = []
        if self.order_before and now > self.order_before:
            codes.append("slot_too_soon")
        if self.closed or not self.place_id.active:
            codes.append("slot_closed")
        places, rest = room
        if places < 1 or (rest is not None and load > rest):
            codes.append("slot_full")
        return codes

    def _refusal_message(self, code, load):
        slot = self._panier_label()
        if code == "slot_past":
            return self.env._("The slot of %(slot)s is over.", slot=slot)
        if code == "slot_too_soon":
            until = schedule.to_local(self.order_before, self.place_id.tz)
            until = f"{format_date(self.env, until.date(), date_format=DISPLAY_DATE)}, {until:%H:%M}"
            return self.env._("The slot of %(slot)s could be ordered until %(until)s.", slot=slot, until=until)
        if code == "slot_closed":
            reason = self._why_closed()
            if reason:
                return self.env._("The slot of %(slot)s is closed: %(reason)s.", slot=slot, reason=reason.rstrip("."))
            return self.env._("The slot of %(slot)s is closed.", slot=slot)
        places, rest = self._capacity_room()[self.id]
        if places > 0 and rest is not None and load > rest:
            return self.env._(
                "The slot of %(slot)s has room for %(left)s more products, your basket has %(load)s.",
                slot=slot,
                left=max(rest, 0),
                load=load,
            )
        return self.env._("The slot of %(slot)s is full.", slot=slot)

    def _advice(self, load, now):
        slot = self._next_free(load, now)
        if slot:
            return self.env._("The next free slot is %(slot)s.", slot=slot._panier_label())
        return self.env._("No slot is free for the time being: please ask the shop.")

    def _next_free(self, load, now):
        """The first slot of the same place that can be booked, empty if none; two queries."""
        candidates = self.search(
            [
                ("place_id", "=", self.place_id.id),
                ("place_id.active", "=", True),
                ("closed", "=", False),
                ("start", ">", now),
                ("order_before", ">=", now),
            ],
            order="start",
            limit=NEXT_FREE_AMONG,
        )
        room = candidates._capacity_room()
        return next((slot for slot in candidates if not slot._refusal_codes(room[slot.id], load, now)), self.browse())

    def _capacity_full(self, room, quantity, load):
        """Override of `panier_capacity` to name the slot and the next free one."""
        error = super()._capacity_full(room, quantity, load)
        if error.measure == "places" and error.left > 0:
            return error
        message = f"{self._refusal_message('slot_full', load)} {self._advice(load, fields.Datetime.now())}"
        return CapacityFull(message, error.measure, error.left, error.asked)
