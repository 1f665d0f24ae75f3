from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .. import schedule

# Written on a place, these change its slots.
PLAN_FIELDS = {
    "active",
    "tz",
    "slot_minutes",
    "lead_time_hours",
    "last_order_hour",
    "horizon_days",
    "capacity",
    "load_capacity",
    "opening_ids",
    "exception_ids",
}
# Columns of a slot that follow the plan, with their SQL types.
PLANNED = {
    "stop": "timestamp",
    "order_before": "timestamp",
    "capacity": "int",
    "load_capacity": "int",
    "closed": "bool",
    "closed_by": "varchar",
    "exception_id": "int",
}


class PanierPlace(models.Model):
    """From the hours of a place to its slots: made ahead, kept in step, never taken from members (ADR 0011)."""

    _inherit = "panier.place"

    @api.model_create_multi
    def create(self, vals_list):
        places = super(PanierPlace, self.with_context(panier_plan_later=True)).create(vals_list)
        places = self.browse(places.ids)
        places._plan_changed()
        return places

    def write(self, vals):
        res = super(PanierPlace, self.with_context(panier_plan_later=True)).write(vals)
        if PLAN_FIELDS & vals.keys():
            self._plan_changed()
        return res

    def _plan_changed(self):
        """Bring the slots in step, once, when hours, exceptions or rules have changed."""
        if not self.env.context.get("panier_plan_later"):
            # sudo: who may add an exceptional day need not be allowed to write slots by hand.
            self.sudo()._generate_slots()

    @api.model
    def _cron_generate(self):
        """Make the slots up to each place's horizon, however long the job was stopped (law 4)."""
        places = self.search([])
        for done, place in enumerate(places, start=1):
            place._generate_slots()
            self.env["ir.cron"]._commit_progress(1, remaining=len(places) - done)

    def _generate_slots(self, until=None):
        """Bring the slots to come in step with the hours; again changes nothing. Constant queries per place.

        * missing slots are made, up to `until`;
        * a slot that is no longer in the plan is deleted if no place of it was ever held, else closed: its orders
          stay, and staff find them under "orders to move";
        * exceptional days close slots and open them again; what staff have closed, changed or made by hand stays.

        :param date until: last local day, by default the place's horizon
        """
        self.env["panier.slot"].flush_model()
        self.flush_recordset()
        for place in self:
            place._generate_own_slots(until)
        self.env["panier.slot"].invalidate_model()

    def _generate_own_slots(self, until):
        now = fields.Datetime.now()
        today = schedule.local_day(now, self.tz)
        last = until or today + timedelta(days=self.horizon_days)
        existing = {row["start"]: row for row in self._existing_slots(now)}
        plan_until = max([last, *(schedule.local_day(start, self.tz) for start in existing)])
        plan = {vals["start"]: vals for vals in self._prepare_slots(today, plan_until) if vals["start"] > now}
        end = schedule.wall_to_utc(last + timedelta(days=1), 0, self.tz)
        self._insert_slots([vals for start, vals in plan.items() if start not in existing and start < end])
        exceptions = self.exception_ids._prepare_schedule()
        changed, gone = [], []
        for start, row in existing.items():
            if row["origin"] == "plan" and start not in plan and not row["touched"]:
                gone.append(row["id"])
                continue
            vals = self._changed_slot(row, plan.get(start), exceptions)
            if any(vals[name] != row[name] for name in PLANNED):
                changed.append({"id": row["id"], **vals})
        self._update_slots(changed)
        self.env["panier.slot"].browse(gone).unlink()

    def _existing_slots(self, now):
        """:return: the slots to come as dicts; `touched`: a place of it was held, at least for a while"""
        self.env.cr.execute(
            SQL(
                """SELECT slot.*, EXISTS (
                      SELECT FROM panier_capacity_hold
                       WHERE resource_model = 'panier.slot' AND resource_id = slot.id
                      ) AS touched
                 FROM panier_slot slot WHERE place_id = %s AND start > %s ORDER BY start""",
                self.id,
                now,
            )
        )
        return self.env.cr.dictfetchall()

    def _prepare_slots(self, day, until):
        """What the slots of these local days should be.

        :return: list of column values, in order
        """
        openings = self.opening_ids._prepare_schedule() if self.active else []
        exceptions = self.exception_ids._prepare_schedule() if self.active else {}
        vals_list = []
        while day <= until:
            for slot in schedule.day_slots(day, openings, list(exceptions), self.slot_minutes, self.tz):
                vals_list.append(self._prepare_slot(slot, exceptions))
            day += timedelta(days=1)
        return vals_list

    def _prepare_slot(self, slot, exceptions):
        return {
            "place_id": self.id,
            "company_id": self.company_id.id,
            "start": slot.start,
            "stop": slot.stop,
            "date": schedule.local_day(slot.start, self.tz),
            "order_before": self._cut_off(slot.start),
            "capacity": self.capacity if slot.capacity is None else slot.capacity,
            "load_capacity": self.load_capacity if slot.load_capacity is None else slot.load_capacity,
            **self._prepare_closure(slot.start, slot.stop, exceptions),
        }

    def _cut_off(self, start):
        """Until when a slot that begins at `start` (naive UTC) can be ordered, in naive UTC."""
        self.ensure_one()
        return schedule.cut_off(start, self.lead_time_hours, self.last_order_hour, self.tz)

    def _changed_slot(self, row, planned, exceptions):
        """What a slot that exists becomes.

        :param dict row: the slot
        :param dict planned: what the plan says of it, None if nothing
        :param dict exceptions: as `panier.place.exception._prepare_schedule`
        :return: values of `PLANNED`
        """
        vals = {name: row[name] for name in PLANNED}
        vals["order_before"] = self._cut_off(row["start"])
        if row["origin"] == "plan" and planned:
            if not row["touched"]:
                vals["stop"] = planned["stop"]
            if not row["custom_capacity"]:
                vals["capacity"] = max(planned["capacity"], row["reserved"])
                load = planned["load_capacity"]
                vals["load_capacity"] = load and max(load, row["load_reserved"])
        if row["closed_by"] == "staff":
            return vals
        if row["origin"] == "plan" and not planned:
            return {**vals, "closed": True, "closed_by": "plan", "exception_id": None}
        return {**vals, **self._prepare_closure(row["start"], vals["stop"], exceptions)}

    def _prepare_closure(self, start, stop, exceptions):
        """Whether the exceptional days close a slot: values of the slot. Times are naive UTC."""
        closure = schedule.closure_of(start, stop, exceptions, self.tz)
        return {
            "closed": bool(closure),
            "closed_by": "exception" if closure else None,
            "exception_id": exceptions[closure].id if closure else None,
        }

    def _insert_slots(self, vals_list):
        """In SQL: another process may be making the same slots, and each is made once."""
        if not vals_list:
            return
        now = fields.Datetime.now()
        fixed = {
            "origin": "plan",
            "reserved": 0,
            "load_reserved": 0,
            "custom_capacity": False,
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }
        columns = [*vals_list[0], *fixed]
        self.env.cr.execute(
            SQL(
                "INSERT INTO panier_slot (%s) VALUES %s ON CONFLICT (place_id, start) DO NOTHING",
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(tuple({**vals, **fixed}[column] for column in columns) for vals in vals_list),
            )
        )

    def _update_slots(self, vals_list):
        if not vals_list:
            return
        names = ["id", *PLANNED]
        self.env.cr.execute(
            SQL(
                """UPDATE panier_slot slot SET %s, write_uid = %s, write_date = %s
                 FROM (VALUES %s) AS planned (%s) WHERE slot.id = planned.id""",
                SQL(", ").join(
                    SQL("%s = planned.%s::%s", SQL.identifier(name), SQL.identifier(name), SQL(column_type))
                    for name, column_type in PLANNED.items()
                ),
                self.env.uid,
                fields.Datetime.now(),
                SQL(", ").join(tuple(vals[name] for name in names) for vals in vals_list),
                SQL(", ").join(SQL.identifier(name) for name in names),
            )
        )
