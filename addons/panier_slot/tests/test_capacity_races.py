import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.panier_capacity.exceptions import CapacityFull
from odoo.addons.panier_capacity.models import panier_capacity_mixin

HOLDER = "res.partner"
FIRST_HOLDER = 2_000_000_000


@tagged("post_install", "-at_install")
class TestCapacityRaces(BaseCase):
    """Real transactions on real connections and committed data; everything made here is deleted at the end."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # The server holds this lock while it runs tests; our threads need an environment each.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        with self._request() as env:
            place = env["panier.place"].create({"name": "Races", "tz": "UTC"})
            start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
            slots = env["panier.slot"].create(
                [
                    {"place_id": place.id, "start": start + timedelta(hours=hour), "capacity": 10, "load_capacity": 40}
                    for hour in range(3)
                ]
            )
            self.place_id, (self.slot_id, self.other_id, self.third_id) = place.id, slots.ids
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            ids = (self.slot_id, self.other_id, self.third_id)
            cr.execute(
                "DELETE FROM panier_capacity_decision WHERE hold_id IN ("
                "SELECT id FROM panier_capacity_hold WHERE resource_model = 'panier.slot' AND resource_id IN %s)",
                [ids],
            )
            cr.execute(
                "DELETE FROM panier_capacity_hold WHERE resource_model = 'panier.slot' AND resource_id IN %s", [ids]
            )
            cr.execute("DELETE FROM panier_slot WHERE id IN %s", [ids])
            cr.execute("DELETE FROM panier_place WHERE id = %s", [self.place_id])

    @contextmanager
    def _request(self):
        """An environment of its own, committed at the end, as a request would."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _slot(self, env, slot_id=None):
        return env["panier.slot"].browse(slot_id or self.slot_id)

    def _holder(self, env, number):
        return env[HOLDER].browse(FIRST_HOLDER + number)

    def _hold(self, number, **kwargs):
        """One request that holds, having read before. :return: id of the hold, or the refusal"""
        with self._request() as env:
            env.cr.execute("SELECT 1")
            try:
                return self._slot(env)._capacity_hold(self._holder(env, number), **kwargs).id
            except CapacityFull as refusal:
                return refusal

    def _all_at_once(self, function, arguments):
        """Call it in as many threads, none starting before all are there. :return: the results, errors raised"""
        barrier = threading.Barrier(len(arguments), timeout=30)

        def run(argument):
            barrier.wait()
            return function(argument)

        with ThreadPoolExecutor(len(arguments)) as pool:
            return list(pool.map(run, arguments))

    def _row(self):
        with self._request() as env:
            env.cr.execute("SELECT reserved, load_reserved FROM panier_slot WHERE id = %s", [self.slot_id])
            return env.cr.fetchone()

    def _states(self):
        with self._request() as env:
            env.cr.execute(
                "SELECT state, count(*) FROM panier_capacity_hold"
                " WHERE resource_model = 'panier.slot' AND resource_id = %s"
                " GROUP BY state",
                [self.slot_id],
            )
            return dict(env.cr.fetchall())

    def _age(self, minutes=60):
        """Let the holds be older than they are: nobody can freeze the clock of another connection."""
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE panier_capacity_hold SET expires_at = expires_at - make_interval(mins => %s)"
                " WHERE resource_model = 'panier.slot' AND resource_id = %s AND state = 'held'",
                [minutes, self.slot_id],
            )

    def _settle(self):
        with self._request() as env:
            self._slot(env)._capacity_settle(skip_locked=False)

    def assertCountersRight(self):
        with self._request() as env:
            self.assertEqual(env["panier.slot"]._capacity_check(), [])

    # -- races ----------------------------------------------------------------------------------------------

    def test_thirty_members_for_ten_places(self):
        results = self._all_at_once(self._hold, range(30))
        refused = [result for result in results if isinstance(result, CapacityFull)]
        self.assertEqual((len(results) - len(refused), len(refused)), (10, 20))
        self.assertEqual(self._row(), (10, 0))
        self.assertCountersRight()

    def test_a_double_click_takes_one_place(self):
        results = self._all_at_once(lambda _click: self._hold(1, load=3), range(8))
        self.assertEqual(len(set(results)), 1)
        self.assertEqual(self._row(), (1, 3))

    def test_twelve_resizes_at_once(self):
        with self._request() as env:
            self._slot(env).write({"capacity": 12})
        for number in range(12):
            self._hold(number, load=1)
        results = self._all_at_once(lambda number: self._hold(number, load=8), range(12))
        refused = [result for result in results if isinstance(result, CapacityFull)]
        # 40 lines, 12 taken: 4 can grow by 7.
        self.assertEqual(len(refused), 8)
        self.assertEqual(self._row(), (12, 40))
        self.assertCountersRight()

    def test_sweeps_at_once_free_each_place_once(self):
        for number in range(10):
            self._hold(number)
        self._age()
        self._all_at_once(lambda _worker: self._settle(), range(8))
        self.assertEqual((self._row(), self._states()), ((0, 0), {"expired": 10}))

    def test_the_clock_cannot_free_what_is_being_taken(self):
        hold_id = self._hold(1)
        with self._request() as env:
            hold = env["panier.capacity.hold"].browse(hold_id)
            self.assertTrue(hold._take())
            self._age()
            self._settle()
            self.assertEqual(self._states(), {"held": 1})
        self.assertEqual(self._states(), {"taken": 1})
        self.assertEqual(self._row(), (1, 0))

    def test_a_take_that_is_rolled_back_leaves_the_place_to_the_clock(self):
        hold_id = self._hold(1)
        self._age()
        with self._request() as env:
            env["panier.capacity.hold"].browse(hold_id)._take()
            env.cr.rollback()
        self._settle()
        self.assertEqual((self._row(), self._states()), ((0, 0), {"expired": 1}))

    def test_take_and_sweep_at_once(self):
        for _round in range(10):
            hold_id = self._hold(1)
            self._age()

            def take(hold_id=hold_id):
                with self._request() as env:
                    return bool(env["panier.capacity.hold"].browse(hold_id)._take())

            taken, *_nothing = self._all_at_once(lambda call: call(), [take, self._settle, self._settle])
            # Nobody else wants the place: whichever came first, it is ours.
            self.assertTrue(taken)
            self.assertEqual(self._row(), (1, 0))
            with self._request() as env:
                env["panier.capacity.hold"].browse(hold_id)._release()
            self.assertEqual(self._row(), (0, 0))

    def test_held_and_taken_in_one_request_that_had_read_before(self):
        with self._request() as env:
            slot, holder = self._slot(env), self._holder(env, 1)
            self.assertEqual(slot.reserved, 0)
            hold = slot._capacity_hold(holder, load=2)
            self.assertEqual((hold.state, hold.load, hold._is_on(slot)), ("held", 2, True))
            self.assertEqual(env["panier.capacity.hold"]._of_holder(holder), hold)
            env.invalidate_all()
            self.assertEqual(env["panier.capacity.hold"]._of_holder(holder)._take(), hold)
        self.assertEqual((self._row(), self._states()), ((1, 2), {"taken": 1}))

    def test_released_and_held_again_in_one_request(self):
        hold_id = self._hold(1)
        with self._request() as env:
            env["panier.capacity.hold"].browse(hold_id)._release()
            self.assertEqual(self._slot(env)._capacity_hold(self._holder(env, 1)).id, hold_id)
        self.assertEqual((self._row(), self._states()), ((1, 0), {"held": 1}))

    def test_a_reference_to_the_slot_does_not_block_others(self):
        """An order that has chosen the slot and is not committed yet holds a KEY SHARE lock on it."""
        with self._request() as env:
            env.cr.execute("SELECT 1")
            self._hold(2)
            # The row has changed since our snapshot: a reference to it is all right.
            wizard = env["panier.slot.close"].create({"slot_ids": [(4, self.slot_id)], "reason": "test"})
            env.flush_all()
            self.assertTrue(self._hold(3))
            self._slot(env)._capacity_hold(self._holder(env, 1))
            wizard.unlink()
        self.assertEqual(self._row(), (3, 0))

    def test_changing_the_slot_meanwhile_is_a_failure_odoo_retries(self):
        with self._request() as env, mute_logger("odoo.sql_db"):
            slot = self._slot(env)
            slot.mapped("capacity")
            self._hold(1)
            slot.capacity = 1
            with self.assertRaises(SerializationFailure):
                env.flush_all()
            env.cr.rollback()

    def test_waiting_for_oneself_ends(self):
        with (
            self._request() as env,
            mute_logger("odoo.sql_db"),
            patch.object(panier_capacity_mixin, "LOCK_TIMEOUT", "100ms"),
        ):
            self._slot(env).closed_reason = "we hold the row"
            env.flush_all()
            with self.assertRaises(LockNotAvailable):
                self._slot(env)._capacity_hold(self._holder(env, 1))
            env.cr.rollback()

    def test_the_connection_goes_back_to_repeatable_read(self):
        with self._request() as env, self._slot(env)._capacity_cursor() as cr:
            cr.execute("SHOW transaction_isolation")
            self.assertEqual(cr.fetchone(), ("read committed",))
        for _each in range(3):
            with self.registry.cursor() as cr:
                cr.execute("SHOW transaction_isolation")
                self.assertEqual(cr.fetchone(), ("repeatable read",))

    # -- killed ---------------------------------------------------------------------------------------------

    def test_killed_at_any_statement_of_a_hold(self):
        """Whatever the statement a hold dies at, nothing has changed."""
        self._hold(1, load=1)
        self._age()
        for number in range(1, 20):
            try:
                with self._dying(number):
                    self._hold(2, load=5)
                break
            except OSError:
                self.assertEqual((self._row(), self._states()), ((1, 1), {"held": 1}))
        self.assertGreater(number, 8)
        self.assertEqual((self._row(), self._states()), ((1, 5), {"held": 1, "expired": 1}))
        self.assertCountersRight()

    @contextmanager
    def _dying(self, number):
        """Die before the `number`th statement of the transactions that hold."""
        genuine = panier_capacity_mixin.PanierCapacityMixin._capacity_cursor

        @contextmanager
        def dying(record):
            with genuine(record) as cr:
                execute, left = cr.execute, [number]

                def count(*args, **kwargs):
                    left[0] -= 1
                    if not left[0]:
                        raise OSError("killed")
                    return execute(*args, **kwargs)

                cr.execute = count
                yield cr

        with patch.object(panier_capacity_mixin.PanierCapacityMixin, "_capacity_cursor", dying):
            yield

    def test_killed_between_the_hold_and_the_commit(self):
        with self._request() as env:
            self._slot(env)._capacity_hold(self._holder(env, 1))._take()
            env.cr.rollback()
        self.assertEqual((self._row(), self._states()), ((1, 0), {"held": 1}))
        self._age()
        self._settle()
        self.assertEqual((self._row(), self._states()), ((0, 0), {"expired": 1}))

    def test_killed_between_the_commit_and_what_follows(self):
        with self._request() as env:
            hold = self._slot(env)._capacity_hold(self._holder(env, 1))
            hold._take()
            env.flush_all()
            env.cr.postcommit.clear()
        self.assertEqual(self._states(), {"held": 1})
        self._age()
        self._settle()
        self.assertEqual((self._row(), self._states()), ((1, 0), {"taken": 1}))
        with self._request() as env:
            env["panier.capacity.hold"].browse(hold.id)._release()
            env.cr.postcommit.clear()
        self.assertEqual(self._row(), (1, 0))
        self._settle()
        self.assertEqual((self._row(), self._states()), ((0, 0), {"released": 1}))

    # -- everything together --------------------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_a_rush_of_everything(self):
        """Eight workers holding, resizing, taking, releasing, moving, sweeping and dying for a while: still right."""
        watching, seen = threading.Event(), []

        def watch():
            while not watching.is_set():
                seen.append(self._row())
                time.sleep(0.01)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            retried = sum(self._all_at_once(self._rush, range(8)))
        finally:
            watching.set()
            watcher.join()
        self.assertTrue(all(0 <= reserved <= 10 and 0 <= load <= 40 for reserved, load in seen))
        self.assertLess(retried, 40)
        for slot_id in (self.slot_id, self.other_id):
            with self._request() as env:
                self._slot(env, slot_id)._capacity_settle(skip_locked=False)
        self.assertCountersRight()
        self._age(600)
        with self._request() as env:
            slots = self._slot(env) + self._slot(env, self.other_id)
            slots._capacity_settle(skip_locked=False)
            env.cr.execute(
                "SELECT count(*) FROM panier_capacity_hold WHERE state = 'held' AND resource_id = %s", [self.slot_id]
            )
            self.assertEqual(env.cr.fetchone(), (0,))
            env.cr.execute("SELECT count(*) FROM panier_capacity_decision")
            self.assertEqual(env.cr.fetchone(), (0,))
        self.assertCountersRight()

    def _rush(self, worker):
        """:return: how many requests ended in an error that Odoo would have retried"""
        dice, retried = random.Random(worker), 0
        for _step in range(60):
            number = dice.randint(1, 16)
            action = dice.choice(
                [self._act_hold, self._act_hold, self._act_take, self._act_move, self._act_release, self._act_sweep]
            )
            try:
                with suppress(CapacityFull), self._request() as env:
                    env.cr.execute("SELECT 1")
                    action(env, dice, self._holder(env, number))
                    fate = dice.random()
                    if fate < 0.15:
                        env.cr.rollback()
                    elif fate < 0.3:
                        env.flush_all()
                        env.cr.postcommit.clear()
            except (SerializationFailure, LockNotAvailable, DeadlockDetected):
                retried += 1
        return retried

    def _act_hold(self, env, dice, holder):
        self._slot(env)._capacity_hold(holder, dice.randint(1, 2), dice.randint(0, 9), minutes=dice.choice([0, 20]))

    def _act_take(self, env, dice, holder):
        env["panier.capacity.hold"]._of_holder(holder)._take()

    def _act_move(self, env, dice, holder):
        hold = self._slot(env, self.other_id)._capacity_hold(holder, load=dice.randint(0, 9))
        (env["panier.capacity.hold"]._of_holder(holder) - hold)._release()
        hold._take()

    def _act_release(self, env, dice, holder):
        env["panier.capacity.hold"]._of_holder(holder)._release()

    def _act_sweep(self, env, dice, holder):
        self._slot(env)._capacity_settle()
