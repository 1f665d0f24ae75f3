"""Chromium, for the tests that walk through pages."""

import os
import shutil

from .errors import PanierError
from .run import Step, logged

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = "no Chromium on this machine: apt-get install chromium (as root), browser tests need it"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def find():
    """Where Chromium is, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def ensure():
    """Install Chromium where we may; else say how to, and let the tests that need it be skipped."""
    if find():
        return
    if os.geteuid() or not shutil.which("apt-get"):
        print(f"  ! {ADVICE}; without it they are skipped")
        return
    with Step("Installing Chromium (Debian's package)"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            logged(["apt-get", "update"], "apt-chromium", env=env)
            logged(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], "apt-chromium", env=env)
        except PanierError as error:
            print(f"\n  ! {ADVICE} ({error})")
