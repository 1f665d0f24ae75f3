"""What a "no" is made of: a code for programs, a sentence and an advice for people (law 1).

Plain Python, so that every addon (and every test) builds refusals the same way.
"""

from typing import NamedTuple

from odoo.exceptions import UserError


class Refusal(NamedTuple):
    """One reason why something is refused.

    :param str code: stable, for programs and tests: ``status_suspended``, ``slot_full``…
    :param str message: what is wrong, a full sentence in the reader's language.
    :param str advice: what to do about it, a full sentence (law 8: every refusal says what to do next).
    :param str url: where to do it, relative to the website, when there is such a page.
    """

    code: str
    message: str
    advice: str = ""
    url: str = ""

    def __str__(self):
        return f"{self.message} {self.advice}".strip()


class Refused(UserError):
    """Raised by the guards; ``refusals`` keeps the reasons, the text is made to be shown as it is."""

    def __init__(self, refusals):
        self.refusals = list(refusals)
        super().__init__(refusals_text(self.refusals))
        # The web client chooses its dialog by class name: ask for the one of UserError. The reasons travel along for
        # JavaScript that wants more than the text.
        self.context = {
            "exception_class": "odoo.exceptions.UserError",
            "refusals": [refusal._asdict() for refusal in self.refusals],
        }


def refusals_text(refusals):
    """One line per refusal: what is wrong, then what to do about it.

    :param list[Refusal] refusals:
    :rtype: str
    """
    return "\n".join(str(refusal) for refusal in refusals)
