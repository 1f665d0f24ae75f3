"""One household's credit spent at the same moment from many places, against a real server: never twice, never lost."""

import functools

import pytest
import requests

from tests.support.crowd import at_once, in_turn
from tests.support.french import is_french
from tests.support.killing import kill_when
from tests.support.market import market  # noqa: F401  (a fixture)
from tests.support.purse import assert_credit_adds_up, credit_open, credit_spent, give_credit, orders_to_pay
from tests.support.visitor import Refused

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_credit")]

CHECKOUTS = 20
REFUSALS = ("odoo.exceptions.", "odoo.addons.panier_member.refusal.")
POST_PROCESS = "payment.cron_post_process_payment_tx"
TIDY = "panier_credit.ir_cron_credit_tidy"


def page_of(order):
    return f"/my/orders/{order}"


def assert_told_in_french(answers):
    for answer in answers:
        assert isinstance(answer, Refused), f"not a refusal but {answer!r}"
        assert answer.kind.startswith(REFUSALS), f"a crash: {answer.kind}: {answer.message}"
        assert is_french(answer.message), f"not in French: {answer.message}"


def assert_no_error_page(*shoppers):
    pages = [(status, url) for shopper in shoppers for status, url in shopper.statuses if status >= 500]
    assert not pages, pages


def confirmed(market, orders):
    numbers = ", ".join(str(order) for order in orders)
    return market.number(f"SELECT count(*) FROM sale_order WHERE id IN ({numbers}) AND state = 'sale'")


def open_on_invoices(market, orders):
    """What is openly due on the invoices of these orders, in cents; and how many invoices there are."""
    numbers = ", ".join(str(order) for order in orders)
    due, count = market.query(
        "SELECT round(100 * COALESCE(sum(amount_residual), 0)), count(*) FROM account_move WHERE id IN ("
        " SELECT line.move_id FROM account_move_line line JOIN sale_order_line_invoice_rel rel"
        " ON rel.invoice_line_id = line.id JOIN sale_order_line so_line ON so_line.id = rel.order_line_id"
        f" WHERE so_line.order_id IN ({numbers})) AND move_type = 'out_invoice' AND state = 'posted'"
    )[0]
    return int(due), int(count)


def pay_again(shopper, order):
    """Who was refused reloads the page, and pays what it says now."""
    form = shopper.payment_form(page_of(order))
    return shopper.finish_online(shopper.start_payment(form, "demo")["reference"])


def test_twenty_checkouts_of_one_member_at_once_spend_ten_euros_of_credit_once(market):
    """Twenty orders of 6.00, twenty pages open, each offering the same 10 €; all press the button at once."""
    give_credit(market, "membre1", 4)
    give_credit(market, "membre1", 6)
    orders = orders_to_pay(market, "membre1", CHECKOUTS, "Café")  # 6.00 each
    orders = dict(zip(orders, in_turn(lambda _order: market.shopper("membre1"), orders)))
    pages = in_turn(lambda order: orders[order].get(page_of(order)).text, orders)
    assert all("credit/pay" in page for page in pages), "the credit is not offered"

    at_once(
        functools.partial(shopper.post, f"{page_of(order)}/credit/pay", {"amount": "6.0"})
        for order, shopper in orders.items()
    )

    # The first is covered; 4 € are left for one of the others, by card for the rest; all others by card alone.
    assert confirmed(market, orders) == 1
    assert credit_spent(market, "membre1", "done", "authorized", "draft") == 600
    waiting = [order for order in orders if confirmed(market, [order]) == 0]
    forms = dict(zip(waiting, in_turn(lambda order: orders[order].payment_form(page_of(order)), waiting)))
    assert {form.amount for form in forms.values()} == {2.0}

    answers = at_once(functools.partial(orders[order].start_payment, forms[order], "demo") for order in waiting)

    started = {order: answer for order, answer in zip(waiting, answers) if not isinstance(answer, Exception)}
    assert_told_in_french(answer for answer in answers if isinstance(answer, Exception))
    assert len(started) == 1, f"{len(started)} payments count on the same 4 €"
    assert credit_spent(market, "membre1", "done", "authorized", "draft") == 1000

    ((first, answer),) = started.items()
    at_once(
        [functools.partial(orders[first].finish_online, answer["reference"])]
        + [functools.partial(pay_again, orders[order], order) for order in waiting if order != first]
    )
    finish_what_the_browsers_left(market)

    assert confirmed(market, orders) == CHECKOUTS
    assert open_on_invoices(market, orders) == (0, CHECKOUTS)
    assert credit_spent(market, "membre1", "done") == 1000
    assert credit_open(market, "membre1") == 0
    paid = market.number(
        "SELECT round(100 * sum(tx.amount)) FROM payment_transaction tx JOIN sale_order_transaction_rel rel"
        f" ON rel.transaction_id = tx.id WHERE rel.sale_order_id IN ({', '.join(map(str, orders))})"
        " AND tx.state = 'done'"
    )
    assert paid == 600 * CHECKOUTS
    assert_credit_adds_up(market)
    assert_no_error_page(*orders.values())


