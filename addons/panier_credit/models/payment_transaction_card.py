from datetime import timedelta

from odoo import models
from odoo.tools import format_time

from .. import const


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _panier_credit_card(self):
        """What the household is told about this payment, which takes credit now.

        :return: amount, currency, order (sudo, empty at the till), url (of where to go on), until (when the credit is
            free again, by the clock of the shop) and state: paying (the member has to finish), coming (the card's
            money is on its way), counted (waits for the invoice), refund (going back to the card) or till
        :rtype: dict
        """
        self.ensure_one()
        is_refund = self.operation == "refund"
        order = (self.source_transaction_id if is_refund else self).sale_order_ids[:1]
        until = self.last_state_change + timedelta(minutes=const.HOLD_MINUTES)
        return {
            "amount": self._panier_credit_weight(),
            "currency": self.currency_id,
            "order": order,
            "url": self._panier_credit_card_url(order),
            "until": format_time(
                self.env, until, tz=self.company_id.partner_id.tz or "Europe/Paris", time_format="short"
            ),
            "state": "refund" if is_refund else self._panier_credit_card_state(order),
        }

    def _panier_credit_card_state(self, order):
        if not order:
            return "till"
        if self.state == "authorized" or order.state == "sale":
            return "counted"
        return "coming" if order._panier_money_is_coming() else "paying"

    def _panier_credit_card_url(self, order):
        if not order:
            return ""
        return "/shop/cart" if order.state == "draft" else f"/my/orders/{order.id}"
