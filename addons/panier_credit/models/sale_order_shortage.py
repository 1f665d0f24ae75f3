from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from .credit_note import Share
from .sale_order_line_credit import GESTURES


class SaleOrder(models.Model):
    """What was paid for and is not in the basket is on the member's account when the basket is ready (ADR 0042)."""

    _inherit = "sale.order"

    # === HOW MUCH === #

    def _panier_shortage_amount(self, lines):
        """Override of `panier_order`: what the basket is worth less than what was paid, less what was given back."""
        paid = lines.filtered(lambda line: line._panier_invoiced_lines())
        rest = sum(max(line._panier_shortage_rest(), 0.0) for line in paid)
        return rest + super()._panier_shortage_amount(lines - paid) if lines - paid else self.currency_id.round(rest)

    def _panier_credited_for(self, lines):
        """Override of `panier_order`: an avoir that was reversed gives nothing back."""
        return sum(line._panier_given_back() for line in lines)

    def _panier_shortage_notes(self):
        """The avoirs that stand for what was short in this order.

        :rtype: account.move
        """
        return self._panier_standing_notes().filtered(lambda move: move.panier_credit_kind == "shortage")

    def _panier_standing_notes(self):
        """The avoirs of this order that were not taken back.

        :rtype: account.move
        """
        # sudo: members and preparers do not read accounting; the order's own, and callers show them to its household.
        return self.sudo().invoice_ids.filtered(
            lambda move: (
                move.move_type == "out_refund"
                and move.state == "posted"
                and not move.reversal_move_ids.filtered(lambda back: back.state == "posted")
            )
        )

    # === SETTLE === #

    def _panier_apply_preparation(self):
        """Override of `panier_order`: a basket that was opened again may have nothing short any more."""
        super()._panier_apply_preparation()
        if not self.panier_pay_at_till and not self._panier_short_lines() and self._panier_shortage_notes():
            self._panier_settle_shortage(self.order_line.browse())

    def _panier_settle_shortage(self, lines):
        """Override of `panier_order`: one posted credit note for exactly the difference, at once.

        Where it cannot be made (no invoice, a locked period), staff are asked to make it, as without this addon.
        """
        order = self._panier_for_member()
        try:
            with self.env.cr.savepoint():
                order._panier_take_back_shortage()
                order._panier_credit_shortage()
                order._panier_reduce_to_credited()
        except (UserError, RedirectWarning) as error:
            self._message_log(body=self.env._("The avoir could not be made: %(error)s", error=str(error.args[0])))
            super()._panier_settle_shortage(lines)
            return
        # What has no invoice yet cannot be given back: staff.
        if self._panier_shortage_amount(lines):
            super()._panier_settle_shortage(lines)

    def _panier_credit_shortage(self):
        """Give back what is short and was not given back yet."""
        shares = {}
        for line in self._panier_lines():
            amount = min(line._panier_shortage_rest(), line._panier_creditable())
            if line.currency_id.compare_amounts(amount, 0) > 0:
                share = line._panier_shortage_share(amount)
                shares.setdefault(share.line.move_id, []).append(share)
        reason = self.env._("Short in the basket")
        for invoice, of_invoice in shares.items():
            invoice._panier_make_note(of_invoice, "shortage", reason, invoice_origin=self.name)

    def _panier_take_back_shortage(self):
        """The basket was opened again and more was found: what was given back too much is taken back.

        The whole avoir is reversed, and made anew for what is still missing. What the member has spent meanwhile, or
        is spending, stays theirs: staff are told.
        """
        too_much = self._panier_lines().filtered(
            lambda line: line.currency_id.compare_amounts(line._panier_shortage_rest(), 0) < 0
        )
        for note in self._panier_shortage_notes().filtered(lambda move: move.line_ids.sale_line_ids & too_much):
            if note._panier_can_take_back():
                note._panier_take_back(self.env._("The basket was prepared again"))
            else:
                self._panier_tell_staff_kept(note)

    def _panier_tell_staff_kept(self, note):
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Avoir %(note)s: some of it was found after all", note=note.name),
            staff.env._(
                "Order %(order)s was prepared again after the member had used the avoir: it stays theirs. See with "
                "them whether they pay for what was found.",
                order=self.name,
            ),
        )

    def _panier_reduce_to_credited(self):
        """Let the lines say what was paid for and not given back: Odoo has nothing to invoice again."""
        for line in self._panier_lines():
            ordered = line._panier_ordered()
            kept = line.product_uom_id.round(ordered - line._panier_quantity_given_back())
            if line.product_uom_id.compare(kept, line.product_uom_qty):
                whole = not line.product_uom_id.compare(kept, ordered)
                self._panier_set_line_quantity(line, kept, 0 if whole else ordered)

    def _panier_restore_lines(self):
        """Override of `panier_order`: what was given back stays so until the basket is finished again."""
        if self.panier_pay_at_till:
            super()._panier_restore_lines()

    # === TELL === #

    def _panier_shortage_notice(self, lines):
        """Override of `panier_order`: the avoir, what it is for, what the member can spend now."""
        notes = self._panier_shortage_notes()
        if not notes or self._panier_shortage_amount(lines):
            return super()._panier_shortage_notice(lines)
        household = self.partner_id.commercial_partner_id
        return self.env["ir.qweb"]._render(
            "panier_credit.shortage_notice",
            {
                "order": self,
                "notes": notes,
                "balance": household._panier_credit_available(self.company_id, self.currency_id),
                "url": self.get_base_url() + "/my/credit",
            },
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _panier_shortage_rest(self):
        """What is still to be given back for what this line misses; negative when too much was.

        What it was paid less what it would have cost with the quantity that is in the basket: a line that is missing
        altogether gives back exactly what was paid for it.

        :rtype: float
        """
        self.ensure_one()
        target = self._panier_invoiced_total() - self._panier_basket_total() if self._panier_is_short() else 0.0
        return self.currency_id.round(target - self._panier_given_back(but=GESTURES))

    def _panier_is_short(self):
        return not self.product_uom_id.is_zero(self._panier_short())

    def _panier_basket_total(self):
        """What was paid of this line for what is in the basket, tax included.

        :rtype: float
        """
        lines = self._panier_invoiced_lines()
        if self.product_uom_id.is_zero(self.panier_prepared_qty) or not lines:
            return 0.0
        line, AccountTax = lines[-1], self.env["account.tax"].sudo()  # sudo: as `_panier_invoiced_lines`
        base_line = AccountTax._prepare_base_line_for_taxes_computation(
            line.move_id._prepare_product_base_line_for_taxes_computation(line),
            quantity=self.product_uom_id._compute_quantity(self.panier_prepared_qty, line.product_uom_id, round=False),
        )
        AccountTax._add_tax_details_in_base_line(base_line, self.company_id)
        AccountTax._round_base_lines_tax_details([base_line], self.company_id)
        return min(base_line["tax_details"]["total_included_currency"], self._panier_invoiced_total())

    def _panier_shortage_share(self, amount):
        """So much of the line that charges this one, for the quantity that is short and was not given back yet.

        :rtype: Share
        """
        invoice_line = self._panier_invoiced_lines()[-1]
        quantity = max(self._panier_short() - self._panier_quantity_given_back(), 0.0)
        return Share(
            invoice_line,
            amount,
            self.product_uom_id._compute_quantity(quantity, invoice_line.product_uom_id),
            self._panier_shortage_words(),
        )

    def _panier_shortage_words(self):
        """What is short and why, as the preparer said it."""
        words = self.env._(
            "In the basket: %(found)s of %(ordered)s",
            found=self._panier_number(self.panier_prepared_qty),
            ordered=self._panier_number(self._panier_ordered()),
        )
        return f"{words} ({self.panier_mark_reason})" if self.panier_mark_reason else words
