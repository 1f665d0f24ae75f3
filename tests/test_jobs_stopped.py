"""The scheduled jobs stopped for three days, then run once: the shop is as if they had run every day (law 4).

Time is simulated for Odoo and for SQL's now() (`Site.shell(at=…)`, freezegun), because the jobs decide by
the clock: dates
shifted in SQL would move the slots' hours as well and prove nothing about them.
"""

from datetime import datetime, timedelta, timezone

import pytest

from tests.support.market import Market, template
from tests.support.purse import give_credit

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_capacity", "panier_slot", "panier_order", "panier_credit")]

DAYS = 3
RUN_JOBS = """
jobs = env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "=like", "panier%")])
for job in env["ir.cron"].browse(jobs.mapped("res_id")).exists().sorted("id"):
    job.with_user(env.ref("base.user_root")).method_direct_trigger()
result = jobs.mapped("name")
"""

# What must be the same, whenever the jobs ran. Dates of when they ran are left out.
SLOTS = (
    "SELECT place.name->>'en_US', start, stop, order_before, slot.capacity, slot.closed,"
    " slot.reserved FROM panier_slot slot"
    " JOIN panier_place place ON place.id = slot.place_id ORDER BY 1, 2"
)
HOLDS = "SELECT holder_id, resource_id, quantity, state FROM panier_capacity_hold ORDER BY 1, 2, id"
ORDERS = "SELECT id, state, panier_state, panier_slot_id, panier_slot_lost FROM sale_order ORDER BY id"
CREDIT = (
    "SELECT reference, provider.code, tx.state, amount FROM payment_transaction tx"
    " JOIN payment_provider provider ON provider.id = tx.provider_id ORDER BY 1, 2"
)
MATCHED = "SELECT debit_move_id, credit_move_id, amount FROM account_partial_reconcile ORDER BY 1, 2"
MAILS = (
    "SELECT res_id, subject, count(*) FROM mail_message WHERE model = 'sale.order'"
    " AND message_type IN ('email', 'email_outgoing', 'auto_comment') GROUP BY 1, 2 ORDER BY 1, 2"
)


@pytest.fixture(scope="module")
def databases_before(databases):
    """The shop at the moment the jobs stop, twice. One order of each kind that a job will have to look at."""
    names = ["panier_test_jobs_daily", "panier_test_jobs_stopped"]
    databases.copy(template(databases), names[0])
    market = Market(databases, names[0]).start()
    try:
        prepare(market)
    finally:
        market.kill9()
    databases.copy(names[0], names[1])
    yield [Market(databases, name) for name in names]
    for name in names:
        databases.drop(name)


def prepare(market):
    slots = [
        int(number)
        for (number,) in market.query(
            "SELECT slot.id FROM panier_slot slot JOIN panier_place place ON place.id = slot.place_id"
            " WHERE place.name->>'en_US' = 'Boutique' AND order_before > now() at time zone 'UTC' +"
            " interval '15 minutes' ORDER BY start LIMIT 2"
        )
    ]
    ready, confirmed, leaves, late = (market.shopper(f"membre{number}") for number in (1, 2, 3, 4))
    for member in (ready, confirmed):
        assert not member.ready_to_pay(slots[0])
        order = member.cart
        member.pay_at_till()
        if member is ready:
            finish(market, order)
    assert not leaves.ready_to_pay(slots[1])  # a hold that nobody will take
    late.fill_cart().choose_collection()  # a cart without a slot
    for login in ("membre5", "membre6"):
        give_credit(market, login, 1)
        member = market.shopper(login)
        assert not member.ready_to_pay(slots[1])
        payment = member.start_payment(member.payment_form(), "demo")  # credit held beside a card
        if login == "membre6":
            member.finish_online(payment["reference"], "pending")  # whose money is on its way
    assert market.reserved(slots[0])[0] == 2 and market.reserved(slots[1])[0] == 3


def finish(market, order):
    preparer = market.shopper("preparatrice")
    preparer.call("sale.order", "action_panier_take", [order])
    for (line,) in market.query(f"SELECT id FROM sale_order_line WHERE order_id = {order} AND NOT is_delivery"):
        preparer.call("sale.order", "action_panier_mark_line", [order], int(line), "done")
    preparer.call("sale.order", "action_panier_finish", [order])
    assert market.value(f"SELECT panier_state FROM sale_order WHERE id = {order}") == "ready"


def later(days):
    return f"{datetime.now(timezone.utc) + timedelta(days=days):%Y-%m-%d %H:%M:%S}"


@pytest.fixture(scope="module")
def daily_and_stopped(databases_before):
    daily, stopped = databases_before
    end = later(DAYS)
    for day in range(1, DAYS):
        assert daily.shell(RUN_JOBS, at=later(day))
    daily.shell(RUN_JOBS, at=end)
    stopped.shell(RUN_JOBS, at=end)
    return daily, stopped, end


@pytest.mark.parametrize(
    "what", [SLOTS, HOLDS, ORDERS, CREDIT, MATCHED], ids=["slots", "holds", "orders", "credit", "matched"]
)
def test_after_three_days_without_jobs_one_run_brings_the_same_state(daily_and_stopped, what):
    daily, stopped, _end = daily_and_stopped
    assert stopped.query(what) == daily.query(what)


def test_mails_are_sent_once_and_no_reminder_of_a_deadline_that_has_passed(daily_and_stopped):
    """“You have until tomorrow” would be a lie after three days: of all mails, that one alone is left out."""
    daily, stopped = (
        {(order, subject): count for order, subject, count in market.query(MAILS)} for market in daily_and_stopped[:2]
    )
    assert set(daily.values()) == set(stopped.values()) == {"1"}
    assert stopped.keys() < daily.keys()
    assert len(daily) == len(stopped) + 1


def test_everything_due_was_done(daily_and_stopped):
    """Else two shops where nothing happened would be alike."""
    _daily, stopped, end = daily_and_stopped
    assert stopped.value("SELECT count(*) FROM panier_capacity_hold WHERE state = 'held'") == "0"
    assert stopped.value("SELECT count(*) FROM sale_order WHERE panier_state = 'not_collected'") == "1"
    held = "SELECT amount FROM payment_transaction tx JOIN payment_provider p ON p.id = provider_id"
    held = f"{held} WHERE p.code = 'member_credit' AND tx.state = 'draft'"
    assert stopped.query(held) == [["1.00"]], "free again but for the one whose card is on its way"
    horizon = stopped.value(f"SELECT max(start) > timestamp '{end}' + interval '6 days' FROM panier_slot")
    assert horizon == "t", "slots to come are missing"
    stopped.assert_places_add_up()


def test_run_again_the_jobs_change_nothing(daily_and_stopped):
    for market in daily_and_stopped[:2]:
        end = daily_and_stopped[2]
        before = market.snapshot(), market.query(MAILS), market.value("SELECT count(*) FROM mail_message")
        market.shell(RUN_JOBS, at=end)
        assert (market.snapshot(), market.query(MAILS), market.value("SELECT count(*) FROM mail_message")) == before
