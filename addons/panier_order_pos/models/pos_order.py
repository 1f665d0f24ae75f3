import logging

from odoo import api, models

from odoo.addons.panier_member.refusal import Refusal, Refused

from ..browser import is_readable_ticket, line_values

_logger = logging.getLogger(__name__)

#: What names a basket, in a line of a ticket.
_LINKS = ("sale_order_line_id", "sale_order_origin_id", "refunded_orderline_id")


class PosOrder(models.Model):
    """Tickets with baskets on them. A paid ticket is never refused (law 3, ADR 0043)."""

    _inherit = "pos.order"

    # === SAVING TICKETS === #

    @api.model
    def sync_from_ui(self, orders):
        """Override of `pos_sale`: cashiers have no right on the orders it reads and writes.

        The tickets themselves are saved with the cashier's rights (`_process_order`, `read_pos_data`).
        """
        # What this addon says to itself is not taken from a browser.
        tickets = self.with_context(panier_till_sync=False, panier_gone=False)
        tickets._panier_check_tickets(orders)
        tickets._panier_drop_dead_links(orders)
        linked = tickets._panier_linked_orders(orders)
        ours = linked.filtered(lambda order: order._panier_is_ours())
        if not ours:
            return super(PosOrder, tickets).sync_from_ui(orders)
        # Nobody gets further than without us: neither with tickets that are not theirs…
        self.check_access("create")
        self._panier_saved_tickets(orders).with_env(self.env).check_access("read")
        # …nor with orders that are not ours: whoever may not read them is told so by Odoo, as ever.
        if others := linked - ours:
            others.with_env(self.env).check_access("read")
        # sudo() is safe: it serves `pos_sale` to read the baskets and their deliveries, nothing else.
        till = tickets.sudo().with_context(panier_till_sync=True)
        return super(PosOrder, till).sync_from_ui(orders)

    @api.model
    def _process_order(self, order, existing_order):
        """Override of `point_of_sale` to save the ticket with the cashier's rights, and to let go what is gone."""
        if not self.env.context.get("panier_till_sync"):
            return super()._process_order(order, existing_order)
        cashier = self.sudo(False)
        if order.get("state") != "draft":
            cashier = cashier.with_context(panier_gone=cashier._panier_let_go_of_values(order))
        existing = existing_order and existing_order.with_env(cashier.env)
        return super(PosOrder, cashier)._process_order(order, existing)

    def read_pos_data(self, data, config):
        """Override of `point_of_sale` to read with the cashier's rights."""
        if not self.env.context.get("panier_till_sync"):
            return super().read_pos_data(data, config)
        return super(PosOrder, self.sudo(False)).read_pos_data(data, config and config.sudo(False))

    def _process_saved_order(self, draft):
        """Override of `point_of_sale`: a paid ticket hands over its baskets."""
        if draft or self.state == "cancel":
            return super()._process_saved_order(draft)
        gone = self.env.context.get("panier_gone") or {}
        if self.state == "draft":
            gone = gone | self._panier_let_go_of_lines()
        later = self._panier_hand_over_now()
        res = super()._process_saved_order(draft)
        # sudo() is safe: what follows are the baskets of this very ticket, which the cashier may save.
        ticket = self.sudo().with_context(panier_till_sync=False)
        for basket in ticket._panier_baskets():
            basket._panier_settle_on(ticket)
            if later:
                basket._panier_ask_about_date(ticket, later)
        for order in ticket.env["sale.order"].browse(gone):
            if order.company_id == ticket.company_id:
                order._panier_ask_about_ticket(ticket, gone[order.id])
            else:
                _logger.warning("Ticket %s came with an order of another company, %s", ticket.uuid, order.id)
        return res

    def _panier_hand_over_now(self):
        """A basket is handed over at once: no date is kept for later on the ticket that sells it.

        The screen of the till says so before the payment; a ticket that was paid all the same stands (law 3).

        :return: the date that the ticket had, if any
        :rtype: date
        """
        later = self.shipping_date
        # sudo: a cashier may not read orders; whether there are any is the ticket's own.
        if not later or not self.sudo()._panier_baskets():
            return False
        self.shipping_date = False
        return later

    @api.model
    def _panier_check_tickets(self, tickets):
        """Refuse what no till's screen sends.

        :raise Refused:
        """
        if not isinstance(tickets, list) or not all(is_readable_ticket(ticket, _LINKS) for ticket in tickets):
            raise Refused(
                [
                    Refusal(
                        "till_unreadable",
                        self.env._("This ticket cannot be read: something it names does not exist."),
                        self.env._("Reload the till and make the ticket again."),
                    )
                ]
            )

    @api.model
    def _panier_drop_dead_links(self, tickets):
        """What names an order that is no longer there is an ordinary sale (law 3).

        :param list tickets: dicts, as the till sends them; changed
        """
        for name, model in (("sale_order_line_id", "sale.order.line"), ("sale_order_origin_id", "sale.order")):
            alive = set(self._panier_named(tickets, name, model).ids)
            for ticket in tickets:
                for vals in line_values(ticket):
                    if vals.get(name) and vals[name] not in alive:
                        _logger.warning(
                            "Ticket %s names %s %s, which does not exist", ticket["uuid"], model, vals[name]
                        )
                        vals[name] = False

    # === WHICH BASKETS === #

    def _panier_baskets(self):
        """The baskets this ticket sells, in part at least. Only with `sudo()`."""
        self.ensure_one()
        sold = self.lines.filtered(lambda line: line.sale_order_line_id and line.qty > 0)
        return sold.sale_order_line_id.order_id.filtered("panier_state")

    @api.model
    def _panier_linked_orders(self, tickets):
        """Every order that saving these tickets touches: by their lines, saved ones included, and what they refund.

        :param list tickets: dicts, as the till sends them
        :return: with sudo(), for the caller to decide
        :rtype: sale.order
        """
        lines = self._panier_saved_tickets(tickets).lines
        origins = self._panier_named(tickets, "sale_order_origin_id", "sale.order")
        order_lines = self._panier_named(tickets, "sale_order_line_id", "sale.order.line")
        return origins | order_lines.order_id | lines.sale_order_origin_id | lines.sale_order_line_id.order_id

    @api.model
    def _panier_saved_tickets(self, tickets):
        """What is saved already of these tickets, and the tickets they refund.

        :param list tickets: dicts, as the till sends them
        :return: with sudo(), for the caller to decide
        :rtype: pos.order
        """
        # sudo: whoever sends a ticket may not read it; the caller decides.
        saved = self.sudo().search([("uuid", "in", [ticket.get("uuid") for ticket in tickets])])
        return saved | self._panier_named(tickets, "refunded_orderline_id", "pos.order.line").order_id

    @api.model
    def _panier_named(self, tickets, name, model):
        """The records that the lines of these tickets name in a field, with sudo()."""
        values = [vals for ticket in tickets for vals in line_values(ticket)]
        return self.env[model].sudo().browse({vals[name] for vals in values if vals.get(name)}).exists()

    # === WHAT CANNOT BE HONOURED === #

    @api.model
    def _panier_let_go_of_values(self, ticket):
        """Unlink, in what the till sends, the orders of ours that the ticket can no longer settle.

        :param dict ticket: a paid ticket; changed
        :return: {id of the order: why}
        :rtype: dict
        """
        config = self.env["pos.session"].browse(ticket.get("session_id")).config_id
        gone = {}
        for vals in line_values(ticket):
            line = self.env["sale.order.line"].sudo().browse(vals.get("sale_order_line_id") or [])
            origin = self.env["sale.order"].sudo().browse(vals.get("sale_order_origin_id") or [])
            orders = (line.exists().order_id | origin.exists())._panier_not_on(config, ticket.get("uuid"), bool(line))
            if orders:
                vals |= {"sale_order_line_id": False, "sale_order_origin_id": False}
                gone |= orders
        return gone

    def _panier_let_go_of_lines(self):
        """The same for lines that are saved already.

        :return: {id of the order: why}
        :rtype: dict
        """
        gone = {}
        # sudo: a cashier may not read orders; the lines are those of the ticket they are saving.
        for line in self.sudo().lines:
            orders = (line.sale_order_line_id.order_id | line.sale_order_origin_id)._panier_not_on(
                self.config_id, self.uuid, bool(line.sale_order_line_id)
            )
            if orders:
                line.write({"sale_order_line_id": False, "sale_order_origin_id": False})
                gone |= orders
        return gone
