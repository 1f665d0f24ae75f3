"""The server is killed with -9 while fifty members are choosing and paying: no place is oversold,
none is lost for ever."""

import functools

import pytest
import requests

from tests.support.crowd import at_once, in_turn
from tests.support.killing import kill_when
from tests.support.market import market  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_capacity", "panier_slot", "panier_order")]

BUYERS = 50
PLACES = 10
SWEEP = "panier_capacity.panier_capacity_hold_cron_sweep"


@pytest.fixture(scope="module")
def buyers(market):
    """Fifty members who do not insist: a connection that breaks is not tried again."""
    members = in_turn(market.shopper, [f"membre{number}" for number in range(1, BUYERS + 1)])
    return in_turn(lambda member: member.fill_cart().choose_collection().give_up_at_once(), members)


def buy(buyer, slot):
    refusals = buyer.choose_slot(slot)
    return refusals or (buyer.pay_at_till() and None)


def test_killed_in_mid_flight_the_shop_comes_back_with_every_place_accounted_for(market, buyers):
    slot = market.fresh_slot()
    killer = kill_when(market, f"count(*) >= 2 FROM sale_order WHERE panier_slot_id = {slot} AND state = 'sale'")

    answers = at_once(functools.partial(buy, buyer, slot) for buyer in buyers)
    killer.join()

    cut_off = [answer for answer in answers if isinstance(answer, requests.RequestException)]
    assert cut_off, "the server was killed too late: nobody was cut off"
    market.assert_places_add_up()
    assert market.reserved(slot)[0] <= PLACES

    market.start()
    market.assert_places_add_up()
    confirmed = market.orders_in(slot, "sale")
    assert 2 <= confirmed <= PLACES
    assert_every_confirmed_order_has_its_place(market, slot)

    # Who was cut off goes away; once their time is over, the places can be had again: all of them, and not one more.
    market.let_holds_expire(slot)
    market.run_job(SWEEP)
    assert market.reserved(slot)[0] == confirmed, "a place was lost for ever, or given away"
    market.assert_places_add_up()
    carts = [buyer for buyer in buyers if market.has_cart(buyer)]
    answers = at_once(functools.partial(buyer.come_again().choose_slot, slot) for buyer in carts)
    assert answers.count([]) == PLACES - confirmed
    assert market.reserved(slot)[0] == PLACES
    market.assert_places_add_up()


def test_killed_again_and_again_places_still_add_up(market, buyers):
    """Power cuts at three moments of the same rush."""
    carts = [buyer for buyer in buyers if market.has_cart(buyer)][:16]
    slot = market.fresh_slot()
    for held in (1, 4, 8):
        killer = kill_when(market, f"reserved >= {held} FROM panier_slot WHERE id = {slot}", patience=30)
        at_once(functools.partial(buyer.give_up_at_once().choose_slot, slot) for buyer in carts)
        killer.join()
        market.assert_places_add_up()
        market.start()
    market.let_holds_expire(slot)
    market.run_job(SWEEP)
    assert market.reserved(slot) == (0, 0)
    market.assert_places_add_up()


def assert_every_confirmed_order_has_its_place(market, slot):
    orphans = market.query(
        f"SELECT so.name FROM sale_order so WHERE so.panier_slot_id = {slot} AND so.state = 'sale'"
        f" AND NOT so.panier_slot_lost"
        " AND NOT EXISTS (SELECT FROM panier_capacity_hold hold"
        " LEFT JOIN panier_capacity_decision decision ON decision.hold_id = hold.id"
        " WHERE hold.resource_model = 'panier.slot' AND hold.resource_id = so.panier_slot_id"
        " AND hold.holder_model = 'sale.order' AND hold.holder_id = so.id"
        " AND (hold.state = 'taken' OR hold.state = 'held' AND decision.decision = 'taken'))"
    )
    assert not orphans, f"confirmed without a place: {orphans}"
