from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """Override of `account`: whoever takes an avoir off an invoice it had paid gives the member their credit back.

        Accountants may; the order's staff are told, for the invoice is due again (ADR 0041).
        """
        paid = self._panier_paid_with_credit()
        amounts = {invoice: sum(partials.mapped("amount")) for invoice, partials in paid.items()}
        res = super().unlink()
        for invoice, amount in amounts.items():
            invoice._panier_tell_staff_unmatched(amount)
        return res

    def _panier_paid_with_credit(self):
        """Those of these matchings that settled a payment with credit, by invoice.

        :rtype: dict[account.move, account.partial.reconcile]
        """
        # sudo: which payments an invoice has is not the accountant's secret to keep from this rule.
        avoirs = self.sudo().filtered(lambda partial: partial.credit_move_id.move_id.move_type == "out_refund")
        by_invoice = avoirs.grouped(lambda partial: partial.debit_move_id.move_id)
        return {
            invoice: partials
            for invoice, partials in by_invoice.items()
            if any(tx._panier_is_credit() and tx.state == "done" for tx in invoice.transaction_ids)
        }
