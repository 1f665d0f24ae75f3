"""Who may do what, asked over RPC and HTTP: every model, every public method and every route of ours."""

import json

import pytest

from tests.support.discovery import discover
from tests.support.market import market  # noqa: F401  (a fixture)
from tests.support.purse import give_credit
from tests.support.shopper import Shopper
from tests.support.visitor import Refused

pytestmark = [
    pytest.mark.slow,
    pytest.mark.addon("panier_member", "panier_capacity", "panier_slot", "panier_order", "panier_credit", "panier"),
]

ROLES = {
    "stranger": None,
    "member": "membre1",
    "other": "membre2",
    "suspended": "suspendu",
    "preparer": "preparatrice",
    "referent": "referente",
    "manager": "responsable",
    "cashier": "caissiere",
    "accountant": "comptable",
}

REFUSALS = ("odoo.exceptions.", "odoo.addons.panier_member.refusal.")

# r read · w write · c create · d delete · - nothing. "One's own" is the record of `member`; the stranger has none.
MODELS = """
                              stranger  member  other  suspended  preparer  referent  manager  cashier  accountant
panier.capacity.decision      -         -       -      -          -         -         -        -        -
panier.capacity.hold          -         -       -      -          -         -         -        -        -
panier.code.attempt           -         -       -      -          -         -         -        -        -
panier.credit.account         -         -       -      -          -         -         -        -        -
panier.credit.balance         -         r       -      -          -         r         r        -        r
panier.credit.claim           -         r       -      -          -         rwc       rwc      -        r
panier.credit.control         -         -       -      -          -         -         r        -        r
panier.credit.goodwill        -         -       -      -          -         rwc       rwc      -        r
panier.credit.movement        -         r       -      -          -         r         r        -        r
panier.member.status          -         r       r      r          r         r         rwcd     r        r
panier.member.status.change   -         r       -      -          -         r         r        -        -
panier.member.status.mapping  -         -       -      -          -         -         rwcd     -        -
panier.place                  -         -       -      -          -         r         rwcd     -        -
panier.place.exception        -         -       -      -          -         rwcd      rwcd     -        -
panier.place.opening          -         -       -      -          -         r         rwcd     -        -
panier.preparation.tap        -         -       -      -          -         r         r        -        -
panier.slot                   -         -       -      -          -         r         rwcd     -        -
res.partner                   -         r       -      -          -         rwc       rwc      r        r
sale.order                    -         r       -      -          -         rwc       rwcd     -        rw
sale.order.line               -         r       -      -          -         rwcd      rwcd     -        rw
"""

# Wizards: who may open one. Nobody reads another's.
WIZARDS = """
                              stranger  member  other  suspended  preparer  referent  manager  cashier  accountant
panier.member.status.wizard   -         -       -      -          -         c         c        -        -
panier.order.cancel           -         -       -      -          -         c         c        -        -
panier.slot.choice            -         -       -      -          -         c         c        -        -
panier.slot.close             -         -       -      -          -         c         c        -        -
"""

# page 200 · login: sent there · away: sent to a page of their own · 403, 404.
# {order} is a confirmed order of `member`; {basket} another, which `preparer` is preparing, {line} a line of it.
PAGES = """
                                   stranger  member  other  suspended  preparer  referent  manager  cashier  accountant
/my/credit                         login     page    page   page       page      page      page     page     page
/my/credit/statement               login     page    page   page       page      page      page     page     page
/my/membership                     login     page    page   page       page      page      page     page     page
/my/orders/{order}/problem         login     page    away   away       away      away      away     away     away
/my/orders/{order}/slot            login     page    away   away       away      away      away     away     away
/my/orders/{order}/cancel          login     page    away   away       away      away      away     away     away
/panier/prepare                    login     403     403    403        page      page      page     403      403
/panier/prepare/{basket}           login     403     403    403        page      page      page     403      403
/panier/prepare/{basket}/slip      login     403     403    403        page      page      page     403      403
/panier/prepare/image/{line}       login     403     403    403        page      page      page     403      403
/panier/prepare/name               login     403     403    403        page      page      page     403      403
/panier/prepare/{basket}/finish    login     403     403    403        page      page      page     403      403
/panier/hand-over                  login     403     403    403        page      page      page     403      403
/panier/hand-over/{basket}         login     403     403    403        page      page      page     403      403
"""

