from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.website_sale.tests.common import MockRequest

from ..controllers.checkout import PanierDelivery
from .common import PanierOrderCase, PanierOrderHttpCase


@tagged("post_install", "-at_install")
class TestPaymentGuards(PanierOrderCase):
    """The model is the guard: whatever creates a transaction is asked the same questions."""

    def setUp(self):
        super().setUp()
        self.order = self._create_ready_cart()

    def _assert_no_payment(self, code, order=None, provider=None, **values):
        order = order or self.order
        with self.assertRefused(code):
            self._create_transaction(order, provider or self.provider, user=self.member, **values)
        self.assertFalse(order.transaction_ids)
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.panier_state)

    def test_an_honest_payment(self):
        tx = self._create_transaction(self.order, self.provider, user=self.member)
        self.assertEqual(tx.state, "draft")

    def test_no_slot(self):
        self._assert_no_payment("slot_missing", self._create_cart())

    def test_the_slot_was_lost(self):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=21)):
            self._assert_no_payment("slot_lost")

    def test_the_delivery_line_is_missing(self):
        self.order.order_line.filtered("is_delivery").unlink()
        self.assertFalse(self.order.carrier_id)
        self._assert_no_payment("delivery_missing")
        self.order.carrier_id = self.carrier
        self._assert_no_payment("delivery_missing")

    def test_the_delivery_method_is_no_longer_offered(self):
        self.carrier.is_published = False
        self._assert_no_payment("delivery_missing")

    def test_the_place_is_closed_for_good(self):
        self.place.active = False
        self._assert_no_payment("delivery_missing")

    def test_the_method_now_belongs_to_another_place(self):
        self.carrier.panier_place_id = self.foreign_slot.place_id
        self._assert_no_payment("slot_other_place")

    def test_status_lost_between_cart_and_payment(self):
        self.member.partner_id.with_user(self.env.ref("base.user_root")).panier_status_id = self.status["suspended"]
        self._assert_no_payment("status_suspended")

    def test_a_forged_amount(self):
        for amount in (0.01, 9.99, 10.01):
            with self.subTest(amount=amount):
                self._assert_no_payment("payment_amount", amount=amount)

    def test_the_till_where_the_method_does_not_allow_it(self):
        self.carrier.panier_till_allowed = False
        self._assert_no_payment("payment_provider", provider=self.till)

    def test_the_till_for_an_order_that_is_none_of_ours(self):
        providers = self.env["payment.provider"]._get_compatible_providers(
            self.env.company.id, self.member.partner_id.id, 20, sale_order_id=self._create_order().id
        )
        self.assertNotIn(self.till, providers)
        self.assertNotIn(
            self.till, providers._get_compatible_providers(self.env.company.id, self.member.partner_id.id, 20)
        )

    def test_the_till_is_offered_for_ours(self):
        providers = self.env["payment.provider"]._get_compatible_providers(
            self.env.company.id, self.member.partner_id.id, 10, sale_order_id=self.order.id
        )
        self.assertIn(self.till, providers)

    def test_full_payment_is_required_also_in_the_backend(self):
        order = self._create_order(website=False, require_payment=False, prepayment_percent=0.3)
        order.set_delivery_line(self.carrier, 0)
        self.assertTrue(order.require_payment)
        self.assertEqual(order._get_prepayment_required_amount(), order.amount_total)
        self.assertFalse(order.require_signature)

    def test_nothing_changes_for_orders_that_are_not_ours(self):
        order = self._create_order(website=False, require_payment=False, prepayment_percent=0.3)
        order.set_delivery_line(self.env.ref("delivery.free_delivery_carrier"), 0)
        self.assertFalse(order.require_payment)
        self.assertFalse(order._panier_action())
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.panier_state)
        self.assertFalse(order.panier_code)
        order.action_cancel()
        order.action_draft()
        self.assertEqual(order.state, "draft")

    def test_express_checkout_leaves_out_what_needs_a_slot(self):
        with MockRequest(self.env, website=self.website, sale_order_id=self.order.id):
            self.assertNotIn(self.carrier, PanierDelivery._get_delivery_methods_express_checkout(self.order))


