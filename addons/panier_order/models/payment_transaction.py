from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import str2bool

from odoo.addons.payment.controllers.post_processing import PaymentPostProcessing
from odoo.addons.payment.logging import get_payment_logger

_logger = get_payment_logger(__name__)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    # === THE TILL: A CHOICE, NOT MONEY === #

    def _apply_updates(self, payment_data):
        """Override of `payment_custom`: only the browser that chose the till says so.

        `/payment/custom/process` is public, without CSRF protection, and references can be guessed.
        """
        if self.provider_id._is_panier_till() and request and not self._panier_is_of_this_visitor():
            _logger.warning("Ignored a choice of the till from a stranger, transaction %s", self.reference)
            return
        super()._apply_updates(payment_data)

    def _panier_is_of_this_visitor(self):
        """Whether this transaction was started in the session of the current request."""
        return request.session.get(PaymentPostProcessing.MONITORED_TX_ID_KEY) == self.id

    def _post_process(self):
        """Override of `sale` to confirm the orders to be paid at the till, and to settle what was paid too much.

        The choice of the till is not money: the rule is asked again, a refusal cancels the transaction with a message.
        """
        for tx in self.filtered(lambda tx: tx.state == "pending" and tx.provider_id._is_panier_till()):
            tx._panier_confirm_at_till()
        money = self.filtered(
            lambda tx: tx.state == "done" and not tx.is_post_processed and tx.operation not in ("refund", "validation")
        )
        super()._post_process()
        for tx in money:
            tx._panier_follow_up_payment()

    def _panier_confirm_at_till(self):
        """Confirm the order of this transaction, or cancel the transaction and say why."""
        order = self.sale_order_ids
        if len(order) == 1 and order.state == "sale" and order._panier_last_till_choice() == self:
            return  # Confirmed by this very choice: asked again, changes nothing.
        try:
            # A savepoint: a refusal half-way leaves no half-confirmed order behind.
            with self.env.cr.savepoint():
                self._panier_check_till_choice(order)
                order.with_context(send_email=True)._panier_confirm_at_till()
        except UserError as refusal:
            self._set_canceled(state_message=str(refusal))

    def _panier_check_till_choice(self, order):
        """Raise when the order may not be confirmed by this choice (any more).

        :raise UserError:
        """
        if len(order) != 1 or order.state not in ("draft", "sent"):
            raise UserError(self.env._("This order is no longer waiting to be confirmed."))
        order._panier_check_payment(self)

    # === ONLINE: MONEY, NEVER REFUSED (LAW 3) === #

    def _check_amount_and_confirm_order(self):
        """Override of `sale` to invoice our orders when they are paid, whatever the general setting (ADR 0021)."""
        confirmed = super()._check_amount_and_confirm_order()
        # sudo: the setting is no secret, and decides nothing the visitor could gain from.
        if str2bool(self.env["ir.config_parameter"].sudo().get_param("sale.automatic_invoice") or "False"):
            return confirmed  # Odoo does it, a moment later.
        for tx in self.filtered(lambda tx: tx.state == "done"):
            order = tx.sale_order_ids
            if len(order) == 1 and order._panier_is_to_invoice():
                tx._invoice_sale_orders()
        return confirmed

    def _panier_follow_up_payment(self):
        """Say what became of money that did not simply pay its order: too much, too late, or not enough."""
        order = self.sale_order_ids
        # By the rule, not by the delivery method: a basket emptied in another tab has none any more.
        if len(order) != 1 or not order._panier_action():
            return
        if order.state in ("draft", "sent"):
            order._panier_keep_underpaid(self)
            return
        order._panier_forget_underpaid()
        if order.panier_pay_at_till and order._panier_is_settled():
            order._panier_forget_till()
        surplus = self._panier_surplus(order)
        if order.currency_id.compare_amounts(surplus, 0) > 0:
            order._panier_keep_surplus(self, surplus)

    def _panier_surplus(self, order):
        """What this payment brought beyond what was due; each cent is told by one payment, in the order they came.

        :return: in the currency of the order
        :rtype: float
        """
        due = order.amount_total if order.state == "sale" else 0.0
        now = (self.last_state_change, self.id)
        # sudo: members may not read transactions; only the sum of this order's leaves this method.
        later = order.sudo().transaction_ids.filtered(lambda tx: (tx.last_state_change or now[0], tx.id) > now)
        before = order._panier_amount_received(but=self | later)
        return max(before + self.amount - due, 0.0) - max(before - due, 0.0)
