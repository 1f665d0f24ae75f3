from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestPaidTwice(TillCommon):
    """A paid ticket is never refused (law 3): what it cannot hand over is an ordinary sale and a task for staff."""

    def assertAsked(self, activities, ticket):
        """Fails unless staff are asked about this ticket, once, in whatever language they read."""
        self.assertEqual(len(activities), 1)
        self.assertIn(ticket.name, activities.summary)

    def assertOrdinary(self, ticket, order):
        self.assertEqual(ticket.state, "paid")
        self.assertFalse(ticket.lines.sale_order_line_id or ticket.lines.sale_order_origin_id)
        self.assertEqual(ticket.picking_ids.mapped("state"), ["done"])
        self.assertAsked(order.activity_ids, ticket)

    def test_two_tickets(self):
        order = self.till_basket
        first, second = self._ticket(order), self._ticket(order)
        paid = self._sync(first)
        twice = self._sync(second)
        self.assertOrdinary(twice, order)
        line = self._line(order, self.lentils)
        self.assertEqual((line.qty_delivered, line.qty_invoiced), (2, 2))
        self.assertEqual(order._panier_tickets(), paid)
        # The goods of the second ticket come back when it is refunded.
        sold = twice.lines.filtered(lambda each: each.product_id == self.lentils)
        self._sync(self._ticket(extra=[(self.lentils, -2, {"refunded_orderline_id": sold.id})], is_refund=True))
        self.assertEqual(self._in_stock(self.lentils)[1], 100 - 2)

    def test_saved_as_draft_and_paid_after_another_one(self):
        order = self.till_basket
        late = self._ticket(order)
        draft = self._sync({**late, "state": "draft", "payment_ids": []})
        self._sync(self._ticket(order))
        twice = self._sync({**late, "id": draft.id, "lines": []})
        self.assertEqual(twice, draft)
        self.assertOrdinary(twice, order)

    def test_what_is_no_longer_there(self):
        """Opened again, cancelled, or paid online, while the till was offline."""
        order = self.till_basket
        values = self._ticket(order)
        order.with_user(self.preparer).action_panier_reopen()
        ticket = self._sync(values)
        self.assertOrdinary(ticket, order)
        self.assertEqual(order.panier_state, "preparing")
        self.assertEqual(order.picking_ids.mapped("state"), ["assigned"])

    def test_paid_online_meanwhile(self):
        order = self.till_basket
        values = self._ticket(order)
        self._choose_nothing(order)
        self._pay(order)
        self.assertFalse(order._panier_owes_at_till())
        ticket = self._sync(values)
        self.assertOrdinary(ticket, order)
        self.assertEqual(order.panier_state, "ready")

    def _choose_nothing(self, order):
        """The choice of the till gives way to a payment online."""
        order._panier_till_transactions()._set_canceled()

    def test_cancelled_meanwhile(self):
        order = self.till_basket
        values = self._ticket(order)
        order.with_user(self.referent).action_panier_cancel("Changed their mind")
        before = order.activity_ids
        ticket = self._sync(values)
        self.assertEqual(ticket.state, "paid")
        self.assertFalse(ticket.lines.sale_order_line_id)
        self.assertAsked(order.activity_ids - before, ticket)

    def test_paid_online_after_the_ticket_is_refused(self):
        """And if the money comes all the same, it is kept as credit and told."""
        order = self.till_basket
        self._sync(self._ticket(order))
        self.assertEqual(order._panier_amount_due(), 0)
        self.assertFalse(order._panier_is_to_invoice())
        with self.assertRefused("payment_already_paid"):
            self._create_transaction(order, self.provider, user=self.member, amount=29)
        self.assertEqual(order.panier_state, "handed_over")

    def test_handed_over_as_paid_while_the_cashier_takes_the_money(self):
        order = self.till_basket
        values = self._ticket(order)
        self._till().action_panier_take_basket(order.id, values["uuid"])
        order.with_user(self.preparer).action_panier_hand_over(till_paid=True)
        self.assertEqual(self._line(order, self.lentils).qty_delivered, 2)
        self.assertTrue(self._till().action_panier_check_baskets(values["uuid"], order.ids))
        ticket = self._sync(values)
        line = self._line(order, self.lentils)
        self.assertEqual((line.product_uom_qty, line.qty_delivered, line.qty_invoiced), (2, 2, 2))
        self.assertEqual(self._in_stock(self.lentils)[1], 100 - 2)
        self.assertEqual((order.panier_state, order.invoice_status), ("handed_over", "invoiced"))
        self.assertEqual(ticket.picking_ids.mapped("state"), ["done"])
        self.assertFalse(order.activity_ids, order.activity_ids.mapped(lambda each: (each.summary, each.note)))
        with self.assertRefused("till_handed_over"):
            self._till().action_panier_check_baskets("another-ticket", order.ids)

    def test_a_down_payment_is_no_basket(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(extra=[(self.goods, 1, {"sale_order_origin_id": order.id})]))
        self.assertOrdinary(ticket, order)
        self.assertEqual(order.panier_state, "ready")
        self.assertFalse(order.order_line.filtered("is_downpayment"))

    def test_an_order_that_is_not_confirmed(self):
        """It cannot be loaded; a ticket that comes with it all the same is kept, and confirms nothing."""
        cart = self._create_ready_cart(slot=self.other_slot)
        ticket = self._sync(self._ticket(cart))
        self.assertOrdinary(ticket, cart)
        self.assertEqual((cart.state, cart.panier_state), ("draft", False))

    def test_paid_in_the_backend(self):
        """The wizard of Odoo's back office pays a saved ticket: the same thing happens."""
        order = self.till_basket
        draft = self._sync({**self._ticket(order), "state": "draft", "payment_ids": []})
        draft.add_payment(
            {"amount": 29, "pos_order_id": draft.id, "payment_method_id": self.config.payment_method_ids[-1:].id}
        )
        draft.with_user(self.cashier)._process_saved_order(False)
        self.env.invalidate_all()
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual(self._line(order, self.lentils).qty_delivered, 2)
