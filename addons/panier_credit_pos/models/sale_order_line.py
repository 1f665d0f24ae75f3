from odoo import models


class SaleOrderLine(models.Model):
    """What tickets charged for a line of a basket, and gave back of it, in money and in quantity (ADR 0044)."""

    _inherit = "sale.order.line"

    # === TICKETS === #

    def _panier_sold_at_till(self):
        """The lines of tickets that sold this line.

        :rtype: pos.order.line
        """
        # sudo: neither members nor referents read tickets; callers tell sums of the order's own.
        return self.sudo().pos_order_line_ids.filtered(lambda line: line.order_id._panier_stands())

    def _panier_returned_at_till(self):
        """The lines of tickets that gave back what tickets had sold of this line.

        :rtype: pos.order.line
        """
        sold = self._panier_sold_at_till()
        return (sold.refund_orderline_ids - sold).filtered(lambda line: line.order_id._panier_stands())

    # === IN MONEY, TAX INCLUDED === #

    def _panier_charged(self):
        """Override of `panier_credit`: the ticket is the truth, with or without an invoice of its own (ADR 0043)."""
        if not self.order_id._panier_tickets():
            return super()._panier_charged()
        sold = self._panier_sold_at_till()
        charged = self._panier_sum_at_till(sold, "_panier_charged_cents")
        # What the same ticket took off again was never charged.
        return self.currency_id.round(charged - self._panier_sum_at_till(sold, "_panier_returned_cents"))

    def _panier_returned_amount(self):
        """What was given back at the till, or by reversing the invoice of the ticket.

        :rtype: float
        """
        self.ensure_one()
        sold, returned = self._panier_sold_at_till(), self._panier_returned_at_till()
        return self._panier_sum_at_till(returned, "_panier_returned_cents") + self._panier_sum_at_till(
            sold, "_panier_credited_cents"
        )

    def _panier_sum_at_till(self, lines, method):
        """
        :param pos.order.line lines: of tickets
        :param str method: of `pos.order`, cents by line
        :rtype: float
        """
        cents = 0
        for ticket, of_ticket in lines.grouped("order_id").items():
            amounts = getattr(ticket, method)()
            cents += sum(amounts.get(line, 0) for line in of_ticket)
        return self.currency_id.round(cents / 10**self.currency_id.decimal_places)

    def _panier_claimable(self):
        """Override of `panier_credit`: what was given back at the till is not given back again."""
        left = super()._panier_claimable() - self._panier_returned_amount()
        return max(self.currency_id.round(left), 0.0)

    def _panier_given_back_too_much(self):
        """What avoirs and tickets together gave back beyond what was charged.

        :rtype: float
        """
        self.ensure_one()
        given = self._panier_given_back() + self._panier_returned_amount()
        return max(self.currency_id.round(given - self._panier_charged()), 0.0)

    # === IN QUANTITY === #

    def _panier_returned_quantity(self):
        """What was brought back to the till, in the unit of the line.

        :rtype: float
        """
        self.ensure_one()
        return -self._convert_qty(self, sum(self._panier_returned_at_till().mapped("qty")), "p2s")

    def _panier_claim_refusals(self, quantity=None):
        """Override of `panier_credit`: nothing is reported on what was brought back."""
        refusals = super()._panier_claim_refusals(quantity)
        if not refusals and quantity is not None:
            kept = self.product_uom_qty - self._panier_returned_quantity()
            if self.product_uom_id.compare(quantity, kept) > 0:
                return [self._panier_claim_refusal("quantity")]
        return refusals
