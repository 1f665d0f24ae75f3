from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PanierCreditCase


@tagged("post_install", "-at_install")
class TestGuards(PanierCreditCase):
    """What the browser, or anybody with the RPC at hand, may not do with credit; nothing is changed by trying."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls._give_credit(7)
        cls.order = cls._create_ready_cart()

    def _forge(self, user=None, **values):
        return self._create_transaction(self.order, self.credit_provider, user=user or self.member, **values)

    def assertNothingSpent(self):
        self.env.invalidate_all()
        self.assertEqual((self._available(), self._open(), self.order.state), (7, 7, "draft"))
        self.assertFalse(self.order.transaction_ids.filtered(lambda tx: tx.state != "cancel"))

    def _assert_refused(self, *codes, **values):
        with self.assertRefused(*codes), self.env.cr.savepoint():
            self._forge(**values)
        self.assertNothingSpent()

    def test_a_cent(self):
        self._assert_refused("payment_amount", amount=0.01)

    def test_more_than_there_is(self):
        self._assert_refused("payment_amount", amount=10)

    def test_nothing_and_less(self):
        for amount in (0, -7):
            self._assert_refused("payment_amount", amount=amount)

    def test_another_currency(self):
        self._assert_refused("payment_currency", amount=7, currency_id=self.env.ref("base.CHF").id)

    def test_another_members_credit(self):
        self._give_credit(10, partner=self.other_member.partner_id)
        self._assert_refused("payment_partner", amount=7, partner_id=self.other_member.partner_id.id)
        self._assert_refused(
            "payment_partner", amount=7, user=self.other_member, partner_id=self.other_member.partner_id.id
        )

    def test_somebody_who_only_has_the_link(self):
        self._assert_refused("credit_partner", amount=7, user=self.public_user)
        self._assert_refused("credit_partner", amount=7, user=self.other_member)

    def test_credit_that_is_not_posted(self):
        self.note.button_draft()
        self._assert_none()
        self.note.button_cancel()
        self._assert_none()

    def _assert_none(self):
        self.assertEqual(self._available(), 0)
        with self.assertRefused("credit_none"), self.env.cr.savepoint():
            self._forge(amount=7)
        self.assertFalse(self.order.transaction_ids)

    def test_another_companys_credit(self):
        company = self.env["res.company"].create({"name": "Other", "currency_id": self.env.company.currency_id.id})
        provider = company._panier_credit_provider()
        self.assertNotEqual(provider, self.credit_provider)
        self._assert_refused("credit_none", amount=7, provider_id=provider.id)

    def test_without_an_order_or_with_several(self):
        other = self._create_ready_cart(slot=self.other_slot)
        self._assert_refused("credit_origin", amount=7, sale_order_ids=[Command.clear()])
        self._assert_refused(
            "payment_several_orders", amount=7, sale_order_ids=[Command.set((self.order + other).ids)]
        )

    def test_money_paid_twice_is_refunded_once(self):
        first = self._create_transaction(self.order, self.provider, user=self.member)
        second = self._create_transaction(self.order, self.provider, user=self.member)
        self._money_arrives(first)
        self._money_arrives(second)
        refund = second._create_child_transaction(10, is_refund=True)
        refund._set_done()
        with self.assertRefused("refund_without_credit"), self.env.cr.savepoint():
            second._create_child_transaction(10, is_refund=True)
        refund._post_process()
        with self.assertRefused("refund_without_credit"), self.env.cr.savepoint():
            second._create_child_transaction(10, is_refund=True)
        self.assertEqual((self._available(), self._open()), (7, 7))

    def test_already_done(self):
        with self.assertRefused("credit_origin"), self.env.cr.savepoint():
            self.env["payment.transaction"].with_user(self.member).sudo().create(
                {**self._prepare_transaction(self.order, self.credit_provider, amount=7), "state": "done"}
            )
        self.assertNothingSpent()

    def test_a_hold_does_not_change(self):
        held = self._as_member(self.order)._panier_hold_credit()
        for vals in (
            {"amount": 1},
            {"sale_order_ids": [Command.clear()]},
            {"partner_id": self.other_member.partner_id.id},
        ):
            with self.assertRefused("credit_fixed"), self.env.cr.savepoint():
                held.write(vals)
        self.assertEqual((held.amount, held.sale_order_ids, self._available()), (7, self.order, 0))

    def test_twice(self):
        self._as_member(self.order)._panier_hold_credit()
        other = self._as_member(self._create_ready_cart(slot=self.other_slot))
        self.assertFalse(other._panier_hold_credit())
        with self.assertRefused("credit_none"), self.env.cr.savepoint():
            self._create_transaction(other, self.credit_provider, user=self.member, amount=7)
        self.assertEqual(self._available(), 0)

    def test_it_is_never_a_radio_button(self):
        providers = (
            self.env["payment.provider"]
            .sudo()
            ._get_compatible_providers(
                self.env.company.id, self.member.partner_id.id, 7, currency_id=self.order.currency_id.id
            )
        )
        self.assertNotIn(self.credit_provider, providers)

    def test_a_suspended_member_orders_nothing_with_it(self):
        note = self._give_credit(7, partner=self.suspended_member.partner_id)
        order = self._create_order(partner=self.suspended_member.partner_id)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self._as_member(order, self.suspended_member)._panier_pay_with_credit()
        self.assertIn("status_suspended", [refusal.code for refusal in caught.exception.refusals])
        self.assertEqual(note.amount_residual, 7)

    @mute_logger("odoo.sql_db")
    def test_a_refund_to_the_card_uses_the_credit_up(self):
        self._pay(self.order)
        card = self.order.transaction_ids
        card.provider_id.support_refund = "partial"
        with self.assertRefused("refund_without_credit"), self.env.cr.savepoint():
            card._create_child_transaction(10, is_refund=True)
        self.order._panier_cancel_by_member()
        self.assertEqual(self._available(), 17)
        refund = card._create_child_transaction(10, is_refund=True)
        self.assertEqual(self._available(), 7, "held while the refund is on its way")
        with self.assertRefused("refund_without_credit"), self.env.cr.savepoint():
            card._create_child_transaction(10, is_refund=True)
        refund._set_done()
        refund._post_process()
        self.assertEqual((self._available(), self._open()), (7, 7))
        self.assertEqual(self.note.amount_residual, 7, "the avoir of the same order first")
