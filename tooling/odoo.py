"""Odoo's command line, with the project's addons and settings."""

import os

from . import paths, venv
from .locks import fingerprint

CONFIGURATION = """\
; written by ./panier at every start
[options]
addons_path = {addons}
data_dir = {data}
http_interface = 127.0.0.1
server_wide_modules = base,rpc,web
list_db = False
limit_time_cpu = 600
limit_time_real = 1200
limit_memory_soft = 2147483648
limit_memory_hard = 4294967296
"""


def data_folder():
    """Odoo's files; those of an existing PostgreSQL's databases apart, their names may be the same."""
    server = [os.environ[name] for name in ("PGHOST", "PGPORT", "PGSERVICE") if os.environ.get(name)]
    return paths.folder("odoo-" + fingerprint(*server) if server else "odoo")


def command(python, *words):
    """The words to start Odoo: `command(python, "shell", "-d", "name")`, `command(python, "-d", "name")`."""
    # A script and not `-m odoo`: with workers, Odoo starts its websocket process by the same first word.
    words = [str(word) for word in words]
    subcommand = [words.pop(0)] if words and not words[0].startswith("-") else ["server"]
    return [str(python), str(venv.odoo_script()), *subcommand, "-c", str(_configuration()), *words]


def environment(client):
    """The environment Odoo runs in: the database server's variables, and nothing that redirects Odoo."""
    env = {key: value for key, value in client.env.items() if not key.startswith("ODOO_")}
    return {**env, "PYTHONUNBUFFERED": "1"}


def _configuration():
    """The settings file. Its name follows from its text: other checkouts that share the home have their own."""
    addons = [paths.ADDONS]
    if home := venv.odoo_home():
        addons.insert(0, home / "addons")
    existing = ",".join(str(folder) for folder in addons if any(folder.glob("*/__manifest__.py")))
    text = CONFIGURATION.format(addons=existing, data=data_folder())
    file = paths.folder("odoo") / f"odoo-{fingerprint(text)}.conf"
    if not file.exists():
        scratch = file.with_suffix(f".{os.getpid()}")
        scratch.write_text(text)
        scratch.replace(file)
    return file
