import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class PosOrder(models.Model):
    """Tickets with baskets on them. A paid ticket is never refused (law 3, ADR 0043)."""

    _inherit = "pos.order"

    # === SAVING TICKETS === #

    @api.model
    def sync_from_ui(self, orders):
        """Override of `pos_sale`: cashiers have no right on the orders it reads and writes.

        The tickets themselves are saved with the cashier's rights (`_process_order`, `read_pos_data`).
        """
        linked = self._panier_linked_orders(orders)
        ours = linked.filtered(lambda order: order._panier_is_ours())
        if not ours:
            return super().sync_from_ui(orders)
        # Nobody gets further than without us: neither with tickets that are not theirs…
        self.check_access("create")
        self._panier_saved_tickets(orders).with_env(self.env).check_access("read")
        # …nor with orders that are not ours: whoever may not read them is told so by Odoo, as ever.
        if others := linked - ours:
            others.with_env(self.env).check_access("read")
        # sudo() is safe: it serves `pos_sale` to read the baskets and their deliveries, nothing else.
        till = self.sudo().with_context(panier_till_sync=True)
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
        res = super()._process_saved_order(draft)
        # sudo() is safe: what follows are the baskets of this very ticket, which the cashier may save.
        ticket = self.sudo().with_context(panier_till_sync=False)
        for basket in ticket._panier_baskets():
            basket._panier_settle_on(ticket)
        for order in ticket.env["sale.order"].browse(gone):
            if order.company_id == ticket.company_id:
                order._panier_ask_about_ticket(ticket, gone[order.id])
            else:
                _logger.warning("Ticket %s came with an order of another company, %s", ticket.uuid, order.id)
        return res

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
        values = [vals for ticket in tickets for vals in self._panier_line_values(ticket)]
        return self.env[model].sudo().browse({vals[name] for vals in values if vals.get(name)}).exists()

    @api.model
    def _panier_line_values(self, ticket):
        """The values of the lines that a till sends for a ticket, for reading and changing."""
        return [
            command[2]
            for command in ticket.get("lines") or []
            if len(command) > 2 and command[0] in (0, 1) and isinstance(command[2], dict)
        ]

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
        for vals in self._panier_line_values(ticket):
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
