from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestOrderRule(PanierMemberCommon):
    def test_orders_of_the_members_only_website_are_ours(self):
        self.assertEqual(self._create_order()._panier_action(), "order")

    def test_other_orders_are_none_of_ours(self):
        stranger = self.stranger.partner_id
        self.website.panier_members_only = False
        for order in (self._create_order(stranger), self._create_order(stranger, website=False)):
            self.assertFalse(order._panier_action())
            self.assertEqual(order._panier_refusals(), [])
            order._panier_check()
            order.action_confirm()
            self.assertEqual(order.state, "sale")

    def test_the_check_raises_what_the_rule_says(self):
        order = self._create_order(self.suspended_member.partner_id)
        self.assertRefusals(order._panier_refusals(), "status_suspended")
        with self.assertRefused("status_suspended"):
            order._panier_check()
        self._create_order()._panier_check()

    def test_staff_cannot_confirm_what_the_member_may_not_order(self):
        order = self._create_order(self.suspended_member.partner_id).with_user(self.referent)
        with self.assertRaisesRegex(UserError, "Suspended"):
            order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_staff_confirm_what_the_member_may_order(self):
        order = self._create_order().with_user(self.referent)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_status_lost_between_cart_and_confirmation_counts(self):
        order = self._create_order()
        self.member.partner_id.panier_status_id = self.status["unsubscribed"]
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_a_free_order_is_checked_too(self):
        self.product.list_price = 0
        order = self._create_order(self.suspended_member.partner_id)
        self.assertEqual(order.amount_total, 0)
        self.assertFalse(order._panier_is_settled())
        with self.assertRefused("status_suspended"):
            order._check_cart_is_ready_to_be_paid()
        with self.assertRaises(UserError):
            order._validate_order()

    def test_orders_of_ours_are_paid_in_full_before_they_are_confirmed(self):
        self.env.company.write({"portal_confirmation_pay": False, "prepayment_percent": 0.3})
        order = self._create_order()
        self.assertTrue(order.require_payment)
        self.assertEqual(order.prepayment_percent, 1.0)
        self.assertEqual(order._get_prepayment_required_amount(), order.amount_total)
        self.assertTrue(order._has_to_be_paid())
        self.assertFalse(self._create_order(website=False).require_payment)

    def test_open_carts_follow_the_setting(self):
        self.website.panier_members_only = False
        self.env.company.portal_confirmation_pay = False
        order = self._create_order()
        self.assertFalse(order.require_payment)
        self.website.panier_members_only = True
        self.assertTrue(order.require_payment)
        self.assertEqual(order.prepayment_percent, 1.0)

    def test_a_cart_older_than_its_flags_still_needs_the_full_amount(self):
        order = self._create_order()
        order.write({"require_payment": False})
        self.assertEqual(order._get_prepayment_required_amount(), order.amount_total)
        self.assertFalse(order._is_confirmation_amount_reached())
