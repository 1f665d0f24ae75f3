from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.panier_member.refusal import Refused

from .test_claims import ClaimCommon

NONSENSE = (float("nan"), float("inf"), -float("inf"), 1e300, "5", True, [1])


@tagged("post_install", "-at_install")
class TestDecisions(ClaimCommon):
    """Nobody gives without limit alone, nor to themselves; what is no number changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_manager = cls._create_staff("other_manager", "panier_member.panier_member_group_manager")
        cls.Goodwill = cls.env["panier.credit.goodwill"]

    def _gesture(self, user=None, **values):
        values = {"partner_id": self.member.partner_id.id, "wanted_amount": 5.0, "reason": "Sorry", **values}
        return self.Goodwill.with_user(user or self.referent).create(values)

    def _enter(self, product, user=None, **values):
        """What staff enter for a member who called."""
        line = self._line(self.basket, product)
        return self.Claim.with_user(user or self.referent).create({"line_id": line.id, "kind": "other", **values})

    def _live_with_the_member(self, *users):
        for user in users:
            user.partner_id.parent_id = self.member.partner_id

    def _unchanged(self, error, action, *args, **kwargs):
        """Fails unless it is refused, and nothing changed."""
        decisions = self.env["panier.credit.claim"], self.Goodwill

        def state():
            return [model.search([]).mapped(lambda one: (one.id, one.state, one.amount)) for model in decisions]

        before = (state(), self._available(), self._notes())
        with self.assertRaises(error), mute_logger("odoo.sql_db"), self.cr.savepoint():
            action(*args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual((state(), self._available(), self._notes()), before)

    # === NOBODY FOR THEMSELVES === #

    def test_a_gesture_for_ones_own_household_needs_a_second_person(self):
        self._live_with_the_member(self.referent, self.manager)
        gesture = self._gesture(wanted_amount=0.5)
        # Given by somebody else, it stays the wish of whoever wrote it.
        gesture.with_user(self.other_manager).action_give()
        self.assertEqual((gesture.state, self._available()), ("waiting", 0.0))
        gesture = self._gesture(wanted_amount=0.5)
        gesture.action_give()
        self.assertEqual((gesture.state, self._available()), ("waiting", 0.0))
        self.assertIn(self.other_manager, gesture.activity_ids.user_id)
        self.assertNotIn(self.manager, gesture.activity_ids.user_id)
        # Nor does another of the same household agree to it.
        self.assertFalse(gesture.with_user(self.manager).may_approve)
        self._unchanged(AccessError, gesture.with_user(self.manager).action_approve)
        self._unchanged(AccessError, gesture.with_user(self.manager).action_refuse, "No")
        gesture.with_user(self.other_manager).action_approve()
        self.assertEqual((gesture.state, self._available()), ("given", 0.5))

    def test_a_problem_of_ones_own_household_is_decided_by_somebody_else(self):
        self._live_with_the_member(self.referent)
        for claim in (self._report(), self._enter(self.soap)):
            mine = claim.with_user(self.referent)
            self._refused("own_household", mine.action_accept)
            self._refused("own_household", mine.action_adjust, 1.0, "Mine")
            self._refused("own_household", mine.action_refuse, "Mine")
            claim.with_user(self.manager).action_accept()
            self.assertEqual(claim.state, "accepted")

    def test_an_order_whose_invoice_is_ones_own(self):
        self.basket.partner_invoice_id = self.referent.partner_id
        self._refused("own_household", self._report().with_user(self.referent).action_accept)

    # === NOBODY WITHOUT LIMIT === #

    def test_whoever_enters_a_problem_accepts_as_much_as_a_gesture(self):
        self._gesture(wanted_amount=11.0).action_give()
        claim = self._enter(self.lentils)
        self._refused("second_person", claim.action_accept)
        self._refused("second_person", claim.action_adjust, 9.01, "Most of it")
        claim.action_adjust(9.0, "Most of it")
        self.assertEqual((claim.state, self._available()), ("adjusted", 20.0))
        # They count for gestures too, and so does the delivery.
        gesture = self._gesture(wanted_amount=0.01)
        gesture.action_give()
        self.assertEqual(gesture.state, "waiting")
        soap = self._enter(self.soap)
        self._refused("second_person", soap.action_accept)
        soap.with_user(self.manager).action_accept()
        self.assertEqual((soap.state, self._available()), ("accepted", 24.0))

    def test_the_delivery_counts_too(self):
        self.env.company.panier_goodwill_limit = 8.0
        claim = self._enter(self.soap)
        claim.with_delivery = True
        self._refused("second_person", claim.action_accept)
        claim.with_delivery = False
        claim.action_accept()
        self.assertEqual(claim.state, "accepted")

    def test_what_the_member_reported_is_no_gesture(self):
        self._report(quantity=3.0).with_user(self.referent).action_accept()
        gesture = self._gesture(wanted_amount=20.0)
        gesture.action_give()
        self.assertEqual((gesture.state, self._available()), ("given", 50.0))

    # === NONSENSE OVER RPC === #

    def test_without_a_right_nothing_is_even_looked_at(self):
        for user in (self.member, self.preparer, self.accountant, self.employee):
            for model in (self.Claim, self.Goodwill):
                self._unchanged(AccessError, model.with_user(user).create, {})

    def test_a_problem_is_of_one_line(self):
        lines = self.basket.order_line
        for line in (None, False, 0, -1, 2**40, "1", True, lines.ids, [(4, lines[0].id)]):
            self._unchanged(UserError, self.Claim.with_user(self.referent).create, {"line_id": line, "kind": "other"})
        self._unchanged(UserError, self.Claim.with_user(self.referent).create, {})
        for kind in (None, "free", [1]):
            self._unchanged(Refused, self._enter, self.soap, kind=kind)

    def test_a_quantity_that_is_none_is_never_kept(self):
        claim = self._enter(self.soap)
        for quantity in (0, -3, 1e-9, 1000, None, *NONSENSE):
            self._unchanged(Refused, self._enter, self.lentils, quantity=quantity)
            self._unchanged(Refused, claim.write, {"quantity": quantity})
            self.assertEqual(claim.quantity, 1.0)

    def test_an_amount_that_is_none_is_never_credited(self):
        claim = self._enter(self.soap)
        for amount in NONSENSE:
            self._unchanged(Refused, claim.action_adjust, amount, "Why")
            self._unchanged(Refused, claim.write, {"adjusted_amount": amount})
            self._unchanged(Refused, self._gesture, wanted_amount=amount)
        self._unchanged(Refused, claim.action_adjust, None, "Why")
        gesture = self._gesture()
        for amount in (None, *NONSENSE):
            self._unchanged(Refused, gesture.write, {"wanted_amount": amount})
        for partner in ("x", [1, 2], 2**40):
            self._unchanged(UserError, self._gesture, partner_id=partner)

    def test_sentences_are_kept_as_the_database_can(self):
        claim = self._enter(self.soap)
        self._unchanged(Refused, claim.action_refuse, "\0 ")
        claim.write({"answer": "Yes\0"})
        claim.action_accept()
        self.assertEqual(claim.answer, "Yes")
        self.assertEqual(self._gesture(reason="Sorry\0").reason, "Sorry")

    # === REVERSED BY THE ACCOUNTANT === #

    def test_what_the_accountant_reversed_is_taken_back(self):
        claim = self._report().with_user(self.referent)
        claim.action_accept()
        gesture = self._gesture()
        gesture.action_give()
        for decision in (gesture, claim):
            note = decision.note_ids.with_user(self.accountant)
            reversal = note._reverse_moves([{"ref": "Wrong member", "invoice_date": fields.Date.today()}])
            # Only prepared, it takes nothing back.
            self.assertIn(decision.state, ("accepted", "given"))
            self.assertEqual(self._line(self.basket, self.lentils)._panier_claimable(), 20.0)
            reversal.action_post()
            self.assertEqual((decision.state, decision.take_back_reason), ("taken_back", "Wrong member"))
            self._unchanged(Refused, decision.action_take_back, "Again")
        # The line can be credited again.
        self.assertEqual(self._line(self.basket, self.lentils)._panier_claimable(), 30.0)

    def test_what_was_reversed_before_can_be_closed(self):
        gesture = self._gesture()
        gesture.action_give()
        note = gesture.note_ids.with_user(self.accountant)
        note._reverse_moves([{"invoice_date": fields.Date.today()}], cancel=True)
        gesture.sudo()._by_action().write({"state": "given"})
        gesture.action_take_back("Wrong member")
        self.assertEqual((gesture.state, len(gesture.note_ids.reversal_move_ids)), ("taken_back", 1))

    def test_a_cancelled_order_says_what_is_left(self):
        order = self.paid_order
        gesture = self._gesture(order_id=order.id)
        gesture.action_give()
        gesture.action_take_back("Wrong order")
        as_member = self._as_member(order)
        as_member._panier_cancel_by_member()
        self.assertIn(order.currency_id.format(order.amount_total), as_member._panier_cancelled_sentence())
