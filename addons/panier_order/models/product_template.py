from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    panier_shelf = fields.Char(
        string="Shelf location",
        index="btree_not_null",
        help="Where on-duty members find it, written so that sorting gives the walk: A1-03 comes before A1-12.",
    )
