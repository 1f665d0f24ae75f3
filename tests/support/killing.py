"""A server that dies in the middle of what it does."""

import threading
import time


def kill_when(market, condition, patience=60):
    """In a thread of its own: kill the server as soon as the SQL condition is true."""

    def wait_and_kill():
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and market.value(f"SELECT {condition}") != "t":
            time.sleep(0.02)
        market.kill9()

    killer = threading.Thread(target=wait_and_kill)
    killer.start()
    return killer
