"""The demo co-op: `./panier demo` and what goes with it."""

import csv
import json

from . import addons, paths, ports
from .database import open_databases
from .errors import PanierError
from .locks import locked
from .run import Step
from .server import Server

NAME = "panier_demo"
LOGINS = paths.ADDONS / "panier" / "demo" / "logins.csv"
MARK = "panier.tooling.addons"


def run(port, create=True):
    """Serve the demo co-op until Ctrl-C; with `create`, make it first when it is not there."""
    ports.require_free(port)
    print("Panier, the demo co-op (the very first start takes a few minutes)")
    with _alone(), open_databases() as databases:
        if create and not databases.exists(NAME):
            databases.create(NAME, demo=True)
            _remember(databases)
        require(databases)
        _upgrade(databases)
        with Step("Starting Odoo"):
            server = Server(databases, NAME, port=port).start()
        try:
            with Step("Warming up"):
                server.warm_up()
            print(welcome(server.url), flush=True)
            server.process.wait()
            raise PanierError(f"Odoo ended by itself, see {server.log}")
        except KeyboardInterrupt:
            print("\nStopping.")
        finally:
            server.stop()


def reset():
    """Drop the demo database."""
    with _alone(), open_databases() as databases:
        databases.drop(NAME)


def require(databases):
    """:raises PanierError: when the demo database is not there"""
    if not databases.exists(NAME):
        raise PanierError("There is no demo database yet: ./panier demo makes it")


def _alone():
    return locked("demo", refusal="The demo is being served already, by another ./panier: stop that one first")


def _upgrade(databases):
    """Upgrade the addons whose files have changed since they were installed, and install new ones."""
    known = json.loads(_stored(databases) or "{}")
    now = {name: addons.state([name]) for name in addons.manifests()}
    new = [name for name in now if name not in known]
    changed = [name for name in now if name in known and known[name] != now[name]]
    if not new and not changed:
        return
    words = [word for flag, names in (("-i", new), ("-u", changed)) if names for word in (flag, ",".join(names))]
    with Step(f"Upgrading {', '.join(new + changed)}"):
        databases.run_odoo(NAME, *words, log="demo-upgrade")
    _remember(databases)


def _stored(databases):
    rows = databases.client.sql(f"SELECT value FROM ir_config_parameter WHERE key = '{MARK}'", NAME)
    return rows[0][0] if rows else None


def _remember(databases):
    value = json.dumps({name: addons.state([name]) for name in addons.manifests()})
    databases.client.sql(
        f"DELETE FROM ir_config_parameter WHERE key = '{MARK}';"
        f"INSERT INTO ir_config_parameter (key, value) VALUES ('{MARK}', '{value}')",
        NAME,
    )


def logins():
    """The demo's logins, as (role, login, password, what it is for)."""
    if not LOGINS.exists():
        return [("administrator", "admin", "admin", "everything")]
    with open(LOGINS, newline="", encoding="utf-8") as file:
        return [(row["role"], row["login"], row["password"], row["what"]) for row in csv.DictReader(file)]


def welcome(url):
    """What is printed once the demo is served."""
    rows = [("Role", "Login", "Password", "To see"), *logins()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    table = "\n".join(f"  {line}" for line in lines)
    return f"\nThe shop: {url}/shop\nStaff:    {url}/odoo\n\n{table}\n\nCtrl-C stops everything."
