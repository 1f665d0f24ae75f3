from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    panier_collect_hours = fields.Integer(related="company_id.panier_collect_hours", readonly=False)
    panier_uncollected_rule = fields.Selection(
        related="company_id.panier_uncollected_rule", readonly=False, required=True
    )
    panier_undo_minutes = fields.Integer(related="company_id.panier_undo_minutes", readonly=False)
