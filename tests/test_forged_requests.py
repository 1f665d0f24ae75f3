"""Requests no page of ours would send, from whoever could send them: refused in words, and nothing changes."""

import dataclasses

import pytest

from tests.support.discovery import discover
from tests.support.french import is_french
from tests.support.market import market  # noqa: F401  (a fixture)
from tests.support.purse import give_credit, partner_of
from tests.support.visitor import Refused

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_member", "panier_slot", "panier_order", "panier_credit")]

# Values that a JSON client may put where an id, a text or a list is expected.
ODD = [
    None,
    True,
    -1,
    0,
    2**31,
    2**80,
    1.5,
    "",
    "1",
    "1; DROP TABLE sale_order",
    "é\u0000" * 3,
    "x" * 100_000,
    [],
    [1, [2, [3]]],
    {},
    {"id": {"$gt": 0}},
    [[[]]],
]

# Our JSON routes and their arguments; a new one that is missing here fails a test below.
JSON_ROUTES = {
    "/panier/checkout/choose": ["slot_id", "substitution", "note"],
    "/panier/checkout/wishes": ["substitution", "note"],
    "/panier/checkout/panel": ["unknown"],
    "/panier/prepare/taps": ["taps"],
}
# Odoo's own, which ours override: the forged payments below go through them.
PAYMENT_ROUTES = {"/my/orders/<int:order_id>/transaction", "/shop/payment/transaction/<int:order_id>"}
# Values that are right where they stand: a note is any text, its control characters are dropped.
LEGITIMATE = {
    ("note", ""),
    ("note", "1"),
    ("note", "é\u0000" * 3),
    ("note", "1; DROP TABLE sale_order"),
    ("slot_id", None),
}


@pytest.fixture(scope="module")
def people(market):
    """A member with a cart ready to be paid, another with a confirmed order, and people with less or other rights."""
    people = {
        name: market.shopper(login)
        for name, login in (
            ("buyer", "membre1"),
            ("other", "membre2"),
            ("suspended", "suspendu"),
            ("preparer", "preparatrice"),
            ("stranger", None),
        )
    }
    slot = market.fresh_slot()
    assert not people["other"].ready_to_pay(slot, "Savon")
    market.others_order = people["other"].cart
    people["other"].pay_at_till()
    assert not people["buyer"].ready_to_pay(slot, "Comté")
    market.held_slot = slot
    return people


@pytest.fixture
def unchanged(market):
    """Whatever the test sends, nothing is written anywhere."""
    before = market.snapshot()
    yield
    after = market.snapshot()
    assert not [table for table in after if after[table] != before.get(table)]


def refusal_of(answer):
    """The refusals of one of our routes, read by the member."""
    assert answer, "it was accepted"
    for refusal in answer:
        assert is_french(refusal["message"]), refusal
    return answer[0]["code"]


# -- the slot ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def slots(market):
    """One slot for each reason to refuse. Dates are shifted in SQL: no member can wait for Monday in a test."""
    names = ("full", "closed", "past", "too_soon")
    slots = {name: market.fresh_slot() for name in names}
    market.query(f"UPDATE panier_slot SET capacity = 0 WHERE id = {slots['full']}")
    market.admin.call("panier.slot", "action_close", [slots["closed"]], "Inventaire")
    market.query(
        f"UPDATE panier_slot SET start = start - interval '30 days', stop = stop - interval '30 days',"
        f" order_before = order_before - interval '30 days' WHERE id = {slots['past']}"
    )
    market.query(
        f"UPDATE panier_slot SET order_before = now() at time zone 'UTC' - interval '1 minute' WHERE"
        f" id = {slots['too_soon']}"
    )
    return {**slots, "other_place": market.fresh_slot("Annexe"), "unknown": 10**6}


@pytest.mark.parametrize("reason", ["full", "closed", "past", "too_soon", "other_place", "unknown"])
def test_a_slot_that_cannot_be_had_is_refused_everywhere(market, people, slots, unchanged, reason):
    """In the cart by JSON and by the plain form."""
    buyer, slot = people["buyer"], slots[reason]
    assert refusal_of(buyer.choose_slot(slot)) == f"slot_{reason}"
    answer = buyer.post("/panier/checkout/slot", {"slot_id": slot})
    assert answer.status_code == 200
    assert buyer.json("/panier/checkout/panel")["held"], "the place held before is lost"


