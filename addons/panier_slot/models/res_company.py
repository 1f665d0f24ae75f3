from odoo import fields, models


class ResCompany(models.Model):
    """What new collection places begin with (mission A6: four hours)."""

    _inherit = "res.company"

    panier_lead_time_hours = fields.Float(
        string="Lead time",
        default=4.0,
        help="Hours between an order and the beginning of its slot, for new collection places.",
    )
    panier_slot_minutes = fields.Integer(
        string="Length of a slot",
        default=30,
        help="Minutes, for new collection places.",
    )

    _panier_slot_minutes_fit = models.Constraint(
        "CHECK(panier_slot_minutes IS NULL OR panier_slot_minutes BETWEEN 5 AND 1440)",
        "A slot lasts between 5 minutes and one day.",
    )
    _panier_lead_time_positive = models.Constraint(
        "CHECK(panier_lead_time_hours IS NULL OR panier_lead_time_hours >= 0)",
        "The lead time cannot be negative.",
    )
