"""`./panier lock`: pins every requirement with its hashes, naming no index, for every Python we support."""

import sys

from . import paths
from .locks import fingerprint
from .run import Step, logged

FILES = ("requirements/odoo", "requirements/dev", "requirements/node", "deploy/requirements")


def main(upgrade=False):
    """Write the lock beside each .in file.

    :param upgrade: take the newest versions allowed, instead of keeping those locked now
    """
    uv = _uv()
    for name in FILES:
        words = ["--universal", "--python-version=3.10", "--generate-hashes", "--no-header", "--no-annotate"]
        words += ["--no-emit-index-url", "--no-emit-find-links", "--override=requirements/overrides.txt"]
        words += ["--upgrade"] if upgrade else []
        words += ["--no-deps"] if name.startswith("deploy/") else []  # the image brings the rest
        with Step(f"Locking {name}.in"):
            logged([uv, "pip", "compile", *words, f"{name}.in", "-o", f"{name}.lock"], "lock", cwd=paths.PROJECT)


def _uv():
    folder = paths.home() / f"uv-{fingerprint(sys.version)}"
    if not (folder / "bin" / "uv").exists():
        with Step("Installing uv"):
            logged([sys.executable, "-m", "venv", folder], "uv")
            logged([folder / "bin" / "pip", "install", "uv"], "uv")
    return folder / "bin" / "uv"
