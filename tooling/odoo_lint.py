"""Odoo's own `test_lint`, on our addons only (as it is, it reads all 600 of Odoo's)."""

import re
from importlib import resources

from . import addons
from .database import open_databases
from .errors import PanierError

FOUND = re.compile(r"^FOUND (.*?)^END$", re.MULTILINE | re.DOTALL)


def problems():
    """What Odoo's checks found, an empty string for nothing."""
    names = addons.closure(addons.manifests())
    script = resources.files(__package__).joinpath("seed_lint.py").read_text()
    with open_databases(develop=True) as databases:
        databases.create("panier_lint", demo=True)
        try:
            log = databases.run_script("panier_lint", f"ADDONS = {names!r}\n{script}", "test_lint")
        except PanierError as error:
            return str(error)
        finally:
            databases.drop("panier_lint")
    text = log.read_text()
    if not re.search(r"^RAN [1-9]", text, re.MULTILINE):
        return f"no check ran, see {log}"
    return "\n".join(FOUND.findall(text))
