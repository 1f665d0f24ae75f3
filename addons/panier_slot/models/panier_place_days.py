from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import groupby
from odoo.tools.misc import format_date

from .. import schedule
from .panier_slot import DISPLAY_DATE


class PanierPlace(models.Model):
    """The slots of a place as a page shows them."""

    _inherit = "panier.place"

    def _available_days(self, load=0, holder=None):
        """The days to come and their slots, full and closed ones included, in the time zone of the place.

        The number of queries does not depend on the number of slots.

        :param int load: order lines to prepare
        :param holder: record that may already hold a slot
        :return: ``[{"date": "2026-11-28", "label": "samedi 28 novembre", "weekday": "samedi",
            "slots": [{"id", "label":
            "10:00 – 10:30", "start": ISO with offset, "free": int, "bookable": bool, "code", "reason",
            "held_by_holder": bool}]}]``; `code` and `reason` are empty for a bookable slot
        """
        self.ensure_one()
        now = fields.Datetime.now()
        slots = self._slots_to_come(now)
        held = slots._held_by(holder)
        room = slots._room_with(held)
        return [
            {
                "date": fields.Date.to_string(date),
                "label": format_date(self.env, date, date_format=DISPLAY_DATE),
                "weekday": format_date(self.env, date, date_format="EEEE"),
                "slots": [self._slot_values(slot, room[slot.id], load, now, slot.id in held) for slot in day],
            }
            for date, day in groupby(slots, key=lambda slot: slot.date)
        ]

    def _slots_to_come(self, now):
        today = schedule.local_day(now, self.tz)
        end = schedule.wall_to_utc(today + timedelta(days=self.horizon_days + 1), 0, self.tz)
        if not self.active:
            return self.env["panier.slot"]
        return self.env["panier.slot"].search(
            [("place_id", "=", self.id), ("start", ">", now), ("start", "<", end)],
            order="start",
        )

    def _slot_values(self, slot, room, load, now, is_held):
        code = next(iter(slot._refusal_codes(room, load, now)), "")
        return {
            "id": slot.id,
            "label": slot._hours_label(),
            "start": schedule.to_local(slot.start, self.tz).isoformat(),
            "free": max(room[0], 0),
            "bookable": not code,
            "code": code,
            "reason": self._short_reason(slot, code, room),
            "held_by_holder": is_held,
        }

    def _short_reason(self, slot, code, room):
        """A word or two for a slot that cannot be booked."""
        if code == "slot_closed":
            return slot._why_closed() or self.env._("Closed")
        if code == "slot_full":
            return self.env._("Full") if room[0] < 1 else self.env._("Too little room")
        return self.env._("Too soon") if code else ""

    @api.model
    def _hour_label(self, hour):
        """9.5 → “9:30”."""
        return "{}:{:02d}".format(*divmod(schedule.minutes(hour), 60))
