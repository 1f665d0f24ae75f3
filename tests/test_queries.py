"""What the suite costs in SQL queries, counted by Odoo itself: counts are compared, times are only printed."""

import re
from importlib import resources

import pytest

from tests.support.market import Market, template
from tests.support.shopper import Shopper

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_member", "panier_slot", "panier_order", "panier_credit")]

ALLOWED = 1.10  # of what bare website_sale needs for the same page…
AT_LEAST = 5  # …but a small page may read the delivery method, the slot and its place, and what credit paid of it
GOODS = ("Lentilles", "Savon", "Comté", "Riz", "Café")
# Odoo's access log: "GET /shop HTTP/1.1" 200 - queries seconds-in-SQL seconds-elsewhere
LINE = re.compile(r'"(?:GET|POST) (\S+) HTTP/1\.\d" (\d+) - (\d+) (\d+\.\d+) (\d+\.\d+)')
PAGES = ("/shop/cart", "/shop/checkout", "/shop/set_delivery_method", "/shop/payment", "/shop/confirmation")


class Meter:
    """Reads the access log of a server from here on."""

    def __init__(self, site):
        self.site = site
        self.position = site.log.stat().st_size

    def read(self):
        """:return: ``[(path, status, queries, seconds)]`` of the requests since the last reading"""
        with open(self.site.log, encoding="utf-8", errors="replace") as log:
            log.seek(self.position)
            text = log.read()
            self.position = log.tell()
        found = [LINE.search(line) for line in text.splitlines()]
        return [
            (match[1].partition("?")[0], int(match[2]), int(match[3]), float(match[4]) + float(match[5]))
            for match in found
            if match
        ]


def one_process(databases, source, name):
    """A server in one process, so that every request meets warm caches."""
    databases.copy(source, name)
    return Market(databases, name, workers=0).start()


@pytest.fixture(scope="module")
def bare(databases):
    """The same shop without any addon of ours."""
    name = "panier_test_bare"
    databases.create(name)
    seed = resources.files("tests.support").joinpath("seed_bare.py").read_text()
    databases.run_script(name, seed, log=name)
    site = Market(databases, name, workers=0).start()
    yield site
    site.kill9()
    databases.drop(name)


@pytest.fixture(scope="module")
def suite(databases):
    site = one_process(databases, template(databases), "panier_test_suite")
    yield site
    site.kill9()
    databases.drop(site.name)


def shop(site, login, slot=None):
    """From the cart to the confirmation. :return: ``{path: (queries, seconds)}``"""
    shopper = site.shopper(login)
    meter = Meter(site)
    shopper.fill_cart(*GOODS)
    shopper.get("/shop/cart")
    shopper.get("/shop/checkout")
    shopper.choose_collection("Annexe")  # the first is chosen by the page: asked again for the same, Odoo does nothing
    shopper.choose_collection("Boutique")
    if slot:
        assert not shopper.choose_slot(slot)
    shopper.pay_online()
    assert shopper.get("/shop/payment/validate").url.endswith("/shop/confirmation")
    costs = {}
    for path, status, queries, seconds in meter.read():
        assert status < 400, path
        costs[re.sub(r"/\d+$", "", path)] = (queries, seconds)
    return costs


def test_checkout_pages_cost_at_most_ten_percent_more_than_bare_website_sale(bare, suite):
    for site in (bare, suite):  # the first who comes fills the caches
        for login in ("membre1", "membre2"):
            shop(site, login, site is suite and site.fresh_slot())
    without, with_suite = shop(bare, "membre3"), shop(suite, "membre3", suite.fresh_slot())

    report = []
    for path, (queries, seconds) in with_suite.items():
        before = without.get(path)
        more = (
            f"{before[0]:4} → {queries:4} ({queries / before[0]:.2f}), time x {seconds / before[1]:.2f}"
            if before
            else f"   – → {queries:4}"
        )
        report.append(f"{path:35} {more}")
    report = "\n".join(report)
    print(f"\nSQL queries, bare → with the suite, {len(GOODS)} lines\n{report}")
    costs = {path: (without[path][0], with_suite[path][0]) for path in PAGES}
    too_many = {path: cost for path, cost in costs.items() if cost[1] > max(ALLOWED * cost[0], AT_LEAST + cost[0])}
    assert not too_many, f"{too_many}\n{report}"
    assert sum(after for _before, after in costs.values()) <= ALLOWED * sum(
        before for before, _after in costs.values()
    ), report