@tagged("post_install", "-at_install")
class TestTill(PanierOrderCase):
    """The choice of the till is a choice, not money."""

    def setUp(self):
        super().setUp()
        self.order = self._create_ready_cart()

    def test_it_confirms(self):
        tx = self._choose_till(self.order)
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertTrue(self.order.panier_pay_at_till)
        self.assertEqual(tx.state, "pending")
        self.assertFalse(self.order._panier_is_settled())
        self.assertFalse(self.order.invoice_ids)

    def test_processed_twice_it_changes_nothing(self):
        tx = self._choose_till(self.order)
        code = self.order.panier_code
        tx._post_process()
        self.assertEqual(self.order.panier_code, code)
        self.assertEqual(tx.state, "pending")
        self.assertPlaces(self.slot, 1)

    def _assert_cancelled(self, tx, order=None):
        order = order or self.order
        self.assertEqual(tx.state, "cancel")
        self.assertTrue(tx.state_message)
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.panier_state)
        self.assertFalse(order.panier_pay_at_till)
        self.assertFalse(order.panier_code)

    def _late_choice(self):
        tx = self._create_transaction(self.order, self.till, user=self.member)
        tx._set_pending()
        return tx

    def test_the_cart_has_changed_meanwhile(self):
        tx = self._late_choice()
        self.order.order_line[0].product_uom_qty = 5
        tx._post_process()
        self._assert_cancelled(tx)

    def test_the_status_was_lost_meanwhile(self):
        tx = self._late_choice()
        self.member.partner_id.with_user(self.env.ref("base.user_root")).panier_status_id = self.status["suspended"]
        tx._post_process()
        self._assert_cancelled(tx)
        self.assertFalse(self.order.picking_ids)

    def test_the_slot_was_lost_meanwhile(self):
        tx = self._late_choice()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            tx._post_process()
        self._assert_cancelled(tx)
        self.assertPlaces(self.slot, 1)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            self.assertPlaces(self.slot, 0)

    def test_the_till_is_no_longer_allowed(self):
        tx = self._late_choice()
        self.carrier.panier_till_allowed = False
        tx._post_process()
        self._assert_cancelled(tx)

    def test_a_choice_after_the_order_was_paid_online(self):
        tx = self._create_transaction(self.order, self.till, user=self.member)
        self._pay(self.order)
        tx._set_pending()
        tx._post_process()
        self.assertEqual(tx.state, "cancel")
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertFalse(self.order.panier_pay_at_till)

    def test_a_choice_after_the_order_was_cancelled(self):
        tx = self._choose_till(self.order)
        self.order.action_panier_cancel("Changed my mind")
        self.assertEqual(tx.state, "cancel")
        tx._post_process()
        self.assertEqual(self.order.state, "cancel")
        self.assertFalse(self.order.panier_pay_at_till)


