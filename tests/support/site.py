"""A real Odoo with its own database, and what a test wants to do to it."""

import json

from tooling.errors import PanierError
from tooling.server import Server

from .visitor import Visitor

FROZEN = """\
from freezegun import freeze_time
_clock = freeze_time({at!r}, tick=True, ignore=["selectors"])
_clock.start()
env.cr.execute("CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz AS $$ "
               "SELECT timestamptz '{at} UTC' $$ LANGUAGE sql")
"""


class Site(Server):
    """A server with helpers; two workers and no cron, unless asked otherwise."""

    def __init__(self, databases, name, *, workers=2, cron=False, **options):
        super().__init__(databases, name, workers=workers, cron=cron, **options)

    def visitor(self, login=None, password=None):
        """Somebody at the website, logged in or a stranger. In the demo co-op a password is the login."""
        visitor = Visitor(self.url)
        return visitor.login(login, password or login) if login else visitor

    def query(self, statement):
        """Rows of a SQL statement, each a list of strings."""
        return self.databases.client.sql(statement, self.name)

    def value(self, statement):
        """The first value of a SQL statement."""
        return self.query(statement)[0][0]

    def shell(self, script, at=None):
        """Run a script in an Odoo shell (`env`; it is committed at the end).

        :param at: "2026-03-28 10:00:00", UTC: for Python and for SQL's now(), the script runs at that time
        :return: what the script put into `result`, through JSON
        """
        marker = "PANIER-RESULT "
        lines = [FROZEN.format(at=at) if at else "", "result = None", script]
        lines += ["env.cr.commit()", "import json", f"print({marker!r} + json.dumps(result, default=str))"]
        # Odoo puts `public` before pg_catalog in this mode, so that our now() is the one that counts.
        variables = {"ODOO_FAKETIME_TEST_MODE": "1"} if at else None
        output = self.databases.run_script(self.name, "\n".join(lines), f"shell-{self.name}", variables).read_text()
        for line in output.splitlines():
            if line.startswith(marker):
                return json.loads(line.removeprefix(marker))
        raise PanierError(f"The script did not reach its end:\n{output[-3000:]}")
