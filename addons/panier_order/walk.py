"""In which order an on-duty member walks through the shop. No ORM here."""

import re

_PARTS = re.compile(r"(\d+)")


def walk_key(shelf):
    """Sort key of a shelf location: digits count as numbers, and what has no location comes last.

    >>> sorted(["B1", "A10-2", "", "a2-1"], key=walk_key)
    ['a2-1', 'A10-2', 'B1', '']
    """
    text = (shelf or "").strip().casefold()
    parts = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.split(text) if part)
    return (not text, parts)
