from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestTicket(TillCommon):
    """A paid ticket hands its basket over, once."""

    def test_as_prepared_and_one_more(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(order, extra=[(self.soap, 2)]))
        self.assertEqual(ticket.state, "paid")
        self.assertEqual(ticket.amount_total, 29 + 8)
        self.assertHandedOverOnce(order, ticket, lentils=2)
        self.assertEqual(self._in_stock(self.soap)[1], 100 - 1 - 2)
        self.assertEqual(order.panier_handed_over_to, "Member")
        self.assertPlaces(self.slot, 2)
        self.assertFalse(order.activity_ids, "nothing is left to do for anybody")

    def test_saved_twice_changes_nothing(self):
        order = self.till_basket
        values = self._ticket(order)
        ticket = self._sync(dict(values))
        at = order.panier_handed_over_at
        self.assertEqual(self._sync(dict(values)), ticket)
        self.assertHandedOverOnce(order, ticket, lentils=2)
        self.assertEqual(order.panier_handed_over_at, at)
        self.assertFalse(order.activity_ids)

    def test_what_the_member_leaves_is_not_sold(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(order, sold={self.lentils: 1, self.soap: 0}))
        self.assertHandedOverOnce(order, ticket, lentils=1)
        soap = self._line(order, self.soap)
        self.assertEqual((soap.product_uom_qty, soap.qty_delivered, soap.qty_invoiced), (0, 0, 0))
        self.assertEqual(self._in_stock(self.soap), (100 - 1, 100), "one is reserved by the paid order")
        self.assertEqual(order.amount_total, 15)

    def test_more_of_the_same(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(order, sold={self.lentils: 5}))
        self.assertHandedOverOnce(order, ticket, lentils=5)

    def test_draft_then_paid(self):
        """Saving an unpaid ticket leaves the basket and its delivery alone: it may still be opened again."""
        order = self.till_basket
        values = self._ticket(order)
        moves = order.picking_ids.move_ids
        before = moves.mapped(lambda move: (move.product_uom_qty, move.quantity, move.picked, move.state))
        draft = self._sync({**values, "state": "draft", "payment_ids": []})
        self.assertEqual((draft.state, order.panier_state), ("draft", "ready"))
        self.assertEqual(
            moves.mapped(lambda move: (move.product_uom_qty, move.quantity, move.picked, move.state)), before
        )
        order.with_user(self.preparer).action_panier_reopen()
        self.assertEqual(self._line(order, self.lentils).product_uom_qty, 3)
        order.with_user(self.preparer).action_panier_finish(bags=1)
        ticket = self._sync({**values, "lines": [], "id": draft.id})
        self.assertEqual(ticket, draft)
        self.assertHandedOverOnce(order, ticket, lentils=2)

    def test_invoiced_ticket(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(order, to_invoice=True))
        self.assertHandedOverOnce(order, ticket, lentils=2)
        self.assertEqual(ticket.account_move.state, "posted")
        self.assertEqual(ticket.account_move.amount_total, 29)
        with self.assertRaises(UserError):
            order._create_invoices(final=True)
        self.assertEqual(order.amount_to_invoice, 0)

    def test_stock_at_the_end_of_the_session(self):
        self.env.company.point_of_sale_update_stock_quantities = "closing"
        self.config.current_session_id.update_stock_at_closing = True
        order = self.till_basket
        ticket = self._sync(self._ticket(order))
        self.assertFalse(ticket.picking_ids)
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})
        session = self.config.current_session_id
        session.with_user(self.cashier).close_session_from_ui()
        self.assertEqual(session.state, "closed")
        self.assertEqual(self._in_stock(self.lentils)[1], 100 - 2)
        self.assertEqual(self._line(order, self.lentils).qty_delivered, 2)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_refund(self):
        order = self.till_basket
        self.lentils.invoice_policy = "delivery"
        ticket = self._sync(self._ticket(order))
        line = ticket.lines.filtered(lambda each: each.product_id == self.lentils)
        self._sync(self._ticket(extra=[(self.lentils, -2, {"refunded_orderline_id": line.id})], is_refund=True))
        sold = self._line(order, self.lentils)
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual((sold.qty_delivered, sold.qty_invoiced, sold.qty_to_invoice), (0, 0, 0))
        self.assertNotEqual(order.invoice_status, "to invoice")
        self.assertEqual(self._in_stock(self.lentils)[1], 100)
        self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})

    def test_two_baskets_of_one_member(self):
        other = self._create_basket(till=True, slot=self.other_slot)
        self._prepare(other)
        ticket = self._sync(self._ticket(self.till_basket + other))
        self.assertEqual(ticket._panier_baskets(), self.till_basket | other)
        self.assertEqual((self.till_basket | other).mapped("panier_state"), ["handed_over"] * 2)
        self.assertEqual(self._in_stock(self.lentils)[1], 100 - 5)

    def test_undo_is_by_refund(self):
        order = self.till_basket
        self._sync(self._ticket(order))
        self.assertFalse(order.with_user(self.referent)._panier_for_preparer()._panier_hand_over_basket()["may_undo"])
        for user in (self.preparer, self.referent):
            with self.assertRefused("paid_on_ticket"):
                order.with_user(user).action_panier_undo_hand_over("A mistake")
        self.assertEqual(order.panier_state, "handed_over")

    def test_other_orders_stay_odoos(self):
        """An ordinary quotation, by somebody who may read orders."""
        seller = self._create_staff(
            "seller", "base.group_user,point_of_sale.group_pos_user,sales_team.group_sale_salesman_all_leads"
        )
        quotation = self._create_order(website=False)
        loaded = quotation.with_user(seller).load_sale_order_from_pos(self.config.id)
        self.assertFalse(loaded["sale.order"][0]["panier_state"])
        self._sync(self._ticket(quotation), user=seller)
        self.assertEqual((quotation.state, quotation.panier_state), ("sale", False))
        self.assertEqual(quotation.invoice_status, "invoiced")
