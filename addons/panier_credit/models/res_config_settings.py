from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    panier_claim_days = fields.Integer(related="company_id.panier_claim_days", readonly=False)
    panier_goodwill_limit = fields.Monetary(
        related="company_id.panier_goodwill_limit", readonly=False, currency_field="currency_id"
    )
    panier_goodwill_product_id = fields.Many2one(related="company_id.panier_goodwill_product_id", readonly=False)