@pytest.mark.parametrize("reason", ["full", "closed", "past", "too_soon", "other_place", "unknown"])
def test_a_confirmed_order_keeps_its_slot_when_the_new_one_cannot_be_had(market, people, slots, unchanged, reason):
    answer = people["other"].post(f"/my/orders/{market.others_order}/slot", {"slot_id": slots[reason]})
    assert answer.status_code == 200


@pytest.mark.parametrize("person", ["buyer", "suspended", "preparer", "stranger"])
@pytest.mark.parametrize("page", ["slot", "wishes", "cancel"])
def test_the_order_of_another_member_is_out_of_reach(market, people, unchanged, person, page):
    form = {"slot_id": market.held_slot, "note": "pirate", "substitution": "call"}
    answer = people[person].post(f"/my/orders/{market.others_order}/{page}", form)
    assert answer.status_code in (200, 403, 404)
    assert "Savon" not in answer.text


# -- payment ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forms(people, market):
    """The payment form of the checkout and that of the portal's page of the same order."""
    shop = people["buyer"].payment_form()
    order = people["buyer"].cart
    portal = shop.__class__(**{**vars(shop), "route": f"/my/orders/{order}/transaction"})
    return {"shop": shop, "portal": portal}


FORGED = {
    "one_cent": {"amount": 0.01},
    "nothing": {"amount": 0},
    "negative": {"amount": -9.9},
    "huge": {"amount": 1e15},
    "not_a_number": {"amount": "abc"},
    "a_list": {"amount": [9.9]},
    "wire_transfer": {"provider_id": "wire"},
    "no_provider": {"provider_id": None},
    "unknown_provider": {"provider_id": 10**6},
    "provider_as_text": {"provider_id": "6; DROP TABLE"},
    "another_method": {"payment_method_id": 1},
    "card_registration": {"is_validation": True},
    "validation_operation": {"is_validation": True, "amount": 0},
    "another_partner": {"partner_id": 1},
    "another_currency": {"currency_id": 1},
    "two_orders": {"custom_create_values": {"sale_order_ids": [[6, 0, [1, 2]]]}},
    "reference": {"reference_prefix": "S0001", "is_validation": True},
}


# Not ("shop", "nothing"): on the route of the shop, Odoo takes 0 as "all of it".
FORGED_PAYMENTS = [
    (route, name) for route in ("shop", "portal") for name in FORGED if (route, name) != ("shop", "nothing")
]


@pytest.mark.parametrize("route, name", FORGED_PAYMENTS)
def test_a_forged_payment_is_refused_and_leaves_no_transaction(market, people, forms, unchanged, name, route):
    forged = dict(FORGED[name])
    if forged.get("provider_id") == "wire":
        forged["provider_id"] = market.number(
            "SELECT min(id) FROM payment_provider WHERE code = 'custom' AND custom_mode = 'wire_transfer'"
        )
    with pytest.raises(Refused) as refused:
        people["buyer"].start_payment(forms[route], "demo", **forged)
    assert not refused.value.kind.startswith("psycopg2"), refused.value


@pytest.mark.parametrize("person", ["other", "suspended", "preparer", "stranger"])
@pytest.mark.parametrize("route", ["shop", "portal"])
def test_nobody_pays_the_cart_of_another_without_its_token(market, people, forms, unchanged, person, route):
    with pytest.raises(Refused):
        people[person].start_payment(forms[route], "demo", access_token="x" * 36)
    with pytest.raises(Refused):
        people[person].start_payment(forms[route], "demo", access_token=None)


@pytest.mark.parametrize("person", ["other", "suspended"])
def test_with_the_token_another_member_cannot_pay_it_as_their_own(market, people, forms, unchanged, person):
    """The link was forwarded: on the portal's route the payer is who is logged in."""
    with pytest.raises(Refused) as refused:
        people[person].start_payment(forms["portal"], "panier_till")
    assert is_french(refused.value.message)