def finish_what_the_browsers_left(market):
    """A browser follows its last payment only; Odoo's job looks after the others, ten minutes later (simulated)."""
    market.query(
        "UPDATE payment_transaction SET last_state_change = last_state_change - interval '1 hour'"
        " WHERE NOT is_post_processed AND state = 'done'"
    )
    market.run_job(POST_PROCESS)
    market.run_job(TIDY)


def test_a_household_at_the_shop_spends_its_credit_once(market):
    """Eight people of one household, each with a cart of their own on the payment page of the shop."""
    household = [f"membre{number}" for number in range(11, 19)]
    head, *others = (market.number(f"SELECT partner_id FROM res_users WHERE login = '{login}'") for login in household)
    for partner in others:
        market.admin.call("res.partner", "write", [partner], {"parent_id": head})
    give_credit(market, "membre11", 10)
    people = in_turn(market.shopper, household)
    slot = market.fresh_slot()
    for shopper in people:
        assert not shopper.ready_to_pay(slot, "Comté", "Lentilles")  # 13.10 each
    orders = [shopper.cart for shopper in people]
    forms = [shopper.payment_form() for shopper in people]
    assert [form.amount for form in forms] == [3.1] * len(people), "10 € are not offered to each of them"

    answers = at_once(functools.partial(shopper.start_payment, form, "demo") for shopper, form in zip(people, forms))

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert_told_in_french(refused)
    assert len(refused) == len(people) - 1
    assert credit_spent(market, "membre11", "draft", "authorized", "done") == 1000
    at_once(
        functools.partial(shopper.pay_online)
        if isinstance(answer, Exception)
        else functools.partial(shopper.finish_online, answer["reference"])
        for shopper, answer in zip(people, answers)
    )
    finish_what_the_browsers_left(market)
    assert confirmed(market, orders) == len(people)
    assert open_on_invoices(market, orders) == (0, len(people))
    assert (credit_spent(market, "membre11", "done"), credit_open(market, "membre11")) == (1000, 0)
    assert_credit_adds_up(market)
    assert_no_error_page(*people)


def test_a_covered_order_paid_in_six_tabs_at_once_is_confirmed_and_invoiced_once(market):
    """On the portal's page of an order, and on the payment page of the shop."""
    give_credit(market, "membre2", 50)
    (order,) = orders_to_pay(market, "membre2", 1)
    member = market.shopper("membre2")
    assert "credit/pay" in member.get(page_of(order)).text
    tabs = [member.tab() for _ in range(6)]
    at_once(functools.partial(tab.post, f"{page_of(order)}/credit/pay", {"amount": "9.9"}) for tab in tabs)
    assert confirmed(market, [order]) == 1
    assert open_on_invoices(market, [order]) == (0, 1)
    assert credit_spent(market, "membre2", "done", "authorized", "draft") == 990

    assert not member.ready_to_pay(market.fresh_slot(), "Savon")
    cart = member.cart
    tabs = [member.tab() for _ in range(6)]
    at_once(functools.partial(tab.post, "/panier/checkout/credit/pay", {"amount": "2.5"}) for tab in tabs)
    assert confirmed(market, [cart]) == 1
    assert open_on_invoices(market, [cart]) == (0, 1)
    assert credit_spent(market, "membre2", "done", "authorized", "draft") == 1240
    assert credit_open(market, "membre2") == 3760
    assert_credit_adds_up(market)
    assert_no_error_page(member, *tabs)


