"""Many people at the same moment, against a real server with two workers: nothing is oversold, paid or taken twice."""

import collections
import dataclasses
import functools

import pytest

from tests.support.crowd import at_once, in_turn
from tests.support.french import is_french
from tests.support.market import market  # noqa: F401  (a fixture)
from tests.support.visitor import Refused

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_capacity", "panier_slot", "panier_order")]

BUYERS = 50
PLACES = 10  # in every slot of the market


@pytest.fixture(scope="module")
def members(market):
    """Fifty members, each logged in at a session of their own."""
    return in_turn(market.shopper, [f"membre{number}" for number in range(1, BUYERS + 1)])


@pytest.fixture
def buyers(members):
    """`buyers(12)`: twelve of them, each with a cart to be collected; the slot is still to be chosen."""
    chosen = []

    def come(count):
        chosen.extend(members[:count])
        return in_turn(lambda member: member.fill_cart().choose_collection(), chosen)

    for member in members:
        member.statuses.clear()
    yield come
    pages = [(status, url) for member in chosen for status, url in member.statuses if status >= 400]
    assert not pages, f"error pages: {collections.Counter(pages)}"


def tabs(shopper, count):
    """The same session in several tabs of the browser."""
    return [shopper.tab() for _ in range(count)]


def assert_told_in_french(answers):
    """Each is a refusal in words that a member understands: never a crash, never a code."""
    for answer in answers:
        assert isinstance(answer, Refused), f"not a refusal but {answer!r}"
        assert answer.kind.startswith("odoo.exceptions."), f"a crash: {answer.kind}: {answer.message}"
        assert is_french(answer.message), f"not in French: {answer.message}"


def test_of_fifty_who_choose_ten_places_at_once_exactly_ten_get_one(market, buyers):
    slot, buyers = market.fresh_slot(), buyers(BUYERS)
    market.assert_places_add_up()

    answers = at_once(functools.partial(buyer.choose_slot, slot) for buyer in buyers)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    placed = [buyer for buyer, refusals in zip(buyers, answers) if not refusals]
    refused = [refusals for refusals in answers if refusals]
    assert len(placed) == PLACES
    assert [[refusal["code"] for refusal in refusals] for refusals in refused] == [["slot_full"]] * (BUYERS - PLACES)
    for (refusal,) in refused:
        assert is_french(f"{refusal['message']} {refusal['advice']}"), refusal
    assert market.reserved(slot) == (PLACES, PLACES)
    assert market.orders_in(slot, "draft") == PLACES
    market.assert_places_add_up()


def test_of_two_who_want_the_last_place_at_the_same_moment_one_gets_it_each_time(market):
    """Two workers, two requests side by side: the check and the taking of each overlap,
    which a crowd in a queue seldom does."""
    pair = [market.shopper(f"membre{number}").fill_cart().choose_collection() for number in (BUYERS + 1, BUYERS + 2)]
    for _round in range(15):
        slot = market.fresh_slot()
        market.set_capacity(slot, 1)
        answers = at_once(functools.partial(buyer.choose_slot, slot) for buyer in pair)
        assert not [answer for answer in answers if isinstance(answer, Exception)], answers
        assert sorted(len(refusals) for refusals in answers) == [0, 1], answers
        assert market.reserved(slot)[0] == 1
    market.assert_places_add_up()


