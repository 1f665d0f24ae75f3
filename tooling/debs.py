"""Odoo 19 without root: Debian's package, downloaded and unpacked into a folder.

The package is only in Debian's unstable suite. apt-get fetches it with a sources list, lists and a cache of
our own, so that the machine's apt is neither changed nor needed as root; the mirror is the machine's own.
"""

import os
import platform
from pathlib import Path

from . import paths
from .errors import PanierError
from .locks import building, locked, remove
from .run import Step, logged, output

# Odoo links to its fonts and to some JavaScript with relative links: one missing file is a 500 on every page.
PACKAGES = (
    "odoo-19",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
PYTHON_FOLDER = Path("usr/lib/python3/dist-packages")
# Left out of Debian's build but still named by a bundle: every browser test of the backend fails on the error.
MISSING_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def ensure():
    """The folder with the `odoo` Python package, downloaded and unpacked when it is not there yet."""
    target = paths.home() / "runtime" / "debian"
    if not target.exists():
        with locked("debs"):
            if not target.exists():
                _install(target)
    return target / PYTHON_FOLDER


def _install(target):
    apt = Apt()
    with Step("Looking for Odoo 19 at the machine's Debian mirror"):
        apt.update()
    with Step("Downloading Odoo 19 and its fonts (about 130 MB)"):
        files = apt.download(PACKAGES)
    with Step("Unpacking Odoo 19"), building(target) as folder:
        for file in files:
            output(["dpkg-deb", "-x", file, folder])
        stand_in = folder / PYTHON_FOLDER / "odoo/addons" / MISSING_FILE
        stand_in.parent.mkdir(parents=True, exist_ok=True)
        stand_in.touch()
    remove(apt.folder)


class Apt:
    """apt-get on a suite the machine does not use, with its own state."""

    def __init__(self, suite="unstable"):
        self.folder = paths.folder("apt")
        self.debs = paths.folder("apt", "debs")
        for part in ("lists/partial", "cache/archives/partial"):
            paths.folder("apt", part)
        (self.folder / "status").touch()
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        (self.folder / "sources.list").write_text(f"deb {signed}{_mirror()} {suite} main\n")

    def update(self):
        logged(self._command("update"), "apt-update")

    def download(self, packages):
        """Download the packages (apt checks signatures and hashes, and skips what is already complete)."""
        logged(self._command("download", *packages), "apt-download", cwd=self.debs)
        files = [next(self.debs.glob(f"{package}_*.deb"), None) for package in packages]
        if None in files:
            raise PanierError("apt-get downloaded less than it was asked for")
        return files

    def _command(self, *words):
        settings = {
            "Dir::Etc::SourceList": self.folder / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State": self.folder,
            "Dir::State::Lists": self.folder / "lists",
            "Dir::State::Status": self.folder / "status",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
        }
        if os.geteuid() == 0:  # apt's own user cannot enter a folder below /root
            settings["APT::Sandbox::User"] = "root"
        options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        return ["apt-get", *options, *words]


def _mirror():
    """The address of the machine's Debian mirror, as apt knows it."""
    try:
        listed = output(["apt-get", "indextargets", "--format", "$(ORIGIN) $(COMPONENT) $(REPO_URI)"])
    except PanierError as error:
        raise PanierError(f"{_advice()}\n({error})") from error
    for line in listed.splitlines():
        origin, component, address = line.split(" ", 2)
        if (origin, component) == ("Debian", "main") and "security" not in address:
            return address
    # Lists never fetched (a fresh container image): the sources alone do not say their origin.
    addresses = dict.fromkeys(line.rsplit(" ", 1)[-1] for line in listed.splitlines())
    for address in addresses:
        if address.rstrip("/").endswith("/debian"):
            return address
    raise PanierError(_advice())


def _advice():
    return (
        f"Odoo 19 comes from Debian's own packages, and this machine ({platform.system()}) has no apt with a "
        "Debian mirror.\nSet ODOO_HOME to a checkout of Odoo 19.0 instead."
    )
