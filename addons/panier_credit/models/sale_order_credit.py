from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.panier_member.refusal import Refused

from .. import const


class SaleOrder(models.Model):
    """Credit on an order: offered, held while the rest is being paid, settled or released (ADR 0041)."""

    _inherit = "sale.order"

    panier_credit_kept = fields.Boolean(
        string="Keep the credit", copy=False, help="The member prefers to keep their credit for another time."
    )

    # === WHAT IS SHOWN === #

    def _panier_credit_offer(self):
        """What the payment page says about credit, to who is looking at it.

        :return: available (what the household could spend on this order, its own hold included), used (what will be
            used: all of it up to what is due), rest (what is then left to pay), kept; all 0 for somebody else
        :rtype: dict
        """
        self.ensure_one()
        held = self._panier_credit_transactions(("draft",))
        due = self._panier_amount_due(but=held)
        available = self._panier_credit_for_order(held) if self._panier_credit_may_pay() else 0.0
        used = 0.0 if self.panier_credit_kept else max(min(available, due), 0.0)
        return {
            "available": available,
            "used": used,
            "rest": self.currency_id.round(due - used),
            "kept": self.panier_credit_kept,
        }

    def _panier_credit_may_pay(self):
        """Whether credit can pay this order at all, asked by this user."""
        return (
            bool(self._panier_action())
            and self.state in ("draft", "sent", "sale")
            and not self.panier_pay_at_till
            and self._panier_credit_is_theirs()
            and self._panier_credit_is_asked_by_household()
        )

    def _panier_credit_for_order(self, but):
        household = self.partner_id.commercial_partner_id
        return household._panier_credit_available(self.company_id, self.currency_id, but=but)

    def _panier_credit_transactions(self, states):
        """Payments of this order with credit.

        :param tuple states: of `payment.transaction`
        :rtype: payment.transaction
        """
        # sudo: members may not read transactions; nothing but sums of this order's leaves the model.
        transactions = self.sudo().transaction_ids
        return transactions.filtered(lambda tx: tx._panier_is_credit() and tx.state in states)

    # === HOLD, RELEASE === #

    def _panier_hold_credit(self):
        """Keep aside all the credit this order can take, for as long as the rest is being paid.

        Asked again it is renewed, and made anew where the amount has changed.

        :return: the payment that holds it, empty when there is nothing to use or the member keeps it
        :rtype: payment.transaction
        :raise Refused: this order may not be paid by this user
        """
        self.ensure_one()
        self._panier_serialize_credit()
        held = self._panier_credit_transactions(("draft",))
        used = self._panier_credit_offer()["used"]
        same = len(held) == 1 and not self.currency_id.compare_amounts(held.amount, used)
        if same and held._panier_credit_fits(self):
            held.last_state_change = fields.Datetime.now()
            return held
        held._set_canceled()
        if self.currency_id.is_zero(used):
            return held.browse()
        return self._panier_create_credit_transaction(used)

    def _panier_serialize_credit(self):
        self.partner_id.commercial_partner_id._panier_credit_serialize(self.company_id)

    def _panier_create_credit_transaction(self, amount):
        # sudo: as Odoo's payment routes do; the guard in `create` looks at the user, who stays the same.
        provider = self.company_id._panier_credit_provider().sudo()
        return (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": provider.payment_method_ids[:1].id,
                    "amount": amount,
                    "currency_id": self.currency_id.id,
                    "partner_id": self.partner_id.id,
                    "operation": "online_direct",
                    "sale_order_ids": [fields.Command.set(self.ids)],
                    "panier_credit_total": self.amount_total,
                }
            )
        )

    def _panier_release_credit(self, reason=""):
        """Give back the credit held for these orders and not counted on yet.

        :param str reason: kept on the payment
        """
        for order in self:
            if held := order._panier_credit_transactions(("draft", "pending")):
                order._panier_serialize_credit()
                held._set_canceled(state_message=reason or None)

    def _panier_keep_credit(self, kept):
        """The member keeps their credit for another time, or uses it after all.

        :param bool kept:
        """
        self.ensure_one()
        self.panier_credit_kept = bool(kept)
        if kept:
            self._panier_release_credit(self.env._("The member keeps their credit."))

    def _panier_release_stranded_credit(self):
        """The card's payment failed: what was held beside it is free, unless another payment is still on its way."""
        for order in self:
            if not order._panier_money_is_coming():
                order._panier_release_credit(order.env._("The payment did not go through."))

    # === PAY === #

    def _panier_pay_with_credit(self):
        """Pay what is due with credit alone: held, counted, confirmed, invoiced and settled at once.

        :return: the payment
        :rtype: payment.transaction
        :raise Refused: the credit does not cover it, or the order may not be paid
        """
        self.ensure_one()
        tx = self._panier_hold_credit()
        if not tx or self.currency_id.compare_amounts(self._panier_amount_due(), 0) > 0:
            raise Refused([self._panier_refusal_no_credit()])
        self._panier_check_payment(tx)
        tx._set_authorized()
        tx._post_process()
        if self._panier_is_to_invoice():
            tx._invoice_sale_orders()
            tx.invoice_ids.filtered(lambda move: move.state == "draft").action_post()
        self._panier_settle_credit()
        return tx

    def _panier_confirm_at_till(self):
        """Override of `panier_order`: what is paid at the till is not paid with credit held online."""
        self._panier_release_credit()
        super()._panier_confirm_at_till()

    def _panier_authorize_credit(self):
        """Money of these orders has come: the credit held beside it counts from now on (law 3: nothing is refused)."""
        for order in self:
            if order.state in ("draft", "sent") or order._panier_credit_transactions(("draft",)):
                order._panier_fit_credit()
            held = order._panier_credit_transactions(("draft",)).filtered(lambda tx: tx._panier_credit_stands())
            held._set_authorized()
            held.is_post_processed = True  # by the card's: one payment, one confirmation, one mail

    def _panier_fit_credit(self):
        """Make the credit held what is missing now: money came late, twice, or for an older basket."""
        held = self._panier_credit_transactions(("draft",))
        rest = self._panier_amount_due(but=held)
        standing = held.filtered(lambda tx: tx._panier_credit_stands())
        if self.currency_id.compare_amounts(rest, 0) <= 0:
            self._panier_release_credit(self.env._("The order was paid without it."))
        elif (
            self.currency_id.compare_amounts(sum(standing.mapped("amount")), rest) > 0
            or not standing
            and self._panier_credit_completes(held, rest)
        ):
            self._panier_hold_credit_quietly()

    def _panier_credit_completes(self, held, rest):
        """Whether credit released meanwhile, by the clock or because the basket changed, would pay the rest."""
        if self.panier_credit_kept or not self._panier_credit_transactions(("draft", "cancel")):
            return False
        return self.currency_id.compare_amounts(self._panier_credit_for_order(held), rest) >= 0

    def _panier_hold_credit_quietly(self):
        """Hold what is missing; where the order may no longer be paid, what happens to its money is told elsewhere."""
        try:
            with self.env.cr.savepoint():
                self.with_user(SUPERUSER_ID)._panier_hold_credit()
        except Refused:
            self._panier_release_credit()

    def _panier_settle_credit(self):
        """Match the credit that counts with the invoices of these orders, once the rest of them is matched."""
        for order in self:
            # sudo: neither members nor sales staff reconcile; the order's own invoices, the household's own avoirs.
            invoices = order.sudo().invoice_ids.filtered(
                lambda move: move.move_type == "out_invoice" and move.state == "posted"
            )
            for tx in order._panier_credit_transactions(("authorized",)):
                for invoice in invoices.sorted("id"):
                    if tx.state == "authorized" and not invoice.currency_id.is_zero(invoice.amount_residual):
                        tx._panier_settle_with(invoice)

    def _panier_money_is_coming(self):
        """Whether another payment of these orders is on its way, or there: nothing is taken from under it.

        :rtype: bool
        """
        # sudo: see `_panier_credit_transactions`
        return any(
            tx.state in ("pending", "authorized", "done") and not tx._panier_is_credit() and tx.operation != "refund"
            for tx in self.sudo().transaction_ids
        )

    # === WHAT CHANGES UNDER IT === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a value of the context keeps nobody's credit."""
        return super(SaleOrder, self.with_context(default_panier_credit_kept=False)).create(vals_list)

    def _action_cancel(self):
        """Override of `panier_order`: what was not settled yet goes back to the member's credit."""
        res = super()._action_cancel()
        for order in self:
            held = order._panier_credit_transactions(const.HELD_STATES)
            if held:
                order._panier_serialize_credit()
                held._set_canceled()
        return res
