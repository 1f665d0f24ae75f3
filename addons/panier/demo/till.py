"""The demo co-op's till, where the point of sale is installed."""

from odoo import Command


def set_up(env):
    """One till that sells what the shop sells, with cash and cards; its cashier has no other right.

    The method "Avoir" joins with the addon that brings it.
    """
    if "pos.config" not in env:
        return
    env["product.template"].search([("panier_shelf", "!=", False)]).available_in_pos = True
    env["pos.config"].create(
        {
            "name": "Caisse de La Ruelle",
            "payment_method_ids": [Command.set((_method(env, "Espèces", "cash") + _method(env, "Carte", "bank")).ids)],
        }
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Caisse",
            "login": "caisse",
            "password": "caisse",
            "email": "caisse@laruelle.example",
            "lang": "fr_FR",
            "tz": "Europe/Paris",
            "group_ids": [
                Command.set((env.ref("base.group_user") + env.ref("point_of_sale.group_pos_user")).ids),
            ],
        }
    )


def _method(env, name, kind):
    """A way to pay at the till, with a journal of its own for cash, the co-op's bank for cards."""
    company = env.ref("base.main_company")
    journal = env["account.journal"].search([("type", "=", kind), ("company_id", "=", company.id)], limit=1)
    if kind == "cash":
        journal = env["account.journal"].create(
            {"name": "Caisse de La Ruelle", "code": "CAISS", "type": "cash", "company_id": company.id}
        )
    return env["pos.payment.method"].create({"name": name, "journal_id": journal.id, "company_id": company.id})
