from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import PanierCreditHttpCase


class CheckoutCase(PanierCreditHttpCase):
    """A member with 7.00 of credit at the payment page of a basket of 20.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls._give_credit(7)
        cls.order = cls._cart(cls.member)

    @classmethod
    def _cart(cls, user):
        order = cls._create_cart(user=user)
        order.order_line.filtered(lambda line: line.product_id == cls.goods).product_uom_qty = 2
        order.with_user(user).sudo().action_panier_choose_slot(cls.slot.id)
        return order

    def setUp(self):
        super().setUp()
        self.authenticate("member", "member")

    def _held(self, order=None):
        """What is held for the order, in states that weigh on the credit."""
        (order or self.order).invalidate_recordset()
        held = (order or self.order)._panier_credit_transactions(("draft", "pending"))
        return sum(tx.amount for tx in held if tx._panier_credit_stands())

    def _card(self, order=None):
        """The last payment that is not credit."""
        order = order or self.order
        order.invalidate_recordset()
        return order.transaction_ids.filtered(lambda tx: not tx._panier_is_credit()).sorted("id")[-1:]

    def _pay_by_card(self, amount=13.0, order=None, **params):
        """Press "Pay now" on the page of the shop. :return: the transaction"""
        _result, error = self._start_payment(order or self.order, self.provider, amount=amount, **params)
        self.assertIsNone(error)
        return self._card(order)

    def _start_on_portal(self, provider, **params):
        """What the payment form of the order's own page sends. :return: (result, error data)"""
        self.order._portal_ensure_token()
        return self._json(
            f"/my/orders/{self.order.id}/transaction",
            **{
                "access_token": self.order.access_token,
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id,
                "token_id": None,
                "amount": 13.0,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": "/my",
                **params,
            },
        )

    def assertNothingHappened(self, available=7.0):
        """Fails unless the order waits, without any payment, and the credit is what it was."""
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertFalse(self.order.transaction_ids.filtered(lambda tx: tx.state != "cancel"))
        self.assertEqual((self._available(), self._open()), (available, available))


