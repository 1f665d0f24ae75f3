from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .. import journey
from ..walk import walk_key

#: Baskets on one page of the board.
PAGE = 40

TO_DO = [journey.TO_PREPARE, journey.PREPARING]
TO_COLLECT = [journey.READY, journey.NOT_COLLECTED]


class SaleOrder(models.Model):
    """What people on duty see: plain values, read with the same queries for ten baskets or a thousand."""

    _inherit = "sale.order"

    panier_state = fields.Selection(group_expand="_panier_group_states")
    panier_done_count = fields.Integer(string="Lines looked at", compute="_compute_panier_progress")
    panier_line_count = fields.Integer(string="Lines to prepare", compute="_compute_panier_progress")

    @api.model
    def _panier_group_states(self, states, domain):
        """The columns of the kanban, in the order of the journey, also when empty."""
        return [*TO_DO, *TO_COLLECT]

    @api.depends("order_line.panier_mark")
    def _compute_panier_progress(self):
        progress = self._panier_progress()
        for order in self:
            order.panier_done_count, order.panier_line_count = progress.get(order._origin.id, (0, 0))

    @api.model
    def _panier_board(self, day="today", place_id=None, slot_id=None, page=1):
        """The baskets of a tab of the preparation screen.

        :param str day: ``today`` (and late), ``tomorrow``, or ``ready``
        :return: dict ``baskets`` (a page of them), ``slots``, ``counts`` by tab, ``places``, ``pages``
        """
        self._panier_check_preparer()
        # sudo() is safe: the role is checked, companies are the user's, and no price nor address is read.
        orders = self.sudo()
        place = orders._panier_board_place(place_id)
        scope = orders._panier_board_scope(place)
        tab = scope & orders._panier_board_tab(day, place)
        slots = orders._panier_board_slots(tab)
        domain = tab & Domain("panier_slot_id", "=", slot_id) if slot_id else tab
        count = sum(slot["count"] for slot in slots if not slot_id or slot["id"] == slot_id)
        pages = max(-(-count // PAGE), 1)
        page = min(max(page, 1), pages)
        found = orders.search_fetch(
            domain, self._panier_board_fields(), offset=(page - 1) * PAGE, limit=PAGE, order="panier_slot_start, id"
        )
        return {
            "baskets": found._panier_board_cards(),
            "slots": slots,
            "counts": {
                name: orders.search_count(scope & orders._panier_board_tab(name, place))
                for name in ("today", "tomorrow", "ready")
            },
            "places": [{"id": each.id, "name": each.name} for each in orders._panier_board_places()],
            "place": place.id,
            "pages": pages,
            "page": page,
        }

    @api.model
    def _panier_board_fields(self):
        return [
            "name",
            "panier_state",
            "panier_code",
            "panier_slot_id",
            "panier_preparer_id",
            "panier_preparer_name",
            "panier_stored_at",
            "panier_stored_cold_at",
            "panier_bags",
            "partner_id",
            "company_id",
        ]

    @api.model
    def _panier_board_places(self):
        return self.env["panier.place"].search([("company_id", "in", [False, *self.env.user.company_ids.ids])])

    @api.model
    def _panier_board_place(self, place_id):
        return self._panier_board_places().filtered(lambda place: place.id == place_id)

    @api.model
    def _panier_board_scope(self, place):
        """Baskets of the user's companies, of ``place`` or of all places."""
        scope = Domain("company_id", "in", self.env.user.company_ids.ids)
        return scope & Domain("panier_slot_id.place_id", "=", place.id) if place else scope

    @api.model
    def _panier_board_tab(self, day, place):
        """Domain of a tab. ``today`` holds what is late as well: it is what must be prepared now."""
        if day == "ready":
            return Domain("panier_state", "in", TO_COLLECT)
        tomorrow = self._panier_day_start(1, place)
        to_do = Domain("panier_state", "in", TO_DO)
        if day == "tomorrow":
            after = self._panier_day_start(2, place)
            return to_do & Domain([("panier_slot_start", ">=", tomorrow), ("panier_slot_start", "<", after)])
        return to_do & (Domain("panier_slot_start", "<", tomorrow) | Domain("panier_slot_start", "=", False))

    @api.model
    def _panier_zone(self, place=None):
        """The time zone of the shop: rules are in the co-op's, whatever the phone says (design, law 4)."""
        place = place or self._panier_board_places()[:1]
        return pytz.timezone(place.tz or self.env.company.partner_id.tz or "Europe/Paris")

    @api.model
    def _panier_today(self, place=None):
        """The date it is in the shop."""
        return pytz.utc.localize(fields.Datetime.now()).astimezone(self._panier_zone(place)).date()

    @api.model
    def _panier_day_start(self, days, place=None):
        """Midnight of the shop, ``days`` from today, in UTC as the database has it."""
        midnight = datetime.combine(self._panier_today(place) + timedelta(days=days), time())
        return self._panier_zone(place).localize(midnight).astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _panier_board_slots(self, domain):
        """The slots that these baskets are for, with how many there are for each."""
        groups = self._read_group(domain, ["panier_slot_id"], ["__count"])
        return [
            {"id": slot.id, "label": self._panier_slot_label(slot), "count": count}
            for slot, count in sorted(groups, key=lambda group: (group[0].start or datetime.min, group[0].id))
        ]

    @api.model
    def _panier_slot_label(self, slot):
        """The slot as people say it, with its day unless that is today: "mar. 24 nov., 16:00 – 17:00"."""
        if not slot:
            return self.env._("Without a slot")
        hours = slot._hours_label()
        if slot.date == self._panier_today(slot.place_id):
            return hours
        return f"{format_date(self.env, slot.date, date_format='EEE d MMM')}, {hours}"

    def _panier_board_cards(self):
        """What a card shows of each basket. Lines are counted, never read."""
        progress = self._panier_progress()
        labels = dict(self._fields["panier_state"]._description_selection(self.env))
        slots = {slot: self._panier_slot_label(slot) for slot in self.panier_slot_id}
        now = fields.Datetime.now()
        return [
            {
                "id": order.id,
                "name": order.name,
                "member": self._panier_short_name(order.partner_id.name),
                "state": order.panier_state,
                "state_label": labels[order.panier_state],
                "slot_id": order.panier_slot_id.id,
                "slot": slots.get(order.panier_slot_id) or self._panier_slot_label(order.panier_slot_id),
                "late": order.panier_state in TO_DO
                and bool(order.panier_slot_id)
                and order.panier_slot_id.start < now,
                "preparer": order.panier_preparer_name or "",
                "mine": order.panier_preparer_id == self.env.user,
                "where": order._panier_where(),
                "bags": order.panier_bags,
                "done": progress[order.id][0],
                "total": progress[order.id][1],
            }
            for order in self
        ]

    def _panier_progress(self):
        """Lines looked at and lines to put into the basket, by id of the order, in one query."""
        progress = {order.id: (0, 0) for order in self}
        groups = self.env["sale.order.line"]._read_group(
            [
                ("order_id", "in", self.ids),
                ("display_type", "=", False),
                ("is_delivery", "=", False),
                ("product_id.type", "=", "consu"),
            ],
            ["order_id"],
            ["__count", "panier_mark:count"],
        )
        # Grouping by order would read each order's name: their ids are enough.
        return progress | {order.id: (marked, count) for order, count, marked in groups}

    def _panier_where(self):
        """Where the basket stands, dry part and cold part."""
        self.ensure_one()
        parts = [self.panier_stored_at]
        if self.panier_stored_cold_at:
            parts.append(self.env._("cold: %(where)s", where=self.panier_stored_cold_at))
        return " · ".join(filter(None, parts))

    def _panier_basket(self):
        """What the screen of one basket shows, lines in the order of the walk through the shop."""
        self.ensure_one()
        lines = sorted(
            self._panier_lines(), key=lambda line: (walk_key(line.product_id.panier_shelf), line.sequence, line.id)
        )
        wishes = dict(self._fields["panier_substitution"]._description_selection(self.env))
        return self._panier_board_cards()[0] | {
            "code": self.panier_code or "",
            "note": self.panier_note or "",
            "wish": wishes.get(self.panier_substitution, ""),
            "wish_code": self.panier_substitution,
            "cold_at": self.panier_stored_cold_at or "",
            "stored_at": self.panier_stored_at or "",
            "lines": [line._panier_line_payload() for line in lines],
        }

    def _panier_slip(self):
        """What the printed slip says: the basket, and the amount if it is still to be paid at the till."""
        self.ensure_one()
        return self._panier_basket() | {
            "place": self.panier_slot_id.place_id.name or "",
            "owes": self._panier_owes_at_till() and self.currency_id.format(self.amount_total),
        }

    def action_panier_open_preparation(self):
        """From the order's form to its basket on the preparation screen."""
        return self._panier_open_screen("prepare")

    def action_panier_open_hand_over(self):
        """From the order's form to its basket on the hand-over screen."""
        return self._panier_open_screen("hand-over")

    def _panier_open_screen(self, screen):
        self.ensure_one()
        self._panier_check_preparer()
        return {"type": "ir.actions.act_url", "url": f"/panier/{screen}/{self.id}", "target": "self"}