def test_a_paid_order_cannot_be_paid_again(market, people, unchanged, forms):
    form = forms["portal"]
    order = market.others_order
    token = market.value(f"SELECT access_token FROM sale_order WHERE id = {order}")
    again = form.__class__(
        **{**vars(form), "route": f"/my/orders/{order}/transaction", "access_token": token, "amount": 2.5}
    )
    with pytest.raises(Refused) as refused:
        people["other"].start_payment(again, "demo")
    assert is_french(refused.value.message)


def test_a_stranger_cannot_confirm_the_choice_of_the_till_by_guessing_its_reference(market, people):
    """`/payment/custom/process` is public and without CSRF token: Odoo's own route."""
    shopper = market.shopper("membre3")
    assert not shopper.ready_to_pay(market.fresh_slot())
    order = shopper.cart
    reference = shopper.start_payment(shopper.payment_form(), "panier_till")["reference"]
    before = market.snapshot()
    people["stranger"].post("/payment/custom/process", {"reference": reference}, csrf=False, allow_redirects=False)
    assert market.snapshot() == before
    assert market.value(f"SELECT state FROM sale_order WHERE id = {order}") == "draft"


# -- credit -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saver(market):
    """A member with 10 € of credit and a cart of 13.10 € on the payment page; the page asks 3.10 € of a card."""
    saver = market.shopper("membre7")
    give_credit(market, "membre7", 10)
    assert not saver.ready_to_pay(market.fresh_slot(), "Comté", "Lentilles")
    shop = saver.payment_form()
    assert shop.amount == 3.1
    saver.order = saver.cart
    saver.forms = {
        "shop": shop,
        "portal": dataclasses.replace(shop, route=f"/my/orders/{saver.order}/transaction"),
    }
    saver.credit = {
        "provider_id": market.number(
            "SELECT min(id) FROM payment_provider WHERE code = 'member_credit' AND state <> 'disabled'"
        ),
        "payment_method_id": market.number("SELECT id FROM payment_method WHERE code = 'panier_credit'"),
    }
    return saver


@pytest.fixture
def nothing_spent(market):
    """Nothing is written anywhere; but the place in the slot is kept some minutes longer for who is paying."""
    before = market.snapshot("panier_capacity_hold")
    yield
    assert market.snapshot("panier_capacity_hold") == before


FORGED_CREDIT = {
    "one_cent": {"amount": 0.01},
    "all_of_it": {"amount": 10},
    "what_the_card_was_to_pay": {"amount": 3.1},
    "more_than_there_is": {"amount": 13.1},
    "negative": {"amount": -10},
    "nothing": {"amount": 0},
    "validation_operation": {"amount": 0, "is_validation": True},
    "another_currency": {"amount": 10, "currency_id": 1},
    "another_partner": {"amount": 10, "partner_id": 1},
    "two_orders": {"amount": 10, "custom_create_values": {"sale_order_ids": [[6, 0, [1, 2]]]}},
    "already_done": {"amount": 10, "custom_create_values": {"state": "done"}},
}


@pytest.mark.parametrize("route", ["shop", "portal"])
@pytest.mark.parametrize("name", FORGED_CREDIT)
def test_credit_is_not_a_way_to_pay_that_a_browser_chooses(market, saver, nothing_spent, name, route):
    with pytest.raises(Refused) as refused:
        saver.start_payment(saver.forms[route], "demo", **{**saver.credit, **FORGED_CREDIT[name]})
    assert not refused.value.kind.startswith("psycopg2"), refused.value


@pytest.mark.parametrize("route", ["shop", "portal"])
@pytest.mark.parametrize("amount", [0.01, 3.09, 3.11, 10, 13.1])
def test_beside_credit_the_card_pays_the_rest_and_nothing_else(market, saver, nothing_spent, amount, route):
    with pytest.raises(Refused) as refused:
        saver.start_payment(saver.forms[route], "demo", amount=amount)
    assert is_french(refused.value.message)


@pytest.mark.parametrize("person", ["buyer", "suspended", "preparer", "stranger"])
def test_who_has_the_link_of_an_order_does_not_spend_the_credit_of_its_household(
    market, people, saver, nothing_spent, person
):
    with pytest.raises(Refused):
        people[person].start_payment(saver.forms["portal"], "demo", amount=10, **saver.credit)
    answer = people[person].post(f"/my/orders/{saver.order}/credit/pay", {"amount": "10.0"})
    assert answer.status_code in (200, 403, 404)


