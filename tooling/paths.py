"""Where things are: the project, and everything that is not the project (below PANIER_HOME)."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ADDONS = PROJECT / "addons"
REQUIREMENTS = PROJECT / "requirements"


def home():
    """The folder of all state and caches. Removing it loses nothing but time and the demo."""
    if chosen := os.environ.get("PANIER_HOME"):
        return Path(chosen).expanduser().absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache).expanduser().absolute() / "panier"


def folder(*parts):
    """A folder below the home, created when missing."""
    path = home().joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def log_file(name):
    return folder("logs") / f"{name}.log"
