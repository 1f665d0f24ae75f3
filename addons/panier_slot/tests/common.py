from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import TransactionCase

from odoo.addons.panier_capacity.tests.common import CapacityCase

# A Monday, 10:00 in Paris (winter).
NOW = datetime(2026, 1, 12, 9, 0)
TODAY = date(2026, 1, 12)


class SlotCase(CapacityCase, TransactionCase):
    """A place open every day from 9:00 to 12:00 in half hours, five orders each; the clock stands at `NOW`."""

    freeze_time = freeze_time(NOW)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Without a language, dates are written in the first one that is installed.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.place = cls._create_place()
        cls.holders = cls.env["res.partner"].create([{"name": f"Member {index}"} for index in range(12)])

    @classmethod
    def _create_place(cls, **values):
        hours = values.pop("hours", [(9, 12)])
        weekdays = values.pop("weekdays", range(7))
        return cls.env["panier.place"].create(
            {
                "name": "At the shop",
                "tz": "Europe/Paris",
                "capacity": 5,
                "load_capacity": 0,
                "slot_minutes": 30,
                "lead_time_hours": 4,
                "opening_ids": [
                    (0, 0, {"weekday": str(weekday), "hour_from": hour_from, "hour_to": hour_to})
                    for weekday in weekdays
                    for hour_from, hour_to in hours
                ],
                **values,
            }
        )

    @classmethod
    def _slot(cls, day=13, hour=9, minute=0, place=None):
        """The slot of a local day of January 2026 (winter: one hour ahead of UTC)."""
        place = place or cls.place
        slot = place.slot_ids.filtered(lambda slot: slot.start == datetime(2026, 1, day, hour - 1, minute))
        assert len(slot) == 1, slot
        return slot

    def _codes(self, slot, **kwargs):
        return [refusal.code for refusal in slot._refusals(**kwargs)]

    def _holds(self, holder):
        return self.env["panier.capacity.hold"]._of_holder(holder)

    def _fill(self, slot, quantity=None):
        """Take all places but those given, for somebody else."""
        return slot._capacity_hold(self.holders[-1], quantity or slot.capacity_free, minutes=600)
