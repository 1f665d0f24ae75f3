"""A small co-op made for the tests, served by a real Odoo with two workers.

from tests.support.market import market          # a fixture: one server and one database per test file

shopper = market.shopper("membre1")              # logged in
shopper.fill_cart(); shopper.choose_collection(); shopper.choose_slot(market.fresh_slot())
shopper.pay_at_till()
"""

import functools
from importlib import resources

import pytest

from tooling import addons
from tooling.locks import fingerprint, locked
from tooling.server import Server

from .shopper import Shopper
from .site import Site

PASSWORD = "panier"
KIND = "panier_market"

#: Beside our own tables: where a refused request could leave something.
SNAPSHOT = (
    "account_move",
    "account_partial_reconcile",
    "account_payment",
    "delivery_carrier",
    "mail_mail",
    "payment_provider",
    "payment_transaction",
    "res_company",
    "res_partner",
    "sale_order",
    "sale_order_line",
    "sale_order_transaction_rel",
    "stock_move",
    "stock_picking",
)


def template(databases):
    """The name of a database with all our addons and the small co-op; made once for a state of the addons."""
    names = addons.closure(addons.manifests())
    seed = resources.files(__package__).joinpath("seed_market.py").read_text()
    name = f"{KIND}_{fingerprint(databases.stock_template(), addons.state(names), seed)}"
    with locked(KIND):
        if not databases.exists(name):
            _build(databases, names, seed, name)
    return name


def _build(databases, names, seed, name):
    unfinished = f"{KIND}_unfinished"
    databases.create(unfinished, names)
    databases.run_script(unfinished, seed, log=KIND)
    with Server(databases, unfinished, cron=False) as server:
        server.warm_up()  # the style sheets are compiled once, in the template
    for other in databases.names():
        if other.startswith(f"{KIND}_") and other != unfinished:
            databases.drop(other)
    databases.copy(unfinished, name)
    databases.drop(unfinished)


class Market(Site):
    """A server on a copy of the small co-op."""

    def __init__(self, databases, name, **options):
        super().__init__(databases, name, **options)
        self._slots_given = set()
        self._admin = None

    def shopper(self, login=None):
        """Somebody logged in, or a stranger."""
        shopper = Shopper(self)
        return shopper.login(login, PASSWORD) if login else shopper

    @property
    def admin(self):
        """The administrator, over RPC."""
        if not self._admin:
            self._admin = self.visitor("admin", "admin")
        return self._admin

    def number(self, statement):
        """The first value of a SQL statement, as an int."""
        return int(self.value(statement))

    def fresh_slot(self, place="Boutique"):
        """A slot nobody has used, that can be ordered for another two days."""
        rows = self.query(
            "SELECT slot.id FROM panier_slot slot JOIN panier_place place ON place.id = slot.place_id"
            f" WHERE place.name->>'en_US' = '{place}' AND NOT slot.closed AND slot.reserved = 0"
            " AND slot.order_before > now() at time zone 'UTC' + interval '2 days' ORDER BY slot.start"
        )
        slot = next(int(row[0]) for row in rows if int(row[0]) not in self._slots_given)
        self._slots_given.add(slot)
        return slot

    def reserved(self, slot):
        """Places and lines of a slot that are held or taken."""
        places, lines = self.query(f"SELECT reserved, load_reserved FROM panier_slot WHERE id = {slot}")[0]
        return int(places), int(lines)

    def orders_in(self, slot, state):
        return self.number(f"SELECT count(*) FROM sale_order WHERE panier_slot_id = {slot} AND state = '{state}'")

    def has_cart(self, shopper):
        """Whether this member still has a cart: an order of theirs that is not confirmed."""
        return (
            self.value(
                "SELECT EXISTS (SELECT FROM sale_order so JOIN res_users u ON u.partner_id = so.partner_id"
                f" WHERE u.login = '{shopper.name}' AND so.state = 'draft')"
            )
            == "t"
        )

    def set_capacity(self, slot, places):
        self.admin.call("panier.slot", "write", [slot], {"capacity": places})

    def let_holds_expire(self, slot):
        """As if the members had gone for a coffee: simulated by shifting dates,
        for the server's clock is the machine's."""
        self.query(
            "UPDATE panier_capacity_hold SET expires_at = now() at time zone 'UTC' - interval '1 second'"
            f" WHERE resource_model = 'panier.slot' AND resource_id = {slot} AND state = 'held'"
        )

    def id_of(self, xmlid):
        module, name = xmlid.split(".")
        return self.number(f"SELECT res_id FROM ir_model_data WHERE module = '{module}' AND name = '{name}'")

    @functools.cached_property
    def products(self):
        """Name → (id of the template, id of the product)."""
        rows = self.query(
            "SELECT template.name->>'en_US', template.id, product.id FROM product_product product"
            " JOIN product_template template ON template.id = product_tmpl_id"
        )
        return {name: (int(template), int(product)) for name, template, product in rows}

    @functools.cached_property
    def carriers(self):
        """Name → id of the delivery method."""
        return {name: int(number) for name, number in self.query("SELECT name->>'en_US', id FROM delivery_carrier")}

    def user_id(self, login):
        return self.number(f"SELECT id FROM res_users WHERE login = '{login}'")

    def run_job(self, xmlid):
        """Run a scheduled job once, now, as its scheduler would."""
        return self.admin.call("ir.cron", "method_direct_trigger", [self.id_of(xmlid)])

    def snapshot(self, *but):
        """What must not change when something is refused: table → a hash of its rows.

        :param but: tables left out
        """
        ours = [
            table
            for (table,) in self.query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
                " table_name LIKE 'panier%'"
            )
        ]
        tables = sorted({*ours, *SNAPSHOT} - set(but))
        hashes = " UNION ALL ".join(
            f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
            for table in tables
        )
        return dict(self.query(hashes))

    def assert_places_add_up(self):
        """Law 2: `reserved = Σ holds + takings`, for every slot."""
        wrong = self.query(
            "SELECT slot.id, slot.reserved, COALESCE(sum(hold.quantity), 0), slot.load_reserved,"
            " COALESCE(sum(hold.load), 0)"
            " FROM panier_slot slot LEFT JOIN panier_capacity_hold hold ON hold.resource_model = 'panier.slot'"
            " AND hold.resource_id = slot.id AND hold.state IN ('held', 'taken') GROUP BY slot.id"
            " HAVING slot.reserved <> COALESCE(sum(hold.quantity), 0)"
            " OR slot.load_reserved <> COALESCE(sum(hold.load), 0) OR slot.reserved > slot.capacity"
        )
        assert not wrong, f"reserved ≠ Σ holds (slot, reserved, held, load reserved, load held): {wrong}"


def running_market(databases, name, **options):
    """A market that runs until the generator goes on; a plain function so that any fixture can use it."""
    databases.copy(template(databases), name)
    market = Market(databases, name, **options)
    try:
        yield market.start()
    finally:
        market.kill9()  # nothing to keep: no need to wait for an orderly end
        databases.drop(name)


@pytest.fixture(scope="module")
def market(databases, request):
    """A running server on a fresh copy of the small co-op, shared by the tests of a file."""
    yield from running_market(databases, f"panier_{request.module.__name__.rpartition('.')[2]}")
