from odoo import api, fields, models

from .. import schedule


class PanierPlaceException(models.Model):
    """Days on which a place is closed, or open, in spite of its weekly hours."""

    _name = "panier.place.exception"
    _description = "Exceptional days of a collection place"
    _order = "date_from desc, hour_from, id"

    place_id = fields.Many2one("panier.place", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="place_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("closed", "Closed"), ("open", "Open")],
        required=True,
        default="closed",
        help="Open goes before closed: “closed all day” with “open 9:00 to 12:00” means open in the morning only.",
    )
    date_from = fields.Date(string="First day", required=True, default=fields.Date.context_today)
    date_to = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    hour_from = fields.Float(string="From")
    hour_to = fields.Float(string="To", default=24.0)
    capacity = fields.Integer(string="Orders per slot", help="When open. 0 = as for the place.")
    load_capacity = fields.Integer(string="Lines per slot", help="When open. 0 = as for the place.")
    reason = fields.Char(translate=True, help="Shown to members: “stock-taking”, “bank holiday”…")

    _dates_fit = models.Constraint("CHECK(date_from <= date_to)", "The last day cannot be before the first.")
    _hours_fit = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Hours go from 0:00 to 24:00, the end after the beginning.",
    )
    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0 AND load_capacity >= 0)",
        "A capacity cannot be negative.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for exception in self:
            if not exception.date_to or (exception.date_from and exception.date_to < exception.date_from):
                exception.date_to = exception.date_from

    @api.depends("kind", "date_from", "date_to", "reason")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for exception in self:
            name = f"{exception.date_from} – {exception.date_to}: {labels.get(exception.kind, '')}"
            exception.display_name = f"{name} ({exception.reason})" if exception.reason else name

    @api.model_create_multi
    def create(self, vals_list):
        exceptions = super().create(vals_list)
        exceptions.place_id._plan_changed()
        return exceptions

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
        """:return: ``{schedule.Exceptional: exception}``, in the order of the records"""
        return {
            schedule.Exceptional(
                exception.date_from,
                exception.date_to,
                exception.kind == "open",
                exception.hour_from,
                exception.hour_to,
                exception.reason or "",
                exception.capacity or None,
                exception.load_capacity or None,
            ): exception
            for exception in self
        }
