"""Random stories about credit, each in a savepoint of one transaction. Runs inside Odoo (test_credit_property.py)."""

import collections
import gc
import traceback
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from freezegun.api import real_monotonic
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from odoo.modules import module
from odoo.tools import mute_logger

from .credit_staff import GIFTS
from .credit_world import GOODS, MINUTES, QUANTITIES, World

#: Seconds to look for a shorter story that breaks a law too.
SHORTEN = 90

few = st.integers(0, 2)
line = st.tuples(st.integers(0, len(GOODS) - 1), st.integers(0, len(QUANTITIES) - 1))
said = st.sampled_from(["done", "done", "pending", "error", "canceled"])
found = st.sampled_from([4, 4, 0, 1, 3])

#: Step → how often it is drawn, its arguments.
STEPS = {
    "pay": (5, few, st.sampled_from(["done", "done", "pending", "nothing", "error"])),
    "prepare": (4, few, found, found),
    "bank": (3, few, said),
    "cancel": (2, few, st.booleans()),
    "hold": (2, few),
    "order": (2, st.sampled_from([0, 0, 1, 2]), line, line),
    "pay_with_credit": (2, few),
    "wait": (2, st.integers(0, len(MINUTES) - 1)),
    "change": (1, few, st.integers(0, len(QUANTITIES) - 1)),
    "complain": (2, few, st.sampled_from([0, 0, 1, 99])),
    "gesture": (1, few, st.integers(0, len(GIFTS) - 1)),
    "gift": (1, few, st.integers(0, len(GIFTS) - 1)),
    "hand_over": (1, few),
    "job": (1,),
    "keep": (1, few, st.booleans()),
    "match_by_hand": (1, few, st.integers(0, len(GIFTS) - 1)),
    "refund": (1, few, st.sampled_from([1, 2, 4])),
    "take_back": (1, few),
    "unpost": (1, few),
}
STEP = st.sampled_from([name for name, (often, *_arguments) in STEPS.items() for _ in range(often)]).flatmap(
    lambda name: st.tuples(st.just(name), *STEPS[name][1:])
)
#: Half of the stories begin where there is something to cancel, to refund or to open again.
OPENINGS = st.sampled_from(
    [
        *[()] * 4,
        (("pay", 1, "done"),),
        (("pay", 2, "done"), ("prepare", 0, 4, 0)),
        (("pay_with_credit", 0), ("prepare", 0, 1, 4)),
        (("pay", 1, "done"), ("prepare", 0, 4, 4), ("hand_over", 0)),
        (("hold", 2), ("pay", 1, "pending")),
    ]
)
STORIES = st.tuples(OPENINGS, st.lists(STEP, min_size=3, max_size=14)).map(lambda parts: [*parts[0], *parts[1]])


class Teller:
    """Tells stories and counts them."""

    def __init__(self, world, clock):
        self.world = world
        self.clock = clock
        self.begin = datetime.now()
        self.told = 0
        self.steps = collections.Counter()
        self.shortest = None
        self.failure = None
        self.deadline = None

    def tell(self, story):
        """One story from the same beginning as all others.

        :raise AssertionError: a law is broken
        """
        world = self.world
        if self.deadline and real_monotonic() > self.deadline:
            return  # short enough
        self.told += 1
        self.clock.move_to(self.begin)
        savepoint = world.env.cr.savepoint(flush=False)
        try:
            world.begin()
            for name, *arguments in story:
                if world.step(name, *arguments):
                    self.steps[name] += 1
        except Exception as error:
            self._note(story, error)
            raise
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            world.env.clear()

    def _note(self, story, error):
        """Keep the shortest story that breaks a law."""
        self.deadline = self.deadline or real_monotonic() + SHORTEN
        if self.shortest is None or len(story) <= len(self.shortest):
            self.shortest = story
            lines = [f"{type(error).__name__}: {error}", *self.world.story, f"{story}"]
            where = [] if isinstance(error, AssertionError) else traceback.format_tb(error.__traceback__)[-12:]
            self.failure = "\n    ".join(lines) + "\n" + "".join(where)


def run(count, number):
    """So many stories.

    :param int number: the seed; the same tells the same stories
    :return: {"told": how many, "steps": {name: how often}, "failure": None or the shortest story that breaks a law}
    """
    with (
        freeze_time(datetime.now().replace(microsecond=0)) as clock,
        # It measures by the frozen clock, where days pass in a moment; `SHORTEN` is what counts.
        patch("hypothesis.internal.conjecture.engine.MAX_SHRINKING_SECONDS", float("inf")),
        mute_logger("odoo.sql_db"),
    ):
        World.setUpClass()
        world = World("step")
        module.current_test = world
        world.set_the_scene()
        gc.collect()
        gc.freeze()
        try:
            world.clock = clock
            teller = Teller(world, clock)
            profile = settings(
                max_examples=count,
                deadline=None,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=list(HealthCheck),
            )
            try:
                seed(number)(profile(given(STORIES)(teller.tell)))()
            except Exception as error:  # noqa: BLE001  (told to pytest, which runs elsewhere)
                teller.failure = teller.failure or repr(error)
            return {"told": teller.told, "steps": teller.steps, "failure": teller.failure}
        finally:
            module.current_test = None
            World.doClassCleanups()