def test_an_invoice_is_not_paid_with_credit_by_the_portals_own_route(market, saver):
    """Credit pays orders; an invoice of the accountant's is matched by the accountant."""
    invoice = market.admin.call(
        "account.move",
        "create",
        {
            "move_type": "out_invoice",
            "partner_id": partner_of(market, "membre7"),
            "invoice_line_ids": [[0, 0, {"name": "Autre", "price_unit": 10, "tax_ids": [[6, 0, []]]}]],
        },
    )
    market.admin.call("account.move", "action_post", [invoice])
    token = market.value(f"SELECT access_token FROM account_move WHERE id = {invoice}") or "x"
    before = market.snapshot("account_move")
    for route, values in (
        (f"/invoice/transaction/{invoice}", {}),
        ("/invoice/transaction/overdue", {}),
        ("/payment/transaction", {"currency_id": market.number("SELECT currency_id FROM res_company LIMIT 1")}),
    ):
        form = dataclasses.replace(saver.forms["shop"], route=route, access_token=token)
        with pytest.raises(Refused) as refused:
            saver.start_payment(form, "demo", amount=10, **saver.credit, **values)
        assert not refused.value.kind.startswith("psycopg2"), refused.value
        assert market.snapshot("account_move") == before, route


def test_credit_cannot_be_made_spent_or_moved_over_rpc(market, people, saver, nothing_spent):
    """By a member, by staff, by the administrator: the guards are in the model."""
    partner = partner_of(market, "membre7")
    forged = {
        **saver.credit,
        "amount": 0.01,
        "currency_id": market.number("SELECT currency_id FROM res_company LIMIT 1"),
        "partner_id": partner,
        "sale_order_ids": [[6, 0, [saver.order]]],
        "operation": "online_direct",
    }
    account = {"partner_id": partner, "company_id": 1, "version": 1}
    for person in (saver, people["preparer"], market.shopper("caissiere"), market.shopper("comptable"), market.admin):
        for model, values in (("payment.transaction", forged), ("panier.credit.account", account)):
            with pytest.raises(Refused):
                person.call(model, "create", values)
        for model in ("panier.credit.movement", "panier.credit.balance", "panier.credit.control"):
            with pytest.raises(Refused):
                person.call(model, "create", {})


@pytest.mark.parametrize("person", ["buyer", "preparer", "stranger"])
def test_nobody_plays_the_till_from_the_portal(market, people, saver, nothing_spent, person):
    """Neither a ticket nor a hold of the till's avoir."""
    partner = partner_of(market, "membre7")
    ticket = {"uuid": "0" * 32, "partner_id": partner, "lines": [], "payment_ids": [], "amount_total": 0}
    for model, method, *arguments in (
        ("pos.order", "sync_from_ui", [ticket]),
        ("pos.session", "panier_credit_balance", [1], partner),
        ("pos.session", "panier_credit_hold", [1], "0" * 32, partner, 10.0),
        ("pos.config", "action_panier_find_baskets", [1], "Dupré"),
        ("pos.config", "action_panier_take_basket", [1], saver.order, "ticket"),
    ):
        with pytest.raises(Refused) as refused:
            people[person].call(model, method, *arguments)
        assert not refused.value.kind.startswith(("psycopg2", "builtins")), refused.value


# -- status lost between cart and payment -----------------------------------------------------------------------


@pytest.fixture
def just_suspended(market):
    """A member with everything ready to pay, whose status is taken away at the last moment."""
    shopper = market.shopper("membre4")
    assert not shopper.ready_to_pay(market.fresh_slot())
    form = shopper.payment_form()
    partner = market.number("SELECT partner_id FROM res_users WHERE login = 'membre4'")
    suspended, good = (
        market.number(f"SELECT id FROM panier_member_status WHERE code = '{code}'")
        for code in ("suspended", "up_to_date")
    )
    market.admin.call("res.partner", "write", [partner], {"panier_status_id": suspended})
    yield shopper, form
    market.admin.call("res.partner", "write", [partner], {"panier_status_id": good})


