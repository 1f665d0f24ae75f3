from . import models


def post_init_hook(env):
    """Fill the demo shop with orders, where demo data is wanted. Nothing of a real shop passes here.

    Not in a demo file, because it has to commit on its way.
    """
    if env.ref("base.module_panier").demo:
        env["panier.demo"]._set_up_till()
        env["panier.demo"]._create_orders()
