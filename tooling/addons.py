"""The project's addons: which there are, what they need, what state their files are in."""

import ast

from . import paths
from .errors import PanierError
from .locks import contents, fingerprint


def manifests():
    """Every addon's manifest by name, in alphabetical order."""
    files = sorted(paths.ADDONS.glob("*/__manifest__.py"))
    return {file.parent.name: ast.literal_eval(file.read_text()) for file in files}


def chosen(names):
    """The named addons, or all of them.

    :raises PanierError: for a name that is none of ours
    """
    known = manifests()
    if unknown := [name for name in names if name not in known]:
        raise PanierError(f"No such addon: {', '.join(unknown)}. There are: {', '.join(known)}")
    return list(names or known)


def closure(names):
    """The named addons and those of ours that they depend on, dependencies first."""
    known, ordered = manifests(), []

    def visit(name):
        if name in known and name not in ordered:
            for dependency in known[name].get("depends", ()):
                visit(dependency)
            ordered.append(name)

    for name in names:
        visit(name)
    return ordered


def state(names):
    """A hash of everything that the addons' installation reads."""
    return fingerprint(*((name, contents(paths.ADDONS / name, but={"tests"})) for name in names))
