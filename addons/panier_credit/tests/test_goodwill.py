from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.panier_member.refusal import Refused

from .test_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestGoodwill(ClaimCommon):
    """A gesture has a reason; beyond a limit a second person agrees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_staff("other_manager", "panier_member.panier_member_group_manager")
        cls.Goodwill = cls.env["panier.credit.goodwill"]

    def _gesture(self, user=None, **values):
        values = {"partner_id": self.member.partner_id.id, "wanted_amount": 5.0, "reason": "Sorry", **values}
        return self.Goodwill.with_user(user or self.referent).create(values)

    def _refused_unchanged(self, gesture, error, action, *args):
        before = (gesture.state, self._available())
        with self.assertRaises(error), self.cr.savepoint():
            action(*args)
        self.env.invalidate_all()
        self.assertEqual((gesture.state, self._available()), before)

    # === GIVE === #

    def test_without_an_order(self):
        income = self.env["account.account"].create({"name": "Gestures", "code": "709999", "account_type": "income"})
        product = self.env.company._panier_goodwill_product()
        product.with_company(self.env.company).property_account_income_id = income
        gesture = self._gesture()
        self.assertEqual((gesture.state, self._available()), ("draft", 0.0))
        gesture.action_give()
        note = gesture.note_ids
        self.assertEqual((gesture.state, note.amount_total, note.panier_credit_kind), ("given", 5.0, "goodwill"))
        self.assertEqual(note.invoice_line_ids.account_id, income)
        self.assertEqual((note.panier_credit_reason, self._available()), ("Sorry", 5.0))
        mail = self.env["mail.mail"].search([("model", "=", "account.move"), ("res_id", "=", note.id)])
        self.assertIn("Sorry", mail.body_html)

    def test_of_an_order_corrects_its_taxes_to_the_cent(self):
        gesture = self._gesture(order_id=self.basket.id, wanted_amount=10.0)
        gesture.action_give()
        note = gesture.note_ids
        # Of 30.00 at 20 %, 5.00 and 4.00: 7.69, 1.28 and 1.03.
        self.assertEqual((note.amount_total, note.reversed_entry_id), (10.0, self.invoice))
        self.assertEqual(sorted(note.invoice_line_ids.mapped("price_total")), [1.03, 1.28, 7.69])
        self.assertEqual(self.basket.invoice_status, "invoiced")

    def test_of_one_line(self):
        line = self._line(self.basket, self.soap)
        gesture = self._gesture(order_id=self.basket.id, line_ids=[fields.Command.set(line.ids)], wanted_amount=4.01)
        self._refused_unchanged(gesture, Refused, gesture.action_give)
        gesture.wanted_amount = 4.0
        gesture.action_give()
        self.assertEqual(gesture.note_ids.invoice_line_ids.sale_line_ids, line)

    def test_the_delivery_fee(self):
        gesture = self._gesture(order_id=self.basket.id, kind="delivery", wanted_amount=0.0)
        gesture.action_give()
        self.assertEqual((gesture.amount, gesture.note_ids.panier_credit_kind), (4.9, "delivery"))
        again = self._gesture(order_id=self.basket.id, kind="delivery", wanted_amount=0.0)
        self._refused_unchanged(again, Refused, again.action_give)

    def test_nothing_and_less_than_nothing(self):
        for values in ({"wanted_amount": 0.0}, {"wanted_amount": -5.0}, {"wanted_amount": 0.0, "kind": "delivery"}):
            gesture = self._gesture(**values)
            self._refused_unchanged(gesture, Refused, gesture.action_give)
        gesture = self._gesture(reason="  ")
        self._refused_unchanged(gesture, Refused, gesture.action_give)

    # === TWO PEOPLE === #

    def test_over_the_limit_a_second_person_agrees(self):
        gesture = self._gesture(user=self.manager, wanted_amount=20.01)
        gesture.action_give()
        self.assertEqual((gesture.state, self._available()), ("waiting", 0.0))
        self.assertIn(self.other_manager, gesture.activity_ids.user_id)
        self.assertNotIn(self.manager, gesture.activity_ids.user_id)
        for user in (self.manager, self.referent, self.member, self.accountant):
            self._refused_unchanged(gesture, AccessError, gesture.with_user(user).action_approve)
        self._refused_unchanged(gesture, Refused, gesture.with_user(self.manager).action_give)
        self._refused_unchanged(gesture, UserError, gesture.write, {"wanted_amount": 500.0})
        gesture.with_user(self.other_manager).action_approve()
        self.assertEqual((gesture.state, gesture.approver_id), ("given", self.other_manager))
        self.assertEqual((self._available(), gesture.activity_ids.exists()), (20.01, self.env["mail.activity"]))
        self._refused_unchanged(gesture, Refused, gesture.with_user(self.other_manager).action_approve)

    def test_a_second_person_refuses_with_a_reason(self):
        gesture = self._gesture(wanted_amount=30.0)
        gesture.action_give()
        approver = gesture.with_user(self.manager)
        self._refused_unchanged(gesture, Refused, approver.action_refuse)
        approver.action_refuse("Too much")
        self.assertEqual((gesture.state, self._available()), ("refused", 0.0))
        self._refused_unchanged(gesture, Refused, gesture.with_user(self.manager).action_approve)

    def test_many_small_ones_are_a_large_one(self):
        self._gesture(wanted_amount=15.0).action_give()
        gesture = self._gesture(user=self.manager, wanted_amount=5.01)
        gesture.action_give()
        self.assertEqual((gesture.state, self._available()), ("waiting", 15.0))
        self._gesture(wanted_amount=5.0).action_give()
        self.assertEqual(self._available(), 20.0)
        other = self._gesture(partner_id=self.other_member.partner_id.id, wanted_amount=20.0)
        other.action_give()
        self.assertEqual(other.state, "given")
        self.Goodwill.search([])._by_action().write({"decided_at": fields.Datetime.now() - timedelta(hours=25)})
        self._gesture(wanted_amount=20.0).action_give()
        self.assertEqual(self._available(), 40.0)

    # === FORGED === #

    def test_no_state_is_written(self):
        forged = self.Goodwill.with_user(self.referent).with_context(default_state="given", default_amount=99.0)
        gesture = forged.create({"partner_id": self.member.partner_id.id, "reason": "Mine", "state": "given"})
        self.assertEqual((gesture.state, gesture.amount), ("draft", 0.0))
        for name, value in (
            ("state", "given"),
            ("amount", 9.0),
            ("approver_id", self.manager.id),
            ("author_id", self.manager.id),
            ("note_ids", [(4, self.invoice.id)]),
        ):
            with self.assertRaises(UserError):
                gesture.write({name: value})
            if name != "state":
                with self.assertRaises(UserError):
                    self._gesture(**{name: value})
        with self.assertRaises(UserError):
            gesture.write({"order_id": self.basket.id, "state": "given"})
        with self.assertRaises(UserError):
            gesture.copy()
        self.assertEqual((gesture.state, self._available()), ("draft", 0.0))

    def test_neither_members_nor_preparers_nor_accountants_give(self):
        gesture = self._gesture()
        for user in (self.member, self.preparer, self.employee, self.accountant):
            with self.assertRaises(AccessError), self.cr.savepoint():
                gesture.with_user(user).action_give()
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._gesture(user=user)
        self.assertEqual((gesture.state, self._available()), ("draft", 0.0))

    def test_of_an_order_the_member_is_whoever_ordered(self):
        gesture = self._gesture(partner_id=self.other_member.partner_id.id, order_id=self.basket.id)
        self.assertEqual(gesture.partner_id, self.member.partner_id)
        gesture.partner_id = self.other_member.partner_id
        self.assertEqual(gesture.partner_id, self.member.partner_id)

    # === TAKE BACK === #

    def test_taken_back_by_reversing(self):
        gesture = self._gesture()
        gesture.action_give()
        gesture.take_back_reason = "Wrong member"
        gesture.action_take_back()
        self.assertEqual((gesture.state, self._available()), ("taken_back", 0.0))
        self.assertEqual(gesture.note_ids.reversal_move_ids.state, "posted")
        self._refused_unchanged(gesture, Refused, gesture.action_take_back, "Again")
