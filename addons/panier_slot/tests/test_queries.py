from odoo.tests import tagged

from .common import SlotCase


@tagged("post_install", "-at_install")
class TestQueries(SlotCase):
    """The same number of queries for N and 10 N (../shared/performance.md)."""

    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def _places(self):
        """One with 28 slots to come, one with 280, both with holds and closed slots."""
        few = self._create_place(name="Few", hours=[(9, 10)])
        many = self._create_place(name="Many", hours=[(9, 19)])
        for place, step in ((few, 4), (many, 4)):
            slots = place.slot_ids.sorted("start")
            for index, slot in enumerate(slots[::step]):
                slot._capacity_hold(self.holders[index % 8], minutes=[20, 0][index % 2])
            slots[::5].action_close("Works")
        self.assertEqual(len(many.slot_ids) // len(few.slot_ids), 9 if len(many.slot_ids) < 280 else 10)
        return few, many

    def test_the_page_of_a_place_with_ten_times_more_slots(self):
        few, many = self._places()
        few._available_days(load=3, holder=self.holders[0])
        counts = [
            self._count(lambda place=place: place._available_days(load=3, holder=self.holders[0]))
            for place in (few, many)
        ]
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 8)

    def test_free_places_of_ten_times_more_slots(self):
        slots = self._places()[1].slot_ids
        slots[:2].mapped("capacity_free")
        counts = [
            self._count(lambda slots=slots: slots.mapped("capacity_free")) for slots in (slots[:20], slots[:200])
        ]
        self.assertEqual(counts[0], counts[1])

    def test_generating_ten_times_more_slots(self):
        counts = []
        for hours in ([(9, 10)], [(9, 19)]):
            place = self._create_place(hours=hours)
            place.slot_ids.unlink()
            counts.append(self._count(place._generate_slots))
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 12)

    def test_a_hold_costs_a_handful_of_queries(self):
        slot = self._slot()
        slot._capacity_hold(self.holders[0])
        self.assertLessEqual(self._count(lambda: slot._capacity_hold(self.holders[1])), 5)
