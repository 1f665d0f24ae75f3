"""What was short pays a part of the next order, in a browser, in French: the member on a phone. Leaves screenshots."""

import pytest

from tests.support.journey import order_of, prepare, shop, to_the_end_of_payment

pytestmark = [pytest.mark.slow, pytest.mark.addon("panier_order", "panier_credit", "panier")]

#: What is left of the avoirs of the household of this login.
CREDIT = """
    SELECT COALESCE(-SUM(line.amount_residual), 0)
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN account_account account ON account.id = line.account_id
      JOIN res_partner partner ON partner.id = line.partner_id
      JOIN res_users "user" ON "user".login = '{login}'
      JOIN res_partner member ON member.id = "user".partner_id
     WHERE move.move_type = 'out_refund'
       AND move.state = 'posted'
       AND account.account_type = 'asset_receivable'
       AND partner.commercial_partner_id = member.commercial_partner_id
"""
#: How an order was paid: what kind of provider, state, amount; the first payment first.
PAYMENTS = """
    SELECT provider.code, tx.state, tx.amount
      FROM payment_transaction tx
      JOIN payment_provider provider ON provider.id = tx.provider_id
      JOIN sale_order_transaction_rel rel ON rel.transaction_id = tx.id
     WHERE rel.sale_order_id = {order} AND tx.state IN ('authorized', 'done')
     ORDER BY tx.id
"""
DUE = """
    SELECT COALESCE(SUM(move.amount_residual), 0)
      FROM account_move move
      JOIN sale_order so ON move.invoice_origin = so.name
     WHERE so.id = {order} AND move.move_type = 'out_invoice'
"""


def credit_of(site, login):
    return float(site.value(CREDIT.format(login=login)))


def euros(amount):
    """As it is written on the page; its spaces do not break lines."""
    return f"{amount:.2f}".replace(".", ",") + "\u00a0€"


def keep_the_credit(page):
    """The member prefers to keep what they have from before."""
    if page.query_selector("[name=panier_credit] input[name=kept]"):
        page.click("[name=panier_credit] form button")
        page.wait_for_selector(".o_panier_credit_kept")


def an_order_with_a_missing_line(site, walk, member):
    """:return: its id"""
    shop(member, "avoir-avant")
    keep_the_credit(member.page)
    to_the_end_of_payment(member, "demo", "avoir-avant")
    order = order_of(site, "solene")
    prepare(site, walk, order)
    return order


def test_what_is_missing_pays_a_part_of_the_next_order(site, walk):
    member = walk("phone", "solene")
    page = member.page
    before = credit_of(site, "solene")
    short = an_order_with_a_missing_line(site, walk, member)
    assert [code for code, _state, _amount in site.query(PAYMENTS.format(order=short))] == ["demo"]
    credit = credit_of(site, "solene")
    assert credit > before, "the missing line gave no avoir"
    page.goto(f"/my/orders/{short}")
    assert euros(credit - before) in page.inner_text("#wrap")
    member.shot("avoir-1-produit-manquant", full_page=True)
    member.note_english()

    shop(member, "avoir", 6)
    panel = page.inner_text("[name=panier_credit]")
    assert "Votre avoir" in panel and euros(credit) in panel
    rest = float(page.get_attribute("#o_payment_form", "data-amount"))
    assert rest > 0 and euros(rest) in panel
    member.shot("avoir-2-paiement")
    member.note_english()
    to_the_end_of_payment(member, "demo", "avoir")
    text = page.inner_text("#wrap")
    assert "Avoir utilisé" in text and euros(credit) in text and euros(rest) in text

    order = order_of(site, "solene")
    assert order != short
    paid = [(code, state, float(amount)) for code, state, amount in site.query(PAYMENTS.format(order=order))]
    assert paid == [("member_credit", "done", credit), ("demo", "done", rest)]
    assert (credit_of(site, "solene"), float(site.value(DUE.format(order=order)))) == (0, 0)
    page.goto(f"/my/orders/{order}")
    member.shot("avoir-3-commande", full_page=True)
    member.note_english()
