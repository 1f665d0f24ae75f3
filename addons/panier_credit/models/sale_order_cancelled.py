from odoo import models

from .credit_note import Share


class SaleOrder(models.Model):
    """The avoirs of a cancelled order: all that was invoiced, its delivery too, less what was given back already."""

    _inherit = "sale.order"

    def _panier_credited(self, moves):
        """Override of `panier_order`: an avoir that was reversed gives nothing back."""
        return {line: line._panier_given_back() for line in moves.line_ids.sale_line_ids}

    def _panier_credit_invoice(self, invoice, credited):
        """Override of `panier_order`: by the one maker of avoirs; what reverses an avoir is no charge."""
        if invoice._panier_is_note_reversal():
            return invoice.browse()
        order = self._panier_for_member()
        invoice = invoice.with_env(order.env(su=True))  # sudo: as `panier_order`
        shares = []
        for line, parts in invoice._panier_parts(invoice.invoice_line_ids).items():
            paid = invoice.currency_id.round(sum(parts.values()))
            before = line._panier_before(paid)
            quantity = line.quantity if invoice.currency_id.is_zero(before) else 0.0
            shares.append(Share(line, invoice.currency_id.round(paid - before), quantity))
        reason = self.env.context.get("panier_cancel_reason") or order.env._("Cancelled")
        note = invoice._panier_make_note(shares, "cancellation", reason, invoice_origin=self.name)
        if note:
            self._panier_settle_with_credit(invoice, note)
        return note
