from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.panier_code_attempt import MAX_WRONG
from .preparation_common import PreparationCommon


@tagged("post_install", "-at_install")
class TestHandOver(PreparationCommon):
    """By code or from the list; paid or to be paid at the till; taken back."""

    def _hand_over(self, order, user=None, **kwargs):
        order.with_user(user or self.preparer).action_panier_hand_over(**kwargs)

    def _find(self, code, user=None):
        return self.env["sale.order"].with_user(user or self.preparer).action_panier_find_code(code)

    def _delivered(self, order):
        return self._line(order, self.lentils).qty_delivered

    def test_paid_basket(self):
        order = self.paid_order
        self._prepare(order, lentils=2)
        self._hand_over(order)
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual(order.panier_handed_over_to, "Member")
        self.assertEqual(order.panier_handed_over_by_id, self.preparer)
        self.assertEqual(self._delivered(order), 2)
        self.assertEqual(order.picking_ids.mapped("state"), ["done"], "delivered, and no backorder")

    def test_second_tap_changes_nothing(self):
        self._prepare(self.paid_order)
        self._hand_over(self.paid_order, to="Marie")
        at = self.paid_order.panier_handed_over_at
        self._hand_over(self.paid_order, to="Paul")
        self.assertEqual(self.paid_order.panier_handed_over_to, "Marie")
        self.assertEqual(self.paid_order.panier_handed_over_at, at)
        with self.assertRaises(UserError):
            self._hand_over(self.paid_order, user=self.other_preparer)

    def test_till_basket_must_be_paid_first(self):
        order = self.till_order
        self._prepare(order, lentils=2)
        for till_paid in (False, None, "yes", 1):
            with self.assertRaisesRegex(UserError, "till"):
                self._hand_over(order, till_paid=till_paid)
        self.assertEqual(order.panier_state, "ready")
        self.assertFalse(order.panier_till_paid_at)
        self._hand_over(order, till_paid=True)
        self.assertTrue(order.panier_till_paid_at)
        self.assertEqual(order.panier_till_paid_by_id, self.preparer)
        self.assertEqual(self._delivered(order), 2)
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])

    def test_nothing_found_delivers_nothing(self):
        order = self.till_order
        order.with_user(self.preparer).action_panier_take()
        for product in (self.lentils, self.apples, self.soap):
            self._mark(order, product, "missing")
        order.with_user(self.preparer).action_panier_finish(bags=0)
        self._hand_over(order, till_paid=True)
        self.assertEqual(order.picking_ids.mapped("state"), ["cancel"])

    def test_not_ready_is_refused(self):
        for state in ("to_prepare", "preparing"):
            self.assertEqual(self.paid_order.panier_state, state)
            with self.assertRaises(UserError):
                self._hand_over(self.paid_order)
            if state == "to_prepare":
                self.paid_order.with_user(self.preparer).action_panier_take()

    def test_code_is_found_whatever_its_writing(self):
        self._prepare(self.paid_order)
        code = self.paid_order.panier_code
        for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:].lower()}"):
            self.assertEqual(self._find(typed), self.paid_order.id)
        self.assertFalse(self._find(self.till_order.panier_code), "not ready yet")
        for typed in ("", "  ", None, 3, ["A"], "%", code[:4]):
            self.assertFalse(self._find(typed))

    def test_guessing_is_slowed_down(self):
        self._prepare(self.paid_order)
        for _try in range(MAX_WRONG):
            self.assertFalse(self._find("WRONG1"))
        with self.assertRaisesRegex(UserError, "Too many"):
            self._find(self.paid_order.panier_code)
        self.assertEqual(self._find(self.paid_order.panier_code, user=self.other_preparer), self.paid_order.id)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=11)):
            self.assertEqual(self._find(self.paid_order.panier_code), self.paid_order.id)
            self.env["panier.code.attempt"]._gc_old()
            self.assertFalse(self.env["panier.code.attempt"].search([]))

    def test_undo_brings_the_goods_back(self):
        for order in (self.paid_order, self.till_order):
            self._prepare(order, lentils=2)
            self._hand_over(order, till_paid=True)
            order.with_user(self.preparer).action_panier_undo_hand_over("Wrong member")
            self.assertEqual(order.panier_state, "ready")
            self.assertFalse(order.panier_handed_over_at or order.panier_handed_over_to or order.panier_till_paid_at)
            self.assertEqual(self._delivered(order), 0)
            waiting = order.picking_ids.filtered(lambda p: p.state == "assigned")
            self.assertEqual(len(waiting), 1)
            self.assertEqual(sum(waiting.move_ids.mapped("quantity")), 5)
            self._hand_over(order, till_paid=True)
            self.assertEqual(self._delivered(order), 2)

    def test_undo_needs_a_reason_and_is_in_time(self):
        self._prepare(self.paid_order)
        self._hand_over(self.paid_order)
        for reason in ("", "  ", None, 3):
            with self.assertRaises(UserError):
                self.paid_order.with_user(self.preparer).action_panier_undo_hand_over(reason)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=11)):
            with self.assertRaisesRegex(UserError, "10 minutes"):
                self.paid_order.with_user(self.preparer).action_panier_undo_hand_over("Too late")
            self.assertEqual(self.paid_order.panier_state, "handed_over")
            self.paid_order.with_user(self.referent).action_panier_undo_hand_over("A referent may")
        self.assertEqual(self.paid_order.panier_state, "ready")

    def test_screen_shows_the_amount_only_when_it_is_owed(self):
        for order in (self.paid_order, self.till_order):
            self._prepare(order, lentils=2)
        paid, till = (
            order.with_user(self.preparer)._panier_for_preparer()._panier_hand_over_basket()
            for order in (self.paid_order, self.till_order)
        )
        self.assertFalse(paid["owes"])
        self.assertEqual(till["owes"], self.till_order.currency_id.format(self.till_order.amount_total))
        self.assertEqual((till["bags"], till["stored_at"]), (2, "Shelf B"))