NOT_THEIRS = ("stranger", "other", "suspended", "preparer", "referent", "manager", "cashier", "accountant")

# Forms that a role may not send: nothing may change. The others' rights are shown by the journeys.
REFUSED_FORMS = {
    "/my/orders/{order}/again": ("stranger", "other", "suspended", "preparer"),
    "/my/orders/{order}/cancel": ("stranger", "other", "suspended", "preparer", "referent", "manager"),
    "/my/orders/{order}/credit": NOT_THEIRS,
    "/my/orders/{order}/credit/pay": NOT_THEIRS,
    "/my/orders/{order}/problem": NOT_THEIRS,
    "/my/orders/{order}/slot": ("stranger", "other", "suspended", "preparer", "referent", "manager"),
    "/my/orders/{order}/wishes": ("stranger", "other", "suspended", "preparer", "referent", "manager"),
    "/panier/checkout/credit": ("stranger", "other", "suspended", "preparer"),
    "/panier/checkout/credit/pay": ("stranger", "other", "suspended", "preparer"),
    "/panier/checkout/slot": ("stranger", "other", "suspended", "preparer"),
    "/panier/hand-over/{basket}": ("stranger", "member", "other", "suspended"),
    "/panier/hand-over/{basket}/undo": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/name": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/finish": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/mark": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/release": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/reopen": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/take": ("stranger", "member", "other", "suspended"),
    "/panier/prepare/{basket}/undo": ("stranger", "member", "other", "suspended"),
}
FORM = {
    "slot_id": "{slot}",
    "mark": "done",
    "line_id": "{line}",
    "to": "moi",
    "bags": "1",
    "panier_note": "pirate",
    "reason": "x",
    "line": "{line}",
    "kind": "missing",
    "quantity": "1",
    "words": "x",
    "kept": "1",
    "amount": "2.5",
}

# Covered elsewhere: by test_forged_requests.py, or an override of a page of Odoo's that adds nothing to see.
ELSEWHERE = {
    "/my/credit/page/<int:page>",
    "/my/orders/{order}/transaction",
    "/panier/checkout/choose",
    "/panier/checkout/panel",
    "/panier/checkout/wishes",
    "/panier/prepare/taps",
    "/shop/payment",
    "/shop/payment/transaction/{basket}",
    "/shop/payment/validate",
}

# What a public method is called with by somebody who may not; all others get no argument but the record.
ARGUMENTS = {
    "action_panier_mark_line": ["{line}", "done"],
    "action_panier_choose_slot": ["{slot}"],
    "action_panier_find_code": ["AAAAAA"],
    "panier_pickup_rate_shipment": ["{order}"],
    "action_panier_find_baskets": ["Dupré"],
    "action_panier_take_basket": ["{order}", "ticket"],
    "action_panier_check_baskets": ["ticket", ["{order}"]],
    "action_panier_leave_baskets": ["ticket"],
    ("pos.config", "action_panier_hand_over"): ["{order}"],
    "panier_credit_balance": ["{res.partner}"],
    "panier_credit_hold": ["0" * 32, "{res.partner}", 1.0],
    "panier_credit_confirm": ["0" * 32, "{res.partner}", 1.0],
    "panier_credit_release": ["0" * 32],
    "load_sale_order_from_pos": [1],
    "sync_from_ui": [[{"uuid": "0" * 32, "partner_id": "{res.partner}", "lines": [], "payment_ids": []}]],
    "read_pos_data": [[], 1],
    "action_adjust": [1.0, "x"],
    "action_refuse": ["x"],
    "action_take_back": ["x"],
}
# Methods of the class, not of records.
WITHOUT_RECORD = {
    ("panier.preparation.tap", "action_send"),
    ("sale.order", "action_panier_find_code"),
    ("pos.order", "sync_from_ui"),
}
TAPS = [{"uuid": "0" * 32, "order": "{basket}", "line": "{line}", "mark": "done"}]