# `order`, `times` and `start` are set before. Rows are copied by the database: a thousand confirmed orders in seconds,
# with their lines, pickings and moves, as the ORM would have left them.
CLONE = """
def clone(table, condition, times, **changes):
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'", (table,)
    )
    names = [name for (name,) in env.cr.fetchall()]
    values = ", ".join(changes.get(name, f't."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} t, generate_series(1, {times})"
        f" n WHERE {condition} RETURNING id"
    )
    return [row[0] for row in env.cr.fetchall()]

number = f"(n + {start})"
changes = {"name": f"'CLONE' || {number}", "panier_code": f"'C' || {number}", "access_token": "NULL"}
for order_id in clone("sale_order", f"t.id = {order}", times, **changes):
    clone("sale_order_line", f"t.order_id = {order}", 1, order_id=str(order_id))
    name = f"t.name || '/{order_id}'"
    for picking in clone("stock_picking", f"t.sale_id = {order}", 1, sale_id=str(order_id), name=name):
        line = f"(SELECT max(id) FROM sale_order_line WHERE order_id = {order_id} AND product_id = t.product_id)"
        clone(
            "stock_move", f"t.picking_id = (SELECT min(id) FROM stock_picking WHERE sale_id = {order})", 1,
            picking_id=str(picking), sale_line_id=line,
        )
env.cr.execute("ANALYZE")
"""


def clone(suite, order, times, start):
    suite.shell(f"order, times, start = {order}, {times}, {start}\n{CLONE}")


LISTS = ("/panier/prepare", "/panier/prepare?day=tomorrow", "/panier/hand-over")


def costs_of_lists(site, preparer):
    """Queries of each list, the second time it is asked."""
    meter = Meter(site)
    costs = {}
    for path in LISTS:
        preparer.get(path)
        meter.read()
        answer = preparer.get(path)
        assert answer.status_code == 200
        ((_path, _status, queries, seconds),) = [row for row in meter.read() if row[0] == path.partition("?")[0]]
        costs[path] = (queries, seconds)
    return costs


@pytest.fixture(scope="module")
def order(suite):
    """One confirmed order, for tomorrow or later; it is brought to today so that the list of the day shows it."""
    shopper = suite.shopper("membre9")
    assert not shopper.ready_to_pay(suite.fresh_slot(), *GOODS)
    order = shopper.cart
    shopper.pay_at_till()
    slot = suite.number(f"SELECT panier_slot_id FROM sale_order WHERE id = {order}")
    suite.query(
        f"UPDATE panier_slot SET start = now() at time zone 'UTC' - interval '1 minute', stop = now()"
        f" at time zone 'UTC' + interval '1 hour', date = current_date WHERE id = {slot}"
    )
    suite.query(
        f"UPDATE sale_order SET panier_slot_start = now() at time zone 'UTC' - interval '1 minute' WHERE id = {order}"
    )
    return order


def test_the_preparation_list_costs_the_same_for_ten_and_for_a_thousand_orders_of_the_same_products(suite, order):
    """Odoo's own picking list takes seconds there: all of them wait for the same few products."""
    preparer = suite.shopper("preparatrice")
    clone(suite, order, times=9, start=0)
    assert count_cards(preparer) == 10
    ten = costs_of_lists(suite, preparer)
    clone(suite, order, times=990, start=9)
    thousand = costs_of_lists(suite, preparer)
    assert suite.number("SELECT count(*) FROM sale_order WHERE panier_state = 'to_prepare'") >= 1000
    print("\nSQL queries of the preparation lists, 10 → 1,000 orders")
    for path in LISTS:
        print(f"{path:35} {ten[path][0]:4} → {thousand[path][0]:4}, time x {thousand[path][1] / ten[path][1]:.2f}")
    assert {path: costs[0] for path, costs in thousand.items()} == {path: costs[0] for path, costs in ten.items()}


def count_cards(preparer: Shopper):
    return len(set(re.findall(r"/panier/prepare/(\d+)[\"/]", preparer.get("/panier/prepare").text)))


def test_the_list_of_the_backend_costs_the_same_for_a_page_of_a_thousand_orders(suite, order):
    """What the web client asks for the day's list: the same columns, ten rows and eighty."""
    staff = suite.shopper("referente")
    fields = {
        name: {"fields": {"display_name": {}}} if kind == "many2one" else {} for name, kind in staff_list_fields(suite)
    }
    meter = Meter(suite)
    costs = []
    for limit in (10, 80, 10, 80):
        staff.call("sale.order", "web_search_read", [("panier_state", "!=", False)], fields, limit=limit)
        costs.append(meter.read()[-1][2])
    assert costs[2] == costs[3], f"10 rows: {costs[2]} queries, 80 rows: {costs[3]}"


def staff_list_fields(suite):
    """The fields of ours on an order that the lists show."""
    return suite.query(
        "SELECT name, ttype FROM ir_model_fields WHERE model = 'sale.order' AND ttype NOT IN"
        " ('one2many', 'many2many', 'binary')"
        " AND (name LIKE 'panier_%' OR name IN ('name', 'partner_id', 'amount_total', 'state'))"
    )
