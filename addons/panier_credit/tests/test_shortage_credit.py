from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.panier_order.tests.preparation_common import PreparationCommon

from .common import PanierCreditCommon


@tagged("post_install", "-at_install")
class TestShortageCredit(PanierCreditCommon, PreparationCommon):
    """What was paid for and is not in the basket is an avoir when the basket is ready: exactly that, once."""

    def setUp(self):
        super().setUp()
        self.order = self.paid_order
        self.invoice = self.order.invoice_ids

    def _notes(self, order=None):
        return (order or self.order).invoice_ids.filtered(lambda move: move.move_type == "out_refund").sorted("id")

    def _reopen(self, order=None):
        (order or self.order).with_user(self.preparer).action_panier_reopen()

    def _finish_again(self, lentils, order=None):
        order = order or self.order
        self._mark(order, self.lentils, "done" if lentils == 3 else "missing", lentils, "Shelf empty")
        order.with_user(self.preparer).action_panier_finish()

    def _told(self, order=None):
        return self.env["mail.mail"].search(
            [("model", "=", "sale.order"), ("res_id", "=", (order or self.order).id)], order="id"
        )[-1:]

    # === ONE AVOIR, EXACTLY THE DIFFERENCE === #

    def test_short_at_ready_is_a_posted_avoir(self):
        self._prepare(self.order, lentils=2)
        note = self._notes()
        self.assertEqual(len(note), 1)
        self.assertEqual((note.state, note.panier_credit_kind), ("posted", "shortage"))
        self.assertEqual(note.reversed_entry_id, self.invoice)
        self.assertIn(self.invoice.name, note.ref)
        self.assertEqual((note.amount_total, note.amount_tax, note.amount_residual), (10.0, 1.67, 10.0))
        line = note.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (1, 10.0))
        self.assertEqual(line.sale_line_ids, self._line(self.order, self.lentils))
        self.assertEqual(self._available(), 10.0)
        self.assertFalse(self.order.activity_ids, "nothing is left for staff to do")

    def test_the_order_says_what_was_kept_and_has_nothing_to_invoice(self):
        self._prepare(self.order, lentils=2)
        line = self._line(self.order, self.lentils)
        self.assertEqual((line.product_uom_qty, line.panier_ordered_qty, line.qty_invoiced), (2, 3, 2))
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertEqual(self.order.amount_total, self.invoice.amount_total - 10.0)
        self.order.with_user(self.preparer).action_panier_hand_over()
        self.assertEqual(line.qty_delivered, 2)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_the_member_is_told_once_with_the_reason_and_the_balance(self):
        self._give_credit(4.0)
        before = len(self.env["mail.mail"].search([("model", "in", ("sale.order", "account.move"))]))
        self._prepare(self.order, lentils=2)
        mails = self.env["mail.mail"].search([("model", "in", ("sale.order", "account.move"))])
        self.assertEqual(len(mails) - before, 1)
        body = self._told().body_html
        money = self.order.currency_id.format
        for text in ("Lentils", "Shelf empty", money(10.0), self._notes().name, money(14.0), "/my/credit"):
            self.assertIn(text, body)

    def test_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.member.partner_id.lang = "fr_FR"
        self._prepare(self.order, lentils=2)
        in_french = self._notes().with_context(lang="fr_FR").env._("Short in the basket")
        self.assertEqual(self._notes().panier_credit_reason, in_french)

    def test_all_lines_short_give_back_the_whole_invoice(self):
        order = self.order.with_user(self.preparer)
        order.action_panier_take()
        for product in (self.lentils, self.apples, self.soap):
            self._mark(self.order, product, "missing")
        order.action_panier_finish()
        self.assertEqual(self._notes().amount_total, self.invoice.amount_total)
        self.assertEqual(self._notes().amount_tax, self.invoice.amount_tax)

    def test_wrongly_weighed(self):
        order = self.order.with_user(self.preparer)
        order.action_panier_take()
        self._mark(self.order, self.apples, "partial", 1.85, "Wrongly weighed")
        self._mark(self.order, self.lentils, "done")
        self._mark(self.order, self.soap, "done")
        order.action_panier_finish()
        note = self._notes()
        # 2 kg were paid 5.00, 1.85 kg cost 4.63: 0.37 and not 0.38 come back.
        self.assertEqual(note.amount_total, 0.37)
        self.assertIn("Wrongly weighed", note.invoice_line_ids.name)
        line = self._line(self.order, self.apples)
        self.assertEqual((line.product_uom_qty, line.qty_invoiced), (1.85, 1.85))
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_nothing_short_nothing_given(self):
        self._prepare(self.order)
        self.assertFalse(self._notes())

    def test_at_the_till_nothing_was_paid(self):
        self._prepare(self.till_order, lentils=1)
        self.assertFalse(self.till_order.invoice_ids)
        self.assertFalse(self.till_order.activity_ids)

    def test_products_invoiced_on_what_is_delivered(self):
        self.lentils.invoice_policy = "delivery"
        self._prepare(self.order, lentils=2)
        self.order.with_user(self.preparer).action_panier_hand_over()
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertFalse(self.order.order_line.filtered("qty_to_invoice"))

    # === OPENED AGAIN === #

    def test_finished_again_with_the_same_changes_nothing(self):
        self._prepare(self.order, lentils=2)
        note = self._notes()
        self._reopen()
        self.assertEqual(self.order.invoice_status, "invoiced", "nobody invoices what was given back meanwhile")
        self._finish_again(2)
        self.assertEqual(self._notes(), note)
        self.assertEqual(self._available(), 10.0)

    def test_opened_again_and_more_is_missing(self):
        self._prepare(self.order, lentils=2)
        self._reopen()
        self._finish_again(0)
        self.assertEqual(self._notes().mapped("amount_total"), [10.0, 20.0])
        self.assertEqual(sum(self._notes().mapped("amount_tax")), 5.0)
        self.assertEqual(self._line(self.order, self.lentils).product_uom_qty, 0)
        self.assertEqual(self._available(), 30.0)

    def test_opened_again_and_found(self):
        self._prepare(self.order, lentils=1)
        first = self._notes()
        self._reopen()
        self._finish_again(2)
        self.assertEqual(first.amount_total, 20.0)
        self.assertEqual(first.reversal_move_ids.state, "posted")
        self.assertFalse(first.amount_residual)
        self.assertEqual((self._notes() - first).amount_total, 10.0)
        self.assertEqual(self._available(), 10.0)
        self.assertEqual(self._line(self.order, self.lentils).product_uom_qty, 2)
        self._reopen()
        self._finish_again(3)
        line = self._line(self.order, self.lentils)
        self.assertEqual((line.product_uom_qty, line.panier_ordered_qty, line.qty_invoiced), (3, 0, 3))
        self.assertEqual(self._available(), 0.0)
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.assertFalse(self.order.activity_ids)

    def test_found_after_the_avoir_was_spent_stays_the_members(self):
        self._prepare(self.order, lentils=2)
        spent = self._create_ready_cart(slot=self.other_slot)
        self._as_member(spent)._panier_pay_with_credit()
        self.assertEqual(self._available(), 0.0)
        self._reopen()
        self._finish_again(3)
        self.assertEqual(self._notes().amount_total, 10.0)
        self.assertFalse(self._notes().reversal_move_ids)
        self.assertEqual(self._notes().amount_residual, 0.0)
        self.assertEqual(len(self.order.activity_ids), 1)
        self.assertIn(self._notes().name, self.order.activity_ids.summary)

    def test_found_while_the_avoir_is_held_stays_the_members(self):
        self._prepare(self.order, lentils=2)
        held = self._as_member(self._create_ready_cart(slot=self.other_slot, products=self.goods + self.more_goods))
        held._panier_hold_credit()
        self._reopen()
        self._finish_again(3)
        self.assertFalse(self._notes().reversal_move_ids)
        self.assertEqual(len(self.order.activity_ids), 1)

    # === WHEN IT CANNOT BE MADE === #

    def test_without_an_invoice_staff_are_asked(self):
        self.invoice.button_draft()
        self._prepare(self.order, lentils=2)
        self.assertFalse(self._notes())
        self.assertIn(self.order.currency_id.format(10.0), self.order.activity_ids.summary)
        self.assertEqual(self._line(self.order, self.lentils).product_uom_qty, 3)

    def test_refused_by_accounting_staff_are_asked_and_the_basket_is_ready(self):
        with patch.object(type(self.invoice), "action_post", side_effect=UserError("locked")):
            self._prepare(self.order, lentils=2)
        self.assertEqual(self.order.panier_state, "ready")
        self.assertFalse(self._notes())
        self.assertEqual(len(self.order.activity_ids), 1)
        self.assertIn("credited", self._told().body_html)

    def test_what_the_accountant_credited_is_not_credited_twice(self):
        self.order.with_user(self.preparer).action_panier_take()
        wizard = self.invoice._reverse_moves([{}])
        lines = wizard.invoice_line_ids.filtered(lambda line: line.product_id == self.lentils)
        (wizard.invoice_line_ids - lines).unlink()
        lines.quantity = 1
        wizard.action_post()
        self._prepare(self.order, lentils=2)
        self.assertEqual(self._notes(), wizard)

    # === CANCELLED AFTERWARDS === #

    def test_cancelled_after_a_shortage_gives_back_the_rest(self):
        self._prepare(self.order, lentils=2)
        self._reopen()
        self._finish_again(3)
        self._reopen()
        self._finish_again(1)
        self.order.with_user(self.referent).action_panier_cancel("Ill today")
        standing = self.order._panier_standing_notes()
        self.assertEqual(sum(standing.mapped("amount_total")), self.invoice.amount_total)
        self.assertEqual(sum(standing.mapped("amount_tax")), self.invoice.amount_tax)
        last = standing.sorted("id")[-1]
        self.assertEqual((last.panier_credit_kind, last.panier_credit_reason), ("cancellation", "Ill today"))
        self.assertEqual(last.reversed_entry_id, self.invoice)
        self.assertEqual(self._available(), self.invoice.amount_total)


@tagged("post_install", "-at_install")
class TestCancelledWithDelivery(PanierCreditCommon, PreparationCommon):
    def test_the_delivery_comes_back_with_the_whole_order(self):
        order = self._create_cart(products=self.lentils)
        order.set_delivery_line(self.carrier, 4.9)
        order.action_panier_choose_slot(self.slot.id)
        self._pay(order)
        order.with_user(self.referent).action_panier_cancel("Ill today")
        note = order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(note.amount_total, 14.9)
