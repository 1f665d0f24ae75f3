from odoo import fields, models


class PanierPlace(models.Model):
    _inherit = "panier.place"

    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Warehouse",
        check_company=True,
        help="Where the goods of the baskets collected here come from. Empty: as for any order of the website.",
    )