def test_of_fifty_who_choose_and_pay_at_once_exactly_ten_have_an_order(market, buyers):
    """Half of them online, half at the till."""
    slot, buyers = market.fresh_slot(), buyers(BUYERS)

    def buy(buyer, option):
        refusals = buyer.choose_slot(slot)
        if refusals:
            return refusals
        buyer.pay_online() if option == "demo" else buyer.pay_at_till()
        return None

    options = ["demo", "panier_till"] * (BUYERS // 2)
    answers = at_once(functools.partial(buy, buyer, option) for buyer, option in zip(buyers, options))

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert answers.count(None) == PLACES
    assert market.orders_in(slot, "sale") == PLACES
    assert market.reserved(slot) == (PLACES, PLACES)
    market.assert_places_add_up()
    codes = market.query(f"SELECT panier_code FROM sale_order WHERE panier_slot_id = {slot} AND state = 'sale'")
    assert len({code for (code,) in codes}) == PLACES
    assert not market.query(
        "SELECT so.name, so.amount_total, sum(tx.amount) FROM sale_order so"
        " JOIN sale_order_transaction_rel rel ON rel.sale_order_id = so.id"
        " JOIN payment_transaction tx ON tx.id = rel.transaction_id AND tx.state IN ('done', 'pending')"
        f" WHERE so.panier_slot_id = {slot} GROUP BY so.id HAVING sum(tx.amount) <> so.amount_total"
    )


def test_who_paid_after_the_place_had_gone_keeps_the_order_and_is_asked_for_another_slot(market, buyers):
    """Law 3: money is never refused, and law 2: the slot is not oversold either."""
    slot, buyers = market.fresh_slot(), buyers(3 + PLACES)
    slow, quick, payments = buyers[:3], buyers[3:], []
    for buyer in slow:
        assert not buyer.choose_slot(slot)
        payments.append(buyer.start_payment(buyer.payment_form(), "demo")["reference"])
    market.let_holds_expire(slot)
    assert not any(in_turn(lambda buyer: buyer.choose_slot(slot), quick))

    orders = [buyer.cart for buyer in slow]
    answers = at_once(functools.partial(buyer.finish_online, reference) for buyer, reference in zip(slow, payments))

    assert [answer["state"] for answer in answers] == ["done"] * len(slow)
    states = market.query(
        f"SELECT state, panier_state, panier_slot_lost FROM sale_order WHERE id IN ({', '.join(map(str, orders))})"
    )
    assert states == [["sale", "to_prepare", "t"]] * len(slow)
    assert market.reserved(slot) == (PLACES, PLACES)
    market.assert_places_add_up()


def test_a_double_click_takes_one_place(market, buyers):
    slot, (buyer,) = market.fresh_slot(), buyers(1)

    answers = at_once(functools.partial(tab.choose_slot, slot) for tab in tabs(buyer, 6))
    assert answers == [[]] * 6
    assert market.reserved(slot) == (1, 1)
    market.assert_places_add_up()


def test_two_tabs_with_two_slots_keep_one_place_only(market, buyers):
    """Whatever comes last wins; the place of the other tab is free again."""
    slots, (buyer,) = [market.fresh_slot(), market.fresh_slot()], buyers(1)
    chosen = [slot for _ in range(3) for slot in slots]

    answers = at_once(functools.partial(tab.choose_slot, slot) for tab, slot in zip(tabs(buyer, len(chosen)), chosen))

    assert answers == [[]] * len(chosen)
    kept = market.number(f"SELECT panier_slot_id FROM sale_order WHERE id = {buyer.cart}")
    assert kept in slots
    # What was given back is carried out by whoever asks next, or by the job.
    market.run_job("panier_capacity.panier_capacity_hold_cron_sweep")
    assert {slot: market.reserved(slot)[0] for slot in slots} == {slot: int(slot == kept) for slot in slots}
    market.assert_places_add_up()


def test_ten_who_move_to_the_last_place_at_once_leave_nine_where_they_were(market, buyers):
    """Members with a confirmed order change their slot in the portal."""
    before, after, movers = market.fresh_slot(), market.fresh_slot(), buyers(PLACES)
    for buyer in movers:
        assert not buyer.choose_slot(before)
    orders = [buyer.cart for buyer in movers]
    in_turn(lambda buyer: buyer.pay_at_till(), movers)
    market.set_capacity(after, 1)

    at_once(
        functools.partial(buyer.post, f"/my/orders/{order}/slot", {"slot_id": after})
        for buyer, order in zip(movers, orders)
    )

    market.run_job("panier_capacity.panier_capacity_hold_cron_sweep")
    assert market.orders_in(after, "sale") == 1
    assert market.orders_in(before, "sale") == PLACES - 1
    assert (market.reserved(before)[0], market.reserved(after)[0]) == (PLACES - 1, 1)
    market.assert_places_add_up()


def test_an_order_paid_in_several_tabs_at_once_is_paid_once_and_the_rest_is_given_back(market, buyers):
    slot, (buyer,) = market.fresh_slot(), buyers(1)
    buyer.choose_slot(slot)
    order, form = buyer.cart, buyer.payment_form()

    # From the checkout and from the portal's page of the order, whose route lets several in at once.
    portal = dataclasses.replace(form, route=f"/my/orders/{order}/transaction")
    options, routes = ["demo", "panier_till", "demo"] * 2, [form, portal, portal] * 2
    pages = tabs(buyer, len(options))
    started = at_once(
        functools.partial(tab.start_payment, route, option) for tab, route, option in zip(pages, routes, options)
    )
    began = [
        (tab, option, answer)
        for tab, option, answer in zip(pages, options, started)
        if not isinstance(answer, Exception)
    ]
    assert began, "nobody could pay"
    assert_told_in_french(answer for answer in started if isinstance(answer, Exception))
    ended = at_once(
        functools.partial(tab.finish_online if option == "demo" else tab.finish_at_till, answer["reference"])
        for tab, option, answer in began
    )

    assert not [answer for answer in ended if isinstance(answer, Exception) and not isinstance(answer, Refused)]
    assert market.value(f"SELECT state FROM sale_order WHERE id = {order}") == "sale"
    # A browser follows its last payment only; Odoo's own job looks after the others, ten minutes later (simulated).
    market.query(
        "UPDATE payment_transaction SET last_state_change = last_state_change - interval '1 hour'"
        " WHERE NOT is_post_processed"
    )
    market.run_job("payment.cron_post_process_payment_tx")
    paid = market.number(
        "SELECT count(*) FROM payment_transaction tx JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id"
        f" WHERE rel.sale_order_id = {order} AND tx.state = 'done'"
    )
    # Law 3: what the bank took a second time is never refused and never silent: staff are asked to give it back, once.
    to_give_back = market.query(
        "SELECT tx.reference FROM payment_transaction tx JOIN mail_activity activity"
        " ON activity.note LIKE '%' || tx.reference || ' %' OR activity.note LIKE '%' || tx.reference || '<%'"
        f" WHERE activity.res_model = 'sale.order' AND activity.res_id = {order}"
    )
    assert paid >= 1
    assert len(to_give_back) == paid - 1, f"{paid} payments, to give back: {to_give_back}"
    assert market.reserved(slot) == (1, 1)


def test_a_payment_announced_five_times_at_once_confirms_once(market, buyers):
    """The bank's notification, the member's browser and their reload, all at the same moment."""
    slot, (buyer,) = market.fresh_slot(), buyers(1)
    buyer.choose_slot(slot)
    order = buyer.cart
    reference = buyer.start_payment(buyer.payment_form(), "demo")["reference"]

    at_once(functools.partial(tab.finish_online, reference) for tab in tabs(buyer, 5))
    buyer.json("/payment/status/poll")

    assert market.query(f"SELECT state, panier_state FROM sale_order WHERE id = {order}") == [["sale", "to_prepare"]]
    invoices = market.number(
        "SELECT count(DISTINCT move.id) FROM account_move move JOIN account_move_line line ON line.move_id = move.id"
        " JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id"
        f" JOIN sale_order_line so_line ON so_line.id = rel.order_line_id WHERE so_line.order_id = {order}"
    )
    pickings = market.number(f"SELECT count(*) FROM stock_picking WHERE sale_id = {order} AND state <> 'cancel'")
    assert (invoices, pickings, market.reserved(slot)[0]) == (1, 1, 1)


@pytest.fixture(scope="module")
def preparers(market):
    return [market.shopper("preparatrice"), market.shopper("preparateur")]


def confirmed_orders(market, buyers, count, slot):
    """Orders to be paid at the till, each of a member of its own. :return: ``[(member, id of the order)]``"""
    orders = []
    for buyer in buyers(count):
        assert not buyer.choose_slot(slot)
        orders.append((buyer, buyer.cart))
        buyer.pay_at_till()
    return orders


def test_two_preparers_who_take_the_same_basket_at_once_do_not_both_get_it(market, buyers, preparers):
    for _buyer, order in confirmed_orders(market, buyers, 3, market.fresh_slot()):
        takers = [(preparer, tab) for preparer in preparers for tab in tabs(preparer, 3)]
        answers = at_once(
            functools.partial(tab.call, "sale.order", "action_panier_take", [order]) for _preparer, tab in takers
        )

        winners = {preparer.name for (preparer, _tab), answer in zip(takers, answers) if answer is True}
        kept = market.value(
            f"SELECT login FROM res_users u JOIN sale_order so ON so.panier_preparer_id = u.id WHERE so.id = {order}"
        )
        assert winners == {kept}
        assert_told_in_french(answer for answer in answers if answer is not True)


def test_a_basket_is_either_cancelled_by_its_member_or_taken_by_a_preparer(market, buyers, preparers):
    slot = market.fresh_slot()
    orders = confirmed_orders(market, buyers, 4, slot)
    for buyer, order in orders:
        at_once(
            [
                functools.partial(buyer.post, f"/my/orders/{order}/cancel", {}),
                functools.partial(preparers[0].call, "sale.order", "action_panier_take", [order]),
            ]
        )
    market.run_job("panier_capacity.panier_capacity_hold_cron_sweep")
    numbers = ", ".join(str(order) for _buyer, order in orders)
    states = market.query(f"SELECT state, panier_state FROM sale_order WHERE id IN ({numbers})")
    assert all(state in (["cancel", "cancelled"], ["sale", "preparing"]) for state in states), states
    assert market.reserved(slot)[0] == states.count(["sale", "preparing"]), "a place is lost, or given away"
    market.assert_places_add_up()


def test_a_basket_handed_over_at_two_counters_at_once_is_handed_over_once(market, buyers, preparers):
    ((_buyer, order),) = confirmed_orders(market, buyers, 1, market.fresh_slot())
    preparer = preparers[0]
    preparer.call("sale.order", "action_panier_take", [order])
    for (line,) in market.query(f"SELECT id FROM sale_order_line WHERE order_id = {order} AND NOT is_delivery"):
        preparer.call("sale.order", "action_panier_mark_line", [order], int(line), "done")
    preparer.call("sale.order", "action_panier_finish", [order])

    counters = [tab for preparer in preparers for tab in tabs(preparer, 2)]
    answers = at_once(
        functools.partial(counter.call, "sale.order", "action_panier_hand_over", [order], to="", till_paid=True)
        for counter in counters
    )

    assert not [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, Refused)]
    assert market.value(f"SELECT panier_state FROM sale_order WHERE id = {order}") == "handed_over"
    done = market.query(
        f"SELECT state, count(*) FROM stock_picking WHERE sale_id = {order} AND state <> 'cancel' GROUP BY 1"
    )
    assert done == [["done", "1"]]


def test_a_tap_that_arrives_five_times_at_once_counts_once(market, buyers, preparers):
    """A phone whose network comes back sends its outbox until it is answered."""
    ((_buyer, order),) = confirmed_orders(market, buyers, 1, market.fresh_slot())
    preparers[0].call("sale.order", "action_panier_take", [order])
    line = market.number(f"SELECT min(id) FROM sale_order_line WHERE order_id = {order} AND NOT is_delivery")
    tap = {"uuid": "5f0a2c1e-0000-4000-8000-000000000001", "order": order, "line": line, "mark": "done"}

    answers = at_once(functools.partial(tab.json, "/panier/prepare/taps", taps=[tap]) for tab in tabs(preparers[0], 5))

    assert [answer[0]["verdict"] for answer in answers] == ["done"] * 5
    assert market.number(f"SELECT count(*) FROM panier_preparation_tap WHERE order_id = {order}") == 1
