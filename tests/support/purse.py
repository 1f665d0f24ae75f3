"""A member's credit, seen from outside: given by an accountant, counted in the database."""

DUE = """
partner = env["res.users"].search([("login", "=", {login!r})]).partner_id
website = env["website"].search([], limit=1)
product = env["product.product"].search([("name", "=", {product!r})], limit=1)
carrier = env["delivery.carrier"].search([("name", "=", "Boutique")], limit=1)
orders = env["sale.order"]
for _number in range({count}):
    order = env["sale.order"].create(
        {{"partner_id": partner.id, "website_id": website.id, "order_line": [(0, 0, {{"product_id": product.id}})]}}
    )
    order.set_delivery_line(carrier, 0.0)
    orders += order
env.cr.commit()  # a place is held in a transaction of its own, which must see the order
for order in orders:
    order.action_panier_choose_slot({slot})
    order.action_quotation_sent()
result = orders.ids
"""

HOUSEHOLD = """
    FROM payment_transaction tx JOIN res_partner partner ON partner.id = tx.partner_id
    JOIN payment_provider provider ON provider.id = tx.provider_id AND provider.code = 'member_credit'
    WHERE partner.commercial_partner_id = (
        SELECT owner.commercial_partner_id FROM res_partner owner JOIN res_users u ON u.partner_id = owner.id
        WHERE u.login = '{login}')
"""


def partner_of(market, login):
    return market.number(f"SELECT partner_id FROM res_users WHERE login = '{login}'")


def give_credit(market, login, amount):
    """A posted credit note. :return: its id"""
    note = market.admin.call(
        "account.move",
        "create",
        {
            "move_type": "out_refund",
            "partner_id": partner_of(market, login),
            "invoice_date": market.value("SELECT current_date"),
            "invoice_line_ids": [[0, 0, {"name": "Avoir", "price_unit": amount, "tax_ids": [[6, 0, []]]}]],
        },
    )
    market.admin.call("account.move", "action_post", [note])
    return note


def orders_to_pay(market, login, count, product="Comté"):
    """Orders that staff have made for the member, with their slot, to be paid on the portal. :return: their ids"""
    slot = market.fresh_slot()
    market.query(f"UPDATE panier_slot SET capacity = 100 WHERE id = {slot}")
    return market.shell(DUE.format(login=login, product=product, count=count, slot=slot))


def credit_spent(market, login, *states):
    """What payments with credit of this household in these states add up to, in cents."""
    names = ", ".join(f"'{state}'" for state in states)
    return market.number(
        f"SELECT round(100 * COALESCE(sum(tx.amount), 0)) {HOUSEHOLD.format(login=login)} AND tx.state IN ({names})"
    )


def credit_open(market, login):
    """What is left of the household's posted avoirs, in cents."""
    return market.number(
        "SELECT round(-100 * COALESCE(sum(line.amount_residual), 0)) FROM account_move_line line"
        " JOIN account_move move ON move.id = line.move_id AND move.move_type = 'out_refund'"
        " JOIN account_account account ON account.id = line.account_id AND account_type = 'asset_receivable'"
        " JOIN res_partner partner ON partner.id = line.partner_id WHERE line.parent_state = 'posted'"
        f" AND partner.commercial_partner_id = (SELECT commercial_partner_id FROM res_partner"
        f" WHERE id = {partner_of(market, login)})"
    )


def assert_credit_adds_up(market):
    """No avoir is used beyond its amount; each credit payment that is done is matched, cent by cent; control zero."""
    beyond = market.query(
        "SELECT move.name, line.amount_residual FROM account_move_line line"
        " JOIN account_move move ON move.id = line.move_id AND move.move_type = 'out_refund'"
        " JOIN account_account account ON account.id = line.account_id AND account_type = 'asset_receivable'"
        " WHERE line.parent_state = 'posted' AND line.amount_residual > 0"
    )
    assert not beyond, beyond
    spent = market.number(
        "SELECT round(100 * COALESCE(sum(tx.amount), 0)) FROM payment_transaction tx"
        " JOIN payment_provider provider ON provider.id = tx.provider_id AND provider.code = 'member_credit'"
        " WHERE tx.state = 'done'"
    )
    matched = market.number(
        "SELECT round(100 * COALESCE(sum(partial.amount), 0)) FROM account_partial_reconcile partial"
        " JOIN account_move_line credit ON credit.id = partial.credit_move_id"
        " JOIN account_move note ON note.id = credit.move_id AND note.move_type = 'out_refund'"
        " JOIN account_move_line debit ON debit.id = partial.debit_move_id"
        " JOIN account_move invoice ON invoice.id = debit.move_id AND invoice.move_type = 'out_invoice'"
        " WHERE note.reversed_entry_id IS DISTINCT FROM invoice.id AND invoice.reversed_entry_id IS NULL"
    )
    assert matched == spent, f"{spent} cents of credit are spent, {matched} are matched with avoirs"
    control = market.admin.call("panier.credit.control", "search_read", [], ["difference"])
    assert not [row for row in control if row["difference"]], control
