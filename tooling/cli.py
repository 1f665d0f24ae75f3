"""The command line: one subcommand, one function."""

import argparse
import sys

from . import addons, demo, i18n, lint, lock, odoo, paths, processes, testing
from .database import open_databases
from .errors import PanierError
from .locks import remove
from .postgres import Embedded

DESCRIPTION = """\
Panier: Odoo 19 addons for food co-operatives.

  ./panier demo      get everything that is needed, make the demo co-op, serve it
  ./panier test      run every test

The first run downloads Odoo (Debian's package), its Python packages and a PostgreSQL into a cache
folder; nothing is installed on the machine and root is not needed.
"""

EPILOG = """\
environment:
  PANIER_HOME   folder of all state and caches (default: ~/.cache/panier)
  ODOO_HOME     a checkout of Odoo 19.0 to use instead of Debian's package
  PGHOST, PGPORT, PGUSER, PGPASSWORD
                a PostgreSQL server to use instead of the embedded one

`./panier COMMAND --help` tells more about a command.
"""


def main():
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser().parse_args(words[:cut])
    arguments.words = words[cut + 1 :]  # for pytest, Odoo or psql
    processes.stop_on_signals()
    try:
        return arguments.run(arguments) or 0
    except PanierError as error:
        print(f"\npanier: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser():
    raw = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="panier", description=DESCRIPTION, epilog=EPILOG, formatter_class=raw)
    commands = top.add_subparsers(metavar="COMMAND", required=True, title="commands")

    def command(name, function, summary, more=""):
        sub = commands.add_parser(name, help=summary, description=f"{summary}.\n{more}", formatter_class=raw)
        sub.set_defaults(run=function)
        return sub

    _add_running_commands(command)
    _add_developing_commands(command)
    return top


def _add_running_commands(command):
    kept = """\
Prints the address and the logins. The database is kept: the next start takes seconds and upgrades
the addons whose files have changed; ./panier reset starts afresh."""
    sub_demo = command("demo", run_demo, "make the demo co-op and serve it until Ctrl-C", kept)
    sub_serve = command("serve", run_serve, "serve the demo co-op that is already there")
    for sub in (sub_demo, sub_serve):
        sub.add_argument("--port", type=int, default=8069, help="where to listen on 127.0.0.1 (default: 8069)")

    command("shell", run_shell, "Odoo's Python shell on the demo database")

    reset = command("reset", run_reset, "drop the demo database", "The next ./panier demo makes a fresh one.")
    reset.add_argument("--all", action="store_true", help="remove the whole PANIER_HOME: every download and database")


def _add_developing_commands(command):
    test = command(
        "test",
        run_test,
        "run the tests: every addon's Odoo tests, and those in tests/",
        "Ends with pytest's closing line; the exit status is pytest's.\n\n"
        "  ./panier test                     everything\n"
        "  ./panier test panier_slot         what concerns one addon\n"
        "  ./panier test --fast              without the tests marked slow\n"
        "  ./panier test -- -k lock -x       further words go to pytest",
    )
    test.add_argument("addons", nargs="*", metavar="ADDON", help="run only what concerns these addons")
    test.add_argument("--fast", action="store_true", help="leave out the tests marked slow")

    sub = command("lint", run_lint, "check the form of every file: ruff, pylint-odoo, prettier…")
    sub.add_argument("--fix", action="store_true", help="first correct what a program can correct")
    sub.add_argument("--fast", action="store_true", help="only the checks that need no database (seconds)")

    sub = command(
        "i18n",
        run_i18n,
        "export the terms and merge them into each addon's fr.po",
        "Fails on a French term that is missing, fuzzy or has other placeholders than the English one.",
    )
    sub.add_argument("addons", nargs="*", metavar="ADDON", help="only these addons")
    sub.add_argument("--check", action="store_true", help="write nothing, also fail on files that are not up to date")

    dev_db = command(
        "dev-db",
        run_dev_db,
        "make a fresh database to develop on",
        "Odoo's own modules are there already (a copy of a template, about a second), without demo data.\n\n"
        "  ./panier dev-db mine panier_slot\n"
        "  ./panier odoo -- -d mine -u panier_slot --test-tags /panier_slot --stop-after-init",
    )
    dev_db.add_argument("name", help="name of the database, dropped first if it exists")
    dev_db.add_argument("addons", nargs="*", metavar="ADDON", help="our addons to install in it")
    dev_db.add_argument("--demo", action="store_true", help="a copy of the demo co-op instead")

    sub = command("lock", run_lock, "pin the Python packages anew, after a change of a requirements .in file")
    sub.add_argument("--upgrade", action="store_true", help="take newer versions where they are allowed")

    for name, function, summary, more in (
        ("odoo", run_odoo, "Odoo's own command line, on our addons", "  ./panier odoo -- -d mine -u panier_slot"),
        ("psql", run_psql, "PostgreSQL's command line", "  ./panier psql -- mine -c 'SELECT 1'"),
    ):
        command(name, function, summary, more)


def run_demo(arguments):
    demo.run(arguments.port)


def run_serve(arguments):
    demo.run(arguments.port, create=False)


def run_shell(_arguments):
    with open_databases() as databases:
        demo.require(databases)
        return _call(odoo.command(databases.python, "shell", "-d", demo.NAME, "--no-http"), databases)


def run_reset(arguments):
    if not arguments.all:
        demo.reset()
        print("The demo database is gone.")
        return
    Embedded().remove()
    remove(paths.home())
    print(f"{paths.home()} is gone.")


def run_test(arguments):
    return testing.main(arguments.addons, (["-m", "not slow"] if arguments.fast else []) + arguments.words)


def run_lint(arguments):
    return lint.main(arguments.fix, arguments.fast)


def run_i18n(arguments):
    return i18n.main(arguments.addons, arguments.check)


def run_lock(arguments):
    lock.main(arguments.upgrade)


def run_dev_db(arguments):
    with open_databases() as databases:
        names = addons.chosen(arguments.addons) if arguments.addons else []
        databases.create(arguments.name, names, demo=arguments.demo)
    print(f"Database {arguments.name} is ready.")


def run_odoo(arguments):
    with open_databases() as databases:
        return _call(odoo.command(databases.python, *arguments.words), databases)


def run_psql(arguments):
    with open_databases() as databases:
        return _call([str(databases.client.bin / "psql"), *arguments.words], databases)


def _call(command, databases):
    return processes.foreground(command, odoo.environment(databases.client))
