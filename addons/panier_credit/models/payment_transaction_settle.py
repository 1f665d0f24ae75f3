from odoo import api, models

from .. import const


class PaymentTransaction(models.Model):
    """From held to settled: the card is matched with the invoice first, then the avoirs, oldest first (ADR 0041)."""

    _inherit = "payment.transaction"

    def _post_process(self):
        """Override of `sale`: credit held beside the card counts once its money is there, and is settled after."""
        money = self.filtered(lambda tx: not tx._panier_is_credit() and tx.operation not in ("refund", "validation"))
        arrived = money.filtered(lambda tx: tx.state in ("authorized", "done") and not tx.is_post_processed)
        arrived.sale_order_ids._panier_authorize_credit()
        super()._post_process()
        money.filtered(lambda tx: tx.state in ("cancel", "error")).sale_order_ids._panier_release_stranded_credit()
        arrived.sale_order_ids._panier_settle_credit()
        for tx in self.filtered(lambda tx: tx.operation == "refund" and tx.state == "done"):
            tx._panier_match_refund()

    def _create_payment(self, **extra_create_values):
        """Override of `account_payment`: no money moves when credit is spent, the avoirs are matched instead."""
        if not self._panier_is_credit():
            return super()._create_payment(**extra_create_values)
        return self.env["account.payment"]

    def _capture(self, amount_to_capture=None):
        """Override of `payment`: to capture credit is to match it with the invoice."""
        if not self._panier_is_credit():
            return super()._capture(amount_to_capture)
        self.sale_order_ids._panier_settle_credit()
        return self

    def _void(self, amount_to_void=None):
        """Override of `payment`: to void credit is to release it, unless the order counts on it already."""
        if not self._panier_is_credit():
            return super()._void(amount_to_void)
        self.filtered(lambda tx: not tx._panier_is_due())._set_canceled()
        return self

    def _panier_is_due(self):
        """Whether a confirmed order counts on this credit."""
        self.ensure_one()
        return any(order.state == "sale" for order in self.sale_order_ids)

    # === MATCHING === #

    def _panier_settle_with(self, invoice):
        """Match this credit with the household's avoirs, oldest first, if the invoice is ready for it.

        :param account.move invoice: posted
        :return: whether it is settled
        :rtype: bool
        """
        self.ensure_one()
        rest = self._panier_rest(invoice)
        exactly = self.currency_id.compare_amounts(rest, self.amount) <= 0
        if not exactly and self._panier_waits_for_money():
            return False
        # First, for the state of the invoice says "paid" where a payment with credit is done.
        self.invoice_ids |= invoice
        self._set_done()
        # Not by `_post_process`: there is neither an order to confirm nor a payment to make.
        self.is_post_processed = True
        left = self._panier_match_notes(invoice, min(rest, self.amount))
        if self.currency_id.compare_amounts(left, 0) > 0:
            self._panier_tell_staff_missing(invoice, left)
        return True

    def _panier_rest(self, moves):
        """What is still to be matched of some invoices or receivable lines.

        :param moves: account.move, or account.move.line
        :rtype: float
        """
        return self.currency_id.round(sum(self._panier_due_lines(moves).mapped("amount_residual_currency")))

    @api.model
    def _panier_due_lines(self, moves):
        lines = moves if moves._name == "account.move.line" else moves.line_ids
        return lines.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled)

    def _panier_waits_for_money(self):
        """Whether another payment of this order has its entry, or its money, still to come."""
        others = self.sale_order_ids.transaction_ids.filtered(lambda tx: not tx._panier_is_credit())
        return any(tx.state in ("pending", "authorized") or tx.state == "done" and not tx.payment_id for tx in others)

    def _panier_match_notes(self, due, amount):
        """Match so much of what is due with the household's avoirs, oldest first.

        :param due: account.move, or receivable account.move.line
        :return: what no avoir was left for
        :rtype: float
        """
        left = amount
        for note in self.partner_id._panier_credit_lines(self.company_id, self.currency_id):
            for line in self._panier_due_lines(due):
                # The member's account may have been changed meanwhile: other accounts cannot be matched.
                if line.account_id == note.account_id and not note.reconciled:
                    left -= self._panier_match_line(line, note, left)
        return self.currency_id.round(left)

    def _panier_match_line(self, line, note, amount):
        """Match at most so much of one line with one avoir.

        :return: how much was matched
        :rtype: float
        """
        most = min(line.amount_residual_currency, -note.amount_residual_currency)
        used = self.currency_id.round(min(amount, most))
        if self.currency_id.compare_amounts(used, 0) <= 0:
            return 0.0
        if self.currency_id.compare_amounts(used, most):
            self._panier_match_part(line, note, used)
        else:
            (line + note).reconcile()
        return used

    def _panier_match_part(self, due, note, amount):
        """Match less than both lines have left, which `reconcile` cannot: the rest is paid otherwise."""
        company = self.company_id
        rate = 1.0 if self.currency_id == company.currency_id else note.balance / note.amount_currency
        self.env["account.partial.reconcile"].create(
            {
                "debit_move_id": due.id,
                "credit_move_id": note.id,
                "amount": company.currency_id.round(amount * rate),
                "debit_amount_currency": amount,
                "credit_amount_currency": amount,
            }
        )

    def _panier_tell_staff_missing(self, invoice, missing):
        """Somebody used the held avoir for something else meanwhile: the order stands, the invoice is openly due."""
        staff = self.sale_order_ids._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Avoir used twice: %(amount)s is missing", amount=self.currency_id.format(missing)),
            staff.env._(
                "Order %(order)s was paid with an avoir that had been matched by hand with something else before it "
                "was settled. Invoice %(invoice)s remains open: undo that matching, or ask the member for the amount.",
                order=self.sale_order_ids.name,
                invoice=invoice.name,
            ),
        )

    def _panier_match_refund(self):
        """Match money given back with what it gives back: money that paid for nothing, then the avoirs.

        Those of the same order first.
        """
        self.ensure_one()
        if not self._panier_refunds_our_order():
            return
        receivable = self.payment_id.move_id.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        order = self.source_transaction_id.sale_order_ids[:1]
        unused = self.source_transaction_id.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        notes = self.partner_id._panier_credit_lines(self.company_id, self.currency_id)
        own = notes.filtered(lambda line: order in line.move_id.line_ids.sale_line_ids.order_id)
        for line in [*unused, *own, *(notes - own)]:
            if open_line := receivable.filtered(lambda rec: not rec.reconciled):
                (open_line + line).reconcile()

    # === THE JOB === #

    @api.model
    def _cron_panier_credit(self):
        """Release what nobody finished, settle what waits for it, however long ago (law 4)."""
        held = self.search([("provider_code", "=", const.PROVIDER_CODE), ("state", "in", const.HELD_STATES)])
        for done, tx in enumerate(held, 1):
            if tx._panier_credit_stands():
                tx._panier_settle_waiting()
            else:
                tx._set_canceled(state_message=self.env._("Not finished in time: the credit is free again."))
            self.env["ir.cron"]._commit_progress(1, remaining=len(held) - done)

    def _panier_settle_waiting(self):
        """Settle, if what it waited for is there. Extend it for credit spent elsewhere than on an order."""
        if self.state == "authorized":
            self.sale_order_ids._panier_settle_credit()
