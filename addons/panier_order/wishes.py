"""What a member wishes for the preparation, read from what a browser sends: checked by hand, never trusted."""

from odoo.addons.panier_member.refusal import Refusal, Refused

#: A note is read by somebody who is standing.
NOTE_MAX = 500


def read(env, post):
    """The values to write on the order.

    :param odoo.api.Environment env: for the sentences
    :param dict post: `substitution` and `note`, either may be missing
    :return: values of `sale.order`, empty when nothing was sent
    :rtype: dict
    :raise Refused: on a value of the wrong type, unknown or too long
    """
    values = {}
    if "substitution" in post:
        values["panier_substitution"] = _substitution(env, post["substitution"])
    if "note" in post:
        values["panier_note"] = _note(env, post["note"])
    return values


def _substitution(env, value):
    known = env["sale.order"]._fields["panier_substitution"].get_values(env)
    if not isinstance(value, str) or value not in known:
        raise Refused(
            [
                Refusal(
                    "wish_unknown", env._("This wish is not one of those offered."), env._("Choose one of the list.")
                )
            ]
        )
    return value


def _note(env, value):
    if not isinstance(value, str):
        raise Refused([Refusal("note_invalid", env._("The note must be a text."))])
    value = "".join(char for char in value.replace("\r\n", "\n") if char.isprintable() or char == "\n").strip()
    if len(value) > NOTE_MAX:
        raise Refused(
            [
                Refusal(
                    "note_too_long",
                    env._("The note has %(length)s characters.", length=len(value)),
                    env._("Please keep it below %(max)s.", max=NOTE_MAX),
                )
            ]
        )
    return value or False
