from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestPaymentHttp(PanierMemberCommon, HttpCase):
    """Whatever a browser posts to Odoo's payment routes (odoo19.md, finding 3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls._create_provider()
        cls.order = cls._create_order()
        cls.order._portal_ensure_token()

    def _post(self, route, login="member", order=None, **params):
        """Post to a payment route; return (result, error data)."""
        order = order or self.order
        if login:
            self.authenticate(login, login)
        else:
            self.authenticate(None, None)
        params = {
            "access_token": order.access_token,
            "provider_id": self.provider.id,
            "payment_method_id": self.provider.payment_method_ids.id,
            "token_id": None,
            "amount": order.amount_total,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my",
            **params,
        }
        with mute_logger("odoo.http"):
            answer = self.url_open(route, json={"jsonrpc": "2.0", "id": 0, "params": params}).json()
        return answer.get("result"), answer.get("error", {}).get("data")

    def _routes(self, order=None):
        order = order or self.order
        return (f"/my/orders/{order.id}/transaction", f"/shop/payment/transaction/{order.id}")

    def _assert_refused(self, code, **params):
        order = params.get("order") or self.order
        for route in self._routes(order):
            with self.subTest(route=route):
                result, error = self._post(route, **params)
                self.assertIsNone(result)
                self.assertEqual(error["name"], "odoo.addons.panier_member.refusal.Refused", error["message"])
                self.assertEqual([r["code"] for r in error["context"]["refusals"]], [code])
                self.assertFalse(order.transaction_ids)
                self.assertEqual(order.state, "draft")

    def test_an_honest_payment_goes_through_both_routes(self):
        for route in self._routes():
            result, error = self._post(route)
            self.assertIsNone(error)
            self.assertEqual(result["amount"], 20)
        self.assertEqual(len(self.order.transaction_ids), 2)

    def test_a_visitor_with_the_payment_link_pays(self):
        result, error = self._post(self._routes()[0], login=None)
        self.assertIsNone(error)
        self.assertEqual(result["partner_id"], self.member.partner_id.id)

    def test_a_forged_amount_on_the_portal_route(self):
        for amount in (0.01, -20, 0, 1e9):
            result, error = self._post(self._routes()[0], amount=amount)
            self.assertIsNone(result)
            self.assertEqual(error["context"]["refusals"][0]["code"], "payment_amount")
        self.assertFalse(self.order.transaction_ids)

    def test_a_forged_amount_on_the_shop_route(self):
        result, error = self._post(self._routes()[1], amount=0.01)
        self.assertIsNone(result)
        self.assertTrue(error)
        self.assertFalse(self.order.transaction_ids)

    def test_a_provider_that_is_not_published(self):
        hidden = self._create_provider(is_published=False)
        self._assert_refused("payment_provider", provider_id=hidden.id)

    def test_a_provider_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other co-op"})
        self._assert_refused("payment_provider", provider_id=self._create_provider(company_id=company.id).id)

    def test_a_payment_disguised_as_the_registration_of_a_card(self):
        result, error = self._post(self._routes()[0], is_validation=True)
        self.assertIsNone(result)
        self.assertEqual(error["context"]["refusals"][0]["code"], "payment_operation")
        self.assertFalse(self.order.transaction_ids)

    def test_a_suspended_member(self):
        order = self._create_order(self.suspended_member.partner_id)
        order._portal_ensure_token()
        self._assert_refused("status_suspended", order=order, login="suspended_member")

    def test_a_status_lost_between_cart_and_payment(self):
        self.member.partner_id.panier_status_id = self.status["unsubscribed"]
        self._assert_refused("status_unsubscribed")

    def test_a_stranger(self):
        order = self._create_order(self.stranger.partner_id)
        order._portal_ensure_token()
        self._assert_refused("status_unknown", order=order, login="stranger")

    def test_another_members_link(self):
        result, error = self._post(self._routes()[0], login="preparer")
        self.assertIsNone(result)
        self.assertEqual(error["context"]["refusals"][0]["code"], "payment_partner")
        self.assertFalse(self.order.transaction_ids)

    def test_another_members_order_without_the_link(self):
        result, error = self._post(self._routes()[0], login="preparer", access_token="guess")
        self.assertIsNone(result)
        self.assertTrue(error)
        self.assertFalse(self.order.transaction_ids)

    def test_paid_twice(self):
        self._create_transaction(self.order, self.provider, state="done")
        result, error = self._post(self._routes()[0])
        self.assertIsNone(result)
        self.assertEqual(error["context"]["refusals"][0]["code"], "payment_already_paid")
        self.assertIsNone(self._post(self._routes()[1])[0])
        self.assertEqual(len(self.order.transaction_ids), 1)

    def test_a_cancelled_order(self):
        self.order._action_cancel()
        for route in self._routes():
            result, error = self._post(route)
            self.assertIsNone(result)
            self.assertTrue(error)
        self.assertFalse(self.order.transaction_ids)

    def test_json_of_the_wrong_shape(self):
        for params in (
            {"amount": "twenty"},
            {"amount": None},
            {"amount": [20]},
            {"provider_id": "1"},
            {"provider_id": None},
            {"sale_order_ids": [[6, 0, []]]},
            {"partner_id": 1},
        ):
            with self.subTest(params), mute_logger("odoo.sql_db"):
                result, error = self._post(self._routes()[0], **params)
                self.assertIsNone(result)
                self.assertTrue(error)
        self.env.invalidate_all()
        self.assertFalse(self.order.transaction_ids)

    def test_a_member_has_no_hand_on_a_payment_by_rpc(self):
        transaction = self._create_transaction(self.order, self.provider)
        self.authenticate("member", "member")
        for method, args in (
            ("write", [transaction.ids, {"amount": 0.01}]),
            ("write", [transaction.ids, {"state": "done"}]),
            ("write", [transaction.ids, {"sale_order_ids": [[6, 0, []]]}]),
            ("create", [self._prepare_transaction(self.order, self.provider)]),
            ("unlink", [transaction.ids]),
        ):
            with self.subTest(method):
                error = self._call_kw("payment.transaction", method, args)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        for method, args in (
            ("write", [self.order.ids, {"require_payment": False}]),
            ("write", [self.order.ids, {"website_id": False}]),
            ("write", [self.order.ids, {"state": "sale"}]),
            ("action_confirm", [self.order.ids]),
        ):
            with self.subTest(method):
                error = self._call_kw("sale.order", method, args)
                self.assertEqual(error["name"], "odoo.exceptions.AccessError")
        self.assertEqual(transaction.amount, 20)
        self.assertEqual(transaction.state, "draft")
        self.assertEqual(self.order.state, "draft")

    def _call_kw(self, model, method, args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "params": params}
            ).json()
        return answer["error"]["data"]
