"""Many people at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor


def at_once(actions, patience=180):
    """Start all actions at the same moment, each in a thread of its own.

    :param actions: functions without arguments
    :return: for each, in order, what it returned or the exception it raised
    """
    actions = list(actions)
    barrier = threading.Barrier(len(actions))

    def run(action):
        barrier.wait(patience)
        try:
            return action()
        except Exception as error:  # noqa: BLE001  (the caller looks at it)
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result(patience) for future in [pool.submit(run, action) for action in actions]]


def in_turn(function, items, at_a_time=4):
    """Call the function for each item, a few at a time; an error is raised."""
    with ThreadPoolExecutor(at_a_time) as pool:
        return list(pool.map(function, items))
