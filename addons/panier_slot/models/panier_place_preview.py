from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date

from .. import schedule
from .panier_slot import DISPLAY_DATE

PREVIEW_DAYS = 14


class PanierPlace(models.Model):
    """What the hours being typed will give, before they are saved."""

    _inherit = "panier.place"

    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends("tz", "slot_minutes", "opening_ids", "exception_ids")
    @api.depends_context("lang")
    def _compute_preview(self):
        for place in self:
            rows = Markup().join(place._preview_row(*day) for day in place._preview_days())
            place.preview = Markup('<table class="table table-sm mb-0"><tbody>%s</tbody></table>') % rows

    def _preview_days(self):
        """:return: ``[(date, [slots open], [slots closed])]`` of the days to come, from the hours as typed"""
        # A line that is being typed may have no hours yet.
        openings = [hours for hours in self.opening_ids._prepare_schedule() if hours.hour_from < hours.hour_to]
        exceptions = self.exception_ids.filtered(lambda day: day.date_from and day.date_to)._prepare_schedule()
        today = schedule.local_day(fields.Datetime.now(), self.tz or "UTC")
        for day in (today + timedelta(days=ahead) for ahead in range(PREVIEW_DAYS)):
            slots = schedule.day_slots(day, openings, list(exceptions), self.slot_minutes, self.tz or "UTC")
            yield day, [slot for slot in slots if not slot.closed], [slot for slot in slots if slot.closed]

    def _preview_row(self, day, opened, closed):
        if opened:
            text = self.env._("%(count)s slots: %(starts)s", count=len(opened), starts=self._preview_starts(opened))
        elif closed:
            text = self.env._("Closed: %(reason)s", reason=closed[0].closed.reason or "–")
        else:
            text = "–"
        date = format_date(self.env, day, date_format=DISPLAY_DATE)
        return Markup('<tr><th scope="row" class="text-nowrap pe-3">%s</th><td class="w-100">%s</td></tr>') % (
            date,
            text,
        )

    def _preview_starts(self, slots):
        return " · ".join(f"{schedule.to_local(slot.start, self.tz or 'UTC'):%H:%M}" for slot in slots)

    def action_open_slots(self):
        """The slots of this place, in a calendar."""
        action = self.env["ir.actions.act_window"]._for_xml_id("panier_slot.panier_slot_action")
        return {
            **action,
            "domain": [("place_id", "in", self.ids)],
            "context": {"default_place_id": self.id, "search_default_to_come": 1, "search_default_group_date": 1},
        }
