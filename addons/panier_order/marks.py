"""What a preparer may say about a line: the mark and the quantity that go together. No ORM here."""

import math

DONE = "done"
PARTIAL = "partial"
MISSING = "missing"
DAMAGED = "damaged"
MARKS = (DONE, PARTIAL, MISSING, DAMAGED)

#: Longest reason and name kept; more is somebody trying something.
MAX_TEXT = 200


class BadMark(Exception):
    """The mark makes no sense. Its only argument is one of the codes below, worded by the caller.

    ``mark``: not one of `MARKS`. ``quantity``: no number that can be in a basket. ``too_much``: more than was ordered.
    """


def to_quantity(value):
    """``value`` as a finite, non-negative float, or ``BadMark``. ``True`` is no quantity, nor is a list."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadMark("quantity")
    try:
        quantity = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        raise BadMark("quantity") from None
    if not math.isfinite(quantity) or quantity < 0:
        raise BadMark("quantity")
    return quantity


def settle(mark, quantity, ordered, digits=2):
    """The mark and the prepared quantity that are kept.

    The quantity decides where the two disagree: all of it is *done*, some of it *partial*, none of it *missing*; a
    *damaged* product stays so, with the quantity that is good.

    :param str mark: one of `MARKS`
    :param quantity: what is in the basket, or ``None``: all for *done*, nothing for *missing* and *damaged*
    :param float ordered: in the same unit
    :param int digits: precision of quantities
    :return: ``(mark, quantity)``
    :raise BadMark: see there
    """
    if mark not in MARKS:
        raise BadMark("mark")
    if mark == DONE:
        return DONE, ordered
    if quantity is None:
        if mark == PARTIAL:
            raise BadMark("quantity")
        return mark, 0.0
    quantity = round(to_quantity(quantity), digits)
    if quantity > ordered:
        raise BadMark("too_much")
    if quantity == ordered:
        return DONE, ordered
    if mark == DAMAGED:
        return DAMAGED, quantity
    return (PARTIAL, quantity) if quantity else (MISSING, 0.0)
