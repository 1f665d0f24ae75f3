from odoo import api, models

from ..demo import company, orders, till


class PanierDemo(models.AbstractModel):
    """What the demo co-op needs beyond plain records: called by the demo files, never by the product."""

    _name = "panier.demo"
    _description = "Demo co-op"

    @api.model
    def _set_up_company(self):
        company.set_up(self.env)

    @api.model
    def _set_up_products(self):
        company.set_up_products(self.env)

    @api.model
    def _set_up_till(self):
        till.set_up(self.env)

    @api.model
    def _create_orders(self):
        orders.create_all(self.env)
