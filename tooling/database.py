"""Databases: templates that are built once, and copies of them in a second.

    with open_databases() as databases:
        databases.create("mine", ["panier_slot"])        # a fresh copy, addons installed
        databases.client.sql("SELECT count(*) FROM res_partner", "mine")
        databases.drop("mine")

The stock template holds Odoo's own modules (slow to install, seldom changing); ours are installed on top of
it. A template's name ends in a hash of what it was made from, so that an edit never meets a stale template.
"""

import contextlib
import datetime
import os
import shutil
from importlib import resources

from . import addons, odoo, odoo_log, paths, postgres, venv
from .errors import PanierError
from .locks import contents, fingerprint, locked, remove
from .run import Step, logged

STOCK_MODULES = (
    "account",
    "l10n_fr_account",
    "payment_custom",
    "payment_demo",
    "phone_validation",
    "point_of_sale",
    "portal",
    "pos_sale",
    "queue_job",
    "sale_management",
    "sale_stock",
    "stock_delivery",
    "website_sale",
    "website_sale_stock",
)
LANGUAGES = "fr_FR"  # beside en_US, which Odoo always has


@contextlib.contextmanager
def open_databases(develop=False):
    """The databases of a running PostgreSQL, which is started and stopped as needed."""
    python = venv.ensure(("dev",) if develop else ())
    with postgres.running(python) as client:
        yield Databases(python, client)


class Databases:
    def __init__(self, python, client):
        self.python = python
        self.client = client

    # -- templates ------------------------------------------------------------------------------

    def stock_template(self):
        """The database with Odoo's own modules: French company, two languages, no demo data."""
        seed = resources.files(__package__).joinpath("seed_stock.py").read_text()
        version = fingerprint(
            venv.odoo_path(), contents(paths.REQUIREMENTS / "odoo.lock"), STOCK_MODULES, LANGUAGES, seed
        )
        return self._template("panier_stock", version, self._build_stock)

    def demo_template(self):
        """The stock template with all our addons and their demo data: the demo co-op, as made today.

        (Its slots and orders are relative to the day it is made: yesterday's would start with closed slots.)
        """
        names = addons.closure(addons.manifests())
        today = datetime.date.today()
        version = fingerprint(self.stock_template(), addons.state(names), today)
        return self._template("panier_demo_template", version, self._build_demo)

    def _template(self, kind, version, build):
        name = f"{kind}_{version}"
        with locked(kind):
            if not self.exists(name):
                scratch = f"{kind}_unfinished"
                self.drop(scratch)
                build(scratch)
                self._rename(scratch, name)
                self._drop_outdated(kind, name)
        return name

    def _build_stock(self, name):
        with Step("Installing Odoo's own modules (once, about 2 minutes)"):
            self._create_empty(name)
            self.run_odoo(name, "-i", "base", "--load-language", LANGUAGES, log="stock-base")
            seed = resources.files(__package__).joinpath("seed_stock.py").read_text()
            self.run_script(name, f"MODULES = {STOCK_MODULES!r}\n{seed}", log="stock-modules")

    def _build_demo(self, name):
        """Odoo's own demo data (a furniture shop) must not mix with ours: stock modules went in without it.

        Odoo loads an addon's demo data only when everything it depends on had its own, so for the time of
        the installation the stock modules say so.
        """
        names = addons.closure(addons.manifests())
        with Step(f"Installing the demo co-op ({len(names)} addons)"):
            self.copy(self.stock_template(), name)
            self.client.sql("UPDATE ir_module_module SET demo = true WHERE state = 'installed'", name)
            self.run_odoo(name, "-i", ",".join(names), "--with-demo", log="demo-addons")
            ours = ", ".join(f"'{addon}'" for addon in names)
            self.client.sql(f"UPDATE ir_module_module SET demo = false WHERE name NOT IN ({ours})", name)

    def _drop_outdated(self, kind, current):
        """Keep the template just built and the one before it (another branch's, perhaps)."""
        rows = self.client.sql(
            f"SELECT datname FROM pg_database WHERE datname ~ '^{kind}_[0-9a-f]{{12}}$' ORDER BY oid"
        )
        others = [name for (name,) in rows if name != current]
        for name in others[:-1]:
            self.drop(name)

    # -- databases ------------------------------------------------------------------------------

    def create(self, name, addon_names=(), demo=False):
        """A fresh database `name`: the demo co-op, or the stock modules with the given addons."""
        self.copy(self.demo_template() if demo else self.stock_template(), name)
        if addon_names and not demo:
            self.install(name, addon_names)

    def install(self, name, addon_names):
        with Step(f"Installing {', '.join(addon_names)}"):
            self.run_odoo(name, "-i", ",".join(addon_names), log=f"install-{name}")

    def copy(self, template, name):
        """`name` becomes a copy of `template`, its files hard-linked (Odoo never changes a stored file)."""
        self.drop(name)
        with locked(f"copy-{template}"):
            self.client.run("createdb", "-T", template, name)
        if self.filestore(template).exists():
            shutil.copytree(self.filestore(template), self.filestore(name), copy_function=os.link)
        keys = "('database.uuid', 'database.secret')"
        self.client.sql(f"UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key IN {keys}", name)

    def drop(self, name):
        self.client.run("dropdb", "--if-exists", "--force", name)
        remove(self.filestore(name))

    def exists(self, name):
        return bool(self.client.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def names(self):
        return [name for (name,) in self.client.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")]

    def filestore(self, name):
        return odoo.data_folder() / "filestore" / name

    def _create_empty(self, name):
        self.client.run("createdb", "-T", "template0", "-E", "UTF8", name)

    def _rename(self, name, new):
        remove(self.filestore(new))
        if self.filestore(name).exists():
            self.filestore(name).rename(self.filestore(new))
        self.client.sql(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    # -- Odoo on a database ---------------------------------------------------------------------

    def run_odoo(self, name, *words, log):
        """Odoo to the end of its initialisation, without serving.

        :raises PanierError: when it fails or its log holds an error
        """
        command = odoo.command(
            self.python, "-d", name, *words, "--stop-after-init", "--no-http", "--max-cron-threads=0"
        )
        file = logged(command, log, env=odoo.environment(self.client))
        _raise_on_complaints(file)

    def run_script(self, name, script, log, variables=None):
        """A Python script in an Odoo shell: `env` is there, it commits for itself.

        :param variables: further environment variables
        :return: the log file
        """
        command = odoo.command(self.python, "shell", "-d", name, "--no-http")
        env = {**odoo.environment(self.client), **(variables or {})}
        file = logged(command, log, env=env, input=script, text=True)
        _raise_on_complaints(file, but="WARNING")
        return file


def _raise_on_complaints(file, but="nothing"):
    """A warning counts: Odoo goes on without demo data that fails, and says no more than that.

    :param but: level that does not count
    """
    complaints = odoo_log.read(file.read_text(errors="replace")).complaints
    if complaints := [text for text in complaints if not text.startswith(but)]:
        raise PanierError(f"Odoo complained, see {file}:\n" + "\n".join(complaints[:10]))
