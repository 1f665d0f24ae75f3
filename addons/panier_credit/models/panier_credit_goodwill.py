from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from odoo.addons.panier_member.refusal import Refusal, Refused

from ..split import largest_remainder

#: What staff fill in; the rest is decided by the buttons.
_WRITTEN = frozenset({"partner_id", "order_id", "line_ids", "kind", "wanted_amount", "reason"})


class PanierCreditGoodwill(models.Model):
    """A gesture of staff, with a reason; beyond a limit a second person agrees to it (ADR 0042)."""

    _name = "panier.credit.goodwill"
    _description = "Goodwill credit"
    _inherit = "panier.credit.decision"
    _order = "id desc"

    kind = fields.Selection(
        selection=[("goodwill", "Gesture"), ("delivery", "Delivery fee")],
        required=True,
        default="goodwill",
        help="The delivery fee is credited only where you say so.",
    )
    line_ids = fields.Many2many(
        "sale.order.line",
        string="Products",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
        help="What the gesture is for: their taxes are corrected. Empty: all products of the order.",
    )
    wanted_amount = fields.Monetary(string="Amount", help="Tax included.")
    reason = fields.Text(required=True, help="Told to the member.")
    state = fields.Selection(
        selection=[
            ("draft", "Not given yet"),
            ("waiting", "Waits for a second person"),
            ("given", "Given"),
            ("refused", "Refused"),
            ("taken_back", "Taken back"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        group_expand=True,
    )
    author_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True)
    approver_id = fields.Many2one("res.users", string="Agreed by", readonly=True, copy=False)
    answer = fields.Char(string="Why not", help="Told to whoever asked.")
    may_approve = fields.Boolean(compute="_compute_may_approve")

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for gesture in self:
            gesture.display_name = f"{kinds.get(gesture.kind, '')} – {gesture.partner_id.name or ''}"

    @api.depends_context("uid")
    @api.depends("state", "author_id", "partner_id")
    def _compute_may_approve(self):
        for gesture in self:
            gesture.may_approve = gesture.state == "waiting" and gesture._is_second_person()

    # === WHO WRITES WHAT === #

    def _open_states(self):
        return {"draft", "waiting"}

    def _given_states(self):
        return {"given"}

    def _may_write(self, names):
        if all(gesture.state == "draft" for gesture in self) and names <= _WRITTEN:
            return True
        if all(gesture.state == "waiting" for gesture in self) and names <= {"answer"}:
            return True
        return super()._may_write(names)

    @api.model_create_multi
    def create(self, vals_list):
        """Start a gesture: a draft, whatever the browser says."""
        self.check_access("create")
        values = [self._prepare_gesture(vals) for vals in vals_list]
        return super(PanierCreditGoodwill, self.with_env(self.env(context=clean_context(self.env.context)))).create(
            values
        )

    @api.model
    def _prepare_gesture(self, vals):
        defaults = {
            name: self.env.context[f"default_{name}"] for name in _WRITTEN if f"default_{name}" in self.env.context
        }
        harmless = {"activity_ids", "message_ids", "message_follower_ids", "state", "answer", "may_approve"}
        if unknown := {name for name in vals if vals[name]} - _WRITTEN - harmless:
            raise UserError(self.env._("Not to be said by hand: %(names)s", names=", ".join(sorted(unknown))))
        vals = defaults | {name: vals[name] for name in _WRITTEN & vals.keys()}
        self._said_number(vals.get("wanted_amount", 0.0))
        order = self._said_record("sale.order", vals.get("order_id"))
        order.check_access("read")
        company = order.company_id or self.env.company
        return vals | {
            "partner_id": self._household(vals, order).id,
            "company_id": company.id,
            "currency_id": (order.currency_id or company.currency_id).id,
            "author_id": self.env.uid,
            "state": "draft",
        }

    @api.model
    def _household(self, vals, order):
        partner = order.partner_id or self._said_record("res.partner", vals.get("partner_id"))
        if not partner:
            raise UserError(self.env._("To whom? Choose a member or an order."))
        return partner.commercial_partner_id

    def write(self, vals):
        """Override: of an order, the member is whoever ordered."""
        self._said_number(vals.get("wanted_amount", 0.0))
        if {"order_id", "partner_id"} & vals.keys() and all(self.mapped(lambda gesture: gesture.state == "draft")):
            for gesture in self:
                order = self._said_record("sale.order", vals.get("order_id", gesture.order_id.id))
                household = self._household({"partner_id": vals.get("partner_id", gesture.partner_id.id)}, order)
                if order and order.company_id != gesture.company_id:
                    raise UserError(self.env._("This order is of another company: make a new gesture."))
                super(PanierCreditGoodwill, gesture).write({**vals, "partner_id": household.id})
            return True
        return super().write(vals)

    # === DECIDE === #

    def action_give(self):
        """Give it, or ask a second person: beyond the limit of the company, or for one's own household.

        :raise Refused: nothing to give, or more than was paid
        """
        for gesture in self._check_staff():
            if gesture.state != "draft":
                raise Refused([gesture._refusal_decided()])
            gesture._check_amounts()
            # Two gestures for one household at the same moment are counted one after the other.
            gesture.partner_id._panier_credit_serialize(gesture.company_id)
            if gesture._needs_second_person():
                gesture._ask_second_person()
            else:
                gesture._decide("given", author_id=self.env.uid)
                gesture._make_note()
        return True

    def action_approve(self):
        """Agree to a gesture: a manager, neither whoever asked for it nor of the household.

        :raise AccessError: not a manager, their own, or for their own household
        """
        for gesture in self._check_staff():
            if gesture.state != "waiting":
                raise Refused([gesture._refusal_decided()])
            gesture._check_second_person()
            gesture._check_amounts()
            gesture._decide("given", approver_id=self.env.uid)
            gesture._make_note()
        return True

    def action_refuse(self, answer=None):
        """Do not agree: whoever asked is told why."""
        for gesture in self._check_staff():
            if gesture.state != "waiting":
                raise Refused([gesture._refusal_decided()])
            gesture._check_second_person()
            why = self._said_text(answer if isinstance(answer, str) else gesture.answer)
            if not why:
                raise Refused([gesture._refusal_no_reason()])
            gesture._decide("refused", answer=why)
            gesture.message_notify(
                partner_ids=gesture.author_id.partner_id.ids, subject=gesture.display_name, body=why
            )
        return True

    def _is_second_person(self):
        user = self.env.user
        is_manager = self.env["res.users"]._panier_has_role("manager")
        return is_manager and user not in self.author_id | self.create_uid and not self._is_of_household(user)

    def _check_second_person(self):
        if not self._is_second_person():
            raise AccessError(self.env._("A manager who neither asked for it nor gets it must agree to this gesture."))

    def _needs_second_person(self):
        """Nobody gives to their own household, nor beyond the limit, alone."""
        people = self.author_id | self.create_uid | self.env.user
        return self._is_of_household(people) or self._is_beyond_alone(sum(self._amounts().values()))

    def _is_alone(self):
        return not self.approver_id

    def _ask_second_person(self):
        self._decide("waiting", author_id=self.env.uid, decided_by_id=False, decided_at=False)
        group = self.env.ref("panier_member.panier_member_group_manager")
        managers = group.all_user_ids.filtered(
            lambda user: (
                not user.share
                and self.company_id in user.company_ids
                and user not in self.author_id | self.create_uid
                and not self._is_of_household(user)
            )
        )
        for manager in managers:
            gesture = self.with_context(lang=manager.lang)
            gesture.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=gesture.env._(
                    "Agree to a gesture of %(amount)s?", amount=self.currency_id.format(sum(self._amounts().values()))
                ),
                user_id=manager.id,
            )

    # === HOW MUCH, OF WHAT === #

    def _amounts(self):
        """What is given of each line of the order; of no order, under an empty key.

        :rtype: dict
        """
        wanted = self.currency_id.round(self.wanted_amount)
        if not self.order_id:
            return {self.line_ids.browse(): wanted}
        order = self.order_id._panier_for_member()
        fees = order.order_line.filtered("is_delivery")
        lines = fees if self.kind == "delivery" else self.line_ids.with_env(order.env) or order.order_line - fees
        lines = (lines & order.order_line).filtered(lambda line: line._panier_claimable() > 0)
        left = {line: line._panier_claimable() for line in lines}
        if self.kind == "delivery" and not wanted:
            return left
        return self._spread(wanted, left)

    def _spread(self, amount, left):
        """Spread an amount over lines in proportion to what is left of each, to the cent (largest remainder)."""
        total = sum(left.values())
        if not total or self.currency_id.compare_amounts(amount, total) > 0:
            raise Refused([self.env["account.move"]._panier_refusal_over(total, self)])
        unit = 10**self.currency_id.decimal_places
        shares = largest_remainder(round(amount * unit), [round(part * unit) for part in left.values()])
        return {line: share / unit for line, share in zip(left, shares, strict=True) if share}

    def _check_amounts(self):
        if not (self.reason or "").strip():
            raise Refused([self._refusal_no_reason()])
        if self.kind == "delivery" and not self.order_id:
            raise Refused([Refusal("no_order", self.env._("Of which order? The fee is that of an order."))])
        if self.currency_id.compare_amounts(sum(self._amounts().values()), 0) <= 0:
            raise Refused([Refusal("no_amount", self.env._("How much? There is nothing to credit."))])

    def _make_note(self):
        """Make the avoir: of the order's invoice where there is one, of the gesture's own product else."""
        partner = self.order_id.partner_id or self.partner_id
        Move = self.env["account.move"].with_context(lang=partner.lang or self.env.lang)
        amounts = self._amounts()
        if self.order_id:
            order = self.order_id.with_env(Move.env)
            notes = Move._panier_make_order_note(order, amounts, self.kind, self.reason)
        else:
            product = self.company_id._panier_goodwill_product().with_env(Move.env)
            line = {
                "product": product,
                "amount": sum(amounts.values()),
                "taxes": product.taxes_id,
                "name": product.display_name,
            }
            notes = Move._panier_make_free_note(
                partner, self.company_id, [line], "goodwill", self.reason, currency=self.currency_id
            )
        self._give(notes)