@pytest.mark.parametrize("option", ["demo", "panier_till"])
def test_who_lost_the_status_since_the_cart_cannot_pay(market, just_suspended, option):
    shopper, form = just_suspended
    before = market.snapshot()
    for route in (form.route, form.route.replace("/shop/payment/transaction/", "/my/orders/") + "/transaction"):
        with pytest.raises(Refused) as refused:
            shopper.start_payment(form.__class__(**{**vars(form), "route": route}), option)
        assert is_french(refused.value.message)
    assert refusal_of(shopper.choose_slot(market.fresh_slot())).startswith("status_")
    assert shopper.payment_form() is None
    assert market.snapshot() == before


def test_who_lost_the_status_after_choosing_the_till_is_not_confirmed(market):
    """Transaction created, status lost, and only then the choice arrives: the till is no money, so it is refused."""
    shopper = market.shopper("membre5")
    slot = market.fresh_slot()
    assert not shopper.ready_to_pay(slot)
    order = shopper.cart
    reference = shopper.start_payment(shopper.payment_form(), "panier_till")["reference"]
    suspend(market, "membre5")
    shopper.finish_at_till(reference)
    assert market.value(f"SELECT state FROM sale_order WHERE id = {order}") == "draft"
    message = market.value(f"SELECT state_message FROM payment_transaction WHERE reference = '{reference}'")
    assert is_french(message)


def test_who_lost_the_status_after_paying_keeps_the_order(market):
    """Law 3: the money came, the order stands."""
    shopper = market.shopper("membre6")
    assert not shopper.ready_to_pay(market.fresh_slot())
    order = shopper.cart
    reference = shopper.start_payment(shopper.payment_form(), "demo")["reference"]
    suspend(market, "membre6")
    shopper.finish_online(reference)
    assert market.query(f"SELECT state, panier_state FROM sale_order WHERE id = {order}") == [["sale", "to_prepare"]]


def suspend(market, login):
    partner = market.number(f"SELECT partner_id FROM res_users WHERE login = '{login}'")
    status = market.number("SELECT id FROM panier_member_status WHERE code = 'suspended'")
    market.admin.call("res.partner", "write", [partner], {"panier_status_id": status})


@pytest.mark.parametrize("login", ["suspendu", "inconnu", None])
def test_who_may_not_order_holds_no_place(market, login):
    """Else all slots could be filled by people who never pay, without even an account."""
    person = market.shopper(login)
    person.fill_cart().choose_collection()
    slot = market.fresh_slot()
    assert refusal_of(person.choose_slot(slot))
    assert market.reserved(slot) == (0, 0)


def test_a_suspended_member_is_told_why_on_each_step(market, people):
    member = people["suspended"]
    member.fill_cart()
    for path in ("/shop/checkout", "/shop/payment"):
        page = member.get(path)
        assert page.status_code == 200
        assert "Suspendu" in page.text or "suspendu" in page.text, path
    assert member.payment_form() is None


# -- JSON of the wrong shape ------------------------------------------------------------------------------------


def test_every_json_route_of_ours_is_tried(market):
    routes = {route["path"] for route in discover(market)["routes"] if route["type"] == "jsonrpc"}
    assert routes - PAYMENT_ROUTES == set(JSON_ROUTES)


@pytest.mark.parametrize(
    "path, argument", [(path, argument) for path, names in JSON_ROUTES.items() for argument in names]
)
def test_json_of_the_wrong_shape_is_refused_and_changes_nothing(market, people, path, argument):
    person = people["preparer" if path.startswith("/panier/prepare") else "buyer"]
    before = market.snapshot()
    crashes = []
    for value in ODD:
        if (argument, value if isinstance(value, str | None) else 0) in LEGITIMATE:
            continue
        try:
            person.json(path, **{argument: value})
        except Refused as refused:
            if not refused.kind.startswith("odoo.exceptions."):
                crashes.append(f"{argument}={str(value)[:40]}: {refused}")
        except Exception as error:  # noqa: BLE001  (an error page)
            crashes.append(f"{argument}={str(value)[:40]}: {error}")
    assert not crashes, "\n".join(crashes)
    after = market.snapshot()
    assert not [table for table in after if after[table] != before[table]]


