from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    panier_lead_time_hours = fields.Float(related="company_id.panier_lead_time_hours", readonly=False)
    panier_slot_minutes = fields.Integer(related="company_id.panier_slot_minutes", readonly=False)
