from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import schedule

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class PanierPlaceOpening(models.Model):
    """Hours of one weekday, every week. Wall-clock hours of the place's time zone, not instants."""

    _name = "panier.place.opening"
    _description = "Weekly hours of a collection place"
    _order = "weekday, hour_from, id"

    place_id = fields.Many2one("panier.place", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="place_id.company_id")
    weekday = fields.Selection(WEEKDAYS, string="Day", required=True, default="0")
    hour_from = fields.Float(string="From", required=True)
    hour_to = fields.Float(string="To", required=True)
    capacity = fields.Integer(string="Orders per slot", help="0 = as for the place.")
    load_capacity = fields.Integer(string="Lines per slot", help="0 = as for the place.")

    _hours_fit = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Hours go from 0:00 to 24:00, the end after the beginning.",
    )
    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0 AND load_capacity >= 0)",
        "A capacity cannot be negative.",
    )

    @api.depends("weekday", "hour_from", "hour_to")
    def _compute_display_name(self):
        labels = dict(self._fields["weekday"]._description_selection(self.env))
        for opening in self:
            hours = [self.env["panier.place"]._hour_label(hour) for hour in (opening.hour_from, opening.hour_to)]
            opening.display_name = f"{labels.get(opening.weekday, '')} {hours[0]} – {hours[1]}"

    @api.constrains("place_id", "weekday", "hour_from", "hour_to")
    def _check_overlap(self):
        for place in self.place_id:
            last = self.browse()
            for opening in place.opening_ids.sorted(lambda opening: (opening.weekday, opening.hour_from)):
                same_day = last.weekday == opening.weekday
                if same_day and schedule.minutes(opening.hour_from) < schedule.minutes(last.hour_to):
                    raise ValidationError(
                        self.env._(
                            "These hours overlap: %(one)s and %(other)s.",
                            one=last.display_name,
                            other=opening.display_name,
                        )
                    )
                last = opening

    @api.constrains("place_id", "hour_from", "hour_to")
    def _check_length(self):
        for opening in self:
            if schedule.minutes(opening.hour_to - opening.hour_from) < opening.place_id.slot_minutes:
                raise ValidationError(
                    self.env._(
                        "%(hours)s is shorter than one slot (%(minutes)s minutes).",
                        hours=opening.display_name,
                        minutes=opening.place_id.slot_minutes,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        openings = super().create(vals_list)
        openings.place_id._plan_changed()
        return openings

    def write(self, vals):
        places = self.place_id
        res = super().write(vals)
        (places | self.place_id)._plan_changed()
        return res

    def unlink(self):
        places = self.place_id
        res = super().unlink()
        places.exists()._plan_changed()
        return res

    def _prepare_schedule(self):
        """:rtype: list[schedule.Opening]"""
        return [
            schedule.Opening(
                int(opening.weekday),
                opening.hour_from,
                opening.hour_to,
                opening.capacity or None,
                opening.load_capacity or None,
            )
            for opening in self
        ]
