from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order import journey


class SaleOrder(models.Model):
    """Whether a basket may be on a ticket, and on which: asked by the list, at loading and before payment."""

    _inherit = "sale.order"

    panier_ticket = fields.Char(
        string="On the ticket", copy=False, readonly=True, help="Identifier of the ticket of a till that holds it."
    )
    panier_ticket_session_id = fields.Many2one(
        "pos.session", string="On a ticket of", copy=False, readonly=True, ondelete="set null"
    )
    panier_ticket_at = fields.Datetime(string="On the ticket since", copy=False, readonly=True)

    @api.model
    def _panier_action_fields(self):
        """Override to protect what the till writes."""
        return super()._panier_action_fields() | {"panier_ticket", "panier_ticket_session_id", "panier_ticket_at"}

    def _panier_for_till(self, config):
        """These orders, for a till that `pos.config._panier_check_till` has let in.

        sudo() is safe: whoever asks works at an open till of the company of these orders, and what the callers return
        is what is on the ticket of their member.

        :raise AccessError: no such order in the company of the till
        """
        orders = self.sudo().exists()
        if orders != self or any(order.company_id != config.company_id for order in orders):
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        return orders

    def _panier_to_pay_at_till(self):
        """Whether there is something to pay: a basket in which nothing was found is only handed over."""
        self.ensure_one()
        return self._panier_owes_at_till() and not self.currency_id.is_zero(self.amount_total)

    def _panier_tickets(self):
        """The paid tickets this order is on.

        :rtype: pos.order
        """
        # sudo: members and preparers may not read tickets; the callers use their names and sums.
        return self.sudo().pos_order_line_ids.order_id.filtered(lambda ticket: ticket.state in ("paid", "done"))

    # === THE RULE === #

    def _panier_till_refusals(self, config, ticket=""):
        """Why this order cannot be paid on this ticket. Empty: it can.

        :param pos.config config: the till
        :param str ticket: uuid of the ticket it is on already, if any
        :rtype: list[Refusal]
        """
        self.ensure_one()
        if self._panier_is_paid_on_the_way(ticket):
            return []
        if refusal := self._panier_till_state_refusal():
            return [refusal]
        if not self._panier_to_pay_at_till():
            return [
                Refusal(
                    "till_nothing_to_pay",
                    self.env._("Basket %(order)s is paid already.", order=self.name),
                    self.env._("Hand it over: nothing is to be paid at the till."),
                )
            ]
        if self._panier_amount_received() or self.currency_id != config.currency_id:
            return [
                Refusal(
                    "till_referent",
                    self.env._("Basket %(order)s was paid in part, or in another currency.", order=self.name),
                    self.env._("Ask a referent."),
                )
            ]
        if self._panier_is_on_another_ticket(ticket):
            return [
                Refusal(
                    "till_on_ticket",
                    self._panier_on_ticket_text(),
                    self.env._("Take it over only if that ticket is not going to be paid."),
                )
            ]
        return []

    def _panier_till_state_refusal(self):
        """:rtype: Refusal or None"""
        name = self.name
        labels = dict(self._fields["panier_state"]._description_selection(self.env))
        match self.panier_state:
            case journey.READY | journey.NOT_COLLECTED:
                return None
            case journey.HANDED_OVER:
                at = format_datetime(self.env, self.panier_handed_over_at, dt_format="short")
                return Refusal(
                    "till_handed_over",
                    self.env._("Basket %(order)s was handed over on %(date)s.", order=name, date=at),
                    self.env._("Take it off this ticket."),
                )
            case journey.CANCELLED:
                return Refusal(
                    "till_cancelled",
                    self.env._("Basket %(order)s is cancelled.", order=name),
                    self.env._("Take it off this ticket."),
                )
            case journey.TO_PREPARE | journey.PREPARING as state:
                return Refusal(
                    "till_not_ready",
                    self.env._("Basket %(order)s is not ready: “%(state)s”.", order=name, state=labels[state]),
                    self.env._("Have its preparation finished first."),
                )
            case _:
                return Refusal(
                    "till_not_confirmed",
                    self.env._("Order %(order)s is not confirmed: nothing is prepared yet.", order=name),
                    self.env._("Ask a referent to confirm it, or sell its products on an ordinary ticket."),
                )

    def _panier_is_paid_on_the_way(self, ticket):
        """Whether it was handed over as “paid at the till” while this very ticket was on its way to be paid."""
        return (
            bool(ticket)
            and self.panier_state == journey.HANDED_OVER
            and self.panier_ticket == ticket
            and bool(self.panier_till_paid_by_id)
            and not self._panier_tickets()
        )

    # === WHICH TICKET HOLDS IT === #

    def _panier_is_on_another_ticket(self, ticket=""):
        """Whether a ticket of a till that is still open holds it. The end of the session is the end of its tickets."""
        return (
            bool(self.panier_ticket)
            and self.panier_ticket != ticket
            and self.panier_ticket_session_id.state not in (False, "closed")
        )

    def _panier_on_ticket_text(self):
        return self.env._(
            "Basket %(order)s is on a ticket of the till “%(till)s” since %(time)s.",
            order=self.name,
            till=self.panier_ticket_session_id.config_id.name,
            time=format_datetime(self.env, self.panier_ticket_at, dt_format="HH:mm"),
        )

    def _panier_take_to_ticket(self, config, ticket, take_over):
        """Note that this ticket holds the basket.

        Two tills at once write the same row: under REPEATABLE READ the second is retried by Odoo, then refused here.
        """
        self.ensure_one()
        refusals = self._panier_till_refusals(config, ticket)
        if take_over:
            refusals = [refusal for refusal in refusals if refusal.code != "till_on_ticket"]
        if refusals:
            raise Refused(refusals)
        if ticket != self.panier_ticket:
            if self._panier_is_on_another_ticket(ticket):
                self._message_log(
                    body=self.env._("Taken over by the till “%(till)s” from another ticket.", till=config.name)
                )
            self._panier_write(
                {
                    "panier_ticket": ticket,
                    "panier_ticket_session_id": config.current_session_id.id,
                    "panier_ticket_at": fields.Datetime.now(),
                }
            )

    @api.model
    def _panier_leave_ticket(self, config, ticket):
        # sudo() is safe: the till was let in, and only forgets what its own company's tickets hold.
        orders = self.sudo().search([("panier_ticket", "=", ticket), ("company_id", "=", config.company_id.id)])
        orders.filtered(lambda order: order.panier_state != journey.HANDED_OVER)._panier_write(
            {"panier_ticket": False, "panier_ticket_session_id": False, "panier_ticket_at": False}
        )