def test_a_bank_that_answers_five_times_at_once_spends_the_credit_once(market):
    give_credit(market, "membre3", 4)
    (order,) = orders_to_pay(market, "membre3", 1)
    member = market.shopper("membre3")
    form = member.payment_form(page_of(order))
    assert form.amount == 5.9
    reference = member.start_payment(form, "demo")["reference"]
    tabs = [member.tab() for _ in range(5)]
    at_once(functools.partial(tab.finish_online, reference) for tab in tabs)
    member.json("/payment/status/poll")
    assert confirmed(market, [order]) == 1
    assert open_on_invoices(market, [order]) == (0, 1)
    assert (credit_spent(market, "membre3", "done"), credit_open(market, "membre3")) == (400, 0)
    assert_credit_adds_up(market)


def test_killed_while_credit_is_being_spent_nothing_is_lost_nor_spent_twice(market):
    give_credit(market, "membre4", 10)
    orders = orders_to_pay(market, "membre4", 8)
    shoppers = in_turn(lambda _order: market.shopper("membre4"), orders)
    forms = [shopper.payment_form(page_of(order)) for shopper, order in zip(shoppers, orders)]
    # The same credit on all pages: 9.90 of it would cover each, so the first press of a button takes it.
    assert forms == [None] * len(orders), "the credit is not offered to cover each of them"

    def buy(shopper, order):
        shopper.give_up_at_once()
        shopper.post(f"{page_of(order)}/credit/pay", {"amount": "9.9"})
        form = shopper.payment_form(page_of(order))
        return form and shopper.finish_online(shopper.start_payment(form, "demo")["reference"])

    killer = kill_when(market, f"count(*) >= 2 FROM sale_order WHERE id IN ({ids(orders)}) AND state = 'sale'")
    answers = at_once(functools.partial(buy, shopper, order) for shopper, order in zip(shoppers, orders))
    killer.join()
    assert [answer for answer in answers if isinstance(answer, requests.RequestException)], "killed too late"
    assert credit_spent(market, "membre4", "draft", "authorized", "done") <= 1000

    market.start()
    # Nobody comes back for an hour (simulated): the jobs finish what was paid, and release what was not.
    market.query("UPDATE payment_transaction SET last_state_change = last_state_change - interval '1 hour'")
    market.run_job(POST_PROCESS)
    market.run_job(TIDY)
    spent = credit_spent(market, "membre4", "done")
    assert credit_spent(market, "membre4", "draft", "authorized") == 0, "credit is held for ever"
    assert credit_open(market, "membre4") == 1000 - spent
    assert_credit_adds_up(market)
    # Those who were cut off come again: all orders are paid, and all the credit with them.
    for shopper, order in zip(shoppers, orders):
        shopper.come_again()
        if not confirmed(market, [order]):
            shopper.post(f"{page_of(order)}/credit/pay", {"amount": "9.9"})
            if not confirmed(market, [order]):
                pay_again(shopper, order)
    finish_what_the_browsers_left(market)
    assert confirmed(market, orders) == len(orders)
    assert open_on_invoices(market, orders) == (0, len(orders))
    assert (credit_spent(market, "membre4", "done"), credit_open(market, "membre4")) == (1000, 0)
    assert_credit_adds_up(market)


def ids(orders):
    return ", ".join(str(order) for order in orders)
