from odoo import models

#: Kinds of avoirs that give money back for goods the member keeps: no quantity is given back with them.
GESTURES = ("claim", "goodwill", "delivery")


class SaleOrderLine(models.Model):
    """What was invoiced for a line, what was given back of it, what still can be (ADR 0042)."""

    _inherit = "sale.order.line"

    # === IN MONEY, TAX INCLUDED === #

    def _panier_invoiced_lines(self):
        """The lines of posted invoices that charge these lines; not the reversals of avoirs.

        :rtype: account.move.line
        """
        # sudo: neither members nor preparers read invoices; callers tell sums of the order's own.
        return self.sudo().invoice_lines.filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.move_id.move_type == "out_invoice"
                and not line.move_id._panier_is_note_reversal()
            )
        )

    def _panier_invoiced_total(self):
        """What was invoiced for these lines: all of an invoice's lines add up to the invoice.

        :rtype: float
        """
        lines = self._panier_invoiced_lines()
        return sum(sum(parts.values()) for parts in lines.move_id._panier_parts(lines).values())

    def _panier_given_back(self, but=()):
        """What avoirs give back for these lines, drafts included, less what was taken back: reversed and posted.

        :param tuple but: kinds of avoirs that are left out
        :rtype: float
        """
        total = 0.0
        for line in self.sudo().invoice_lines.filtered(lambda line: line.parent_state != "cancel"):  # sudo: as above
            move = line.move_id
            if move.move_type == "out_refund" and move.panier_credit_kind not in but:
                total += line.price_total
            # What the accountant only prepares to take back, the member still has.
            elif move.state != "posted" or not move._panier_is_note_reversal():
                continue
            elif move.reversed_entry_id.panier_credit_kind not in but:
                total -= line.price_total
        return total

    def _panier_creditable(self):
        """What can still be given back for this line.

        :rtype: float
        """
        self.ensure_one()
        return max(self.currency_id.round(self._panier_invoiced_total() - self._panier_given_back()), 0.0)

    # === IN QUANTITY === #

    def _panier_quantity_given_back(self):
        """The quantity that avoirs for what was short give back, in the unit of the line.

        :rtype: float
        """
        self.ensure_one()
        quantity = 0.0
        for line in self.sudo().invoice_lines.filtered(lambda line: line.parent_state == "posted"):  # sudo: as above
            if (line.move_id.panier_credit_kind or line.move_id.reversed_entry_id.panier_credit_kind) == "shortage":
                credited = line.product_uom_id._compute_quantity(line.panier_credited_qty, self.product_uom_id)
                quantity += credited if line.move_id.move_type == "out_refund" else -credited
        return quantity

    def _prepare_qty_invoiced(self):
        """Override of `sale`: an avoir of ours gives back the quantity it says, whatever its line is counted in.

        A gesture of 0.50 on a crate takes no crate out of what was invoiced: nobody is to invoice it again.
        """
        quantities = super()._prepare_qty_invoiced()
        for line in self:
            quantities[line] += sum(
                invoice_line._panier_quantity_correction(line.product_uom_id)
                for invoice_line in line._get_invoice_lines()
                if invoice_line.parent_state != "cancel"
            )
        return quantities

    def _compute_qty_invoiced_posted(self):
        """Override of `sale`: see `_prepare_qty_invoiced`."""
        super()._compute_qty_invoiced_posted()
        for line in self:
            line.qty_invoiced_posted += sum(
                invoice_line._panier_quantity_correction(line.product_uom_id)
                for invoice_line in line._get_invoice_lines()
                if invoice_line.parent_state == "posted"
            )