@tagged("post_install", "-at_install")
class TestCheckoutCredit(CheckoutCase):
    """Spending credit on the payment page of the shop (issue: offered first, the card pays the rest)."""

    # === THE PAGE === #

    def test_it_is_used_first_and_the_form_asks_for_the_rest(self):
        page = self.url_open("/shop/payment")
        self.assertShows(page, "Left to pay", "Keep my credit for later", 'data-amount="13.0"')
        self.assertNotIn("panier_credit_pay", page.text)

    def test_the_card_pays_the_rest_and_one_page_confirms(self):
        self.url_open("/shop/checkout")
        card = self._pay_by_card()
        self.assertEqual((card.amount, self._held(), self._available()), (13, 7, 0))
        self._money_arrives(card)
        self.assertEqual((self.order.state, self.order.panier_state), ("sale", "to_prepare"))
        self.assertEqual((self.order.invoice_ids.amount_residual, self._open()), (0, 0))
        page = self.url_open("/shop/payment/validate")
        self.assertTrue(page.url.endswith("/shop/confirmation"), page.url)
        self.assertShows(page, "Credit used", "7.00", "Test card", "13.00")
        self.assertNotIn("can not be confirmed", page.text)
        mail = self.order.message_ids.filtered(lambda message: "is confirmed" in (message.subject or ""))
        self.assertIn("Credit used", mail.body)
        self.assertShows(self.url_open(f"/my/orders/{self.order.id}"), "Credit used", "Test card")
        self.assertShows(self.url_open(self.order.invoice_ids.get_portal_url()), "Paid")

    def test_covered_there_is_one_button_and_no_card(self):
        self._give_credit(18)
        page = self.url_open("/shop/payment")
        self.assertShows(page, "Pay with my credit", "5.00", "left for another time")
        self.assertNotIn("o_payment_form", page.text)
        page = self._post_form("/panier/checkout/credit/pay", amount="20.0")
        self.assertTrue(page.url.endswith("/shop/confirmation"), page.url)
        self.env.invalidate_all()
        self.assertEqual((self.order.state, self.order.panier_state), ("sale", "to_prepare"))
        self.assertEqual((self.order.invoice_ids.payment_state, self._open()), ("paid", 5))
        again = self._post_form("/panier/checkout/credit/pay", amount="20.0")
        self.assertTrue(again.url.endswith("/shop/confirmation"), "a double click")
        self.assertEqual((len(self.order.transaction_ids), self._open()), (1, 5))
        invoice = self.url_open(self.order.invoice_ids.get_portal_url())
        self.assertShows(invoice, "Paid")
        self.assertNotIn("Reversed", invoice.text)

    def test_the_member_keeps_it_and_uses_it_after_all(self):
        page = self._post_form("/panier/checkout/credit", kept="1")
        self.assertTrue(page.url.endswith("/shop/payment"))
        self.assertShows(page, "You keep your credit", "Use my credit", 'data-amount="20.0"')
        card = self._pay_by_card(amount=20.0)
        self.assertEqual((card.amount, self._held(), self._available()), (20, 0, 7))
        page = self._post_form("/panier/checkout/credit")
        self.assertShows(page, "Left to pay", 'data-amount="13.0"')

    def test_kept_in_another_window_while_the_card_form_is_open(self):
        self._pay_by_card()
        self._post_form("/panier/checkout/credit", kept="1")
        self.assertEqual((self._held(), self._available()), (0, 7))

    def test_without_credit_or_account_nothing_is_said(self):
        self._cart(self.other_member)
        self.authenticate("other_member", "other_member")
        page = self.url_open("/shop/payment")
        self.assertShows(page, 'data-amount="20.0"')
        self.assertNotIn('name="panier_credit"', page.text)
        self.authenticate(None, None)
        for route in ("/panier/checkout/credit", "/panier/checkout/credit/pay"):
            self.assertIn("/web/login", self._post_form(route, amount="7").url)
        self.assertNothingHappened()

    def test_a_reload_leaves_the_hold_alone(self):
        self._pay_by_card()
        held = self.order._panier_credit_transactions(("draft",))
        for _time in range(2):
            self.assertShows(self.url_open("/shop/payment"), 'data-amount="13.0"')
        self.assertEqual((held.state, self._held()), ("draft", 7))

    # === FORGED, OR OUT OF DATE === #

    def test_an_amount_that_is_not_what_is_left(self):
        for amount in (0.01, 7.0, 12.99, 20.0, -13.0, 1e9, "13 euros"):
            with self.subTest(amount):
                result, error = self._start_payment(self.order, self.provider, amount=amount)
                self.assertIsNone(result)
                self.assertTrue(error)
                self.assertNothingHappened()

    def test_the_page_was_older_than_the_credit(self):
        with self.subTest("more credit"):
            self._give_credit(3)
            _result, error = self._start_payment(self.order, self.provider, amount=13.0)
            self.assertEqual(error["context"]["refusals"][0]["code"], "payment_amount")
            self.assertNothingHappened(10)
        with self.subTest("less credit"):
            self._as_member(self._create_ready_cart())._panier_hold_credit()
            _result, error = self._start_payment(self.order, self.provider, amount=10.0)
            self.assertEqual(error["context"]["refusals"][0]["code"], "payment_amount")
            self.assertFalse(self.order.transaction_ids)

    def test_credit_is_no_way_to_pay_one_can_name(self):
        for start in (lambda **params: self._start_payment(self.order, **params), self._start_on_portal):
            for amount in (7.0, 13.0, 20.0, 0.01):
                result, error = start(provider=self.credit_provider, amount=amount)
                self.assertIsNone(result)
                self.assertTrue(error)
                self.assertNothingHappened()

    def test_a_card_that_would_only_seem_needed(self):
        self._give_credit(13)
        for amount in (20.0, 13.0, 0.01):
            result, error = self._start_payment(self.order, self.provider, amount=amount)
            self.assertIsNone(result)
            self.assertEqual(error["context"]["refusals"][0]["code"], "payment_amount")
        self.assertNothingHappened(20)

    def test_covered_a_moment_ago(self):
        """The page said 20.00; the basket, or the credit, is another one now."""
        for amount in ("20.0", "7.0", "", "lots", "nan", "inf"):
            page = self._post_form("/panier/checkout/credit/pay", amount=amount)
            self.assertTrue(page.url.endswith("/shop/payment"), page.url)
            self.assertShows(page, "has changed")
            self.assertNothingHappened()

    def test_a_slot_lost_before_paying_with_credit(self):
        self._give_credit(13)
        self.slot.closed = True
        page = self._post_form("/panier/checkout/credit/pay", amount="20.0")
        self.assertIn("/shop/checkout", page.url)
        self.assertNothingHappened(20)

    def test_another_members_order(self):
        self.order._portal_ensure_token()
        self.authenticate("other_member", "other_member")
        for amount in (13.0, 20.0):
            result, error = self._start_payment(self.order, self.provider, amount=amount)
            self.assertIsNotNone(error or result)
            self.env.invalidate_all()
            self.assertEqual((self._held(), self._available()), (0, 7))
        result, error = self._start_payment(self.order, self.credit_provider, amount=7.0)
        self.assertIsNone(result)
        self.assertEqual((self._held(), self._available()), (0, 7))

    def test_credit_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other co-op", "currency_id": self.env.company.currency_id.id})
        self.env["account.chart.template"].try_loading("generic_coa", other, install_demo=False)
        self.note.button_draft()
        self._give_credit(7, company=other)
        page = self.url_open("/shop/payment")
        self.assertShows(page, 'data-amount="20.0"')
        self.assertNotIn('name="panier_credit"', page.text)
        _result, error = self._start_payment(self.order, self.provider, amount=13.0)
        self.assertEqual(error["context"]["refusals"][0]["code"], "payment_amount")
        self.assertNothingHappened(0)

    # === OTHER WAYS TO PAY === #

    def test_the_till_takes_nothing_from_it(self):
        self._pay_by_card()
        self.assertShows(self.url_open("/shop/payment"), "If you pay at the till")
        for amount in (0.01, 7.0):
            result, error = self._start_payment(self.order, self.till, amount=amount)
            self.assertIsNone(result)
            self.assertTrue(error)
            self.assertEqual(self._held(), 7)
        _result, error = self._start_payment(self.order, self.till, amount=13.0)
        self.assertIsNone(error)
        tx = self._card()
        self.assertEqual((tx.amount, self._held(), self._available()), (20, 0, 7))
        tx._set_pending()
        tx._post_process()
        self.assertEqual((self.order.state, self.order.panier_pay_at_till, self._available()), ("sale", True, 7))

    def test_express_checkout_pays_what_its_sheet_showed(self):
        """It sends no amount, and shows the whole: credit stays what it is."""
        card = self._pay_by_card(amount=None, flow="direct")
        self.assertEqual((card.amount, self._held(), self._available()), (20, 0, 7))

    def test_a_saved_card_pays_the_rest(self):
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids.id,
                "partner_id": self.member.partner_id.id,
                "provider_ref": "saved",
                "payment_details": "1234",
            }
        )
        card = self._pay_by_card(flow="token", token_id=token.id)
        self.assertEqual((card.token_id, card.amount, self._held()), (token, 13, 7))

    # === WHAT HAPPENS MEANWHILE === #

    def test_a_card_that_fails_leads_back_to_the_basket(self):
        for state in ("error", "cancel"):
            with self.subTest(state):
                self.url_open("/shop/checkout")
                card = self._pay_by_card()
                card._set_error("Refused by the bank") if state == "error" else card._set_canceled()
                card._post_process()
                page = self.url_open("/shop/payment/validate")
                self.assertTrue(page.url.endswith("/shop/payment"), page.url)
                self.assertShows(page, "did not go through", "Your credit is available again", 'data-amount="13.0"')
                self.assertEqual((self._held(), self._available(), self.order.state), (0, 7, "draft"))
        self._money_arrives(self._pay_by_card())
        self.assertEqual((self.order.state, self._open()), ("sale", 0))

    def test_a_basket_that_changes_gives_it_back(self):
        self._pay_by_card()
        self._json("/shop/cart/update", line_id=self.order.order_line[:1].id, quantity=1)
        self.assertEqual((self._held(), self._available()), (0, 7))
        self.assertShows(self.url_open("/shop/payment"), 'data-amount="3.0"')

    def test_another_delivery_method_may_be_chosen_while_it_is_held(self):
        self._pay_by_card()
        home = self._create_carrier(self.place, name="Another")
        home.product_id.list_price = 2.0
        _result, error = self._json("/shop/set_delivery_method", dm_id=home.id)
        self.assertIsNone(error)
        self.order.invalidate_recordset()
        self.assertEqual((self.order.carrier_id, self._held(), self._available()), (home, 0, 7))

    def test_abandoned_it_can_be_spent_elsewhere_after_half_an_hour(self):
        self._pay_by_card()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            self.assertEqual(self._available(), 7)


