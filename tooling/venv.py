"""The virtualenv: locked packages, and Odoo on its path."""

import os
import sys
from pathlib import Path

from . import debs, paths
from .errors import PanierError
from .locks import contents, fingerprint, locked
from .run import Step, logged, output

CHECK = "import odoo.cli, odoo.release; print(odoo.release.version)"


def odoo_home():
    """The Odoo checkout named by ODOO_HOME, or None."""
    if not (chosen := os.environ.get("ODOO_HOME")):
        return None
    folder = Path(chosen).expanduser().absolute()
    if not (folder / "odoo" / "release.py").exists():
        raise PanierError(f"ODOO_HOME={chosen}: no odoo/release.py there, it is not a checkout of Odoo")
    return folder


def odoo_path():
    """The folder that holds the `odoo` Python package."""
    return odoo_home() or debs.ensure()


def odoo_script():
    """The script that starts Odoo."""
    home = odoo_home()
    return home / "odoo-bin" if home else debs.ensure().parents[2] / "bin" / "odoo"


LOCKS = {
    "odoo": "Installing Odoo's Python packages",
    "dev": "Installing the test and lint tools",
    "node": "Installing Node.js",
}


def ensure(extras=()):
    """The virtualenv's Python.

    :param extras: locks to install beside Odoo's: "dev" for tests and lint, "node" for Node.js
    """
    odoo = odoo_path()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = paths.home() / f"venv-{fingerprint(version, odoo)}"
    with locked("venv"):
        _create(folder, odoo)
        for name in ("odoo", *extras):
            _install(folder, name)
    return folder / "bin" / "python"


def _create(folder, odoo):
    stamp = folder / "created"
    if stamp.exists():
        return
    with Step("Creating the virtualenv"):
        command = [sys.executable, "-m", "venv", "--clear", folder]
        try:
            logged(command, "venv")
        except PanierError as error:
            raise PanierError(f"{error}\nOn Debian, the package python3-venv is needed.") from error
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "panier-odoo.pth").write_text(f"{odoo}\n")
    stamp.touch()


def _install(folder, name):
    """Bring the virtualenv to requirements/<name>.lock, unless it is there already."""
    lock = paths.REQUIREMENTS / f"{name}.lock"
    stamp = folder / f"{name}.installed"
    wanted = contents(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    python = folder / "bin" / "python"
    with Step(LOCKS[name]):
        # The locks are complete: --no-deps keeps pip from looking for `odoo`, which is no wheel.
        pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps"]
        logged([*pip, "--require-hashes", "-r", lock], f"pip-{name}")
        if not output([python, "-c", CHECK]).startswith("19.0"):
            raise PanierError("This is not Odoo 19.0")
    stamp.write_text(wanted)
