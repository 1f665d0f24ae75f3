"""Each addon works alone with what it depends on, and leaves without breaking the shop it was used in."""

import pytest

from tests.support.market import Market, template
from tests.support.purse import credit_spent, give_credit
from tooling import addons

pytestmark = pytest.mark.slow


def _each():
    return [pytest.param(name, marks=pytest.mark.addon(name)) for name in addons.closure(addons.manifests())]


def assert_the_shop_is_open(site):
    """As a stranger and in the backend: no error page, nothing in the log that Odoo calls an error."""
    stranger, admin = site.visitor(), site.visitor("admin", "admin")
    for visitor, paths in (
        (stranger, ("/", "/shop", "/shop/cart", "/web/login")),
        (admin, ("/shop", "/my", "/my/orders", "/odoo")),
    ):
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
    assert admin.call("sale.order", "web_search_read", [], {"name": {}}, limit=5)["records"] is not None
    for model in ("sale.order", "res.partner", "delivery.carrier", "payment.provider", "website"):
        views = admin.call(model, "get_views", [[False, "list"], [False, "form"]])
        assert views["views"]["form"]["arch"]
    errors = [
        line for line in site.log.read_text(errors="replace").splitlines() if " ERROR " in line or " CRITICAL " in line
    ]
    assert not errors, errors[:5]


@pytest.mark.parametrize("addon", _each())
def test_an_addon_installed_alone_leaves_the_shop_open(databases, addon):
    name = f"panier_test_alone_{addon}"
    databases.create(name, [addon])
    site = Market(databases, name, workers=0)
    site.log.unlink(missing_ok=True)
    try:
        assert_the_shop_is_open(site.start())
    finally:
        site.kill9()
        databases.drop(name)


@pytest.mark.addon("panier_member", "panier_capacity", "panier_slot", "panier_order", "panier_credit", "panier")
def test_uninstalled_after_it_was_used_the_suite_leaves_a_shop_that_sells(databases):
    """With confirmed orders, held places, payments, credit held and credit spent; from the app down to the rule, the
    shop open after each; what is in the books stays there."""
    name = "panier_test_uninstall"
    databases.copy(template(databases), name)
    market = Market(databases, name, workers=0)
    market.log.unlink(missing_ok=True)
    try:
        market.start()
        slot = market.fresh_slot()
        for login, pay in (("membre1", "pay_online"), ("membre2", "pay_at_till"), ("membre3", None)):
            shopper = market.shopper(login)
            assert not shopper.ready_to_pay(slot)
            if pay:
                getattr(shopper, pay)()
        use_credit(market, slot)
        books = market.query(BOOKS)
        for addon in reversed(addons.closure(addons.manifests())):
            uninstall(market, addon)
        assert market.query(BOOKS) == books
        # What the accounting refers to stays (the product and the provider that were paid with): Odoo
        # tries, logs, and keeps it.
        market.kill9()
        market.log.unlink()
        market.start()
        assert_the_shop_is_open(market)
        assert_a_member_can_still_buy(market)
    finally:
        market.kill9()
        databases.drop(name)


# Every posted entry, what is left of it, and with what it is matched.
BOOKS = (
    "SELECT 'line', id, account_id, partner_id, balance, amount_residual FROM account_move_line"
    " WHERE parent_state = 'posted' UNION ALL SELECT 'matching', id, debit_move_id, credit_move_id, amount, 0"
    " FROM account_partial_reconcile ORDER BY 1, 2"
)


def use_credit(market, slot):
    """An order paid with credit, another whose card is being paid beside it, credit left over."""
    give_credit(market, "membre5", 12)
    shopper = market.shopper("membre5")
    assert not shopper.ready_to_pay(slot, "Comté")
    shopper.post("/panier/checkout/credit/pay", {"amount": "9.9"})
    assert not shopper.ready_to_pay(slot, "Comté")
    shopper.start_payment(shopper.payment_form(), "demo")
    assert credit_spent(market, "membre5", "done") == 990
    assert credit_spent(market, "membre5", "draft") == 210


def uninstall(market, addon):
    """As the administrator does in the list of apps."""
    market.admin.call(
        "ir.module.module",
        "button_immediate_uninstall",
        [market.number(f"SELECT id FROM ir_module_module WHERE name = '{addon}'")],
    )
    assert market.value(f"SELECT state FROM ir_module_module WHERE name = '{addon}'") == "uninstalled"
    answer = market.visitor().get("/shop")
    assert answer.status_code == 200, f"without {addon}, the shop answers {answer.status_code}"


def assert_a_member_can_still_buy(market):
    """By a delivery method of Odoo's own, paid by card."""
    market.query("UPDATE delivery_carrier SET is_published = true, active = true WHERE delivery_type = 'fixed'")
    shopper = market.shopper("membre4").fill_cart()
    order = shopper.cart
    assert shopper.get("/shop/checkout").status_code == 200
    shopper.pay_online()
    assert market.value(f"SELECT state FROM sale_order WHERE id = {order}") == "sale"
    assert market.query("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'panier%'") == [["0"]]
