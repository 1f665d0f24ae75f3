"""Random stories of orders, shortages, credit spent, cancelled and refunded: at every step, the laws of credit hold.

The stories run inside Odoo, each in a savepoint (tests/support/credit_world.py: what may happen; credit_laws.py: what
must be true), in two processes on two copies of a database. A failure prints the shortest story that breaks a law.
`PANIER_SEED=7 ./panier test -- -k credit_property` tells others; the same number tells the same ones.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.market import Market
from tooling import paths

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_credit")]

STORIES = 500
PROCESSES = 2
SEED = int(os.environ.get("PANIER_SEED", "1"))

SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from tests.support.credit_sequences import run
result = run({count}, {seed})
"""


@pytest.fixture(scope="module")
def copies(databases):
    """As many databases as processes, with the addon and what it needs."""
    names = [f"panier_test_credit_{number}" for number in range(PROCESSES)]
    databases.create(names[0], ["panier_credit"])
    for name in names[1:]:
        databases.copy(names[0], name)
    yield [Market(databases, name) for name in names]
    for name in names:
        databases.drop(name)


@pytest.mark.timeout(1500)
def test_whatever_happens_no_cent_of_credit_is_made_lost_or_spent_twice(copies):
    def tell(number):
        script = SCRIPT.format(root=str(paths.PROJECT), count=-(-STORIES // PROCESSES), seed=SEED * PROCESSES + number)
        return copies[number].shell(script)

    with ThreadPoolExecutor(PROCESSES) as pool:
        results = list(pool.map(tell, range(PROCESSES)))

    failures = [result["failure"] for result in results if result["failure"]]
    told = sum(result["told"] for result in results)
    steps = {}
    for result in results:
        for name, count in result["steps"].items():
            steps[name] = steps.get(name, 0) + count
    print(f"\n{told} stories, seed {SEED}: {', '.join(f'{name} {count}' for name, count in sorted(steps.items()))}")
    assert not failures, "\n\n".join(failures)
    assert told >= STORIES