def table(text):
    """→ ``{row: {column: value}}``"""
    header, *rows = [line.split() for line in text.strip("\n").splitlines()]
    return {row[0]: dict(zip(header, row[1:], strict=True)) for row in rows}


@pytest.fixture(scope="module")
def people(market):
    return {role: market.shopper(login) for role, login in ROLES.items()}


@pytest.fixture(scope="module")
def discovered(market):
    return discover(market)


@pytest.fixture(scope="module")
def records(market, people):
    """One record of each model: those of `member` where they belong to somebody."""
    member = people["member"]
    slot = market.fresh_slot()
    orders = []
    for _ in range(2):
        assert not member.ready_to_pay(slot, "Lentilles", "Savon")
        orders.append(member.cart)
        member.pay_at_till()
    order, basket = orders
    line = market.number(f"SELECT min(id) FROM sale_order_line WHERE order_id = {basket} AND NOT is_delivery")
    partner = market.number(f"SELECT partner_id FROM sale_order WHERE id = {order}")
    place, opening = (
        market.number("SELECT min(id) FROM panier_place"),
        market.number("SELECT min(id) FROM panier_place_opening"),
    )
    day = market.value("SELECT current_date + 300")
    credit = credit_records(market, people, partner, slot)
    market.query(
        f"INSERT INTO panier_code_attempt (user_id, tried_at) VALUES"
        f" ({market.user_id('preparateur')}, now() at time zone 'UTC')"
    )
    hold = market.number(f"SELECT max(id) FROM panier_capacity_hold WHERE resource_id = {slot}")
    market.query(f"INSERT INTO panier_capacity_decision (hold_id, decision) VALUES ({hold}, 'taken')")
    preparer = people["preparer"]
    preparer.call("sale.order", "action_panier_take", [basket])
    preparer.call("sale.order", "action_panier_mark_line", [basket], line, "done")
    return {
        **credit,
        "panier.capacity.decision": market.number("SELECT max(id) FROM panier_capacity_decision"),
        "panier.capacity.hold": hold,
        "panier.code.attempt": market.number("SELECT max(id) FROM panier_code_attempt"),
        "panier.member.status": market.number("SELECT min(id) FROM panier_member_status"),
        "panier.member.status.change": market.number(
            f"SELECT max(id) FROM panier_member_status_change WHERE partner_id = {partner}"
        ),
        "panier.member.status.mapping": market.admin.call(
            "panier.member.status.mapping", "create", {"value": "x", "status_id": 1}
        ),
        "panier.place": place,
        "panier.place.exception": market.admin.call(
            "panier.place.exception", "create", {"place_id": place, "date_from": day, "reason": "Inventaire"}
        ),
        "panier.place.opening": opening,
        "panier.preparation.tap": market.number("SELECT max(id) FROM panier_preparation_tap"),
        "panier.slot": slot,
        "res.partner": partner,
        "sale.order": order,
        "sale.order.line": line,
        "order": order,
        "basket": basket,
        "line": line,
        "slot": slot,
    }


def credit_records(market, people, partner, slot):
    """`member`'s credit, some of it spent; a problem reported on a basket that was handed over; a gesture."""
    member, preparer, referent = people["member"], people["preparer"], people["referent"]
    assert not member.ready_to_pay(slot, "Savon")
    order = member.cart
    member.pay_online()
    line = market.number(f"SELECT min(id) FROM sale_order_line WHERE order_id = {order} AND NOT is_delivery")
    preparer.call("sale.order", "action_panier_take", [order])
    preparer.call("sale.order", "action_panier_mark_line", [order], line, "done")
    preparer.call("sale.order", "action_panier_finish", [order])
    preparer.call("sale.order", "action_panier_hand_over", [order], to="", till_paid=True)
    claim = {"order_id": order, "line_id": line, "kind": "damaged"}
    gesture = {"partner_id": partner, "wanted_amount": 1.0, "reason": "x"}
    give_credit(market, ROLES["member"], 7)
    assert not member.ready_to_pay(slot, "Savon")
    member.post("/panier/checkout/credit/pay", {"amount": "2.5"})
    own = [("household_id", "=", partner)]
    return {
        "panier.credit.account": market.number("SELECT max(id) FROM panier_credit_account"),
        "panier.credit.balance": market.admin.call("panier.credit.balance", "search", own, limit=1)[0],
        "panier.credit.claim": referent.call("panier.credit.claim", "create", claim),
        "panier.credit.control": market.admin.call("panier.credit.control", "search", [], limit=1)[0],
        "panier.credit.goodwill": referent.call("panier.credit.goodwill", "create", gesture),
        "panier.credit.movement": market.admin.call("panier.credit.movement", "search", own, limit=1)[0],
    }


