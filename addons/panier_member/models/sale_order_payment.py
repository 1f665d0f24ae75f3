from odoo import models

from ..refusal import Refusal, Refused


class SaleOrder(models.Model):
    """Which payments an order of ours takes (laws 1 and 3, ADR 0003)."""

    _inherit = "sale.order"

    # === WHAT IS PAID, WHAT IS DUE === #

    def _panier_amount_received(self, states=("authorized", "done"), but=None):
        """Sum of the order's transactions in the given states, net of what was refunded.

        :param tuple states: states of `payment.transaction` that count.
        :param payment.transaction but: a transaction left out.
        :return: in the order's currency.
        :rtype: float
        """
        self.ensure_one()
        # sudo: members may not read transactions; only the sum of those of this order leaves this method.
        transactions = self.sudo().transaction_ids.filtered(lambda tx: tx.state in states)
        transactions -= but or transactions.browse()
        refunds = transactions.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.state == "done"
        )
        return sum((transactions | refunds).mapped("amount"))

    def _panier_amount_due(self, but=None):
        """What is still to be paid: the total less all payments done, authorized or on their way.

        :param payment.transaction but: a transaction left out, the one being checked.
        :return: in the order's currency, never rounded up.
        :rtype: float
        """
        self.ensure_one()
        coming = self._panier_amount_received(("pending", "authorized", "done"), but)
        return self.currency_id.round(self.amount_total - coming)

    def _panier_is_settled(self):
        """Whether the order is paid for. A settled order is never refused (law 3). Extend it for other ways to pay.

        :rtype: bool
        """
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        return compare(self.amount_total, 0) > 0 and compare(self._panier_amount_received(), self.amount_total) >= 0

    # === WHAT IS REFUSED === #

    def _panier_check_payment(self, transaction):
        """Raise when the transaction may not pay this order (ADR 0003).

        :param payment.transaction transaction: just created, linked to this order only.
        :raise Refused:
        """
        self.ensure_one()
        order = self.with_context(lang=self.partner_id._panier_lang())
        refusals = order._panier_refusals() if self.state in ("draft", "sent") else []
        if refusals := refusals + order._panier_payment_refusals(transaction):
            raise Refused(refusals)

    def _panier_payment_refusals(self, transaction):
        """What speaks against this payment.

        :param payment.transaction transaction:
        :rtype: list[Refusal]
        """
        if self.state == "cancel":
            return [self._panier_refusal_cancelled()]
        due = self._panier_amount_due(but=transaction)
        if self.currency_id.compare_amounts(due, 0) <= 0:
            return [self._panier_refusal_already_paid()]
        return [
            *self._panier_amount_refusals(transaction, due),
            *self._panier_provider_refusals(transaction),
            *self._panier_payer_refusals(transaction),
        ]

    def _panier_refusal_cancelled(self):
        return Refusal(
            "payment_cancelled",
            self.env._("This order was cancelled."),
            self.env._("Please make a new order."),
            "/shop",
        )

    def _panier_refusal_already_paid(self):
        return Refusal(
            "payment_already_paid",
            self.env._("This order has already been paid, or a payment is on its way."),
            self.env._("You have nothing to pay. Reload the page to see where your order is."),
            self.get_portal_url(),
        )

    def _panier_amount_refusals(self, transaction, due):
        """The amount is what is due, to the cent, in the order's currency; the browser's word is not taken for it."""
        if transaction.operation == "validation":
            # A card registration never belongs to an order: Odoo would count it as a payment of it.
            return [
                Refusal(
                    "payment_operation",
                    self.env._("Registering a card does not pay an order."),
                    self.env._("Reload the page and pay again."),
                )
            ]
        same_currency = transaction.currency_id == self.currency_id
        if same_currency and not self.currency_id.compare_amounts(transaction.amount, due):
            return []
        return [
            Refusal(
                "payment_amount" if same_currency else "payment_currency",
                self.env._(
                    "The amount to pay is %(due)s, not %(amount)s.",
                    due=self.currency_id.format(due),
                    amount=transaction.currency_id.format(transaction.amount),
                ),
                self.env._("The order may have changed. Reload the page and pay again."),
            )
        ]

    def _panier_provider_refusals(self, transaction):
        """The way to pay is one Odoo offers for this order, not one chosen in the browser's developer tools."""
        # sudo: as Odoo's own payment pages do; the user stays the one who pays, so unpublished providers stay hidden.
        provider = transaction.sudo().provider_id
        offered = provider._get_compatible_providers(
            self.company_id.id,
            transaction.partner_id.id,
            transaction.amount,
            currency_id=transaction.currency_id.id,
            sale_order_id=self.id,
            website_id=self.website_id.id,
        )
        method = transaction.sudo().payment_method_id
        method = method.primary_payment_method_id or method
        token = transaction.sudo().token_id
        if (
            provider in offered
            and method in provider.payment_method_ids
            and (not token or token.provider_id == provider)
        ):
            return []
        return [
            Refusal(
                "payment_provider",
                self.env._("This way to pay is not available for this order."),
                self.env._("Reload the page and choose one of those shown."),
            )
        ]

    def _panier_payer_refusals(self, transaction):
        """A member pays their household's orders; staff may pay for anybody."""
        payer = transaction.partner_id.commercial_partner_id
        owners = (self.partner_id | self.partner_invoice_id).commercial_partner_id
        if payer in owners or self.env.user._is_internal():
            return []
        return [
            Refusal(
                "payment_partner",
                self.env._("This order belongs to another member."),
                self.env._("Please sign in with the account the order was made with."),
            )
        ]
