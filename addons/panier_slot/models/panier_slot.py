from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .. import schedule

DISPLAY_DATE = "EEEE d MMMM"
DISPLAY_DATE_YEAR = "EEEE d MMMM yyyy"


class PanierSlot(models.Model):
    """A span of time in which so many orders (and lines) can be collected at a place."""

    _name = "panier.slot"
    _description = "Slot"
    _inherit = ["panier.capacity.mixin"]
    _order = "start, place_id"
    _check_company_auto = True

    place_id = fields.Many2one("panier.place", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="place_id.company_id", store=True, precompute=True)
    start = fields.Datetime(string="Begins", required=True)
    stop = fields.Datetime(
        string="Ends", required=True, compute="_compute_stop", store=True, readonly=False, precompute=True
    )
    date = fields.Date(
        string="Day",
        compute="_compute_date",
        store=True,
        precompute=True,
        help="In the time zone of the place.",
    )
    order_before = fields.Datetime(
        string="Orders until",
        compute="_compute_order_before",
        store=True,
        readonly=False,
        precompute=True,
        help="After this, no more orders: lead time and last order of the day of the place.",
    )
    closed = fields.Boolean(help="No new orders; those placed stay, and are to be moved or served.")
    closed_by = fields.Selection(
        [("staff", "Staff"), ("exception", "Exceptional day"), ("plan", "Hours changed")],
        string="Closed by",
        readonly=True,
    )
    closed_reason = fields.Char(string="Reason", readonly=True, help="Shown to members.")
    closed_uid = fields.Many2one("res.users", string="Closed or reopened by", readonly=True)
    closed_at = fields.Datetime(string="Closed or reopened on", readonly=True)
    exception_id = fields.Many2one(
        "panier.place.exception", string="Exceptional day", readonly=True, ondelete="set null"
    )
    origin = fields.Selection(
        [("plan", "Weekly hours"), ("hand", "By hand")],
        required=True,
        default="hand",
        readonly=True,
        copy=False,
    )
    custom_capacity = fields.Boolean(
        string="Own capacity",
        readonly=True,
        help="Set by staff for this slot: a change of the place leaves it.",
    )
    fill_rate = fields.Integer(string="Filled (%)", compute="_compute_fill_rate")

    is_full = fields.Boolean(string="Full", compute="_compute_is_full", search="_search_is_full")

    _stop_after_start = models.Constraint("CHECK(start < stop)", "A slot ends after it begins.")
    # Also serves "the slots of this place from now on": _available_days, _generate_slots.
    _start_uniq = models.UniqueIndex("(place_id, start)", "This place already has a slot at that time.")
    # Serves the calendar and the day's lists.
    _date_idx = models.Index("(company_id, date)")

    @api.depends("start", "place_id")
    def _compute_stop(self):
        for slot in self:
            if slot.start and (not slot.stop or slot.stop <= slot.start):
                slot.stop = slot.start + timedelta(minutes=slot.place_id.slot_minutes or 30)

    @api.depends("start", "place_id.tz")
    def _compute_date(self):
        for slot in self:
            slot.date = slot.start and schedule.local_day(slot.start, slot.place_id.tz or "UTC")

    @api.depends("start", "place_id")
    def _compute_order_before(self):
        """When a setting of the place changes, `_generate_slots` brings the slots to come in step; past ones stay."""
        for slot in self:
            slot.order_before = slot.start and slot.place_id and slot.place_id._cut_off(slot.start)

    @api.depends("capacity", "reserved")
    def _compute_fill_rate(self):
        for slot in self:
            slot.fill_rate = round(100 * slot.reserved / slot.capacity) if slot.capacity else 100

    @api.depends("capacity_free")
    def _compute_is_full(self):
        for slot in self:
            slot.is_full = slot.capacity_free < 1

    def _search_is_full(self, operator, value):
        """By the counters: a list may show as full, for some minutes, a slot whose last hold has just expired."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("id", "in", SQL("(SELECT id FROM panier_slot WHERE reserved >= capacity)"))]

    @api.depends("start", "stop", "place_id.tz")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = slot._panier_label() if slot.start and slot.place_id else ""

    # -- CRUD -----------------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        places = self.env["panier.place"].browse(vals["place_id"] for vals in vals_list if vals.get("place_id"))
        places = {place.id: place for place in places}
        for vals in vals_list:
            place = places.get(vals.get("place_id"))
            if place:
                vals.setdefault("capacity", place.capacity)
                vals.setdefault("load_capacity", place.load_capacity)
            if vals.get("closed"):
                vals.setdefault("closed_by", "staff")
        slots = super().create(vals_list)
        slots._close_exceptionally()
        return slots

    def write(self, vals):
        if {"place_id", "start"} & vals.keys() and any(slot.reserved for slot in self):
            raise UserError(self.env._("Members have a place in this slot: close it and move their orders instead."))
        if "closed" in vals:
            vals = {**self._prepare_closing(), **vals}
        if {"capacity", "load_capacity"} & vals.keys():
            vals = {"custom_capacity": True, **vals}
        return super().write(vals)

    def _close_exceptionally(self):
        """A slot made by hand on a closed day is closed like the others; staff may reopen it."""
        for place, slots in self.grouped("place_id").items():
            exceptions = place.exception_ids._prepare_schedule()
            for slot in slots if exceptions else ():
                closure = place._prepare_closure(slot.start, slot.stop, exceptions)
                if closure["closed"] and not slot.closed:
                    slot.write(closure)

    # -- actions --------------------------------------------------------------------------------------------

    def action_close(self, reason=""):
        """Take no new orders; those placed stay.

        :param str reason: shown to members
        """
        self._check_may_close()
        # sudo: referents may close a slot and nothing else of it; checked right above.
        self.sudo().write({"closed": True, "closed_reason": reason})

    def action_reopen(self):
        """Take orders again, also on a day that is closed exceptionally."""
        self._check_may_close()
        # sudo: as in action_close.
        self.sudo().write({"closed": False, "closed_reason": False})

    def action_ask_close(self):
        """Ask for the reason, then close."""
        self._check_may_close()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close"),
            "res_model": "panier.slot.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_slot_ids": self.ids},
        }

    def _check_may_close(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("panier_member.panier_member_group_referent")):
            raise AccessError(self.env._("Only referents may close or reopen a slot."))

    def _prepare_closing(self):
        """Values beside `closed`: who and when. Reopened by staff, a slot stays open on an exceptional day."""
        return {
            "closed_by": "staff",
            "exception_id": False,
            "closed_uid": self.env.uid,
            "closed_at": fields.Datetime.now(),
        }

    # -- business -------------------------------------------------------------------------------------------

    def _panier_label(self):
        """“Saturday 28 November, 10:00 – 10:30”, in the time zone of the place and the language of the context."""
        self.ensure_one()
        this_year = self.date.year == fields.Date.today().year
        date = format_date(self.env, self.date, date_format=DISPLAY_DATE if this_year else DISPLAY_DATE_YEAR)
        return f"{date}, {self._hours_label()}"

    def _hours_label(self):
        """“10:00 – 10:30”. On the night the clocks change, the end is that of the plan."""
        begin = schedule.to_local(self.start, self.place_id.tz).replace(tzinfo=None)
        end = begin + (self.stop - self.start)
        return f"{begin:%H:%M} – {end:%H:%M}"

    def _why_closed(self):
        """The reason in the language of the context; empty where staff gave none."""
        self.ensure_one()
        return self.closed_reason or self.exception_id.reason or ""
