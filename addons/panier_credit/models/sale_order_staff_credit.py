from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.panier_member.refusal import Refusal, Refused


class SaleOrder(models.Model):
    """Staff use a member's credit for them, as the member would on the payment page (law 8)."""

    _inherit = "sale.order"

    panier_credit_available = fields.Monetary(
        string="Member's credit",
        compute="_compute_panier_credit_available",
        help="What the household could spend on this order now.",
    )
    panier_credit_covers = fields.Boolean(
        compute="_compute_panier_credit_available", help="For the views: whether it pays everything that is due."
    )
    panier_credit_used = fields.Monetary(string="Credit used", compute="_compute_panier_credit_used")

    @api.depends("partner_id", "amount_total", "state", "transaction_ids.state")
    def _compute_panier_credit_available(self):
        self.panier_credit_available, self.panier_credit_covers = 0.0, False
        for order in self:
            if not order._origin or not order.partner_id or not order._panier_credit_may_pay():
                continue
            held = order._panier_credit_transactions(("draft",))
            due = order._panier_amount_due(but=held)
            order.panier_credit_available = order._panier_credit_for_order(held)
            compare = order.currency_id.compare_amounts
            order.panier_credit_covers = compare(due, 0) > 0 and compare(order.panier_credit_available, due) >= 0

    @api.depends("transaction_ids.state")
    def _compute_panier_credit_used(self):
        for order in self:
            order.panier_credit_used = sum(order._panier_credit_transactions(("authorized", "done")).mapped("amount"))

    def action_panier_pay_with_credit(self):
        """Confirm an order that the member's credit pays in full, for a member who asks at the desk or by phone.

        What it does not cover is paid by the member: the page of the payment link uses the credit first.

        :raise Refused: what the member would be told online
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env["res.users"]._panier_may_decide():
            raise AccessError(self.env._("Only referents use a member's credit for them."))
        # sudo: as on the payment page, the order is asked; who asks stays who they are.
        order = self.sudo().with_context(lang=self.partner_id._panier_lang())
        if not self._panier_is_ours() or self.state not in ("draft", "sent"):
            raise Refused([order._panier_refusal_no_credit()])
        if not self.panier_credit_covers:
            raise Refused([self._panier_refusal_not_covered()])
        if order.panier_credit_kept:
            order._panier_keep_credit(False)
        order.with_context(send_email=True)._panier_pay_with_credit()
        self.message_post(body=self.env._("Paid with the member's credit, at their request."))
        return True

    def _panier_refusal_not_covered(self):
        return Refusal(
            "credit_too_small",
            self.env._(
                "The member has %(credit)s of credit, %(due)s is to be paid.",
                credit=self.currency_id.format(self.panier_credit_available),
                due=self.currency_id.format(self._panier_amount_due()),
            ),
            self.env._("Send the payment link: the credit is used first there, the card pays the rest."),
        )
