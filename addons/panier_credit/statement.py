"""Arithmetic and text of a statement of credit; no ORM."""

import csv
import io
from datetime import date
from typing import NamedTuple

#: What makes a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

#: For spreadsheets that guess the encoding otherwise.
BOM = "\ufeff"


class Movement(NamedTuple):
    """A fact of the ledger: credit given (amount above zero) or used (below)."""

    date: date
    amount: float
    given: bool
    detail: object


class Line(NamedTuple):
    """A movement within a statement, and what was left after it."""

    movement: Movement
    balance: float


class Statement(NamedTuple):
    """Always: `opening` + Σ amounts of `lines` = `closing`."""

    opening: float
    lines: list
    closing: float


def compose(movements, start, stop, rounded):
    """The statement of a period.

    :param movements: iterable of Movement, in any order
    :param date|None start, stop: first and last day, both counted; `None` = from the first, to the last movement
    :param rounded: function that rounds an amount to the currency's precision
    :rtype: Statement
    """
    # Of one day what was given comes before what was used: no balance on the way is below zero.
    movements = sorted(movements, key=lambda move: (move.date, not move.given))
    balance = opening = rounded(sum(move.amount for move in movements if start and move.date < start))
    lines = []
    for move in movements:
        if (start and move.date < start) or (stop and move.date > stop):
            continue
        balance = rounded(balance + move.amount)
        lines.append(Line(move, balance))
    return Statement(opening, lines, balance)


def year_of(text):
    """The year that a form or an address names, `None` for all of them.

    :rtype: int|None
    """
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) == 4 else None


def bounds(year):
    """First and last day of a year, `(None, None)` for all time."""
    return (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)


def safe_text(text):
    """A cell that no spreadsheet takes for a formula: names and reasons are typed by people."""
    text = "" if text is None or text is False else str(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def number(amount, digits, decimal_point):
    """An amount as a spreadsheet of that language reads it: no thousands separator."""
    return f"{amount:.{digits}f}".replace(".", decimal_point)


def to_csv(rows):
    """A file that spreadsheets open by a click.

    :param rows: lists of cells; texts made safe and numbers written by the caller
    :rtype: bytes
    """
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return (BOM + stream.getvalue()).encode()
