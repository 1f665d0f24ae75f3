from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order import journey


class SaleOrder(models.Model):
    """What a paid ticket does to its baskets, once: handed over, delivered and invoiced by the ticket (ADR 0043)."""

    _inherit = "sale.order"

    # === PAID ON A TICKET === #

    def _panier_settle_on(self, ticket):
        """This ticket is paid: the basket is handed over, and the order becomes what was sold.

        :param pos.order ticket: paid, with lines of this order
        """
        self.ensure_one()
        if self.panier_state == journey.HANDED_OVER:
            self._panier_replace_hand_over(ticket)
        changes = self._panier_keep_what_was_sold(ticket)
        self._panier_close_deliveries()
        # These choices held no money. The order stays one that was paid at the till.
        self._panier_till_transactions().filtered(lambda tx: tx.state in ("draft", "pending"))._set_canceled()
        name = self._panier_short_name(self.partner_id.name)
        now = fields.Datetime.now()
        self._panier_move(
            journey.HANDED_OVER,
            self.env._("Paid on ticket %(ticket)s and handed over to %(name)s", ticket=ticket.name, name=name),
            panier_handed_over_at=now,
            panier_handed_over_to=name,
            panier_handed_over_by_id=self.env.user.id,
            panier_till_paid_at=now,
            panier_till_paid_by_id=self.env.user.id,
            panier_ticket=ticket.uuid,
            panier_ticket_session_id=False,
            panier_ticket_at=False,
        )
        if changes:
            self._message_log(body=self.env._("Changed at the till: %(changes)s", changes=", ".join(changes)))

    def _panier_replace_hand_over(self, ticket):
        """It was handed over as “paid at the till” while the cashier was taking the money: the ticket delivers."""
        self._panier_move(
            journey.READY,
            self.env._("The delivery is replaced by that of ticket %(ticket)s", ticket=ticket.name),
            panier_till_paid_at=False,
            panier_till_paid_by_id=False,
        )
        self._panier_take_back()

    def _panier_keep_what_was_sold(self, ticket):
        """Set the lines to what is on the ticket: what the member left is neither delivered nor invoiced.

        :return: what changed, as sentences for the chatter
        :rtype: list[str]
        """
        changes = []
        for line in self.order_line.filtered(lambda line: not line.display_type and not line.is_downpayment):
            on_ticket = ticket.lines.filtered(lambda each, line=line: each.sale_order_line_id == line)
            sold = line._convert_qty(line, sum(on_ticket.mapped("qty")), "p2s")
            if line.qty_delivered_method == "manual":
                line.qty_delivered = sold  # a fee that is invoiced as delivered
            if line.product_uom_id.compare(sold, line.product_uom_qty) == 0:
                continue
            changes.append(
                self.env._(
                    "%(product)s: %(sold)s instead of %(prepared)s",
                    product=line.product_id.display_name,
                    sold=line._panier_number(sold),
                    prepared=line._panier_number(line.product_uom_qty),
                )
            )
            self._panier_set_line_quantity(line, sold, line._panier_ordered())
        return changes

    def _panier_close_deliveries(self):
        """Nothing is left to deliver: the ticket's own delivery has taken what was sold."""
        self.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).action_cancel()

    def _panier_not_on(self, config, ticket, has_line):
        """Those of these orders that this paid ticket cannot settle.

        :param pos.config config: the till
        :param str ticket: uuid of the ticket
        :param bool has_line: whether it sells a line of the order; a down payment does not
        :return: {id of the order: why}
        :rtype: dict
        """
        gone = {}
        for order in self.filtered(lambda order: order._panier_is_ours()):
            staff = order._panier_for_staff()  # who will read why
            if order.company_id != config.company_id:
                gone[order.id] = staff.env._("It belongs to another shop.")
            elif not has_line:
                gone[order.id] = staff.env._("A basket is paid in full, not in part.")
            elif order._panier_is_paid_on_the_way(ticket):
                continue
            elif refusal := staff._panier_till_state_refusal():
                gone[order.id] = refusal.message
            elif not order._panier_owes_at_till():
                gone[order.id] = staff.env._("It is paid already.")
        return gone

    def _panier_ask_about_ticket(self, ticket, reason):
        """A ticket was paid for a basket it could not hand over: it stays an ordinary ticket, staff decide (law 3).

        :param pos.order ticket: paid, no longer linked to this order
        :param str reason: why the basket could not be handed over
        """
        self.ensure_one()
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Ticket %(ticket)s was paid for this basket as well", ticket=ticket.name),
            staff.env._(
                "%(reason)s The ticket stands as an ordinary sale and has taken its goods out of stock. If the member "
                "paid twice, refund it at the till: that puts them back.",
                reason=reason,
            ),
        )

    def _panier_ask_about_date(self, ticket, later):
        """A ticket with a date for later was paid for this basket: it is handed over at once, staff see to the rest.

        :param pos.order ticket: paid, which kept no date
        :param date later: what the cashier had chosen
        """
        self.ensure_one()
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._(
                "Ticket %(ticket)s was to be delivered on %(date)s",
                ticket=ticket.name,
                date=format_date(staff.env, later),
            ),
            staff.env._(
                "A basket is handed over when it is paid: the ticket has delivered everything on it and kept no date. "
                "If the member left something in the shop, see with them how they get it."
            ),
        )

    # === HANDED OVER WITHOUT A TICKET === #

    def _panier_hand_over_at_till(self, config):
        """Hand over what is paid for already. The cashier has checked who takes it.

        :raise Refused: not ready, or to be paid first
        """
        self.ensure_one()
        if self.panier_state == journey.HANDED_OVER and self.panier_handed_over_by_id == self.env.user:
            return
        if refusal := self._panier_till_state_refusal():
            raise Refused([refusal])
        if self._panier_to_pay_at_till():
            raise Refused(
                [
                    Refusal(
                        "till_to_pay",
                        self.env._("Basket %(order)s is to be paid at the till first.", order=self.name),
                        self.env._("Load it on a ticket."),
                    )
                ]
            )
        name = self._panier_short_name(self.partner_id.name)
        now = fields.Datetime.now()
        paid = {"panier_till_paid_at": now, "panier_till_paid_by_id": self.env.user.id}
        self._panier_move(
            journey.HANDED_OVER,
            self.env._("Handed over to %(name)s at the till “%(till)s”", name=name, till=config.name),
            panier_handed_over_at=now,
            panier_handed_over_to=name,
            panier_handed_over_by_id=self.env.user.id,
            **(paid if self._panier_owes_at_till() else {}),  # nothing was found: nothing to pay
        )
        self._panier_deliver()

    # === AFTERWARDS === #

    def action_panier_undo_hand_over(self, reason):
        """Override: what a ticket has sold comes back by refunding that ticket, which the accounts know of.

        :raise Refused:
        """
        for order in self._panier_for_preparer():
            if tickets := order._panier_tickets():
                raise Refused(
                    [
                        Refusal(
                            "paid_on_ticket",
                            self.env._(
                                "Basket %(order)s was paid on ticket %(ticket)s.",
                                order=order.name,
                                ticket=", ".join(tickets.mapped("name")),
                            ),
                            self.env._("Refund that ticket at the till."),
                        )
                    ]
                )
        return super().action_panier_undo_hand_over(reason)

    def _panier_hand_over_basket(self):
        """Override: no button for what would be refused."""
        basket = super()._panier_hand_over_basket()
        return basket | {"may_undo": basket["may_undo"] and not self._panier_tickets()}

    def _panier_amount_received(self, states=("authorized", "done"), but=None):
        """Override of `panier_member`: what tickets brought, less what they gave back, is no longer due."""
        received = super()._panier_amount_received(states, but)
        lines = self._panier_tickets().lines.filtered(lambda line: line.sale_order_line_id.order_id == self)
        refunds = lines.refund_orderline_ids.filtered(lambda line: line.order_id.state in ("paid", "done"))
        return received + sum((lines | refunds).mapped("price_subtotal_incl"))

    def _create_upsell_activity(self):
        """Override of `sale`: where a ticket's delivery replaces another, both count for a moment.

        There is nothing to sell besides, and Odoo would delete what staff are asked to do about the basket.
        """
        return super(SaleOrder, self.filtered(lambda order: not order.panier_state))._create_upsell_activity()

    def _panier_is_to_invoice(self):
        """Override: a ticket is in the accounts already, with or without an invoice of its own."""
        return super()._panier_is_to_invoice() and not self._panier_tickets()
