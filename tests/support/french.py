"""Whether a sentence is one a French member understands."""

import re

FRENCH = re.compile(
    r"[éèêàçùœ’]|\b(le|la|les|un|une|des|du|est|sont|ce|cette|cet|votre|vous|ne|pas|plus|et|ou|il|pour|par)\b", re.I
)
ENGLISH = re.compile(
    r"\b(the|is|are|has|have|was|your|you|please|this|that|not|be|been|choose|slot|order|cannot)\b", re.I
)


def is_french(sentence):
    """A sentence with French words and none of the commonest English ones; an empty one is not."""
    return bool(FRENCH.search(sentence)) and not ENGLISH.search(sentence)
