"""The whole journey in a browser, in French: the member on a phone, people on duty on a tablet. Leaves screenshots."""

import pytest

from tests.support.journey import (
    hand_over,
    order_of,
    prepare,
    put_into_the_basket,
    shop,
    to_the_end_of_payment,
)

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_member", "panier_slot", "panier_order", "panier")]


def test_a_member_orders_on_a_phone_pays_online_and_the_basket_is_prepared_and_handed_over(site, walk):
    member = walk("phone", "solene")
    label = shop(member, "membre")
    to_the_end_of_payment(member, "demo", "membre")
    order = order_of(site, "solene")
    state, code = site.query(f"SELECT panier_state, panier_code FROM sale_order WHERE id = {order}")[0]
    assert state == "to_prepare"
    text = member.page.inner_text("#wrap")
    assert code in text.replace(" ", "") and label.split(",")[0] in text

    prepare(site, walk, order)
    member.page.goto(f"/my/orders/{order}")
    member.shot("membre-7-commande-prete", full_page=True)
    member.note_english()

    hand_over(site, walk, code)
    assert site.value(f"SELECT panier_state FROM sale_order WHERE id = {order}") == "handed_over"
    member.page.reload()
    member.shot("membre-8-commande-remise", full_page=True)
    member.note_english()


def test_a_member_chooses_to_pay_at_the_till(site, walk):
    member = walk("phone", "solene")
    shop(member, "caisse")
    to_the_end_of_payment(member, "till", "caisse")
    order = order_of(site, "solene")
    state, at_till, code = site.query(
        f"SELECT panier_state, panier_pay_at_till, panier_code FROM sale_order WHERE id = {order}"
    )[0]
    assert (state, at_till) == ("to_prepare", "t")
    assert code in member.page.inner_text("#wrap").replace(" ", "")


def test_a_suspended_member_is_told_why_and_what_to_do(site, walk):
    member = walk("phone", "yanis")
    member.page.goto("/my")
    member.shot("suspendu-1-espace-membre", full_page=True)
    member.page.goto("/shop/cart")
    put_into_the_basket(member.page, 1)
    member.page.goto("/shop/checkout")
    member.shot("suspendu-2-refus", full_page=True)
    member.note_english()
    assert "suspendu" in member.page.inner_text("#wrap").lower()
    assert not member.page.query_selector("#o_payment_form")
