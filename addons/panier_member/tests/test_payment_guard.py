from odoo.fields import Command
from odoo.tests import tagged

from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestPaymentGuard(PanierMemberCommon):
    """`payment.transaction.create` is the one door all payments of our orders go through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls._create_provider()
        cls.order = cls._create_order()

    def _pay(self, order=None, user=None, **values):
        return self._create_transaction(order or self.order, self.provider, user=user or self.member, **values)

    def _assert_no_payment(self, order=None):
        order = order or self.order
        self.assertFalse(self.env["payment.transaction"].search([("sale_order_ids", "in", order.ids)]))

    # === YES === #

    def test_an_honest_payment_in_full(self):
        transaction = self._pay()
        self.assertEqual(transaction.sale_order_ids, self.order)

    def test_a_member_tries_again_after_giving_up_or_failing(self):
        for state in ("draft", "cancel", "error"):
            self._pay(state=state)
        self.assertTrue(self._pay())

    def test_the_rest_is_paid_when_part_is(self):
        self._pay(state="authorized").amount = 7
        self.assertEqual(self.order._panier_amount_due(), 13)
        with self.assertRefused("payment_amount"):
            self._pay(amount=20)
        self.assertTrue(self._pay(amount=13))

    def test_what_was_refunded_is_due_again(self):
        paid = self._pay(state="done")
        refund = paid._create_child_transaction(20, is_refund=True)
        with self.assertRefused("payment_already_paid"):
            self._pay()
        refund.state = "done"
        self.assertFalse(self.order._panier_is_settled())
        self.assertTrue(self._pay())

    def test_a_household_pays_for_its_own(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.member.partner_id.id})
        self.assertTrue(self._pay(partner_id=child.id))

    def test_staff_may_pay_for_a_member(self):
        self.assertTrue(self._pay(user=self.referent, partner_id=self.referent.partner_id.id))

    def test_a_confirmed_order_is_paid_whatever_became_of_the_status(self):
        self.order.action_confirm()
        self.member.partner_id.panier_status_id = self.status["suspended"]
        self.assertTrue(self._pay())

    # === NO === #

    def test_the_member_may_not_order(self):
        order = self._create_order(self.suspended_member.partner_id)
        with self.assertRefused("status_suspended"):
            self._pay(order, self.suspended_member)
        self._assert_no_payment(order)

    def test_forged_amounts(self):
        for amount in (0.01, 19.99, 20.01, 0, -20):
            with self.subTest(amount), self.assertRefused("payment_amount"):
                self._pay(amount=amount)
        self._assert_no_payment()

    def test_another_currency(self):
        currency = self._enable_currency("USD")
        with self.assertRefused("payment_currency"):
            self._pay(currency_id=currency.id)
        self._assert_no_payment()

    def test_paid_twice(self):
        for state in ("pending", "authorized", "done"):
            order = self._create_order()
            self._pay(order, state=state)
            with self.subTest(state), self.assertRefused("payment_already_paid"):
                self._pay(order)
            self.assertEqual(len(order.transaction_ids), 1)

    def test_a_cancelled_order(self):
        self.order._action_cancel()
        with self.assertRefused("payment_cancelled"):
            self._pay()
        self._assert_no_payment()

    def test_a_provider_that_is_not_offered(self):
        hidden = self._create_provider(name="Hidden", is_published=False)
        disabled = self._create_provider(name="Disabled", state="disabled", is_published=False)
        dear = self._create_provider(name="Small sums", maximum_amount=5)
        elsewhere = self._create_provider(name="Elsewhere", website_id=self._other_website().id)
        for provider in hidden | disabled | dear | elsewhere:
            with self.subTest(provider.name), self.assertRefused("payment_provider"):
                self._pay(provider_id=provider.id)
        self._assert_no_payment()

    def _other_website(self):
        return self.env["website"].create({"name": "Elsewhere", "company_id": self.env.company.id})

    def test_a_provider_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other co-op"})
        provider = self._create_provider(company_id=company.id)
        with self.assertRefused("payment_provider"):
            self._pay(provider_id=provider.id)
        self._assert_no_payment()

    def test_a_method_of_another_provider(self):
        method = (
            self.env["payment.method"]
            .with_context(active_test=False)
            .search([("id", "not in", self.provider.payment_method_ids.ids), ("is_primary", "=", True)], limit=1)
        )
        with self.assertRefused("payment_provider"):
            self._pay(payment_method_id=method.id)

    def test_a_card_of_another_provider(self):
        other = self._create_provider(name="Other")
        token = self.env["payment.token"].create(
            {
                "provider_id": other.id,
                "payment_method_id": other.payment_method_ids.id,
                "partner_id": self.member.partner_id.id,
                "provider_ref": "x",
            }
        )
        with self.assertRefused("payment_provider"):
            self._pay(token_id=token.id, operation="online_token")

    def test_another_members_order(self):
        with self.assertRefused("payment_partner"):
            self._pay(user=self.preparer, partner_id=self.preparer.partner_id.id)
        self._assert_no_payment()

    def test_several_orders_at_once(self):
        other = self._create_order()
        with self.assertRefused("payment_several_orders"):
            self._pay(sale_order_ids=[Command.set((self.order | other).ids)], amount=40)
        self._assert_no_payment(self.order | other)

    def test_one_of_ours_among_others(self):
        other = self._create_order(website=False)
        with self.assertRefused("payment_several_orders"):
            self._pay(sale_order_ids=[Command.set((self.order | other).ids)], amount=40)

    def test_registering_a_card_is_no_payment(self):
        with self.assertRefused("payment_operation"):
            self._pay(operation="validation")

    def test_the_sentence_is_in_the_members_language(self):
        self._activate_french()
        self.member.partner_id.lang = "fr_FR"
        with self.assertRefused("payment_amount") as caught:
            self._pay(amount=1)
        self.assertIn("Le montant à payer est de", str(caught.exception))

    # === NONE OF OURS === #

    def test_other_orders_are_paid_as_ever(self):
        order = self._create_order(self.stranger.partner_id, website=False)
        other = self._create_order(website=False)
        self._create_transaction(order, self.provider, user=self.stranger, amount=0.01)
        orders = [Command.set((order | other).ids)]
        self._create_transaction(order, self.provider, user=self.stranger, sale_order_ids=orders)
        self.assertEqual(len(order.transaction_ids), 2)

    # === WHAT WAS PAID === #

    def test_a_paid_order_is_never_refused(self):
        transaction = self._pay(state="done")
        self.member.partner_id.panier_status_id = self.status["blocked"]
        self.assertTrue(self.order._panier_is_settled())
        transaction._check_amount_and_confirm_order()
        self.assertEqual(self.order.state, "sale")

    def test_part_of_the_price_confirms_nothing(self):
        transaction = self._pay()
        transaction.write({"amount": 5, "state": "done"})
        transaction._check_amount_and_confirm_order()
        self.assertEqual(self.order.state, "draft")

    def test_a_cart_that_grew_after_the_payment_began_is_not_confirmed(self):
        transaction = self._pay()
        self.order.order_line.product_uom_qty = 3
        transaction.state = "done"
        transaction._check_amount_and_confirm_order()
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order._panier_amount_due(), 10)

    def test_captures_and_refunds_are_not_asked(self):
        authorized = self._pay(state="authorized")
        for child in (
            authorized._create_child_transaction(20),
            authorized._create_child_transaction(5, is_refund=True),
        ):
            child.sale_order_ids = self.order
            self.assertEqual(child.source_transaction_id, authorized)
        self._create_transaction(self.order, self.provider, source_transaction_id=authorized.id, amount=20)
