from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditTillCase


@tagged("post_install", "-at_install")
class TestHold(CreditTillCase):
    """The till asks before it accepts an avoir (ADR 0044)."""

    def setUp(self):
        super().setUp()
        self.uuid = str(uuid4())

    def test_the_till_is_told_what_there_is(self):
        answer = self.open_session.panier_credit_balance(self.member.partner_id.id)
        self.assertEqual(answer, {"available": 7, "currency": self.env.company.currency_id.name})
        answer = self._hold(self.uuid, 10)
        self.assertEqual(answer, {"held": 7, "available": 7, "left": 0, "name": "Member"})
        self.assertEqual((self._available(), self._open()), (0, 7))
        self.assertEqual(self._held(self.uuid).mapped("state"), ["draft"])
        member = self.member.partner_id.id
        self.assertEqual(self.open_session.panier_credit_balance(member, self.uuid)["available"], 7)
        self.assertEqual(self.open_session.panier_credit_balance(member, str(uuid4()))["available"], 0)

    def test_part_of_it_is_enough(self):
        answer = self._hold(self.uuid, 4.5)
        self.assertEqual((answer["held"], answer["available"], answer["left"]), (4.5, 7, 2.5))
        self.assertEqual(self._available(), 2.5)

    def test_asked_twice_it_is_held_once(self):
        first = self._hold(self.uuid, 4)
        self.assertEqual(self._hold(self.uuid, 4), first)
        self.assertEqual(len(self._held(self.uuid)), 1)
        self.assertEqual(self._confirm(self.uuid, 4), first)
        self.assertEqual(self._confirm(self.uuid, 4), first)
        self.assertEqual(self._held(self.uuid).mapped("state"), ["pending"])

    def test_another_amount_resizes(self):
        self._hold(self.uuid, 7)
        self.assertEqual(self._hold(self.uuid, 3)["left"], 4)
        self.assertEqual(self._confirm(self.uuid, 5)["held"], 5)
        self.assertEqual(self._held(self.uuid, "draft", "pending").amount, 5)
        self.assertEqual(self._available(), 2)

    def test_another_member_on_the_ticket(self):
        self._give_credit(5, partner=self.other_member.partner_id)
        self._hold(self.uuid, 7)
        self.assertEqual(self._hold(self.uuid, 7, partner=self.other_member.partner_id)["held"], 5)
        self.assertEqual(self._available(), 7, "the first member's is free again")

    def test_taken_off_the_ticket(self):
        self._hold(self.uuid, 7)
        self.assertTrue(self.open_session.panier_credit_release(self.uuid))
        self.assertFalse(self.open_session.panier_credit_release(self.uuid))
        self.assertUntouched()

    def test_a_parked_ticket_asks_again(self):
        self._hold(self.uuid, 7)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            self.assertEqual(self._available(), 7, "free by the clock")
            self._hold(str(uuid4()), 5)
            with self.assertRefused("credit_none"):
                self._confirm(self.uuid, 7)
            self.assertEqual(self._confirm(self.uuid, 2)["left"], 0)

    def test_what_was_validated_stands_until_the_session_is_closed(self):
        self._hold(self.uuid, 7)
        self._confirm(self.uuid, 7)
        with freeze_time(fields.Datetime.now() + timedelta(hours=3)):
            self._run_job()
            self.assertEqual(self._available(), 0)
        self._close()
        self.assertUntouched()

    def test_a_household_shares(self):
        partner = self.member.partner_id
        child = self.env["res.partner"].create({"name": "Associate", "parent_id": partner.id})
        self.assertEqual(self._hold(self.uuid, 10, partner=child)["held"], 7)
        self.assertEqual(self._available(), 0)

    def test_what_no_screen_sends(self):
        """Answered with a sentence; nothing is held."""
        member, session = self.member.partner_id.id, self.open_session
        methods = (session.panier_credit_hold, session.panier_credit_confirm)
        for method in methods:
            for uuid in (None, 7, [], ["x"], {}, "", "a\x00b", "x" * 65):
                with self.subTest(uuid=uuid), self.assertRefused("credit_ticket"):
                    method(uuid, member, 5)
            for partner in (None, "x", str(member), [member], {}, True, 0, -1, 10**30):
                with self.subTest(partner=partner), self.assertRefused("credit_customer"):
                    method(self.uuid, partner, 5)
            for amount in (None, "5", [5], True, float("nan"), float("inf"), 0, -5, 1e-9, 10**400):
                with self.subTest(amount=str(amount)[:9]), self.assertRefused("credit_amount"):
                    method(self.uuid, member, amount)
        for uuid in (None, 7, ["x"], "a\x00b"):
            self.assertFalse(session.panier_credit_release(uuid))
            self.assertEqual(session.panier_credit_balance(member, uuid)["available"], 7)
        self.assertUntouched()

    def test_a_suspended_member_has_their_credit(self):
        partner = self.suspended_member.partner_id
        self._give_credit(3, partner=partner)
        self.assertEqual(self._hold(self.uuid, 10, partner=partner)["held"], 3)

    def test_two_tills(self):
        self._hold(self.uuid, 5)
        other = self._create_till("Another till")
        self._open_till(other)
        session = other.current_session_id.with_user(self.cashier)
        answer = session.panier_credit_hold(str(uuid4()), self.member.partner_id.id, 10)
        self.assertEqual((answer["held"], answer["left"]), (2, 0))
        with self.assertRefused("credit_none"):
            session.panier_credit_hold(str(uuid4()), self.member.partner_id.id, 10)
        self.assertEqual(self._available(), 0)

    def test_online_and_till(self):
        order = self._create_ready_cart()
        self._as_member(order)._panier_hold_credit()
        with self.assertRefused("credit_none"):
            self._hold(self.uuid, 1)
        order._panier_release_credit()
        self._hold(self.uuid, 7)
        self.assertFalse(self._as_member(order)._panier_hold_credit())

    def test_amounts_that_are_none(self):
        for amount in (0, -3, float("nan"), float("inf"), None, "7"):
            with self.subTest(amount=amount), self.assertRefused("credit_amount"):
                self._hold(self.uuid, amount)
        with self.assertRefused("credit_none"):
            self._confirm(self.uuid, 7.01)
        self.assertUntouched()
        self.assertFalse(self._held(self.uuid))

    def test_without_customer_or_ticket(self):
        with self.assertRefused("credit_customer"):
            self.open_session.panier_credit_hold(self.uuid, False, 7)
        for uuid in ("", None, "x" * 65, [self.uuid]):
            with self.subTest(uuid=uuid), self.assertRefused("credit_ticket"):
                self._hold(uuid, 7)
        ticket = self._sync(self._values(cash=10))
        with self.assertRefused("credit_ticket"):
            self._hold(ticket.uuid, 7)
        self.assertUntouched()

    def test_a_closed_session(self):
        session = self.open_session
        self._close()
        with self.assertRefused("credit_till"):
            session.panier_credit_hold(self.uuid, self.member.partner_id.id, 7)
        self.assertUntouched()

    def test_only_cashiers(self):
        for user in (self.member, self.employee, self.accountant):
            session = self.open_session.with_user(user)
            for call in (
                lambda session=session: session.panier_credit_balance(self.member.partner_id.id),
                lambda session=session: session.panier_credit_hold(self.uuid, self.member.partner_id.id, 7),
                lambda session=session: session.panier_credit_confirm(self.uuid, self.member.partner_id.id, 7),
                lambda session=session: session.panier_credit_release(self.uuid),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()
        self.assertUntouched()
