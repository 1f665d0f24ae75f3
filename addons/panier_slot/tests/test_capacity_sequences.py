import random
from contextlib import closing
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.panier_capacity.exceptions import CapacityFull

from .common import NOW, SlotCase

SEQUENCES = 300
STEPS = 12
CAPACITY, LOAD = 4, 9


class Book:
    """What the places should be, kept the naive way: by the clock, with nothing to tidy."""

    def __init__(self):
        self.holds = {}

    def standing(self, now):
        return {who: hold for who, hold in self.holds.items() if hold["until"] is None or hold["until"] > now}

    def room(self, now, without=None):
        others = [hold for who, hold in self.standing(now).items() if who != without]
        return CAPACITY - sum(hold["quantity"] for hold in others), LOAD - sum(hold["load"] for hold in others)

    def hold(self, who, quantity, load, minutes, now):
        places, rest = self.room(now, without=who)
        old = self.standing(now).get(who)
        grows = not old or quantity > old["quantity"]
        grows_load = load > (old["load"] if old else 0)
        if grows and quantity > places or grows_load and load > rest:
            return False
        until = now + timedelta(minutes=minutes)
        if old:
            until = old["until"] and max(old["until"], until)
        self.holds[who] = {"quantity": quantity, "load": load, "until": until}
        return True

    def take(self, who, now):
        hold = self.holds.get(who)
        if not hold:
            return False
        if who not in self.standing(now):
            places, rest = self.room(now)
            if hold["quantity"] > places or hold["load"] > rest:
                return False
        hold["until"] = None
        return True


@tagged("post_install", "-at_install")
class TestCapacitySequences(SlotCase):
    """Random sequences against a naive book: what is free never depends on when anything was tidied."""

    def test_any_sequence_of_calls_agrees_with_the_book(self):
        slot = self._slot()
        self.place.write({"capacity": CAPACITY, "load_capacity": LOAD})
        for seed in range(SEQUENCES):
            with self.subTest(seed=seed), closing(self.env.cr.savepoint()):
                self._run_sequence(random.Random(seed), slot)

    def _run_sequence(self, dice, slot):
        with freeze_time(NOW) as clock:
            now, book, known = NOW, Book(), {}
            holders = self.holders[:4].browse(dice.sample(range(10**6, 10**9), 4))
            for _step in range(STEPS):
                who = dice.choice(holders)
                action = dice.choices(["hold", "take", "release", "tick", "sweep", "commit"], [6, 3, 2, 3, 1, 1])[0]
                if action == "hold":
                    asked = dice.randint(1, 3), dice.randint(0, 5), dice.choice([5, 20])
                    try:
                        known[who] = slot._capacity_hold(who, *asked)
                        granted = True
                    except CapacityFull as error:
                        granted = False
                        self.assertLess(error.left, error.asked)
                    self.assertEqual(granted, book.hold(who, *asked, now))
                elif action == "take" and who in known:
                    self.assertEqual(bool(known[who]._take()), book.take(who, now))
                elif action == "release" and who in known:
                    known.pop(who)._release()
                    book.holds.pop(who, None)
                elif action == "tick":
                    now += timedelta(minutes=dice.choice([1, 6, 21]))
                    clock.move_to(now)
                elif action == "sweep":
                    slot._capacity_settle()
                elif action == "commit":
                    self.commit()
                slot.invalidate_recordset()
                self.assertEqual(slot._capacity_room()[slot.id], book.room(now), action)
                self.assertLessEqual(slot.reserved, slot.capacity)
                self.assertEqual(slot._capacity_check(), [])
