from . import controllers
from . import models
from . import report

from odoo.addons.payment import reset_payment_provider, setup_provider

from . import const


def post_init_hook(env):
    """Give every company its own provider of the members' credit."""
    setup_provider(env, const.PROVIDER_CODE)


def uninstall_hook(env):
    """Leave no provider with a code that nobody knows any more, nor credit held for ever."""
    env["payment.transaction"].search(
        [("provider_code", "=", const.PROVIDER_CODE), ("state", "in", const.HELD_STATES)]
    )._set_canceled()
    reset_payment_provider(env, const.PROVIDER_CODE)
