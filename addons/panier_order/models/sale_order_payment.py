from odoo import models


class SaleOrder(models.Model):
    """Payments of our orders: the till, the invoice, what was paid too much or not enough."""

    _inherit = "sale.order"

    def _panier_till_transactions(self):
        """The choices of the till for this order.

        :rtype: payment.transaction
        """
        # sudo: members may not read transactions; nothing of them leaves the model.
        return self.sudo().transaction_ids.filtered(lambda tx: tx.provider_id._is_panier_till())

    def _panier_last_till_choice(self):
        """The choice that stands, if the order is to be paid at the till.

        :rtype: payment.transaction
        """
        pending = self._panier_till_transactions().filtered(lambda tx: tx.state == "pending")
        return pending.sorted("id")[-1:] if self.panier_pay_at_till else pending.browse()

    def _panier_forget_till(self):
        """The choice of the till is over: the order was cancelled, or paid otherwise after all."""
        # sudo: inside `_panier_till_transactions`; members may not write transactions, these held no money.
        self._panier_till_transactions().filtered(lambda tx: tx.state in ("draft", "pending"))._set_canceled()
        if self.panier_pay_at_till:
            self._panier_write({"panier_pay_at_till": False})

    def _panier_is_to_invoice(self):
        """Whether this order is ours, paid in full and not invoiced yet."""
        self.ensure_one()
        return (
            self._panier_is_ours()
            and self.state == "sale"
            and self._panier_is_settled()
            and not self.invoice_ids.filtered(lambda move: move.state != "cancel")
        )

    def _panier_paid_with(self):
        """How the order was paid, where that takes more words than one amount. Extend it for other ways to pay.

        :return: [{"label", "amount"}], in the language of the context; empty when there is nothing to add
        :rtype: list[dict]
        """
        self.ensure_one()
        return []

    # === MONEY THAT DID NOT SIMPLY PAY (LAW 3: NEVER REFUSED, NEVER SILENT) === #

    def _panier_keep_surplus(self, transaction, surplus):
        """What was paid too much stays on the member's account as credit: the payment is not reconciled.

        :param payment.transaction transaction: the one that brought it
        :param float surplus: in the currency of the order
        """
        order = self._panier_for_member()
        amount = order.currency_id.format(surplus)
        order._panier_tell_member(
            order.env._(
                "We received %(amount)s more than order %(order)s needed (payment %(payment)s). This money is yours: "
                "we give it back to you.",
                amount=amount,
                order=order.name,
                payment=transaction.reference,
            )
        )
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Paid too much: %(amount)s", amount=amount),
            staff.env._(
                "Payment %(payment)s paid for nothing: refund it. The member was told.",
                payment=transaction.reference,
            ),
        )

    def _panier_keep_underpaid(self, transaction):
        """A payment that no longer covers its order, because the basket grew meanwhile: the order waits for the rest.

        It is no cart any more: website_sale would mistake it for one and drop it at each visit.

        :param payment.transaction transaction: the one that came
        """
        rest = self._panier_amount_due()
        if self.currency_id.compare_amounts(rest, 0) <= 0:
            return
        if self.state == "draft":
            self.action_quotation_sent()
        order = self._panier_for_member()
        order._panier_tell_member(
            order.env._(
                "We received %(amount)s for order %(order)s, whose basket has changed meanwhile: %(rest)s is still to "
                "be paid before we can prepare it. Pay the rest here: %(url)s",
                amount=order.currency_id.format(transaction.amount),
                order=order.name,
                rest=order.currency_id.format(rest),
                url=order.get_base_url() + order.get_portal_url(),
            )
        )
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Paid in part"),
            staff.env._("The basket changed while the member was paying. The member was asked to pay the rest."),
            activity="panier_order.activity_paid_in_part",
        )

    def _panier_forget_underpaid(self):
        """The rest was paid: nobody has to do anything about it any more."""
        self.activity_unlink(["panier_order.activity_paid_in_part"])
