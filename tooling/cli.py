"""The command line: one subcommand, one function."""

import argparse
import os
import subprocess
import sys

from . import addons, odoo
from .database import open_databases
from .errors import PanierError


def main():
    arguments = parser().parse_args()
    try:
        return arguments.run(arguments) or 0
    except PanierError as error:
        print(f"\npanier: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser():
    top = argparse.ArgumentParser(prog="panier", description=__doc__)
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    dev_db = commands.add_parser("dev-db", help="a fresh database to develop on")
    dev_db.add_argument("name")
    dev_db.add_argument("addons", nargs="*", metavar="ADDON")
    dev_db.set_defaults(run=run_dev_db)

    passthrough = commands.add_parser("odoo", help="Odoo's own command line, on our addons")
    passthrough.add_argument("words", nargs=argparse.REMAINDER)
    passthrough.set_defaults(run=run_odoo)
    return top


def run_dev_db(arguments):
    with open_databases() as databases:
        databases.create(arguments.name, arguments.addons and addons.chosen(arguments.addons))
        print(f"Database {arguments.name} is ready.")


def run_odoo(arguments):
    words = [word for word in arguments.words if word != "--"]
    with open_databases() as databases:
        command = odoo.command(databases.python, *words)
        return subprocess.call(command, env=odoo.environment(databases.client))