def fill(value, records):
    """`{order}` and the like in any structure become ids."""
    if isinstance(value, str) and value.startswith("{"):
        return records[value.strip("{}")]
    if isinstance(value, str):
        return value.format_map(records) if "{" in value else value
    if isinstance(value, list):
        return [fill(each, records) for each in value]
    if isinstance(value, dict):
        return {key: fill(each, records) for key, each in value.items()}
    return value


def is_refused(person, model, method, *arguments):
    """Whether a call is refused; a crash is none.

    A refusal for another reason counts where the right is missing too.
    """
    try:
        person.call(model, method, *arguments)
    except Refused as refused:
        if refused.kind in ("odoo.exceptions.AccessError", "odoo.http.SessionExpiredException"):
            return True
        ids = [] if method == "create" else arguments[0]
        return refused.kind.startswith(REFUSALS) and not person.call(model, "has_access", ids, method)
    return False


def rights(person, model, record, expected):
    """The letters this person has on the record. What is not expected is really tried; so is reading."""
    found = "" if is_refused(person, model, "read", [record], ["id"]) else "r"
    tries = {"w": ("write", [record], {}), "c": ("create", {}), "d": ("unlink", [record])}
    for letter, (method, *arguments) in tries.items():
        if letter in expected:
            allowed = person.call(model, "has_access", [] if letter == "c" else [record], method)
        else:
            allowed = not is_refused(person, model, method, *arguments)
        found += letter if allowed else ""
    return found or "-"


