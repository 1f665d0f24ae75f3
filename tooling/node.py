"""Prettier and ESLint, from package-lock.json, below the home; Node.js itself from a wheel where it is missing."""

import os
import re
import shutil
from pathlib import Path

from . import paths, venv
from .errors import PanierError
from .locks import building, contents, fingerprint, locked
from .run import Step, logged, output

INPUTS = ("package.json", "package-lock.json", ".npmrc")
OLDEST = 18


def ensure():
    """Install what is missing.

    :return: the folder of the installed packages, and the environment in which `node` runs
    """
    env = _environment()
    folder = paths.home() / f"node-{fingerprint(*(contents(paths.PROJECT / name) for name in INPUTS))}"
    with locked("node"):
        if not folder.exists():
            with Step("Installing the XML and JavaScript tools"), building(folder) as scratch:
                for name in INPUTS:
                    shutil.copy(paths.PROJECT / name, scratch)
                logged(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "npm", cwd=scratch, env=env)
    return folder / "node_modules", env


def _environment():
    if not _machine_has_node():
        binaries = Path(venv.ensure(extras=("node",))).parent
        return {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"}
    return dict(os.environ)


def _machine_has_node():
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    try:
        version = re.match(r"v(\d+)", output(["node", "--version"]))
    except PanierError:
        return False
    return bool(version) and int(version[1]) >= OLDEST
