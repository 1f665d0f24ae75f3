from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    panier_members_only = fields.Boolean(related="website_id.panier_members_only", readonly=False)
    panier_status_field_id = fields.Many2one(related="company_id.panier_status_field_id", readonly=False)
