from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestPaidLate(PanierOrderCase):
    """A paid order is never refused, and money is never silent (law 3)."""

    def setUp(self):
        super().setUp()
        self.order = self._create_ready_cart()
        self.tx = self._create_transaction(self.order, self.provider, user=self.member)

    def _let_capture_later(self):
        """The provider first authorizes, then captures."""

        def support(providers):
            providers.support_manual_capture = "full_only"

        self.startPatcher(patch.object(type(self.provider), "_compute_feature_support_fields", support))
        self.provider.invalidate_recordset()

    def _later(self, **delta):
        return freeze_time(fields.Datetime.now() + timedelta(**delta))

    def _last_message(self):
        return self.order.message_ids.filtered(lambda m: m.message_type == "comment" and m.partner_ids)[:1]

    def _assert_told(self, amount):
        """The member was told of this amount."""
        self.assertIn(self.member.partner_id, self._last_message().partner_ids)
        told = self._last_message().body.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
        self.assertIn(self.order.currency_id.format(amount).replace("\N{NO-BREAK SPACE}", " "), told)

    def test_expired_and_not_swept(self):
        with self._later(hours=2):
            self._money_arrives(self.tx)
            self.assertEqual(self.order.panier_state, "to_prepare")
            self.assertFalse(self.order.panier_slot_lost)
            self.assertPlaces(self.slot, 1)

    def test_expired_and_swept_but_free(self):
        with self._later(hours=2):
            self.env.ref("panier_capacity.panier_capacity_hold_cron_sweep").method_direct_trigger()
            self._money_arrives(self.tx)
            self.assertFalse(self.order.panier_slot_lost)
            self.assertPlaces(self.slot, 1)

    def test_expired_and_given_to_others(self):
        with self._later(hours=2):
            for _order in range(3):
                self._create_ready_cart(slot=self.slot)
            self._money_arrives(self.tx)
            self.assertEqual(self.order.state, "sale")
            self.assertEqual(self.order.panier_state, "to_prepare")
            self.assertTrue(self.order.panier_slot_lost)
            self.assertTrue(self.order.panier_code)
            self.assertPlaces(self.slot, 3)
            self.assertIn(f"/my/orders/{self.order.id}/slot", self._last_message().body)
            self.assertIn(self.member.partner_id, self._last_message().partner_ids)
            self.assertTrue(self.order.activity_ids)

            self.order.with_user(self.member).sudo().action_panier_choose_slot(self.other_slot.id)
            self.assertFalse(self.order.panier_slot_lost)
            self.assertPlaces(self.other_slot, 1)

    def test_the_slot_was_dropped_meanwhile(self):
        self.order._panier_drop_slot()
        self._money_arrives(self.tx)
        self.assertTrue(self.order.panier_slot_lost)
        self.assertEqual(self.order.state, "sale")

    def test_the_member_was_suspended_meanwhile(self):
        self.member.partner_id.with_user(self.env.ref("base.user_root")).panier_status_id = self.status["suspended"]
        self._money_arrives(self.tx)
        self.assertEqual(self.order.panier_state, "to_prepare")

    def test_the_delivery_method_was_withdrawn_meanwhile(self):
        self.carrier.is_published = False
        self._money_arrives(self.tx)
        self.assertEqual(self.order.panier_state, "to_prepare")

    def test_the_provider_answers_twice(self):
        for _time in range(2):
            self._money_arrives(self.tx)
        code = self.order.panier_code
        self.tx._post_process()
        self.assertEqual(self.order.panier_code, code)
        self.assertEqual(len(self.order.invoice_ids), 1)
        self.assertPlaces(self.slot, 1)

    def test_authorized_first_then_captured(self):
        self._let_capture_later()
        self.tx._set_authorized()
        self.tx._post_process()
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertFalse(self.order.invoice_ids)
        self._money_arrives(self.tx)
        self.assertEqual(self.order.invoice_ids.state, "posted")

    def test_paid_twice(self):
        second = self._create_transaction(self.order, self.provider, user=self.member)
        self._money_arrives(self.tx)
        self._money_arrives(second)
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertEqual(len(self.order.invoice_ids), 1)
        receivable = second.payment_id.move_id.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertEqual(receivable.amount_residual, -10.0)
        self.assertFalse(self.order.invoice_ids.amount_residual)
        self._assert_told(10.00)
        self.assertTrue(self.order.activity_ids)
        activities = self.order.activity_ids
        second._post_process()
        self.assertEqual(self.order.activity_ids, activities, "told once")

    def test_the_basket_has_grown_meanwhile(self):
        self.order.order_line[0].product_uom_qty = 3
        self._money_arrives(self.tx)
        self.assertEqual(self.order.state, "sent", "it is no cart any more, and waits for the rest")
        self.assertFalse(self.order.panier_state)
        self._assert_told(20.00)
        self.assertTrue(self.order.activity_ids)
        rest = self._create_transaction(self.order, self.provider, user=self.member, amount=20.0)
        self._money_arrives(rest)
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertEqual(self.order.invoice_ids.amount_total, 30.0)
        self.assertFalse(self.order.invoice_ids.amount_residual)

    def test_the_basket_has_shrunk_meanwhile(self):
        self.order.order_line[0].price_unit = 6.0
        self._money_arrives(self.tx)
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertEqual(self.order.invoice_ids.amount_total, 6.0)
        self._assert_told(4.00)

    def test_the_order_was_cancelled_meanwhile(self):
        self.order.action_panier_cancel("Too late")
        self._money_arrives(self.tx)
        self.assertEqual(self.order.state, "cancel")
        self._assert_told(10.00)
        self.assertTrue(self.order.activity_ids)

    def test_invoiced_when_paid_whatever_the_general_setting(self):
        for value in ("False", "True"):
            with self.subTest(automatic_invoice=value):
                self.env["ir.config_parameter"].set_param("sale.automatic_invoice", value)
                order = self._create_paid_order(slot=self.other_slot)
                self.assertEqual(order.invoice_ids.state, "posted")
                self.assertFalse(order.invoice_ids.amount_residual)

    def test_codes_are_unique_among_the_baskets_that_wait(self):
        codes = {self._create_paid_order(slot=slot).panier_code for slot in (self.slot, self.other_slot)}
        self.assertEqual(len(codes), 2)

    def test_the_confirmation_mail_says_what_where_when_and_the_code(self):
        self._money_arrives(self.tx)
        mail = self.order.message_ids.filtered(lambda message: self.order.panier_code in (message.body or ""))
        self.assertEqual(len(mail), 1)
        for text in (self.slot._panier_label(), self.place.name, "Apples"):
            self.assertIn(text, mail.body)
