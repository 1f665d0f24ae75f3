"""What of an amount given back is price and what is tax, to the cent. No ORM here."""

import math
from fractions import Fraction


def split(parts, before, amount):
    """How ``amount``, taken from a line of which ``before`` was taken already, is made up of the line's parts.

    A part is cut in proportion, counted from the beginning of the line: in however many pieces a line is given back,
    the pieces add up to the line, tax by tax, and the parts of each piece add up to its amount.

    :param dict[object, int] parts: what the line is made of, in cents; the first one takes what rounding leaves
    :param int before: given back already, in cents
    :param int amount: to be given back now, in cents
    :return: the parts of the amount, in cents
    :rtype: dict[object, int]
    :raise ValueError: the line has not so much left
    """
    total = sum(parts.values())
    after = before + amount
    if not total:
        if before or amount:
            raise ValueError(f"{before} + {amount} of {total}")
        return dict.fromkeys(parts, 0)
    if not 0 <= Fraction(before, total) <= 1 or not 0 <= Fraction(after, total) <= 1:
        raise ValueError(f"{before} + {amount} of {total}")
    first, *others = parts
    shares = {key: _cut(parts[key], after, total) - _cut(parts[key], before, total) for key in others}
    return {first: amount - sum(shares.values()), **shares}


def largest_remainder(amount, weights):
    """``amount`` in as many parts as there are weights, in proportion to them; the parts add up to it (law 3).

    :param int amount: in cents, not negative
    :param list[int] weights: not negative, not all 0
    :rtype: list[int]
    """
    total = sum(weights)
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(amount * weights[index] % total))
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def _cut(part, taken, total):
    """``part × taken / total`` to the nearest integer, exact whatever the size."""
    return math.floor(Fraction(part * taken, total) + Fraction(1, 2))
