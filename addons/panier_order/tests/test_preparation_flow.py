from odoo.exceptions import UserError
from odoo.tests import tagged

from ..walk import walk_key
from .preparation_common import PreparationCommon


@tagged("post_install", "-at_install")
class TestPreparationFlow(PreparationCommon):
    """From the list to a basket that is ready, as a portal user without any right on orders."""

    def _picking(self, order):
        return order.picking_ids.filtered(lambda picking: picking.state != "cancel")

    def _mails(self, order):
        return self.env["mail.mail"].search(
            [("res_id", "=", order.id), ("subject", "=like", "Your basket % is ready")]
        )

    def test_whole_basket(self):
        order = self.paid_order
        order.with_user(self.preparer).action_panier_take()
        self.assertEqual(order.panier_state, "preparing")
        self.assertEqual(order.panier_preparer_id, self.preparer)
        for product in (self.lentils, self.apples, self.soap):
            self._mark(order, product, "done")
        order.with_user(self.preparer).action_panier_finish(bags="2", stored_at=" Shelf  B ", stored_cold_at="")
        self.assertEqual(order.panier_state, "ready")
        self.assertEqual((order.panier_bags, order.panier_stored_at), (2, "Shelf B"))
        self.assertFalse(order.panier_stored_cold_at)
        self.assertEqual(self._picking(order).state, "assigned", "validated at the hand-over only")
        self.assertEqual(len(self._mails(order)), 1)
        self.assertFalse(order.activity_ids)

    def test_finish_refuses_lines_nobody_looked_at(self):
        order = self.paid_order
        order.with_user(self.preparer).action_panier_take()
        self._mark(order, self.lentils, "done")
        with self.assertRaisesRegex(UserError, "Golden apples, Soap|Soap, Golden apples"):
            order.with_user(self.preparer).action_panier_finish()
        self.assertEqual(order.panier_state, "preparing")

    def test_finish_refuses_impossible_bags(self):
        order = self.paid_order
        order.with_user(self.preparer).action_panier_take()
        for product in (self.lentils, self.apples, self.soap):
            self._mark(order, product, "done")
        for bags in (-1, 100, "many", None, float("inf")):
            with self.assertRaises(UserError):
                order.with_user(self.preparer).action_panier_finish(bags=bags)
        self.assertEqual(order.panier_state, "preparing")

    def test_finish_twice_changes_nothing(self):
        self._prepare(self.paid_order, lentils=1)
        ready_at = self.paid_order.panier_ready_at
        self.paid_order.with_user(self.preparer).action_panier_finish(bags=9)
        self.assertEqual(self.paid_order.panier_ready_at, ready_at)
        self.assertEqual(self.paid_order.panier_bags, 2)
        self.assertEqual(len(self._mails(self.paid_order)), 1)
        self.assertEqual(len(self.paid_order.activity_ids), 1)

    def test_short_and_paid_leaves_the_exact_amount_to_credit(self):
        order = self.paid_order
        self._prepare(order, lentils=1)
        line = self._line(order, self.lentils)
        self.assertEqual(line.product_uom_qty, 3, "the order of the member stays what was paid for")
        self.assertEqual(self._picking(order).move_ids.filtered(lambda m: m.product_id == self.lentils).quantity, 1)
        activity = order.activity_ids
        self.assertEqual(activity.user_id, self.env["res.users"].browse(order._panier_referent().id))
        self.assertIn(order.currency_id.format(20.0), activity.summary)
        mail = self._mails(order)
        self.assertIn("Lentils", mail.body_html)
        self.assertIn("Shelf empty", mail.body_html)
        self.assertIn("credited", mail.body_html)

    def test_short_at_the_till_reduces_the_amount(self):
        order = self.till_order
        total = order.amount_total
        self._prepare(order, lentils=2)
        line = self._line(order, self.lentils)
        self.assertEqual((line.product_uom_qty, line.panier_ordered_qty), (2, 3))
        self.assertEqual(order.amount_total, total - 10.0)
        self.assertFalse(order.activity_ids)
        picking = self._picking(order)
        self.assertEqual(len(picking), 1)
        self.assertEqual(picking.move_ids.filtered(lambda m: m.product_id == self.lentils).quantity, 2)

    def test_reduced_line_keeps_its_price(self):
        line = self._line(self.till_order, self.lentils)
        # As an action: staff can no longer do it by hand.
        line.with_env(self.till_order._panier_as_action().env).write({"price_unit": 7.0, "discount": 10.0})
        self.lentils.list_price = 99.0
        self._prepare(self.till_order, lentils=2)
        self.assertEqual((line.price_unit, line.discount), (7.0, 10.0))

    def test_locked_order_is_reduced_and_stays_locked(self):
        self.till_order.action_lock()
        self._prepare(self.till_order, lentils=2)
        self.assertEqual(self._line(self.till_order, self.lentils).product_uom_qty, 2)
        self.assertTrue(self.till_order.locked)

    def test_reopen_gives_lines_back_and_asks_again(self):
        for order in (self.till_order, self.paid_order):
            total = order.amount_total
            self._prepare(order, lentils=2)
            order.with_user(self.other_preparer).action_panier_reopen()
            self.assertEqual(order.panier_state, "preparing")
            self.assertEqual(order.panier_preparer_id, self.other_preparer)
            self.assertEqual(order.amount_total, total)
            self.assertEqual(self._line(order, self.lentils).product_uom_qty, 3)
            self.assertFalse(order.activity_ids)
            self._mark(order, self.lentils, "done", user=self.other_preparer)
            order.with_user(self.other_preparer).action_panier_finish()
            self.assertEqual(order.amount_total, total)
            self.assertEqual(sum(self._picking(order).move_ids.mapped("quantity")), 6)
            self.assertFalse(order.activity_ids)

    def test_take_is_refused_to_the_second(self):
        order = self.paid_order
        order.with_user(self.other_preparer).action_panier_take()
        with self.assertRaisesRegex(UserError, "Awa D. has already taken it"):
            order.with_user(self.preparer).action_panier_take()
        with self.assertRaises(UserError):
            order.with_user(self.preparer).action_panier_take(take_over=True)
        order.with_user(self.other_preparer).action_panier_take()
        self.assertEqual(order.panier_preparer_id, self.other_preparer)

    def test_a_ready_basket_is_not_taken_by_a_list_loaded_before(self):
        order = self.till_order
        self._prepare(order, lentils=2)
        watched = ("panier_state", "amount_total", "activity_ids", "panier_preparer_id")
        before = [order[name] for name in watched]
        with self.assertRaisesRegex(UserError, "Ready"):
            order.with_user(self.other_preparer).action_panier_take()
        with self.assertRaisesRegex(UserError, "Ready"):
            order.with_user(self.referent).action_panier_take(take_over=True)
        self.assertEqual([order[name] for name in watched], before)

    def test_referent_takes_over(self):
        order = self.paid_order
        order.with_user(self.other_preparer).action_panier_take()
        order.with_user(self.referent).action_panier_take(take_over=True)
        self.assertEqual(order.panier_preparer_id, self.referent)
        with self.assertRaises(UserError):
            self._mark(order, self.soap, "done", user=self.other_preparer)

    def test_give_back_keeps_the_marks(self):
        order = self.paid_order
        order.with_user(self.preparer).action_panier_take()
        self._mark(order, self.soap, "done")
        with self.assertRaises(UserError):
            order.with_user(self.other_preparer).action_panier_release_preparation()
        order.with_user(self.preparer).action_panier_release_preparation()
        self.assertEqual(order.panier_state, "to_prepare")
        self.assertFalse(order.panier_preparer_id)
        order.with_user(self.other_preparer).action_panier_take()
        self.assertEqual(self._line(order, self.soap).panier_mark, "done")

    def test_shared_account_asks_for_a_name(self):
        order = self.paid_order.with_user(self.tablet)
        with self.assertRaises(UserError):
            order.action_panier_take()
        order.action_panier_take(preparer="  Inès ")
        self.assertEqual(self.paid_order.panier_preparer_name, "Inès")
        with self.assertRaisesRegex(UserError, "Inès"):
            self._mark(self.paid_order, self.soap, "done", user=self.tablet, preparer="Noé")
        self._mark(self.paid_order, self.soap, "done", user=self.tablet, preparer="Inès")
        with self.assertRaisesRegex(UserError, "Inès has already taken it"):
            order.action_panier_take(preparer="Noé")

    def test_lines_follow_the_walk(self):
        basket = self.paid_order.with_user(self.preparer)._panier_for_preparer()._panier_basket()
        self.assertEqual([line["shelf"] for line in basket["lines"]], ["A2-3", "A10-1", "B2-10"])
        self.assertEqual([line["step"] for line in basket["lines"]], [1, 0.1, 1])
        self.assertEqual(sorted(["b1", "A10-2", "", "A2-1", None], key=walk_key), ["A2-1", "A10-2", "b1", "", None])

    def test_screen_shows_neither_prices_nor_contact(self):
        basket = self.paid_order.with_user(self.preparer)._panier_for_preparer()._panier_basket()
        shown = str(basket)
        for secret in ("@example.com", "Lilas", "33 2 38", "Member User", "price", "amount"):
            self.assertNotIn(secret, shown)

    def test_who_when_and_why_are_in_the_chatter(self):
        order = self.paid_order.with_context(tracking_disable=False, mail_notrack=False)
        order.with_user(self.preparer).action_panier_take()
        self.env.flush_all()
        self.env.cr.precommit.run()
        note = order.message_ids[0]
        self.assertEqual(note.author_id, self.preparer.partner_id)
        self.assertIn("Taken by Preparer", note.body)
        self.assertEqual(note.tracking_value_ids.new_value_char, "Being prepared")

    def test_member_without_address_is_left_to_staff(self):
        self.paid_order.partner_id.email = False
        self._prepare(self.paid_order)
        self.assertFalse(self._mails(self.paid_order))
        self.assertEqual(len(self.paid_order.activity_ids), 1)
