from odoo import fields, models


class PanierPlace(models.Model):
    _inherit = "panier.place"

    warehouse_id = fields.Many2one(
        "stock.warehouse",
        check_company=True,
        help="Where the goods of the baskets collected here come from. Empty: as for any order of the website.",
    )

    def _panier_address(self):
        """The address in one line, empty where the place's name says it already."""
        self.ensure_one()
        partner = self.partner_id
        if not partner.street or partner.street in self.name:
            return ""
        return " ".join(filter(None, [partner.street, partner.zip, partner.city]))
