from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_place_id = fields.Many2one(related="carrier_id.panier_place_id", string="Collection place")
    panier_slot_id = fields.Many2one(
        "panier.slot", string="Collection slot", copy=False, readonly=True, index="btree_not_null", ondelete="restrict"
    )
    panier_slot_start = fields.Datetime(related="panier_slot_id.start", string="Collection from", store=True, index=True)
    panier_code = fields.Char(string="Collection code", copy=False, readonly=True, index="btree_not_null")
    panier_pay_at_till = fields.Boolean(string="To be paid at the till", copy=False, readonly=True)
    panier_till_paid_at = fields.Datetime(string="Paid at the till on", copy=False, readonly=True)
    panier_substitution = fields.Selection(
        selection=[
            ("none", "Nothing in its place"),
            ("similar", "Something similar"),
            ("call", "Call me"),
        ],
        string="When something is missing",
        default="none",
        copy=False,
    )
    panier_note = fields.Text(string="Note for the preparation", copy=False)

    def _panier_is_ours(self):
        """Whether this order goes through Panier's journey, by its delivery method."""
        self.ensure_one()
        return bool(self.carrier_id) and self.carrier_id._is_panier()

    def _panier_lines(self):
        """The lines that are put into the basket: goods, neither services, sections nor the delivery."""
        return self.order_line.filtered(
            lambda line: not line.display_type and not line.is_delivery and line.product_id.type == "consu"
        )
