from odoo import api, fields, models

from odoo.addons.panier_credit import const
from odoo.addons.panier_member.refusal import Refusal, Refused

#: Written by the server's own methods, never by a till.
_SERVERS_WORD = frozenset({"panier_credit_used", "panier_credit_left", "panier_credit_missing"})

#: What says that it is the server; no browser can send this object.
_BY_SERVER = object()


class PosOrder(models.Model):
    """A ticket paid with a member's credit: what is held becomes spent when the ticket is saved (ADR 0044)."""

    _inherit = "pos.order"

    panier_credit_used = fields.Monetary(
        string="Avoir used", readonly=True, copy=False, help="Of the household's credit, as printed on the ticket."
    )
    panier_credit_left = fields.Monetary(
        string="Avoir left", readonly=True, copy=False, help="What the household could still spend, as printed."
    )
    panier_credit_missing = fields.Monetary(
        string="Avoir missing",
        readonly=True,
        copy=False,
        help="Paid with an avoir that was not there any more when the ticket was settled: it is due on the account.",
    )

    # === WHOSE WORD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a till sends back what it was told; what a forged ticket says of avoirs is not taken."""
        return super().create(
            [{name: value for name, value in vals.items() if name not in _SERVERS_WORD} for vals in vals_list]
        )

    def _panier_write_credit(self, vals):
        """Write what `write` takes from nobody."""
        return self.with_context(panier_by_server=_BY_SERVER).write(vals)

    # === PAID === #

    def action_pos_order_paid(self):
        """Override of `point_of_sale`: no ticket is paid with credit that is not there."""
        self._panier_take_credit()
        return super().action_pos_order_paid()

    def write(self, vals):
        """Override: credit follows the payments of a ticket that is corrected, and is free when it is cancelled."""
        if self.env.context.get("panier_by_server") is not _BY_SERVER:
            vals = {name: value for name, value in vals.items() if name not in _SERVERS_WORD}
        res = super().write(vals)
        if vals.get("state") == "cancel":
            for order in self:
                order._panier_release_credit(self.env._("The ticket was cancelled."))
        elif vals.get("payment_ids"):
            for order in self.filtered(lambda rec: rec.state == "paid" and not rec.account_move):
                order._panier_take_credit()
        return res

    def _panier_credit_payments(self):
        return self.payment_ids.filtered(lambda payment: payment.payment_method_id.panier_is_credit)

    def _panier_credit_paid(self):
        """What the payments of this ticket say was paid with credit.

        :rtype: float
        """
        self.ensure_one()
        return self.currency_id.round(sum(self._panier_credit_payments().mapped("amount")))

    def _panier_credit_transactions(self, states):
        """Credit held for this ticket, or spent on it.

        :rtype: payment.transaction
        """
        self.ensure_one()
        return self.env["payment.transaction"]._panier_of_ticket(self.uuid, states)

    def _panier_release_credit(self, reason):
        """What was held for this ticket is free again."""
        held = self._panier_credit_transactions(const.HELD_STATES)
        held._set_canceled(state_message=reason)
        held.flush_recordset()

    def _panier_take_credit(self):
        """Count on the credit that the payments name: it stays aside until the closing settles it.

        A ticket arrives late when the connection was lost after it was paid. If what was held for it has been spent
        elsewhere meanwhile, the ticket is saved all the same and openly due (law 3): no credit is spent that is not
        there. What the till never asked for is refused.

        :raise Refused:
        """
        self.ensure_one()
        paid = self._panier_credit_paid()
        known = self._panier_credit_transactions((*const.HELD_STATES, "done"))
        counted = known.filtered(lambda tx: tx.state in ("authorized", "done"))
        household = self.partner_id.commercial_partner_id
        if not self._panier_credit_payments() or self.currency_id.is_zero(paid):
            if known:
                self._panier_release_credit(self.env._("The ticket was paid without it."))
            self._panier_print_credit(known.browse())
            return
        if counted.partner_id == household and not self.currency_id.compare_amounts(
            sum(counted.mapped("amount")), paid
        ):
            return
        self._panier_check_credit_payments(paid)
        if counted.filtered(lambda tx: tx.state == "authorized"):
            self._panier_release_credit(self.env._("The payment of the ticket was corrected."))
        self._panier_print_credit(self._panier_count_on_credit(household, paid))

    def _panier_count_on_credit(self, household, paid):
        """:return: the payment, empty where what was once held is gone
        :rtype: payment.transaction
        """
        try:
            with self.env.cr.savepoint():
                tx = self.session_id._panier_hold_credit(self.uuid, household, paid, exactly=True)
        except Refused:
            if not self._panier_was_held(household, paid):
                raise
            self._panier_release_credit(self.env._("The ticket arrived too late."))
            return self.env["payment.transaction"]
        tx._set_authorized()
        # There is nothing to do on Odoo's side before it is settled.
        tx.is_post_processed = True
        return tx

    def _panier_was_held(self, household, amount):
        """Whether the till was once promised this much for this ticket, and gave the goods for it."""
        released = self._panier_credit_transactions(("draft", "pending", "cancel"))
        return any(
            tx.partner_id == household and self.currency_id.compare_amounts(tx.amount, amount) >= 0 for tx in released
        )

    def _panier_print_credit(self, tx):
        """What the ticket says, today and when it is printed again."""
        left = tx and tx.partner_id._panier_credit_available(self.company_id, self.currency_id)
        if tx or self.panier_credit_used or self.panier_credit_left:
            self._panier_write_credit({"panier_credit_used": tx.amount, "panier_credit_left": left or 0.0})

    # === WHAT IS REFUSED === #

    def _panier_check_credit_payments(self, paid):
        """Raise unless credit pays for something of the household's: it is never given back here, nor in cash.

        :raise Refused:
        """
        payments = self._panier_credit_payments()
        if any(self.currency_id.compare_amounts(payment.amount, 0) < 0 for payment in payments):
            raise Refused([self._panier_refusal_refund()])
        if self.currency_id.compare_amounts(paid, self._get_rounded_amount(self.amount_total)) > 0:
            raise Refused([self._panier_refusal_more_than_due()])
        if not self.partner_id:
            raise Refused([self.session_id._panier_refusal_no_customer()])
        company = self.company_id
        if self.currency_id != company.currency_id or payments.payment_method_id.company_id != company:
            raise Refused([self.session_id._panier_refusal_no_till()])

    def _panier_refusal_refund(self):
        return Refusal(
            "credit_refund",
            self.env._("A return is not put on an avoir by the till."),
            self.env._("Give the money back, or ask for a credit note of the sale: it becomes the member's avoir."),
        )

    def _panier_refusal_more_than_due(self):
        return Refusal(
            "credit_more_than_due",
            self.env._("An avoir pays what is due on the ticket, and is not given back in cash."),
            self.env._("Lower the amount of the avoir."),
        )
