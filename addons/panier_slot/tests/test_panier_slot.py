from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NOW, SlotCase


@tagged("post_install", "-at_install")
class TestPanierSlot(SlotCase):
    """What is answered about a slot, by the clock."""

    def test_a_slot_that_can_be_booked(self):
        self.assertEqual(self._slot()._refusals(load=99), [])

    def test_past(self):
        slot = self._slot()
        for moment, codes in (
            ("07:59:59", ["slot_too_soon"]),
            ("08:00:00", ["slot_past"]),
            ("12:00:00", ["slot_past"]),
        ):
            with freeze_time(f"2026-01-13 {moment}"):
                self.assertEqual(self._codes(slot), codes)

    def test_too_soon_to_the_second(self):
        slot = self._slot()
        self.assertEqual(self._codes(slot, now=datetime(2026, 1, 13, 4, 0, 0)), [])
        self.assertEqual(self._codes(slot, now=datetime(2026, 1, 13, 4, 0, 1)), ["slot_too_soon"])
        refusal = slot._refusals(now=datetime(2026, 1, 13, 5, 0))[0]
        self.assertEqual(
            refusal.message,
            "The slot of Tuesday 13 January, 09:00 – 09:30 could be ordered until Tuesday 13 January, 05:00.",
        )
        self.assertEqual(refusal.advice, "The next free slot is Tuesday 13 January, 10:00 – 10:30.")

    def test_full(self):
        slot = self._slot()
        self._fill(slot)
        refusal = slot._refusals()[0]
        self.assertEqual(
            (refusal.code, refusal.message), ("slot_full", "The slot of Tuesday 13 January, 09:00 – 09:30 is full.")
        )
        with freeze_time(NOW + timedelta(minutes=601)):
            self.env.invalidate_all()
            self.assertEqual(self._codes(slot), [])

    def test_too_many_lines(self):
        slot = self._slot()
        slot.load_capacity = 20
        slot._capacity_hold(self.holders[0], load=15)
        self.assertEqual(self._codes(slot, load=5), [])
        refusal = slot._refusals(load=6)[0]
        self.assertEqual(refusal.code, "slot_full")
        self.assertIn("has room for 5 more products, your basket has 6", refusal.message)

    def test_what_one_holds_is_free_for_oneself(self):
        slot = self._slot()
        slot.write({"capacity": 1, "load_capacity": 10})
        slot._capacity_hold(self.holders[0], load=8)
        self.assertEqual(self._codes(slot, load=9), ["slot_full"])
        self.assertEqual(self._codes(slot, load=9, holder=self.holders[0]), [])
        self.assertEqual(self._codes(slot, load=11, holder=self.holders[0]), ["slot_full"])
        with freeze_time(NOW + timedelta(minutes=30)):
            self.env.invalidate_all()
            self.assertEqual(self._codes(slot, load=9, holder=self.holders[1]), [])

    def test_closed_and_nothing_left(self):
        slots = self.place.slot_ids
        slots.action_close("Works")
        refusal = slots[10]._refusals()[0]
        self.assertEqual(refusal.code, "slot_closed")
        self.assertTrue(refusal.message.endswith("is closed: Works."))
        self.assertEqual(refusal.advice, "No slot is free for the time being: please ask the shop.")

    def test_the_next_free_slot_skips_what_cannot_be_booked(self):
        self._fill(self._slot(12, 11))
        first, second, third = self._slot(12, 11, 30), self._slot(13, 9), self._slot(13, 9, 30)
        self.place.lead_time_hours = 1
        first.action_close("x")
        second.load_capacity = 3
        refusal = first._refusals(load=4)[0]
        self.assertIn(third._panier_label(), refusal.advice)

    def test_labels_are_in_the_place_s_time_zone_and_the_member_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        slot = self._slot().with_context(lang="fr_FR")
        self.assertEqual(slot._panier_label(), "mardi 13 janvier, 09:00 – 09:30")
        self.assertEqual(slot.display_name, "mardi 13 janvier, 09:00 – 09:30")
        island = self._create_place(tz="Indian/Reunion", hours=[(1, 2)]).slot_ids.filtered(
            lambda slot: slot.date.day == 13
        )
        self.assertEqual(
            island.sorted("start")[0].with_context(lang="fr_FR")._panier_label(), "mardi 13 janvier, 01:00 – 01:30"
        )
        with freeze_time("2025-12-31 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(slot._panier_label(), "mardi 13 janvier 2026, 09:00 – 09:30")

    def test_refusals_are_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search([("name", "=", "panier_slot")])._update_translations(["fr_FR"])
        slot = self._slot().with_context(lang="fr_FR")
        self._fill(slot)
        refusal = slot._refusals()[0]
        self.assertEqual(refusal.message, "Le créneau du mardi 13 janvier, 09:00 – 09:30 est complet.")
        self.assertEqual(refusal.advice, "Le prochain créneau libre : mardi 13 janvier, 09:30 – 10:00.")

    def test_a_slot_with_orders_is_not_moved_under_them(self):
        slot = self._slot()
        slot._capacity_hold(self.holders[0])
        with self.assertRaises(UserError):
            slot.start = datetime(2026, 1, 13, 20, 0)

    # -- the page -------------------------------------------------------------------------------------------

    def test_available_days(self):
        self._fill(self._slot(12, 11))
        self._slot(12, 11, 30).action_close("Works")
        days = self.place._available_days(holder=self.holders[-1])
        self.assertEqual(len(days), 15)
        today = days[0]
        self.assertEqual(
            (today["date"], today["weekday"], today["label"]), ("2026-01-12", "Monday", "Monday 12 January")
        )
        self.assertEqual(
            [
                (slot["label"], slot["free"], slot["bookable"], slot["code"], slot["reason"], slot["held_by_holder"])
                for slot in today["slots"]
            ],
            [
                ("10:30 – 11:00", 5, False, "slot_too_soon", "Too soon", False),
                ("11:00 – 11:30", 5, False, "slot_too_soon", "Too soon", True),
                ("11:30 – 12:00", 5, False, "slot_too_soon", "Too soon", False),
            ],
        )
        tomorrow = days[1]["slots"][0]
        self.assertEqual(
            (tomorrow["start"], tomorrow["bookable"], tomorrow["reason"]), ("2026-01-13T09:00:00+01:00", True, "")
        )

    def test_available_days_with_a_basket(self):
        slot = self._slot()
        slot.load_capacity = 4
        values = self.place._available_days(load=5)[1]["slots"][0]
        self.assertEqual((values["free"], values["bookable"], values["reason"]), (5, False, "Too little room"))
        self._fill(slot)
        values = self.place._available_days(load=5)[1]["slots"][0]
        self.assertEqual((values["free"], values["bookable"], values["reason"]), (0, False, "Full"))
        values = self.place._available_days(load=4, holder=self.holders[-1])[1]["slots"][0]
        self.assertEqual((values["bookable"], values["held_by_holder"]), (True, True))

    def test_lists(self):
        slot = self._slot()
        self._fill(slot)
        full = self.env["panier.slot"].search([("is_full", "=", True), ("place_id", "=", self.place.id)])
        self.assertEqual(full, slot)
        self.assertEqual((slot.is_full, slot.fill_rate), (True, 100))
