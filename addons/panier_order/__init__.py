from . import controllers
from . import models
from . import wizards

from odoo.addons.payment import reset_payment_provider, setup_provider

from . import const


def post_init_hook(env):
    """Give every company its own provider "pay at the till", as `website_sale_collect` does for its own."""
    setup_provider(env, "custom", custom_mode=const.TILL_MODE)
    env["payment.provider"].search([])._panier_set_up_journal()


def uninstall_hook(env):
    """Leave no provider with a mode that nobody knows any more."""
    reset_payment_provider(env, "custom", custom_mode=const.TILL_MODE)
