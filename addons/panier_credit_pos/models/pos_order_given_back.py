from collections import Counter

from odoo import models

from odoo.addons.panier_credit.split import largest_remainder

from ..shares import net


class PosOrder(models.Model):
    """What tickets charged and gave back, line by line, for whoever gives an avoir for the same goods (ADR 0044).

    Amounts are in cents of the ticket, tax included. Callers pass tickets with sudo().
    """

    _inherit = "pos.order"

    def _panier_stands(self):
        """Whether money changed hands for this ticket."""
        self.ensure_one()
        return self.state not in ("draft", "cancel")

    def _panier_cents(self, amount):
        return round(amount * 10**self.currency_id.decimal_places)

    def _panier_charged_cents(self):
        """What was paid for each line that was sold: they add up to the ticket.

        :rtype: dict
        """
        amounts = {line: self._panier_cents(line.price_subtotal_incl) for line in self.lines if line.qty >= 0}
        # The ticket is what was paid: what its lines say more or less is spread over what was sold.
        others = sum(self._panier_cents(line.price_subtotal_incl) for line in self.lines if line.qty < 0)
        return net(amounts, self._panier_cents(self.amount_total) - others)

    def _panier_returned_cents(self):
        """What was given back for each line that was returned, positive.

        :rtype: dict
        """
        amounts = {line: -self._panier_cents(line.price_subtotal_incl) for line in self.lines if line.qty < 0}
        return net(amounts, sum(amounts.values()))

    def _panier_credited_cents(self):
        """What an accountant gave back of each line by reversing the invoice of the ticket, drafts included.

        An invoice's lines do not say which line of the ticket they charge: what is credited of a product is spread
        over the lines with this product, anything else over all.

        :rtype: dict
        """
        self.ensure_one()
        notes = self.account_move.reversal_move_ids.filtered(
            lambda move: (
                move.move_type == "out_refund"
                and move.state != "cancel"
                and not move.pos_order_ids  # the invoice of a refund at the till: counted as returned
                and not move.reversal_move_ids.filtered(lambda back: back.state == "posted")
            )
        )
        charged = {}
        for ticket in self.account_move.pos_order_ids if notes else ():
            charged |= ticket._panier_charged_cents()
        credited = Counter()
        for note_line in notes.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
            same = {line: cents for line, cents in charged.items() if line.product_id == note_line.product_id}
            among = same if sum(same.values()) else charged
            if sum(among.values()):
                shares = largest_remainder(self._panier_cents(max(note_line.price_total, 0.0)), list(among.values()))
                credited.update(dict(zip(among, shares, strict=True)))
        return credited

    # === GIVEN BACK TWICE === #

    def _process_saved_order(self, draft):
        """Override of `point_of_sale`: an avoir may have given back already what this ticket gives back."""
        res = super()._process_saved_order(draft)
        if not draft and self.state != "cancel":
            # sudo: a cashier may read neither orders nor avoirs; staff are told about those of this ticket.
            self.sudo()._panier_tell_given_back_twice()
        return res

    def _panier_tell_given_back_twice(self):
        """The money is out of the till (law 3): staff are asked to see with the member."""
        lines = self.lines.refunded_orderline_id.sale_order_line_id
        for order in lines.order_id.filtered("panier_state"):
            # Whoever gives an avoir for the same goods at this moment comes one after the other.
            order.partner_id.commercial_partner_id._panier_credit_serialize(order.company_id)
            twice = sum((lines & order.order_line).mapped(lambda line: line._panier_given_back_too_much()))
            if order.currency_id.compare_amounts(twice, 0) > 0:
                staff = order._panier_for_staff()
                staff._panier_ask_staff(
                    staff.env._("Given back twice: %(amount)s", amount=order.currency_id.format(twice)),
                    staff.env._(
                        "Ticket %(ticket)s gave money back for products that an avoir had been made for. Take the "
                        "avoir back, or see with the member.",
                        ticket=self.name,
                    ),
                )
