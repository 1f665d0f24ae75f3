from odoo import models


class PosOrder(models.Model):
    """From counted on to settled: what a ticket left due is matched with the avoirs (ADR 0044)."""

    _inherit = "pos.order"

    # === WHAT IS DUE === #

    def _panier_due_lines(self):
        """The receivable lines that the credit of this ticket settles: its invoice's, or its own of the closing entry.

        :rtype: account.move.line
        """
        self.ensure_one()
        # sudo: neither cashiers nor the job's user need read accounting; the ticket's own entries.
        ticket = self.sudo()
        lines = ticket._panier_credit_payments().panier_due_line_id or ticket.account_move.line_ids
        return lines.filtered(
            lambda line: (
                line.account_type == "asset_receivable" and line.parent_state == "posted" and not line.reconciled
            )
        )

    def _panier_settle_credit(self):
        """Match the credit that counts with what these tickets left due. Run twice it changes nothing."""
        tickets = self.sudo()  # sudo: see `_panier_due_lines`
        for order in tickets:
            for tx in order._panier_credit_transactions(("authorized",)):
                tx._panier_settle_ticket(order._panier_due_lines())
        # Once all are settled: they may share one invoice.
        for order in tickets:
            order._panier_tell_missing()

    def _panier_tell_missing(self):
        """Once: what was paid with an avoir and found none is due by the member, and somebody has to ask for it."""
        self.ensure_one()
        missing = self._panier_missing()
        if self.panier_credit_missing or self.currency_id.compare_amounts(missing, 0) <= 0:
            return
        self._panier_write_credit({"panier_credit_missing": missing})
        # The rule of who gets to-dos is the orders'.
        order = self.env["sale.order"].new({"company_id": self.company_id.id, "user_id": False})
        referent = order._panier_referent()
        partner = self.partner_id.with_context(lang=referent.lang or self.env.lang)
        partner.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=partner.env._("Avoir missing at the till: %(amount)s", amount=self.currency_id.format(missing)),
            note=partner.env._(
                "Ticket %(ticket)s was paid with an avoir that had been used for something else before it was "
                "settled. %(entry)s remains open: undo that matching, or ask the member for the amount.",
                ticket=self.pos_reference or self.name,
                entry=", ".join(self._panier_due_lines().move_id.mapped("name")),
            ),
            user_id=referent.id,
        )

    def _panier_missing(self):
        """What the payments with credit left due.

        :rtype: float
        """
        due = sum(self._panier_due_lines().mapped("amount_residual"))
        if not self._panier_credit_payments().panier_due_line_id:
            # An invoice is due for whatever else is paid later, too.
            payments = self.account_move.pos_order_ids.payment_ids.filtered(
                lambda payment: payment.payment_method_id.type == "pay_later"
            )
            due -= sum(payments.filtered(lambda rec: not rec.payment_method_id.panier_is_credit).mapped("amount"))
        return self.currency_id.round(min(due, self._panier_credit_paid()))

    # === INVOICED TICKETS === #

    def _reconcile_invoice_payments(self, invoice, payment_moves):
        """Override of `point_of_sale`: after the money, the avoirs; the invoice that is sent says paid."""
        super()._reconcile_invoice_payments(invoice, payment_moves)
        self.filtered(lambda order: order._panier_credit_payments())._panier_settle_credit()

    def _create_misc_reversal_move(self, payment_moves):
        """Override of `point_of_sale`: an invoice made after the closing is not due a second time.

        The closing entry's line was settled by the avoirs; its reversal is what pays the invoice.
        """
        super()._create_misc_reversal_move(payment_moves)
        if not self._panier_credit_payments():
            return
        household = self.partner_id.commercial_partner_id
        moves = self.sudo().reversed_move_ids + self.sudo().account_move  # sudo: see `_panier_due_lines`
        lines = moves.line_ids.filtered(
            lambda line: (
                line.account_type == "asset_receivable"
                and not line.reconciled
                and line.partner_id.commercial_partner_id == household
            )
        )
        for account_lines in lines.grouped("account_id").values():
            account_lines.reconcile()