@pytest.mark.parametrize("params", [[], "x", 3, None, [[1]], {"slot_id": {"a": 1}, "unknown": 1}], ids=str)
@pytest.mark.parametrize("path", JSON_ROUTES)
def test_parameters_that_are_no_object_change_nothing(market, people, unchanged, path, params):
    """Odoo itself answers these; what counts is that nothing happens."""
    person = people["preparer" if path.startswith("/panier/prepare") else "buyer"]
    answer = person.session.post(
        market.url + path, json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=60
    )
    assert answer.status_code < 500


TAPS = [
    [None],
    [1],
    [[]],
    [{}],
    [{"uuid": None, "order": "{order}", "line": "{line}", "mark": "done"}],
    [{"uuid": ["a"], "order": "{order}", "line": "{line}", "mark": "done"}],
    [{"uuid": "a", "order": "{order}", "line": "{line}", "mark": "stolen"}],
    [{"uuid": "b", "order": "{order}", "line": "{line}", "mark": "partial", "quantity": -1}],
    [{"uuid": "c", "order": "{order}", "line": "{line}", "mark": "partial", "quantity": "NaN"}],
    [{"uuid": "d", "order": "{order}", "line": "{line}", "mark": "partial", "quantity": 1e308}],
    [{"uuid": "e", "order": "{order}", "line": 2**31 - 1, "mark": "done"}],
    [{"uuid": "f", "order": 2**31 - 1, "line": "{line}", "mark": "done"}],
    [{"uuid": "g", "order": "{order}", "undo": "nothing"}],
    [{"uuid": "h", "order": "{order}", "line": "{line}", "mark": "done", "at": "yesterday"}],
    [{"uuid": "x" * 10_000, "order": "{order}", "line": "{line}", "mark": "done"}],
    [{"uuid": str(number), "order": 1, "line": 1, "mark": "done"} for number in range(1000)],
]


@pytest.mark.parametrize("number", range(len(TAPS)))
def test_taps_of_the_wrong_shape_are_refused_one_by_one(market, people, unchanged, number):
    """The basket is not being prepared: even a good tap is refused."""
    ids = {
        "{order}": market.others_order,
        "{line}": market.number(f"SELECT min(id) FROM sale_order_line WHERE order_id = {market.others_order}"),
    }
    taps = [
        {key: ids.get(value, value) if isinstance(value, str) else value for key, value in tap.items()}
        if isinstance(tap, dict)
        else tap
        for tap in TAPS[number]
    ]
    try:
        answers = people["preparer"].json("/panier/prepare/taps", taps=taps)
    except Refused as refused:
        assert refused.kind.startswith("odoo.exceptions.") and is_french(refused.message), refused
        return
    assert all(answer["verdict"] == "refused" for answer in answers)


FORM_ROUTES = (
    "/my/orders/{order}/credit",
    "/my/orders/{order}/credit/pay",
    "/my/orders/{order}/problem",
    "/my/orders/{order}/slot",
    "/my/orders/{order}/wishes",
    "/panier/checkout/credit",
    "/panier/checkout/credit/pay",
    "/panier/checkout/slot",
)
ODD_FIELDS = ("slot_id", "carrier_id", "substitution", "amount", "line", "kind", "quantity")


@pytest.mark.parametrize("path", FORM_ROUTES)
def test_forms_with_odd_values_get_a_page_and_change_nothing(market, people, unchanged, path):
    for value in ("", "-1", "abc", "1.5", "9" * 30, "²", "{order}", "1 OR 1=1"):
        answer = people["other"].post(path.format(order=market.others_order), dict.fromkeys(ODD_FIELDS, value))
        assert answer.status_code < 500, value


@pytest.mark.parametrize("path", FORM_ROUTES)
def test_a_form_without_the_sessions_token_is_refused(market, people, unchanged, path):
    """Cross-site request forgery."""
    answer = people["other"].post(path.format(order=market.others_order), {"slot_id": market.held_slot}, csrf=False)
    assert answer.status_code == 400
