from datetime import timedelta

from odoo import fields, models

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order import journey


class SaleOrder(models.Model):
    """Problems the member reports after the hand-over (ADR 0042)."""

    _inherit = "sale.order"

    panier_claim_ids = fields.One2many("panier.credit.claim", "order_id", string="Problems reported")

    def _panier_claim_deadline(self):
        """Until when a problem may be reported, ``None`` where it cannot be.

        :rtype: datetime
        """
        self.ensure_one()
        days = self.company_id.sudo().panier_claim_days  # sudo: a member may not read the settings of the company.
        if self.panier_state != journey.HANDED_OVER or not self.panier_handed_over_at or not days:
            return None
        return self.panier_handed_over_at + timedelta(days=days)

    def _panier_may_claim(self):
        """Whether a problem may be reported now, by the clock (law 4)."""
        deadline = self._panier_claim_deadline()
        return bool(deadline) and fields.Datetime.now() <= deadline

    def _panier_claim_lines(self):
        """What a problem may be reported on.

        :rtype: sale.order.line
        """
        if not self._panier_may_claim():
            return self.order_line.browse()
        return self._panier_lines().filtered(lambda line: not line._panier_claim_refusals())

    def _panier_claims_for_member(self):
        """The problems reported on this order, with what staff answered.

        :rtype: panier.credit.claim
        """
        # sudo: the caller has checked that the order is the household's own.
        return self.sudo().panier_claim_ids

    def _panier_report(self, line_id, **values):
        """Report a problem for the member who asks. The caller has checked that the order is theirs.

        :param int line_id:
        :param values: ``kind``, ``quantity``, ``words``, ``photo``
        :rtype: panier.credit.claim
        :raise Refused:
        """
        self.ensure_one()
        line = self._panier_lines().filtered(lambda line: line.id == line_id)
        kinds = [kind for kind, _label in self.panier_claim_ids._fields["kind"]._description_selection(self.env)]
        if not line or values.get("kind") not in kinds:
            raise Refused([self.panier_claim_ids._refusal_incomplete()])
        # sudo: members have no right to create claims; `create` asks the rule, whoever reports.
        return self.env["panier.credit.claim"].sudo().create({"line_id": line.id, **values})


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    panier_claim_ids = fields.One2many("panier.credit.claim", "line_id", string="Problems reported")

    # === MONEY === #

    def _panier_charged(self):
        """What the member was charged for this line, tax included: by invoice, else at the till.

        :rtype: float
        """
        self.ensure_one()
        if self._panier_invoiced_lines():
            return self.currency_id.round(self._panier_invoiced_total())
        return self.price_total if self.order_id.panier_till_paid_at else 0.0

    def _panier_claimable(self):
        """What can still be given back for this line, however it was paid.

        :rtype: float
        """
        return max(self.currency_id.round(self._panier_charged() - self._panier_given_back()), 0.0)

    def _panier_claim_amount(self, quantity):
        """What so much of this line was worth, as far as it was not given back yet.

        :param float quantity: in the unit of the line
        :rtype: float
        """
        kept = self.product_uom_qty
        if self.product_uom_id.is_zero(kept):
            return 0.0
        # Of the money, what was short is given back already, as it is of the quantity.
        short = self._panier_given_back() - self._panier_given_back(but=("shortage",))
        worth = (self._panier_charged() - short) * min(quantity / kept, 1.0)
        return min(self.currency_id.round(worth), self._panier_claimable())

    # === WHETHER === #

    def _panier_claim_refusals(self, quantity=None):
        """What speaks against reporting a problem on this line now.

        :param float quantity: the one reported, if it is known
        :rtype: list[Refusal]
        """
        self.ensure_one()
        code = self._panier_claim_obstacle()
        if not code and quantity is not None and not self._panier_is_claim_quantity(quantity):
            code = "quantity"
        return [self._panier_claim_refusal(code)] if code else []

    def _panier_is_claim_quantity(self, quantity):
        """Whether there was so much of it in the basket, counted as precisely as quantities are kept."""
        unit = self.product_uom_id
        return unit.compare(quantity, 0) > 0 and unit.compare(quantity, self.product_uom_qty) <= 0

    def _panier_check_claim_quantity(self, quantity):
        """
        :raise Refused: nothing, or more than was in the basket
        """
        if not self._panier_is_claim_quantity(quantity):
            raise Refused([self._panier_claim_refusal("quantity")])

    def _panier_claim_obstacle(self):
        """The code of what makes it impossible to report anything on this line now, ``None`` where nothing does."""
        order = self.order_id
        claims = self.sudo().panier_claim_ids  # sudo: whoever reported it, once is enough.
        states = set(claims.mapped("state"))
        obstacles = {
            "not_handed_over": self not in order._panier_lines() or order.panier_state != journey.HANDED_OVER,
            "too_late": not order._panier_may_claim(),
            "twice": "open" in states,
            "refused": "refused" in states and not self.env["res.users"]._panier_may_decide(),
            "credited": not self._panier_claimable(),
        }
        return next((code for code, stands in obstacles.items() if stands), None)

    def _panier_claim_refusal(self, code):
        call = self.env._("Please call the shop or come by: we shall find a way.")
        message, advice = {
            "not_handed_over": (self.env._("A problem is reported after the basket was collected."), call),
            "too_late": (self.env._("The time to report a problem with this basket is over."), call),
            "twice": (
                self.env._("You have already reported a problem with this product."),
                self.env._("We shall answer you soon."),
            ),
            "refused": (self.env._("We have already answered you about this product."), call),
            "credited": (self.env._("What you paid for this product was given back already."), ""),
            "quantity": (
                self.env._("How much of it is concerned? At most what was in the basket."),
                self.env._("Correct the quantity and send again."),
            ),
        }[code]
        return Refusal(f"claim_{code}", message, advice)