@tagged("post_install", "-at_install")
class TestPaymentRoutes(PanierOrderHttpCase):
    """The same through the routes, forged or not."""

    def setUp(self):
        super().setUp()
        self.order = self._fill_cart()
        self.url_open("/shop/checkout")
        self._json("/panier/checkout/choose", slot_id=self.slot.id)

    def _routes(self):
        self.order._portal_ensure_token()
        return (f"/shop/payment/transaction/{self.order.id}", f"/my/orders/{self.order.id}/transaction")

    def _assert_refused_on_both_routes(self, **params):
        provider = params.pop("provider", self.provider)
        for route in self._routes():
            with self.subTest(route=route):
                result, error = self._json(
                    route,
                    **{
                        "access_token": self.order.access_token,
                        "provider_id": provider.id,
                        "payment_method_id": provider.payment_method_ids[:1].id,
                        "token_id": None,
                        "amount": self.order.amount_total,
                        "flow": "redirect",
                        "tokenization_requested": False,
                        "landing_route": "/my",
                        **params,
                    },
                )
                self.assertIsNone(result)
                self.assertTrue(error["message"])
                self.assertNotIn("Traceback", error["message"])
                self.assertFalse(self.order.transaction_ids)
                self.assertEqual(self.order.state, "draft")
                self.assertFalse(self.order.panier_state)

    def test_a_forged_amount(self):
        self._assert_refused_on_both_routes(amount=0.01)

    def test_the_till_where_it_is_not_allowed(self):
        self.carrier.panier_till_allowed = False
        self._assert_refused_on_both_routes(provider=self.till)

    def test_a_cart_without_a_slot(self):
        self.order._panier_drop_slot()
        self._assert_refused_on_both_routes()

    def test_the_payment_page_leads_back_to_the_slot_that_was_lost(self):
        self.order._panier_drop_slot()
        page = self.url_open("/shop/payment")
        self.assertEqual(page.url.split("#")[0], self.base_url() + "/shop/checkout")
        self.assertShows(page, 'name="panier_notice"')

    def test_paid_twice_in_two_tabs(self):
        for _tab in range(2):
            _result, error = self._start_payment(self.order, self.provider)
            self.assertIsNone(error)
        first, second = self.order.transaction_ids.sorted("id")
        self._money_arrives(first)
        self._money_arrives(second)
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertEqual(len(self.order.invoice_ids), 1)

    def test_a_stranger_who_guesses_the_reference_does_no_harm(self):
        result, _error = self._start_payment(self.order, self.till)
        self.authenticate(None, None)
        with self.assertLogs("odoo.addons.panier_order.models.payment_transaction", "WARNING"):
            self.url_open("/payment/custom/process", data={"reference": result["reference"]})
        self.assertEqual(self.order.transaction_ids.state, "draft")
        self.assertEqual(self.order.state, "draft")

    @mute_logger("odoo.addons.payment.models.payment_transaction")
    def test_a_forged_reference_does_no_harm(self):
        for reference in ("", "S99999", self.order.name, "' OR 1=1 --"):
            page = self.url_open("/payment/custom/process", data={"reference": reference})
            self.assertEqual(page.status_code, 200)
        self.assertFalse(self.order.transaction_ids)
        self.assertEqual(self.order.state, "draft")

    def test_a_replay_changes_nothing(self):
        result, _error = self._start_payment(self.order, self.till)
        for _time in range(3):
            self.url_open("/payment/custom/process", data={"reference": result["reference"]})
            self._json("/payment/status/poll")
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertPlaces(self.slot, 1)

    def test_a_refused_choice_leads_back_with_the_reason(self):
        result, _error = self._start_payment(self.order, self.till)
        self.slot.closed = True
        self.url_open("/payment/custom/process", data={"reference": result["reference"]})
        answer, error = self._json("/payment/status/poll")
        self.assertIsNone(error)
        self.assertEqual(answer["state"], "cancel")
        page = self.url_open("/shop/payment/validate")
        self.assertEqual(page.url.split("#")[0], self.base_url() + "/shop/checkout")
        self.assertShows(page, 'name="panier_notice"')
        self.assertEqual(self.order.state, "draft")

    def test_json_of_the_wrong_shape(self):
        for params in (
            {},
            {"slot_id": None},
            {"slot_id": "abc"},
            {"slot_id": [1, 2]},
            {"slot_id": {"id": self.other_slot.id}},
            {"slot_id": True},
            {"slot_id": 1.5},
            {"slot_id": -1},
            {"slot_id": self.other_slot.id, "note": ["x"]},
            {"slot_id": self.other_slot.id, "substitution": 3},
            {"slot_id": self.other_slot.id, "substitution": "drop table"},
            {"slot_id": self.other_slot.id, "note": "x" * 501},
            {"slot_id": self.foreign_slot.id},
        ):
            with self.subTest(params=params):
                result, error = self._json("/panier/checkout/choose", **params)
                self.assertIsNone(error)
                if params.get("slot_id") is not None:
                    self.assertTrue(result["refusals"][0]["message"])
                self.assertUnchanged(self.order, self.slot, panier_note=False, panier_substitution="none")
        self.assertPlaces(self.other_slot, 0)

    def test_a_note_with_characters_that_no_text_has(self):
        result, error = self._json("/panier/checkout/wishes", note="Ripe\x00 bananas\x07\nplease", substitution="call")
        self.assertIsNone(error)
        self.assertFalse(result["refusals"])
        self.assertUnchanged(self.order, self.slot, panier_note="Ripe bananas\nplease", panier_substitution="call")

    def test_without_javascript(self):
        page = self._post_form(
            "/panier/checkout/slot", slot_id=str(self.other_slot.id), note="Ripe", substitution="call"
        )
        self.assertShows(page, "o_panier_slot_panel")
        self.assertUnchanged(self.order, self.other_slot, panier_note="Ripe", panier_substitution="call")
        page = self._post_form("/panier/checkout/slot", slot_id=str(self.foreign_slot.id))
        self.assertShows(page, 'name="panier_notice"')
        self.assertUnchanged(self.order, self.other_slot)

    def test_a_form_without_its_token_is_refused(self):
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open("/panier/checkout/slot", data={"slot_id": str(self.other_slot.id)})
        self.assertEqual(answer.status_code, 400)
        self.assertUnchanged(self.order, self.slot)

    def test_the_choice_survives_a_reload_and_another_tab(self):
        for _time in range(2):
            self.assertShows(self.url_open("/shop/checkout"), "data-held", self.slot._panier_label())
        self.assertShows(self.url_open("/shop/payment"), "o_payment_form")
        self.assertUnchanged(self.order, self.slot)

    def test_a_visitor_without_a_cart(self):
        self.authenticate(None, None)
        result, error = self._json("/panier/checkout/choose", slot_id=self.slot.id)
        self.assertIsNone(error)
        self.assertEqual(result["refusals"][0]["code"], "cart_empty")

    def test_confirming_an_unpaid_order_by_rpc(self):
        with self.assertRaises(UserError):
            self.order.with_user(self.referent).action_confirm()
        self.assertUnchanged(self.order, self.slot, state="draft", panier_state=False)
