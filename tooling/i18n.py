"""`./panier i18n`: terms exported by Odoo itself, merged into each addon's fr.po, and checked.

Templates (.pot) and translations are kept in the addon's i18n folder. The merging needs polib, so it is a
program of its own (po.py) that the virtualenv's Python runs.
"""

import shutil
import subprocess
import tempfile

from . import addons, paths
from .database import open_databases

EXPORT = """
import pathlib
from odoo.tools.translate import trans_export
for name in {names!r}:
    with open(pathlib.Path({folder!r}) / f"{{name}}.pot", "wb") as file:
        trans_export(False, [name], file, "po", env)
"""


def main(names=(), check=False):
    """Bring the addons' i18n folders up to date (with `check`, only compare); say what is not translated."""
    if found := problems(names, write=not check):
        print(found)
        return 1
    print("French is complete.")
    return 0


def problems(names=(), write=False):
    """What is wrong with the translations of the named addons (or all), an empty string for nothing."""
    folder = tempfile.mkdtemp(prefix="panier-i18n-")
    try:
        with open_databases(develop=True) as databases:
            _export(databases, addons.chosen(names), folder)
            words = [databases.python, "-m", "tooling.po", *(["--write"] if write else []), folder]
            done = subprocess.run(words, cwd=paths.PROJECT, capture_output=True, text=True, timeout=300)
    finally:
        shutil.rmtree(folder)
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def _export(databases, names, folder):
    """Export from the demo co-op: a newcomer reads its products in French too."""
    databases.create("panier_i18n", demo=True)
    try:
        databases.run_script("panier_i18n", EXPORT.format(names=names, folder=folder), "i18n")
    finally:
        databases.drop("panier_i18n")
