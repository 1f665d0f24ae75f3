import random
from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.panier_slot import schedule
from odoo.addons.panier_slot.schedule import Exceptional, Opening, day_slots

PARIS = "Europe/Paris"
ZONES = (PARIS, "Indian/Reunion", "America/Cayenne", "America/Havana", "Australia/Lord_Howe")
SATURDAY = date(2026, 11, 28)


def at(day, hour_from, hour_to, **kwargs):
    return Opening(day.weekday(), hour_from, hour_to, **kwargs)


def exceptional(day, is_open, hour_from=0, hour_to=24, reason="", **kwargs):
    return Exceptional(day, day, is_open, hour_from, hour_to, reason, **kwargs)


def walls(slots, tz=PARIS):
    """“10:00+1” for the wall-clock beginning and the offset in hours."""
    return [
        f"{(wall := schedule.to_local(slot.start, tz)):%H:%M}+{wall.utcoffset() // timedelta(hours=1)}"
        for slot in slots
    ]


def starts(slots, tz=PARIS):
    return [f"{schedule.to_local(slot.start, tz):%H:%M}" for slot in slots]


@tagged("post_install", "-at_install")
class TestSchedule(BaseCase):
    """`schedule.py`: no database is used."""

    def _slots(self, openings, exceptionals=(), day=SATURDAY, length=30, tz=PARIS):
        return day_slots(day, openings, list(exceptionals), length, tz)

    # -- an ordinary day ------------------------------------------------------------------------------------

    def test_hours_are_cut_into_slots(self):
        slots = self._slots([at(SATURDAY, 9, 10.5)])
        self.assertEqual(starts(slots), ["09:00", "09:30", "10:00"])
        self.assertEqual(slots[0][:2], (datetime(2026, 11, 28, 8, 0), datetime(2026, 11, 28, 8, 30)))

    def test_a_rest_shorter_than_a_slot_is_left(self):
        self.assertEqual(starts(self._slots([at(SATURDAY, 9, 10.25)])), ["09:00", "09:30"])
        self.assertEqual(self._slots([at(SATURDAY, 9, 9.25)]), [])

    def test_other_weekdays_have_their_own_hours(self):
        self.assertEqual(self._slots([at(SATURDAY + timedelta(days=1), 9, 10)]), [])

    def test_hours_from_a_form_are_rounded_to_the_minute(self):
        self.assertEqual(starts(self._slots([at(SATURDAY, 8.999999, 9.333333)], length=20)), ["09:00"])

    def test_a_day_may_end_at_midnight(self):
        slots = self._slots([at(SATURDAY, 23, 24)])
        self.assertEqual(starts(slots), ["23:00", "23:30"])
        self.assertEqual(slots[-1].stop, datetime(2026, 11, 28, 23, 0))

    def test_each_range_is_cut_from_its_beginning_and_has_its_capacity(self):
        slots = self._slots([at(SATURDAY, 14, 15), at(SATURDAY, 9.25, 10.25, capacity=2, load_capacity=9)])
        self.assertEqual(starts(slots), ["09:15", "09:45", "14:00", "14:30"])
        self.assertEqual([slot.capacity for slot in slots], [2, 2, None, None])
        self.assertEqual(slots[0].load_capacity, 9)

    # -- exceptional days -----------------------------------------------------------------------------------

    def test_a_closed_day_has_slots_that_say_why(self):
        closure = exceptional(SATURDAY, False, reason="Stock-taking")
        slots = self._slots([at(SATURDAY, 9, 10)], [closure])
        self.assertEqual([slot.closed for slot in slots], [closure, closure])

    def test_a_closure_of_some_hours_closes_what_it_touches_and_moves_nothing(self):
        slots = self._slots([at(SATURDAY, 9, 12)], [exceptional(SATURDAY, False, 10.25, 10.75)])
        self.assertEqual(starts(slots), ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"])
        self.assertEqual([bool(slot.closed) for slot in slots], [False, False, True, True, False, False])

    def test_a_closure_that_ends_where_a_slot_begins_leaves_it(self):
        slots = self._slots([at(SATURDAY, 9, 10)], [exceptional(SATURDAY, False, 8, 9.5)])
        self.assertEqual([bool(slot.closed) for slot in slots], [True, False])

    def test_an_exceptional_opening_adds_hours(self):
        slots = self._slots([], [exceptional(SATURDAY, True, 14, 15, capacity=3)])
        self.assertEqual((starts(slots), slots[0].capacity), (["14:00", "14:30"], 3))

    def test_open_goes_before_closed(self):
        exceptions = [exceptional(SATURDAY, False, reason="Holiday"), exceptional(SATURDAY, True, 9, 10)]
        slots = self._slots([at(SATURDAY, 9, 11)], exceptions)
        self.assertEqual(starts(slots), ["09:00", "09:30", "10:00", "10:30"])
        self.assertEqual([bool(slot.closed) for slot in slots], [False, False, True, True])

    def test_exceptional_hours_go_before_weekly_ones_where_both_are_open(self):
        slots = self._slots([at(SATURDAY, 9, 11)], [exceptional(SATURDAY, True, 9.75, 10.25, capacity=9)])
        self.assertEqual(starts(slots), ["09:00", "09:45", "10:30"])
        self.assertEqual([slot.capacity for slot in slots], [None, 9, None])

    def test_exceptional_days_have_both_ends(self):
        closure = Exceptional(SATURDAY, SATURDAY + timedelta(days=1), False)
        for shift, closed in ((-1, False), (0, True), (1, True), (2, False)):
            day = SATURDAY + timedelta(days=shift)
            slots = self._slots([at(day, 9, 10)], [closure], day=day)
            self.assertEqual(bool(slots[0].closed), closed, day)

    def test_the_closure_of_a_slot_made_by_hand(self):
        closure = exceptional(SATURDAY, False, 10, 12)
        span = datetime(2026, 11, 28, 8, 30), datetime(2026, 11, 28, 9, 30)  # 9:30 to 10:30 in Paris
        self.assertEqual(schedule.closure_of(*span, [closure], PARIS), closure)
        self.assertIsNone(schedule.closure_of(*span, [exceptional(SATURDAY, False, 10.5, 12)], PARIS))
        self.assertIsNone(schedule.closure_of(*span, [closure, exceptional(SATURDAY, True, 9, 11)], PARIS))

    # -- nights with a clock change -------------------------------------------------------------------------

    def test_the_hour_that_does_not_exist_has_no_slots(self):
        for day in (date(2026, 3, 29), date(2027, 3, 28)):
            slots = self._slots([at(day, 1, 4)], day=day)
            self.assertEqual(walls(slots), ["01:00+1", "01:30+1", "03:00+2", "03:30+2"])
            self.assertEqual(slots[1].stop, slots[2].start, "one instant after the other")

    def test_a_slot_that_reaches_into_that_hour_is_left_out(self):
        day = date(2026, 3, 29)
        self.assertEqual(walls(self._slots([at(day, 1.5, 4.5)], day=day, length=45)), ["03:00+2", "03:45+2"])
        self.assertEqual(walls(self._slots([at(day, 0, 6)], day=day, length=360)), [])

    def test_the_hour_that_comes_twice_is_used_once(self):
        day = date(2026, 10, 25)
        slots = self._slots([at(day, 1, 4)], day=day)
        self.assertEqual(walls(slots), ["01:00+2", "01:30+2", "02:00+2", "02:30+2", "03:00+1", "03:30+1"])
        self.assertEqual({slot.stop - slot.start for slot in slots}, {timedelta(minutes=30)})
        self.assertEqual(slots[3].stop, datetime(2026, 10, 25, 1, 0), "ends on time, an hour before the next")

    def test_a_place_without_clock_change_is_not_concerned(self):
        for tz in ("Indian/Reunion", "America/Cayenne"):
            for day in (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)):
                self.assertEqual(
                    starts(self._slots([at(day, 1, 4)], day=day, length=60, tz=tz), tz), ["01:00", "02:00", "03:00"]
                )

    def test_a_clock_change_at_midnight(self):
        day = date(2026, 3, 8)  # Havana goes from 0:00 to 1:00
        self.assertEqual(
            starts(self._slots([at(day, 0, 2)], day=day, tz="America/Havana"), "America/Havana"), ["01:00", "01:30"]
        )

    def test_on_any_day_slots_follow_each_other(self):
        dice = random.Random(20261025)
        changes = [
            date(2026, 3, 29),
            date(2026, 10, 25),
            date(2027, 3, 28),
            date(2026, 3, 8),
            date(2026, 11, 1),
            date(2026, 4, 5),
        ]
        for _each in range(1500):
            tz = dice.choice(ZONES)
            day = dice.choice([*changes, date(2026, 1, 1) + timedelta(days=dice.randrange(500))])
            length = dice.choice([5, 15, 20, 30, 45, 60, 90, 240])
            hours = [
                sorted((dice.randint(0, 96) / 4, dice.randint(0, 96) / 4)) for _range in range(dice.randint(1, 4))
            ]
            openings = [at(day, *span) for span in hours[1:]]
            exceptions = [exceptional(day, dice.random() < 0.5, *hours[0])]
            slots = self._slots(openings, exceptions, day, length, tz)
            for slot in slots:
                self.assertEqual(slot.stop - slot.start, timedelta(minutes=length))
                self.assertEqual(schedule.local_day(slot.start, tz), day)
            for slot, following in zip(slots, slots[1:], strict=False):
                self.assertLessEqual(slot.stop, following.start, (tz, day, length, hours))
            self.assertEqual(len({starts([slot], tz)[0] for slot in slots}), len(slots))

    # -- the cut-off ----------------------------------------------------------------------------------------

    def test_the_lead_time_is_elapsed_time(self):
        # 6:00 in Paris on the morning after the change, four hours before: 1:00, for 2:00 did not exist.
        start = schedule.wall_to_utc(date(2026, 3, 29), 6, PARIS)
        self.assertEqual(f"{schedule.to_local(schedule.cut_off(start, 4, 0, PARIS), PARIS):%H:%M}", "01:00")
        start = schedule.wall_to_utc(date(2026, 10, 25), 6, PARIS)
        self.assertEqual(f"{schedule.to_local(schedule.cut_off(start, 4, 0, PARIS), PARIS):%H:%M%z}", "02:00+0100")

    def test_the_sooner_of_lead_time_and_last_order_counts(self):
        start = schedule.wall_to_utc(SATURDAY, 18, PARIS)
        cases = (
            (4, 0, "28 14:00"),
            (4, 11.5, "28 11:30"),
            (4, 16, "28 14:00"),
            (0, 0, "28 18:00"),
            (26, 11, "27 16:00"),
        )
        for lead, last, expected in cases:
            until = schedule.to_local(schedule.cut_off(start, lead, last, PARIS), PARIS)
            self.assertEqual(f"{until:%d %H:%M}", expected)

    def test_a_last_order_hour_in_the_night_of_a_change(self):
        day = date(2026, 3, 29)
        start = schedule.wall_to_utc(day, 12, PARIS)
        self.assertEqual(schedule.cut_off(start, 0, 2.5, PARIS), datetime(2026, 3, 29, 1, 30))
        day = date(2026, 10, 25)
        start = schedule.wall_to_utc(day, 12, PARIS)
        self.assertEqual(schedule.cut_off(start, 0, 2.5, PARIS), datetime(2026, 10, 25, 0, 30))

    def test_the_last_order_is_that_of_the_local_day(self):
        # 1:00 on the 28th in Reunion is still the 27th in UTC.
        start = schedule.wall_to_utc(SATURDAY, 1, "Indian/Reunion")
        self.assertEqual(start, datetime(2026, 11, 27, 21, 0))
        self.assertEqual(schedule.cut_off(start, 0, 0.5, "Indian/Reunion"), datetime(2026, 11, 27, 20, 30))
