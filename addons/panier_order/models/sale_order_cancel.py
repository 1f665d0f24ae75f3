from odoo import fields, models

from odoo.addons.panier_member.refusal import Refusal, Refused

from .. import journey


class SaleOrder(models.Model):
    """Cancelling: the place is free, the goods stay, what was paid becomes a credit note. Never silence."""

    _inherit = "sale.order"

    # === WHO MAY === #

    def action_panier_cancel(self, reason):
        """Cancel for the member, with a reason that is kept: staff, in every state before the hand-over.

        :param str reason: why, as staff would tell the member
        :raise AccessError: not staff
        :raise Refused: too late, or no reason
        """
        self.check_access("write")
        reason = (reason or "").strip() if isinstance(reason, str) else ""
        if not reason:
            raise Refused([self._panier_cancel_refusal("reason_missing")])
        for order in self:
            order._panier_check_cancel()
            order.with_context(panier_cancel_reason=reason).action_cancel()
        return True

    def _panier_cancel_by_member(self):
        """Cancel for the member who asks, until preparation starts.

        The caller has checked that the order is theirs.

        :raise Refused: too late
        """
        self.ensure_one()
        if not self._panier_member_may_cancel():
            order = self.with_context(lang=self.partner_id._panier_lang())
            raise Refused([order._panier_cancel_refusal("preparation_started")])
        reason = self.env._("Cancelled by the member.")
        self.with_context(panier_cancel_reason=reason).action_cancel()

    def _panier_member_may_cancel(self):
        """Whether the member may cancel now: unconfirmed or not being prepared yet."""
        self.ensure_one()
        if not self._panier_is_ours():
            return False
        return self.state == "sent" or (self.state == "sale" and self.panier_state in journey.MEMBER_MAY_CHANGE)

    def _panier_check_cancel(self):
        """Raise when nobody may cancel this order any more.

        :raise Refused:
        """
        if self.panier_state and not journey.is_allowed(self.panier_state, journey.CANCELLED):
            raise Refused([self._panier_cancel_refusal("order_over")])

    def _panier_cancel_refusal(self, code):
        message, advice = {
            "reason_missing": (self.env._("Please say why the order is cancelled."), ""),
            "preparation_started": (
                self.env._(
                    "Your basket is already being prepared, or is past it: you can no longer cancel it online."
                ),
                self.env._("Please call the shop or come by: we shall find a way."),
            ),
            "order_over": (
                self.env._("This basket was handed over or cancelled already."),
                self.env._("Make a credit note for what has to be put right."),
            ),
        }[code]
        return Refusal(f"cancel_{code}" if code == "order_over" else code, message, advice)

    # === WHAT IT DOES === #

    def _action_cancel(self):
        """Override of `sale`: every way of cancelling an order of ours goes this way.

        :raise Refused: handed over already
        """
        ours = self.filtered(lambda order: order._panier_is_ours() and order.state != "cancel")
        for order in ours:
            order._panier_check_cancel()
        # sudo: staff who cancel may not read drafts of the accountant, which Odoo cancels with the order.
        ours.sudo().invoice_ids.filtered(lambda move: move.state == "draft").button_cancel()
        credits = {order: order._panier_credit_invoices() for order in ours}
        res = super(SaleOrder, self._panier_as_action())._action_cancel()
        for order in ours:
            order._panier_after_cancel(credits[order])
        return res

    def _panier_after_cancel(self, credit_notes):
        """Free the place, end the journey and tell the member what becomes of the money.

        :param account.move credit_notes: posted for this cancellation
        """
        confirmed = bool(self.panier_state)
        self._panier_release_places()
        self._panier_forget_till()
        self._panier_unsettle_shortage()  # the credit notes give back everything, what was short included
        if confirmed:
            self._panier_move(journey.CANCELLED, self.env.context.get("panier_cancel_reason"))
        received = self._panier_amount_received()
        if confirmed or not self.currency_id.is_zero(received):
            self._panier_tell_cancelled(credit_notes, received)

    def _panier_tell_cancelled(self, credit_notes, received):
        order = self._panier_for_member()
        sentences = [order.env._("Your order %(order)s is cancelled.", order=order.name)]
        if credit_notes:
            sentences.append(
                order.env._(
                    "A credit note of %(amount)s (%(number)s) is on your account.",
                    amount=order.currency_id.format(sum(credit_notes.mapped("amount_total"))),
                    number=", ".join(credit_notes.mapped("name")),
                )
            )
        elif not order.currency_id.is_zero(received) and not order._panier_was_invoiced():
            sentences.append(
                order.env._(
                    "What you paid, %(amount)s, is yours: we give it back to you.",
                    amount=order.currency_id.format(received),
                )
            )
            staff = self._panier_for_staff()
            staff._panier_ask_staff(
                staff.env._("Cancelled after a payment that has no invoice"),
                staff.env._(
                    "Void the authorisation or refund the payment: nothing was invoiced, no credit note is needed."
                ),
            )
        order._panier_tell_member(" ".join(sentences))

    # === THE CREDIT NOTES === #

    def _panier_credit_invoices(self):
        """Reverse what was invoiced and not credited yet, to the cent, with posted credit notes.

        The payment stays with its invoice: the credit note is open, hence the member's credit. It settles what was not
        paid of an invoice, if anything.

        :return: the credit notes, posted
        :rtype: account.move
        """
        self.ensure_one()
        # sudo: neither a member nor a salesperson may post accounting entries; the reversal leaves no choice.
        moves = self.sudo().invoice_ids.filtered(lambda move: move.state == "posted")
        credited = self._panier_credited(moves)
        notes = moves.browse()
        for invoice in moves.filtered(lambda move: move.move_type == "out_invoice").sorted("id"):
            notes |= self._panier_credit_invoice(invoice, credited)
        return notes

    def _panier_was_invoiced(self):
        """Whether what was paid has its invoice: then its credit notes say what became of it."""
        # sudo: members may read invoices, staff of the sales not those of everybody; a yes or no.
        return any(move.state == "posted" for move in self.sudo().invoice_ids)

    def _panier_credited(self, moves):
        """What posted credit notes have given back already (a shortage, a gesture), by order line, tax included.

        By amount: a gesture of 0.50 on a line of 2.70 gives back 0.50 of it, whatever its quantity says.

        :rtype: dict[sale.order.line, float]
        """
        credited = {}
        for line in moves.filtered(lambda move: move.move_type == "out_refund").invoice_line_ids:
            for sale_line in line.sale_line_ids[:1]:
                credited[sale_line] = credited.get(sale_line, 0.0) + line.price_total
        return credited

    def _panier_credit_invoice(self, invoice, credited):
        """The posted credit note of one invoice, less what `credited` says was given back (and takes from it)."""
        reason = self.env.context.get("panier_cancel_reason") or self.env._("Cancelled")
        note = invoice._reverse_moves(
            [
                {
                    "date": fields.Date.context_today(invoice),
                    "invoice_date": fields.Date.context_today(invoice),
                    "invoice_origin": self.name,
                    "ref": self.env._("%(invoice)s: %(reason)s", invoice=invoice.name, reason=reason),
                }
            ]
        )
        for line in note.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
            sale_line = line.sale_line_ids[:1]
            given_back = min(credited.get(sale_line, 0.0), line.price_total) if sale_line else 0.0
            if given_back > 0:
                credited[sale_line] -= given_back
                self._panier_reduce_credit(line, given_back)
        if note.currency_id.is_zero(note.amount_total):
            note.unlink()
            return note.browse()
        note.action_post()
        self._panier_settle_with_credit(invoice, note)
        return note

    def _panier_reduce_credit(self, line, given_back):
        """Take what was given back already out of a line of a credit note that is still a draft.

        :param float given_back: tax included, at most the total of the line
        """
        rest = line.price_total - given_back
        if line.currency_id.is_zero(rest):
            line.unlink()
            return
        before = line.price_unit * line.quantity * (1 - line.discount / 100)
        price = line.currency_id.round(before * rest / line.price_total)
        line.write({"quantity": 1, "discount": 0, "price_unit": price})

    def _panier_settle_with_credit(self, invoice, note):
        """What was not paid of the invoice is settled by its own credit note."""
        if not invoice.currency_id.is_zero(invoice.amount_residual):
            receivable = (invoice + note).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
            receivable.reconcile()
