from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    panier_hold_minutes = fields.Integer(related="company_id.panier_hold_minutes", readonly=False)
    panier_payment_minutes = fields.Integer(related="company_id.panier_payment_minutes", readonly=False)
    panier_link_hold_minutes = fields.Integer(related="company_id.panier_link_hold_minutes", readonly=False)
