"""`./panier test`: pytest over tests/, which also runs every addon's own Odoo tests."""

import os
import signal
import sys

from . import addons, browser, paths, processes
from .database import open_databases


def main(names, words):
    """Run the tests.

    :param names: addons whose tests alone are run, none for everything
    :param words: further words for pytest
    :return: pytest's exit status
    """
    chosen = addons.chosen(names) if names else []
    print("Preparing")
    browser.ensure()
    with open_databases(develop=True) as databases:
        databases.stock_template()
        command = [databases.python, "-m", "pytest", *words]
        command += [word for name in chosen for word in ("--addon", name)]
        return _foreground(command, dict(os.environ))


def _foreground(command, env):
    sys.stdout.flush()
    process = processes.start([str(word) for word in command], cwd=paths.PROJECT, env=env)
    try:
        return process.wait()
    finally:
        processes.stop(process, patience=60, number=signal.SIGINT)
