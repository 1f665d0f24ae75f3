from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, SlotCase


@tagged("post_install", "-at_install")
class TestPanierPlace(SlotCase):
    """From hours to slots, and what becomes of slots when the hours change."""

    def _starts(self, place, day):
        slots = place.slot_ids.filtered(lambda slot: slot.date == day)
        return [slot._hours_label()[:5] for slot in slots.sorted("start")]

    def _columns(self, place):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM panier_slot WHERE place_id = %s ORDER BY id", [place.id])
        return self.env.cr.fetchall()

    # -- generating -----------------------------------------------------------------------------------------

    def test_slots_are_made_up_to_the_horizon(self):
        # It is 10:00 on the first day: what has begun is not made.
        self.assertEqual(self._starts(self.place, TODAY), ["10:30", "11:00", "11:30"])
        self.assertEqual(len(self._starts(self.place, TODAY + timedelta(days=14))), 6)
        self.assertEqual(self._starts(self.place, TODAY + timedelta(days=15)), [])
        self.assertEqual(len(self.place.slot_ids), 3 + 14 * 6)
        slot = self._slot()
        self.assertEqual((slot.start, slot.stop), (datetime(2026, 1, 13, 8, 0), datetime(2026, 1, 13, 8, 30)))
        self.assertEqual(slot.order_before, datetime(2026, 1, 13, 4, 0))
        self.assertEqual((slot.capacity, slot.origin, slot.closed), (5, "plan", False))

    def test_generating_again_changes_nothing(self):
        before = self._columns(self.place)
        self.place._generate_slots()
        with freeze_time(NOW + timedelta(minutes=5)):
            self.place._generate_slots()
        self.assertEqual(self._columns(self.place), before)

    def test_until_a_day(self):
        self.place._generate_slots(until=date(2026, 3, 1))
        self.assertEqual(max(self.place.slot_ids.mapped("date")), date(2026, 3, 1))

    def test_the_job_stopped_for_three_days_then_run_once(self):
        places = self.place + self._create_place(name="Second", tz="Indian/Reunion")
        with freeze_time(NOW + timedelta(days=3)):
            self.env.flush_all()
            self.env.ref("panier_slot.panier_place_cron_generate").method_direct_trigger()
            self.env.invalidate_all()
            for place in places:
                self.assertEqual(max(place.slot_ids.mapped("date")), TODAY + timedelta(days=17))
                days = {slot.date for slot in place.slot_ids}
                self.assertEqual(len(days), (max(days) - min(days)).days + 1, "no day is missing")
            before = [self._columns(place) for place in places]
            self.env.ref("panier_slot.panier_place_cron_generate").method_direct_trigger()
            self.assertEqual([self._columns(place) for place in places], before)

    def test_both_nights_with_a_clock_change(self):
        for night, count in ((date(2026, 3, 29), 4), (date(2026, 10, 25), 6), (date(2027, 3, 28), 4)):
            with freeze_time(datetime(night.year, night.month, night.day) - timedelta(days=2)):
                place = self._create_place(hours=[(1, 4)], horizon_days=3)
                self.assertEqual(len(self._starts(place, night)), count)
                elsewhere = self._create_place(hours=[(1, 4)], horizon_days=3, tz="America/Cayenne")
                self.assertEqual(len(self._starts(elsewhere, night)), 6)
                self.assertEqual(place._available_days()[-2]["date"], str(night))

    # -- changing the hours ---------------------------------------------------------------------------------

    def test_new_hours_are_followed_at_once(self):
        self.place.opening_ids.filtered(lambda opening: opening.weekday == "1").write({"hour_from": 10, "hour_to": 11})
        self.assertEqual(self._starts(self.place, date(2026, 1, 13)), ["10:00", "10:30"])
        self.place.opening_ids.filtered(lambda opening: opening.weekday == "1").unlink()
        self.assertEqual(self._starts(self.place, date(2026, 1, 13)), [])
        self.place.write({"opening_ids": [(0, 0, {"weekday": "1", "hour_from": 20, "hour_to": 21})]})
        self.assertEqual(self._starts(self.place, date(2026, 1, 13)), ["20:00", "20:30"])

    def test_slots_with_orders_are_closed_and_never_deleted(self):
        kept = self._slot(13, 9)
        kept._capacity_hold(self.holders[0])._take()
        once = self._slot(13, 10)
        once._capacity_hold(self.holders[1])._release()
        self.commit()
        self.place.opening_ids.filtered(lambda opening: opening.weekday == "1").unlink()
        slots = self.place.slot_ids.filtered(lambda slot: slot.date == date(2026, 1, 13))
        self.assertEqual(slots, kept + once)
        self.assertEqual(slots.mapped("closed_by"), ["plan", "plan"])
        self.assertEqual(kept.reserved, 1)
        to_move = self.env["panier.slot"].search(
            [("closed", "=", True), ("reserved", ">", 0), ("place_id", "=", self.place.id)]
        )
        self.assertEqual(to_move, kept)
        self.place.write({"opening_ids": [(0, 0, {"weekday": "1", "hour_from": 9, "hour_to": 12})]})
        self.assertFalse(any(slots.mapped("closed")))
        self.assertCountersRight()

    def test_another_length_of_slot(self):
        self._slot(13, 9, 30)._capacity_hold(self.holders[0])
        self.place.slot_minutes = 60
        slots = self.place.slot_ids.filtered(lambda slot: slot.date == date(2026, 1, 13)).sorted("start")
        self.assertEqual(
            [slot._hours_label() for slot in slots],
            ["09:00 – 10:00", "09:30 – 10:00", "10:00 – 11:00", "11:00 – 12:00"],
        )
        self.assertEqual([slot.closed for slot in slots], [False, True, False, False])

    def test_rules_of_the_place_change_the_cut_off_of_what_is_to_come(self):
        slot = self._slot(13, 11)
        slot._capacity_hold(self.holders[0])
        self.place.lead_time_hours = 2
        self.assertEqual(slot.order_before, datetime(2026, 1, 13, 8, 0))
        self.place.last_order_hour = 8.5
        self.assertEqual(slot.order_before, datetime(2026, 1, 13, 7, 30))
        self.place.tz = "Indian/Reunion"
        self.assertEqual(slot.closed_by, "plan", "ten o'clock in Paris is not an hour of the plan there")

    def test_capacity_follows_the_place_but_never_below_what_is_taken(self):
        busy, own, free = self._slot(13), self._slot(14), self._slot(15)
        for holder in self.holders[:3]:
            busy._capacity_hold(holder, load=4)
        own.capacity = 1
        self.place.write({"capacity": 2, "load_capacity": 10})
        self.assertEqual((busy.capacity, busy.load_capacity), (3, 12))
        self.assertEqual((own.capacity, own.custom_capacity), (1, True))
        self.assertEqual((free.capacity, free.load_capacity), (2, 10))

    def test_an_archived_place_offers_nothing_and_comes_back(self):
        kept = self._slot(13)
        kept._capacity_hold(self.holders[0])
        self.place.active = False
        self.assertEqual(self.place.slot_ids, kept)
        self.assertTrue(kept.closed)
        self.assertEqual(self.place._available_days(), [])
        self.assertIn("slot_closed", self._codes(kept))
        self.place.active = True
        self.assertFalse(kept.closed)
        self.assertEqual(len(self.place.slot_ids), 3 + 14 * 6)

    def test_copying_a_place_makes_slots_of_its_own(self):
        copy = self.place.copy()
        self.assertEqual(len(copy.slot_ids), len(self.place.slot_ids))
        self.assertFalse(copy.slot_ids & self.place.slot_ids)

    # -- exceptional days -----------------------------------------------------------------------------------

    def _exception(self, **values):
        return self.env["panier.place.exception"].create(
            {
                "place_id": self.place.id,
                "kind": "closed",
                "date_from": date(2026, 1, 13),
                "reason": "Stock-taking",
                **values,
            }
        )

    def test_a_closed_day_closes_its_slots_and_opens_them_again(self):
        slot = self._slot(13)
        slot._capacity_hold(self.holders[0])
        closure = self._exception()
        self.assertEqual(closure.date_to, closure.date_from)
        self.assertEqual(
            (slot.closed, slot.closed_by, slot.exception_id, slot.reserved), (True, "exception", closure, 1)
        )
        day = self.place._available_days()[1]
        self.assertEqual({values["reason"] for values in day["slots"]}, {"Stock-taking"})
        self.assertIn("Stock-taking", slot._refusals()[0].message)
        closure.unlink()
        self.assertEqual((slot.closed, slot.closed_by), (False, False))

    def test_a_closure_beyond_the_horizon_counts_when_the_day_comes(self):
        self._exception(date_from=date(2026, 2, 10))
        with freeze_time(datetime(2026, 2, 1, 9, 0)):
            self.place._generate_slots()
            slots = self.place.slot_ids.filtered(lambda slot: slot.date == date(2026, 2, 10))
            self.assertEqual((len(slots), all(slots.mapped("closed"))), (6, True))

    def test_open_exceptionally(self):
        self._exception(kind="open", date_from=date(2026, 1, 14), hour_from=18, hour_to=19, capacity=2)
        self.assertEqual(self._starts(self.place, date(2026, 1, 14))[-2:], ["18:00", "18:30"])
        self.assertEqual(self._slot(14, 18).capacity, 2)

    def test_staff_have_the_last_word(self):
        slot, other = self._slot(13), self._slot(14)
        self._exception()
        slot.action_reopen()
        other.action_close("Nobody to prepare")
        self.place._generate_slots()
        self.assertEqual((slot.closed, other.closed), (False, True))
        self.assertEqual(
            (other._why_closed(), other.closed_uid, other.closed_at), ("Nobody to prepare", self.env.user, NOW)
        )

    def test_a_slot_made_by_hand_is_never_deleted(self):
        by_hand = self.env["panier.slot"].create({"place_id": self.place.id, "start": datetime(2026, 1, 13, 19, 0)})
        self.assertEqual((by_hand.stop, by_hand.capacity, by_hand.origin), (datetime(2026, 1, 13, 19, 30), 5, "hand"))
        self.place.opening_ids.unlink()
        self.assertEqual(self.place.slot_ids, by_hand)
        self.assertFalse(by_hand.closed)
        self._exception()
        self.assertTrue(by_hand.closed)
        late = self.env["panier.slot"].create({"place_id": self.place.id, "start": datetime(2026, 1, 13, 20, 0)})
        self.assertEqual(late.closed_by, "exception")

    # -- constraints ----------------------------------------------------------------------------------------

    def test_hours_that_make_no_sense(self):
        for vals in (
            {"hour_from": 8.5, "hour_to": 9.5},
            {"hour_from": 14, "hour_to": 14.25},
        ):
            with self.assertRaises(ValidationError):
                self.place.opening_ids.create({"place_id": self.place.id, "weekday": "0", **vals})
        with self.assertRaises(ValidationError):
            self.place.slot_minutes = 240

    @mute_logger("odoo.sql_db")
    def test_values_out_of_range(self):
        for vals in (
            {"slot_minutes": 0},
            {"slot_minutes": 1441},
            {"lead_time_hours": -1},
            {"last_order_hour": 24},
            {"horizon_days": 0},
            {"capacity": -1},
            {"load_capacity": -1},
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create_place(weekdays=(), **vals)
                self.env.flush_all()
        for vals in (
            {"hour_from": 12, "hour_to": 9},
            {"hour_from": -1, "hour_to": 9},
            {"hour_from": 20, "hour_to": 25},
        ):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.place.opening_ids.create({"place_id": self.place.id, "weekday": "0", **vals})
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._exception(**vals)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._exception(date_to=date(2026, 1, 1))
            self.env.flush_all()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._slot().copy({"place_id": self.place.id})

    def test_touching_hours_do_not_overlap(self):
        self.place.opening_ids.create({"place_id": self.place.id, "weekday": "1", "hour_from": 12, "hour_to": 13})
        self.assertEqual(len(self._starts(self.place, date(2026, 1, 13))), 8)

    # -- settings and screens -------------------------------------------------------------------------------

    def test_defaults_are_those_of_the_company(self):
        self.assertEqual((self.env.company.panier_lead_time_hours, self.env.company.panier_slot_minutes), (4.0, 30))
        self.env["res.config.settings"].create({"panier_lead_time_hours": 6, "panier_slot_minutes": 45}).execute()
        place = self.env["panier.place"].create({"name": "New"})
        self.assertEqual((place.lead_time_hours, place.slot_minutes, place.tz), (6.0, 45, "Europe/Paris"))

    def test_the_preview_follows_what_is_typed(self):
        with Form(self.env["panier.place"]) as form:
            form.name = "Preview"
            form.slot_minutes = 60
            with form.opening_ids.new() as opening:
                opening.weekday = "1"
                opening.hour_from = 9
                opening.hour_to = 11
            self.assertIn("2 slots: 09:00 · 10:00", form.preview)
            with form.exception_ids.new() as exception:
                exception.date_from = date(2026, 1, 13)
                exception.reason = "<b>Bank holiday</b>"
            self.assertIn("Closed: &lt;b&gt;Bank holiday&lt;/b&gt;", form.preview)
