"""What each line of a ticket comes to once discounts on the whole ticket are taken off its lines. No ORM here."""

from odoo.addons.panier_credit.split import largest_remainder


def net(amounts, total):
    """Lines that add up to what was paid, to the cent.

    A discount on the whole ticket, a reward or the rounding of the whole is on no line of goods: it is spread over
    them in proportion.

    :param dict[object, int] amounts: in cents; what is negative is taken off the others
    :param int total: what they come to, in cents
    :rtype: dict[object, int]
    """
    goods = {key: max(amount, 0) for key, amount in amounts.items()}
    if not sum(goods.values()):
        return dict.fromkeys(amounts, 0)
    shares = largest_remainder(max(total, 0), list(goods.values()))
    return dict(zip(goods, shares, strict=True))