def assert_same(expected, found):
    wrong = [
        f"{row} · {column}: expected {value}, found {found[row][column]}"
        for row, columns in expected.items()
        for column, value in columns.items()
        if found[row][column] != value
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_each_role_has_the_rights_of_the_table_on_every_model(people, records):
    expected = table(MODELS)
    found = {
        model: {role: rights(people[role], model, records[model], letters) for role, letters in columns.items()}
        for model, columns in expected.items()
    }
    assert_same(expected, found)


def test_wizards_are_opened_by_staff_only(people):
    expected = table(WIZARDS)
    found = {
        model: {role: "-" if is_refused(people[role], model, "create", {}) else "c" for role in columns}
        for model, columns in expected.items()
    }
    assert_same(expected, found)


def test_the_tables_name_every_model_of_ours(discovered):
    models = {
        name for name, model in discovered["models"].items() if name.startswith("panier.") and not model["abstract"]
    }
    assert models - table(MODELS).keys() - table(WIZARDS).keys() == set()


def kind_of(answer):
    target = answer.headers.get("Location", "")
    if answer.status_code in (302, 303):
        return "login" if "/web/login" in target else "away"
    return "page" if answer.status_code == 200 else str(answer.status_code)


def test_each_role_gets_the_pages_of_the_table(people, records):
    expected = table(PAGES)
    found = {
        path: {role: kind_of(people[role].get(fill(path, records), allow_redirects=False)) for role in columns}
        for path, columns in expected.items()
    }
    assert_same(expected, found)


@pytest.mark.parametrize("path", REFUSED_FORMS)
def test_a_form_sent_by_who_may_not_changes_nothing(market, people, records, path):
    for role in REFUSED_FORMS[path]:
        before = market.snapshot()
        answer = people[role].post(fill(path, records), fill(FORM, records), allow_redirects=False)
        assert answer.status_code < 500, f"{role}: {answer.status_code}"
        assert market.snapshot() == before, f"{role} changed something by {path}"


def test_the_tables_name_every_route_of_ours(discovered):
    routes = {
        route["path"]
        .replace("<int:order_id>", "{order}" if "/my/" in route["path"] else "{basket}")
        .replace("<int:line_id>", "{line}")
        for route in discovered["routes"]
    }
    assert routes - table(PAGES).keys() - REFUSED_FORMS.keys() - ELSEWHERE == set()


def first_record(market, discovered, model):
    """Its first id; 1 of an abstract model, which has none."""
    if discovered["models"].get(model, {}).get("abstract"):
        return 1
    return market.number(f"SELECT coalesce(min(id), 1) FROM {model.replace('.', '_')}")


def test_no_public_method_lets_a_stranger_or_a_plain_member_change_anything(market, people, records, discovered):
    """Whatever they are called with: another's record, one's own, none."""
    changed, crashed = [], []
    for model, method in discovered["methods"]:
        record = records.get(model) or first_record(market, discovered, model)
        arguments = [TAPS] if method == "action_send" else ARGUMENTS.get((model, method), ARGUMENTS.get(method, []))
        ids = [] if (model, method) in WITHOUT_RECORD else [[record]]
        for role in ("stranger", "member", "other", "suspended"):
            before = market.snapshot()
            try:
                people[role].call(model, method, *ids, *fill(arguments, records))
            except Refused as refused:
                if refused.kind.startswith(("psycopg2", "builtins.Key", "builtins.Attribute", "builtins.Index")):
                    crashed.append(f"{role}: {model}.{method}: {refused}")
            if differing := [name for name, digest in market.snapshot().items() if before.get(name) != digest]:
                changed.append(f"{role}: {model}.{method} changed {differing}")
    assert not changed
    assert not crashed


def test_what_decides_on_a_member_cannot_be_written_over_rpc(market, people, records):
    """Own status, own household, own order's fields: by `write` and by what the portal's forms send."""
    up_to_date = market.number("SELECT id FROM panier_member_status WHERE code = 'up_to_date'")
    suspended = market.number("SELECT partner_id FROM res_users WHERE login = 'suspendu'")
    attempts = [
        ("res.partner", suspended, {"panier_status_id": up_to_date}),
        ("res.partner", suspended, {"parent_id": records["res.partner"]}),
        ("res.users", market.user_id("suspendu"), {"panier_shared_account": True}),
        ("sale.order", records["order"], {"panier_state": "handed_over"}),
        ("sale.order", records["order"], {"panier_note": "x"}),
    ]
    for role in ("member", "suspended", "preparer"):
        for model, record, values in attempts:
            before = market.snapshot()
            with pytest.raises(Refused):
                people[role].call(model, "write", [record], values)
            assert market.snapshot() == before
    for name, value in [("panier_status_id", up_to_date), ("parent_id", records["res.partner"])]:
        before = market.query(
            f"SELECT panier_status_id, parent_id, commercial_partner_id FROM res_partner WHERE id = {suspended}"
        )
        answer = people["suspended"].post(
            "/my/address/submit",
            {
                "name": "Suspendu Dupré",
                "email": "suspendu@market.example",
                "phone": "+33639980101",
                "street": "1 rue",
                "city": "Orléans",
                "zip": "45000",
                "country_id": market.id_of("base.fr"),
                "partner_id": suspended,
                "address_type": "billing",
                name: value,
            },
        )
        assert answer.status_code < 500
        assert (
            market.query(
                f"SELECT panier_status_id, parent_id, commercial_partner_id FROM res_partner WHERE id = {suspended}"
            )
            == before
        ), f"the address form wrote {name}: {json.dumps(answer.text[:200])}"


def test_staff_cannot_write_what_only_an_action_may(market, people, records):
    """Law 5, also for the manager."""
    for name, value in [
        ("panier_state", "handed_over"),
        ("panier_slot_id", records["slot"]),
        ("panier_code", "AAAAAA"),
    ]:
        with pytest.raises(Refused):
            people["manager"].call("sale.order", "write", [records["order"]], {name: value})
    with pytest.raises(Refused):
        people["manager"].call("panier.slot", "write", [records["slot"]], {"reserved": 0})


def test_nothing_is_told_to_strangers_by_their_first_page(market):
    """The shop of a members-only co-op shows no slot and no code to who is not logged in."""
    stranger = Shopper(market)
    assert stranger.json("/panier/checkout/panel")["held"] is False
