from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

DAY_MINUTES = 24 * 60
MAX_HORIZON_DAYS = 366


class PanierPlace(models.Model):
    """A collection place: its hours and the rules of its slots (missions A5, A6)."""

    _name = "panier.place"
    _description = "Collection place"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    partner_id = fields.Many2one("res.partner", string="Address", check_company=True)
    tz = fields.Selection(
        _tz_get,
        string="Time zone",
        required=True,
        default=lambda self: self.env.company.partner_id.tz or "Europe/Paris",
        help="The hours below are hours of this time zone, summer and winter.",
    )
    note = fields.Text(
        string="How to find it",
        translate=True,
        help="Shown to members: entrance, bell, where to park a trolley…",
    )
    slot_minutes = fields.Integer(
        string="Length of a slot",
        required=True,
        default=lambda self: self.env.company.panier_slot_minutes,
        help="Minutes.",
    )
    lead_time_hours = fields.Float(
        string="Lead time",
        required=True,
        default=lambda self: self.env.company.panier_lead_time_hours,
        help="Hours between the order and the beginning of its slot, at least.",
    )
    last_order_hour = fields.Float(
        string="Last order of the day",
        help="After this hour, no more order for the same day, whatever the lead time. 0:00 = no such hour.",
    )
    horizon_days = fields.Integer(
        string="Bookable ahead",
        required=True,
        default=14,
        help="Days, from today, for which slots are offered.",
    )
    capacity = fields.Integer(string="Orders per slot", required=True, default=5)
    load_capacity = fields.Integer(
        string="Lines per slot",
        required=True,
        default=0,
        help="Order lines that can be prepared for a slot, all orders together. 0 = unlimited.",
    )
    opening_ids = fields.One2many("panier.place.opening", "place_id", string="Weekly hours", copy=True)
    exception_ids = fields.One2many("panier.place.exception", "place_id", string="Exceptional days")
    slot_ids = fields.One2many("panier.slot", "place_id", string="Slots")

    _slot_minutes_fit = models.Constraint(
        f"CHECK(slot_minutes BETWEEN 5 AND {DAY_MINUTES})",
        "A slot lasts between 5 minutes and one day.",
    )
    _lead_time_positive = models.Constraint(
        "CHECK(lead_time_hours >= 0)",
        "The lead time cannot be negative.",
    )
    _last_order_hour_fit = models.Constraint(
        "CHECK(last_order_hour >= 0 AND last_order_hour < 24)",
        "The last order of the day is between 0:00 and 23:59.",
    )
    _horizon_fit = models.Constraint(
        f"CHECK(horizon_days BETWEEN 1 AND {MAX_HORIZON_DAYS})",
        "Slots are offered between one day and one year ahead.",
    )
    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0 AND load_capacity >= 0)",
        "A capacity cannot be negative.",
    )

    @api.constrains("slot_minutes", "opening_ids")
    def _check_slot_fits(self):
        """A slot longer than some opening hours would silently leave them without any slot."""
        self.opening_ids._check_length()

    @api.constrains("company_id")
    def _check_company_of_slots(self):
        for place in self:
            # sudo: slots that the user may not see (of another company) count as well.
            if any(slot.reserved for slot in place.sudo().slot_ids):
                raise ValidationError(
                    self.env._(
                        "%(place)s has orders: it cannot move to another company.",
                        place=place.display_name,
                    )
                )
