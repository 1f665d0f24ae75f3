"""`./panier lint`: every check of the files' form; a warning is a failure."""

import subprocess
import time

from . import addons, i18n, node, odoo_lint, paths, venv
from .errors import PanierError

PRETTIER = "**/*.{js,mjs,json,scss,xml,yml,yaml}"  # Python is ruff's


def main(fix=False, fast=False):
    """Run every check, whatever the others find.

    :param fix: first correct what can be corrected by a program
    :param fast: only the checks that need no database
    :return: exit status
    """
    python = venv.ensure(("dev",))
    checks = [*_python_checks(python, fix), *_node_checks(fix)]
    failed = [name for name, command, env in checks if not _passes(name, lambda c=command, e=env: _run(c, e))]
    slow = () if fast else (("Odoo's test_lint", odoo_lint.problems), ("translations", i18n.problems))
    for name, check in slow:
        if not _passes(name, check):
            failed.append(name)
    print(f"lint: {len(failed)} failed ({', '.join(failed)})" if failed else "lint: all clean")
    return 1 if failed else 0


def _python_checks(python, fix):
    tools = python.parent
    folders = [f"addons/{name}" for name in addons.manifests()]
    ruff = [tools / "ruff", "check", *(["--fix"] if fix else []), "."]
    yield "ruff", ruff, None
    yield "ruff format", [tools / "ruff", "format", *([] if fix else ["--check"]), "."], None
    yield "pylint-odoo", [tools / "pylint", "--rcfile=.pylintrc", *folders], None
    yield "OCA checks", [tools / "oca-checks-odoo-module", "--config=.oca_hooks.cfg", *folders], None


def _node_checks(fix):
    modules, env = node.ensure()
    plugin = modules / "@prettier/plugin-xml/src/plugin.js"
    prettier = ["node", modules / "prettier/bin/prettier.cjs", f"--plugin={plugin}", "--log-level=warn"]
    yield "prettier", [*prettier, "--write" if fix else "--check", PRETTIER], env
    eslint = ["node", modules / "eslint/bin/eslint.js", "--max-warnings=0", "--no-error-on-unmatched-pattern"]
    yield "eslint", [*eslint, *(["--fix"] if fix else []), "addons"], env


def _run(command, env):
    done = subprocess.run(command, cwd=paths.PROJECT, env=env, capture_output=True, text=True, timeout=600)
    return (done.stdout + done.stderr).strip() or "it failed without a word" if done.returncode else ""


def _passes(name, check):
    """Run one check; print its name, its time and what it found."""
    start = time.monotonic()
    try:
        found = check()
    except PanierError as error:
        found = str(error)
    print(f"  - {name}: {'failed' if found else 'ok'} ({time.monotonic() - start:.1f} s)", flush=True)
    if found:
        print("\n".join(f"      {line}" for line in found.splitlines()), flush=True)
    return not found
