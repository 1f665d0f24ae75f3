from . import models

from odoo.addons.panier_credit import const


def post_init_hook(env):
    """Give every company the payment method of its members' credit; the settings add it to a till."""
    for company in env["res.company"].search([]):
        company._panier_credit_pos_method()


def uninstall_hook(env):
    """Leave no credit held that nobody would settle any more, nor a method that anybody could pay with unasked.

    Tickets paid with credit in a session that is still open are then openly due at its closing.
    """
    env["payment.transaction"].search(
        [("panier_pos_uuid", "!=", False), ("state", "in", const.HELD_STATES)]
    )._set_canceled()
    methods = env["pos.payment.method"].search([("panier_is_credit", "=", True)])
    methods.filtered(lambda method: not method.open_session_ids).active = False
