from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.panier_member.refusal import Refusal, Refused

from .. import const

#: What was checked when credit was held.
_FIXED = frozenset({"amount", "currency_id", "partner_id", "provider_id", "sale_order_ids", "panier_credit_total"})


class PaymentTransaction(models.Model):
    """Credit being spent: held, then settled or released; who may, and how much (ADR 0041)."""

    _inherit = "payment.transaction"

    panier_credit_total = fields.Monetary(
        string="Held for a total of",
        currency_field="currency_id",
        readonly=True,
        help="Of the order at that moment: credit held for a basket that has changed since counts no more.",
    )

    # === WHAT IT WEIGHS ON THE CREDIT === #

    def _panier_is_credit(self):
        """Whether this payment is a member's credit being spent."""
        self.ensure_one()
        return self.provider_code == const.PROVIDER_CODE

    def _panier_credit_weight(self):
        """How much of the household's credit this transaction takes now, by the clock, beside the ledger.

        :return: in its currency; 0 once it is settled, released or past its time
        :rtype: float
        """
        self.ensure_one()
        if self._panier_is_credit():
            return self.amount if self._panier_credit_stands() else 0.0
        if self.operation == "refund" and self._panier_refunds_our_order():
            return self._panier_refund_unmatched()
        return 0.0

    def _panier_credit_stands(self):
        """Whether this credit is kept aside now.

        A hold nobody finishes ends by the clock, one for a basket that changed ends with the change, whether or not
        the job has tidied them (law 4); neither ends while the card's part of the same order is on its way.
        """
        self.ensure_one()
        if self.state == "authorized":
            return True
        if self.state not in const.HELD_STATES:
            return False
        # sudo: the order decides, whoever asks.
        order = self.sudo().sale_order_ids
        if order._panier_money_is_coming():
            return True
        recent = self.last_state_change > fields.Datetime.now() - timedelta(minutes=const.HOLD_MINUTES)
        return recent and self._panier_credit_fits(order)

    def _panier_credit_fits(self, order):
        """Whether the order is still the one this credit was held for. Without an order, there is nothing to change.

        :param sale.order order: at most one
        """
        if not order:
            return True
        same_total = not self.currency_id.compare_amounts(order.amount_total, self.panier_credit_total)
        return same_total and order.partner_id.commercial_partner_id == self.partner_id.commercial_partner_id

    # === WHO MAY, HOW MUCH: NO ROUTE WALKS AROUND THIS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment`: credit is spent, and money given back, within what the household has (law 2)."""
        transactions = super().create(vals_list)
        for tx in transactions:
            if tx._panier_is_credit():
                tx._panier_check_credit()
            elif tx.operation == "refund" and tx._panier_refunds_our_order():
                tx._panier_check_refund()
        return transactions

    def write(self, vals):
        """Override: an amount that is being spent does not change; it is released, and asked for again."""
        if _FIXED & vals.keys() and any(tx._panier_is_credit() for tx in self):
            raise Refused([self._panier_refusal_credit_fixed()])
        return super().write(vals)

    def _panier_check_credit(self):
        """Raise unless this is all the credit that its order can take; the order's own guard has been asked already.

        :raise Refused:
        """
        self.ensure_one()
        if self.operation == "refund" or self.source_transaction_id:
            raise Refused([self._panier_refusal_credit_fixed()])
        if not self._panier_credit_has_origin():
            raise Refused([self._panier_refusal_credit_origin()])
        if self.company_id != self.provider_id.company_id or self.state != "draft":
            raise Refused([self._panier_refusal_credit_origin()])

    def _panier_credit_has_origin(self):
        """Whether this credit is spent where credit can be. Extend it for another place than an order.

        :rtype: bool
        """
        self.ensure_one()
        # sudo: the order decides, whoever asks.
        order = self.sudo().sale_order_ids
        return len(order) == 1 and bool(order._panier_action()) and not self.invoice_ids

    def _panier_refusal_credit_origin(self):
        return Refusal(
            "credit_origin",
            self.env._("Credit pays an order of its own household, in the shop it was given by."),
            self.env._("Reload the page and try again."),
        )

    def _panier_refusal_credit_fixed(self):
        return Refusal(
            "credit_fixed",
            self.env._("Credit that is being spent cannot be changed by hand."),
            self.env._("Cancel the payment and make it again; what was spent already is given back by a credit note."),
        )

    # === MONEY GIVEN BACK TO A CARD === #

    def _panier_refunds_our_order(self):
        """Whether this refund gives back what one of our orders brought."""
        self.ensure_one()
        # sudo: the orders decide, whoever asks.
        orders = self.sudo().source_transaction_id.sale_order_ids
        return any(order._panier_action() for order in orders)

    def _panier_check_refund(self):
        """Raise unless the member has this money: a credit note not spent yet, or a payment that paid for nothing.

        Without this a member could be refunded by card, and spend the avoir of the same order too.

        :raise Refused:
        """
        self.ensure_one()
        household = self.partner_id.commercial_partner_id
        household._panier_credit_serialize(self.company_id)
        free = household._panier_credit_left(self.company_id, self.currency_id, but=self)
        free = max(free + self.source_transaction_id._panier_payment_residual(), 0.0)
        if self.currency_id.compare_amounts(-self.amount, free) > 0:
            raise Refused(
                [
                    Refusal(
                        "refund_without_credit",
                        self.env._(
                            "%(amount)s cannot be refunded: the member has %(free)s of credit.",
                            amount=self.currency_id.format(-self.amount),
                            free=self.currency_id.format(free),
                        ),
                        self.env._("Make the credit note first: the refund then uses it up."),
                    )
                ]
            )

    def _panier_payment_residual(self):
        """What the payment of this transaction has paid for nothing yet: no invoice was made, or it was too much.

        :rtype: float
        """
        if not self.sale_order_ids._panier_was_invoiced():
            refunds = self.child_transaction_ids.filtered(lambda tx: tx.operation == "refund" and tx.state == "done")
            return self.amount + sum(refunds.mapped("amount"))
        return self._panier_entry_residual()

    def _panier_entry_residual(self):
        lines = self.payment_id.move_id.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        return abs(sum(lines.mapped("amount_residual_currency")))

    def _panier_refund_unmatched(self):
        """What of this refund has not used up a credit note, or money paid for nothing, yet.

        :rtype: float
        """
        if not self.source_transaction_id.sale_order_ids._panier_was_invoiced():
            return 0.0
        if self.state != "done":
            return -self.amount if self.state in const.HELD_STATES else 0.0
        if self.payment_id.move_id:
            return self._panier_entry_residual()
        return 0.0 if self.payment_id.state == "paid" else -self.amount
