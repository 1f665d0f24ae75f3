import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_process
from odoo.tools.misc import clean_context

from odoo.addons.panier_member.refusal import Refusal, Refused

#: What a member, or staff for them, says about a problem.
REPORTED = frozenset({"order_id", "line_id", "kind", "quantity", "words", "photo"})


class PanierCreditClaim(models.Model):
    """A problem a member reports on a line after the hand-over; staff accept, adjust or refuse it in one step."""

    _name = "panier.credit.claim"
    _description = "Problem reported by a member"
    _inherit = "panier.credit.decision"
    _order = "id desc"

    order_id = fields.Many2one(required=True)
    line_id = fields.Many2one("sale.order.line", string="Product", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(
        selection=[
            ("missing", "Missing"),
            ("damaged", "Damaged"),
            ("spoiled", "Not good any more"),
            ("wrong", "Not what I ordered"),
            ("weight", "Wrongly weighed"),
            ("other", "Something else"),
        ],
        string="Problem",
        required=True,
        default="missing",
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0, help="In the unit of the product.")
    product_uom_id = fields.Many2one(related="line_id.product_uom_id")
    words = fields.Text(string="In the member's words")
    photo = fields.Image(max_width=1600, max_height=1600, attachment=True)
    state = fields.Selection(
        selection=[
            ("open", "To decide"),
            ("accepted", "Accepted"),
            ("adjusted", "Adjusted"),
            ("refused", "Refused"),
            ("taken_back", "Taken back"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
        group_expand=True,
    )
    reported_by_id = fields.Many2one("res.users", string="Reported by", readonly=True)
    paid = fields.Monetary(compute="_compute_money", help="What the member paid for this line, tax included.")
    given_back = fields.Monetary(string="Credited before", compute="_compute_money")
    proposed_amount = fields.Monetary(
        string="Proposed", compute="_compute_money", help="For the quantity reported.", groups="base.group_user"
    )
    adjusted_amount = fields.Monetary(string="Another amount", groups="base.group_user")
    with_delivery = fields.Boolean(string="Credit the delivery too", help="Only where you say so.")
    answer = fields.Text(string="Answer to the member")

    _one_open = models.UniqueIndex("(line_id) WHERE state = 'open'", "This problem has already been reported.")
    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity must be positive.")

    # === COMPUTE METHODS === #

    @api.depends("order_id", "line_id", "kind")
    def _compute_display_name(self):
        for claim in self:
            product = claim.line_id.product_id.with_context(display_default_code=False).display_name
            claim.display_name = f"{claim.order_id.name or ''} – {product or ''}"

    @api.depends("line_id", "quantity", "state")
    def _compute_money(self):
        for claim in self:
            # sudo: referents do not read accounting; three sums of this line.
            line = claim.line_id.sudo()
            claim.paid = line._panier_charged() if line else 0.0
            claim.given_back = line._panier_given_back() if line else 0.0
            claim.proposed_amount = line._panier_claim_amount(claim.quantity) if line else 0.0

    # === WHO WRITES WHAT === #

    def _open_states(self):
        return {"open"}

    def _given_states(self):
        return {"accepted", "adjusted"}

    def _open_fields(self):
        return {"adjusted_amount", "with_delivery", "answer", "quantity"}

    @api.model_create_multi
    def create(self, vals_list):
        """Report problems, under the same rules whoever does it: of the member, nobody's word is taken for the rest.

        :raise Refused: not (or no longer) to be reported
        """
        self.check_access("create")
        values = [self._prepare_report(vals) for vals in vals_list]
        # Neither a value of the context nor one of the browser decides.
        claims = super(PanierCreditClaim, self.with_env(self.env(context=clean_context(self.env.context)))).create(
            values
        )
        for claim in claims:
            claim._ask_staff()
        return claims

    @api.model
    def _prepare_report(self, vals):
        known = REPORTED | {"state", "answer", "adjusted_amount", "with_delivery", "message_follower_ids"}
        if unknown := {name for name in vals if vals[name]} - known - {"activity_ids", "message_ids"}:
            raise UserError(self.env._("Not to be said by hand: %(names)s", names=", ".join(sorted(unknown))))
        vals = {name: vals[name] for name in REPORTED & vals.keys()}
        line = self._said_record("sale.order.line", vals.get("line_id"))
        kinds = [kind for kind, _label in self._fields["kind"]._description_selection(self.env)]
        if not line or vals.get("kind", kinds[0]) not in kinds:
            raise Refused([self._refusal_incomplete()])
        line.check_access("read")
        # sudo: what decides whether a problem may be reported is not all readable by whoever reports it.
        line = line.sudo()
        order = line.order_id
        if vals.get("order_id", order.id) != order.id:
            raise UserError(self.env._("This product is not in this order."))
        if refusals := line._panier_claim_refusals(self._said_number(vals.get("quantity", 1.0))):
            raise Refused(refusals)
        return vals | {
            "order_id": order.id,
            "partner_id": order.partner_id.commercial_partner_id.id,
            "company_id": order.company_id.id,
            "currency_id": order.currency_id.id,
            "reported_by_id": self.env.uid,
            "state": "open",
        }

    def write(self, vals):
        """Override: no more than was in the basket, and no amount that is none."""
        if "quantity" in vals:
            self._said_number(vals["quantity"])
            for line in self.line_id.sudo():  # sudo: as `_prepare_report`
                line._panier_check_claim_quantity(vals["quantity"])
        self._said_number(vals.get("adjusted_amount", 0.0))
        return super().write(vals)

    def _refusal_incomplete(self):
        message = self.env._("Please say which product it is about, and what the problem is.")
        return Refusal("claim_incomplete", message)

    @api.model
    def _panier_read_picture(self, content):
        """A picture as it is kept: decoded and made anew, so that nothing but pixels of it remains.

        :param bytes content:
        :return: in base64
        :rtype: bytes
        :raise UserError: it is none
        """
        return base64.b64encode(image_process(content, size=(1600, 1600), quality=85, verify_resolution=True))

    def _ask_staff(self):
        claim = self.sudo()  # sudo: a member cannot leave a to-do; this one is the claim's own.
        staff = claim.order_id._panier_referent()
        claim.with_context(lang=staff.lang).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=claim.with_context(lang=staff.lang).env._("Problem reported: %(what)s", what=claim.display_name),
            user_id=staff.id,
        )

    # === DECIDE === #

    def action_accept(self):
        """Credit what is proposed for the quantity reported."""
        for claim in self._check_decider():
            claim._accept("accepted", claim.proposed_amount)
        return True

    def action_adjust(self, amount=None, answer=None):
        """Credit another amount, with a word to the member.

        :param float amount: tax included; what was written into the form by default
        :param str answer: the word; likewise
        :raise Refused: no amount, no word, or more than was paid
        """
        for claim in self._check_decider():
            credited = self._said_number(claim.adjusted_amount if amount is None else amount)
            claim._accept("adjusted", claim.currency_id.round(credited), claim._answer(answer))
        return True

    def action_refuse(self, answer=None):
        """Credit nothing, and tell the member why.

        :param str answer: what was written into the form by default
        :raise Refused: no sentence
        """
        for claim in self._check_decider():
            claim._decide("refused", answer=claim._answer(answer))
            claim._tell("panier_credit.mail_template_claim_refused", claim)
        return True

    def _check_decider(self):
        """As `_check_staff`, but nobody decides for their own household.

        :raise Refused:
        """
        claims = self._check_staff()
        if any(claim._is_of_household(self.env.user) for claim in claims):
            message = self.env._("This concerns your own household: somebody else decides it.")
            raise Refused([Refusal("own_household", message, self.env._("Ask another referent."))])
        return claims

    def _is_alone(self):
        return self.reported_by_id == self.decided_by_id

    def _check_alone(self, amount):
        """Whoever entered a problem themselves gives what they could give as a gesture, no more.

        :raise Refused:
        """
        # Two for one household at the same moment are counted one after the other.
        self.partner_id._panier_credit_serialize(self.company_id)
        if self.reported_by_id == self.env.user and self._is_beyond_alone(amount):
            message = self.env._("You have entered this problem yourself, and it is beyond what one person may give.")
            raise Refused([Refusal("second_person", message, self.env._("Ask another referent to decide it."))])

    def _answer(self, answer):
        answer = self._said_text(answer if isinstance(answer, str) else self.answer)
        if not answer:
            raise Refused([self._refusal_no_reason()])
        return answer

    def _accept(self, state, amount, answer=None):
        """Decide, then make the avoir: both or nothing."""
        order = self.order_id._panier_for_member()
        if self.currency_id.compare_amounts(amount, 0) <= 0:
            raise Refused([Refusal("claim_nothing", self.env._("There is nothing to credit with this amount."))])
        if self.currency_id.compare_amounts(amount, self.line_id._panier_claimable()) > 0:
            raise Refused([self.env["account.move"]._panier_refusal_over(self.line_id._panier_claimable(), order)])
        lines = self.line_id.with_env(order.env)
        amounts = {lines: amount}
        if self.with_delivery:
            fees = order.order_line.filtered("is_delivery")
            amounts |= {fee: fee._panier_claimable() for fee in fees if fee._panier_claimable()}
        self._check_alone(sum(amounts.values()))
        self._decide(state, answer=answer or self.answer)
        self._give(
            self.env["account.move"]
            .with_env(order.env)
            ._panier_make_order_note(order, amounts, "claim", self._reason(order))
        )

    def _reason(self, order):
        """Why, in the language of the member: what they reported, and what staff answered."""
        claim = self.with_env(order.env)
        kind = dict(claim._fields["kind"]._description_selection(claim.env))[claim.kind]
        product = claim.line_id.product_id.with_context(display_default_code=False).display_name
        words = claim.env._("Problem reported: %(product)s, %(kind)s.", product=product, kind=kind)
        return f"{words} {claim.answer}" if claim.answer else words