@tagged("post_install", "-at_install")
class TestPortalOrderCredit(CheckoutCase):
    """The same on the order's own page."""

    def setUp(self):
        super().setUp()
        self.order._portal_ensure_token()
        self.order.action_quotation_sent()
        self.url = f"/my/orders/{self.order.id}"
        self.link = f"{self.url}?access_token={self.order.access_token}"

    def assertNothingHappened(self, available=7.0):
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "sent")
        self.assertFalse(self.order.transaction_ids.filtered(lambda tx: tx.state != "cancel"))
        self.assertEqual((self._available(), self._open()), (available, available))

    def test_the_member_pays_the_rest_by_card(self):
        self.assertShows(self.url_open(self.url), "Left to pay", "Keep my credit for later", 'data-amount="13.0"')
        _result, error = self._start_on_portal(self.provider)
        self.assertIsNone(error)
        self.assertEqual((self._card().amount, self._held()), (13, 7))
        self._money_arrives(self._card())
        self.assertEqual((self.order.state, self._open()), ("sale", 0))
        self.assertShows(self.url_open(self.url), "Credit used", "Test card")

    def test_an_associate_of_the_household_uses_it_too(self):
        associate = self._create_member("associate", None, parent_id=self.member.partner_id.id)
        self.authenticate("associate", "associate")
        self.assertShows(self.url_open(self.link), 'data-amount="13.0"')
        _result, error = self._start_on_portal(self.provider)
        self.assertIsNone(error)
        self.assertEqual((self._held(), associate.partner_id.commercial_partner_id), (7, self.member.partner_id))

    def test_covered_there_is_one_button(self):
        self._give_credit(13)
        page = self.url_open(self.url)
        self.assertShows(page, "Pay with my credit")
        self.assertNotIn("o_payment_form", page.text)
        page = self._post_form(f"{self.url}/credit/pay", amount="20.0")
        self.assertShows(page, "Credit used")
        self.env.invalidate_all()
        self.assertEqual((self.order.state, self._open()), ("sale", 0))

    def test_kept_and_used_after_all(self):
        self.assertShows(self._post_form(f"{self.url}/credit", kept="1"), "You keep your credit", 'data-amount="20.0"')
        self.assertShows(self._post_form(f"{self.url}/credit"), 'data-amount="13.0"')

    def test_the_link_alone_neither_shows_nor_uses_it(self):
        for login in (None, "other_member", "referent"):
            with self.subTest(login):
                self.authenticate(login, login)
                page = self.url_open(self.link)
                self.assertShows(page, 'data-amount="20.0"')
                self.assertNotIn('name="panier_credit"', page.text)
                result, error = self._start_on_portal(self.provider, amount=13.0)
                self.assertIsNone(result)
                self.assertTrue(error)
                self.assertNothingHappened()
        self.authenticate(None, None)
        _result, error = self._start_on_portal(self.provider, amount=20.0)
        self.assertIsNone(error)
        self.assertEqual((self._card().amount, self._available()), (20, 7))

    def test_nobody_else_takes_the_credit_from_under_the_households_payment(self):
        self._start_on_portal(self.provider)
        card = self._card()
        for login in (None, "other_member", "referent"):
            self.authenticate(login, login)
            for amount in (20.0, 13.0):
                _result, error = self._start_on_portal(self.provider, amount=amount)
                self.assertIn("just now", error["message"])
                self.assertEqual((self._card(), self._held(), self._available()), (card, 7, 0))

    def test_posts_of_others_change_nothing(self):
        self._give_credit(13)
        self.authenticate("other_member", "other_member")
        for route, data in (("credit", {"kept": "1"}), ("credit/pay", {"amount": "20.0"})):
            self._post_form(f"{self.url}/{route}", **data)
            self.assertNothingHappened(20)
            self.assertFalse(self.order.panier_credit_kept)
        self.authenticate("member", "member")
        self._post_form(f"{self.url}/credit/pay", amount="19.0")
        self.assertNothingHappened(20)

    def test_forged_amounts(self):
        for amount in (0.01, 7.0, 20.0, -13.0, None):
            with self.subTest(amount):
                result, error = self._start_on_portal(self.provider, amount=amount)
                self.assertIsNone(result)
                self.assertTrue(error)
                self.assertNothingHappened()

    def test_a_cancelled_order(self):
        self.order._action_cancel()
        for provider in (self.provider, self.credit_provider):
            result, error = self._start_on_portal(provider)
            self.assertIsNone(result)
            self.assertTrue(error)
        self._post_form(f"{self.url}/credit/pay", amount="7.0")
        self.assertFalse(self.order.transaction_ids)
        self.assertEqual(self._available(), 7)
