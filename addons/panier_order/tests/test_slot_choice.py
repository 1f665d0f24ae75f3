from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestSlotChoice(PanierOrderCase):
    """One method chooses a slot, for the checkout, the portal and staff."""

    def setUp(self):
        super().setUp()
        self.order = self._create_cart()

    def _assert_refused(self, code, slot_id, slot=None):
        """Refused with this code, and nothing has changed."""
        before = self.order.panier_slot_id
        with self.assertRefused(code):
            self.order.action_panier_choose_slot(slot_id)
        self.assertUnchanged(self.order, before, state="draft", panier_state=False)
        if slot:
            self.assertPlaces(slot, slot.reserved)

    def test_a_choice_holds_a_place_for_as_long_as_the_settings_say(self):
        self.order.company_id.panier_hold_minutes = 12
        self.order.action_panier_choose_slot(self.slot.id)
        self.assertEqual(self.order.panier_slot_id, self.slot)
        self.assertEqual(self.order.commitment_date, self.slot.start)
        self.assertPlaces(self.slot, 1)
        self.assertAlmostEqual(self.order._panier_slot_seconds_left(), 12 * 60, delta=5)

    def test_a_second_choice_gives_the_first_place_back(self):
        self.order.action_panier_choose_slot(self.slot.id)
        self.order.action_panier_choose_slot(self.other_slot.id)
        self.assertEqual(self.order.panier_slot_id, self.other_slot)
        self.assertPlaces(self.slot, 0)
        self.assertPlaces(self.other_slot, 1)

    def test_and_back_to_the_first(self):
        for slot in (self.slot, self.other_slot, self.slot):
            self.order.action_panier_choose_slot(slot.id)
        self.assertPlaces(self.slot, 1)
        self.assertPlaces(self.other_slot, 0)
        self.assertTrue(self.order._panier_slot_is_held())

    def test_a_double_click_takes_one_place(self):
        for _click in range(2):
            self.order.action_panier_choose_slot(self.slot.id)
        self.assertPlaces(self.slot, 1)

    def test_two_tabs_keep_the_last_choice(self):
        other_tab = self.env["sale.order"].browse(self.order.id)
        self.order.action_panier_choose_slot(self.slot.id)
        other_tab.action_panier_choose_slot(self.next_day_slot.id)
        self.assertPlaces(self.slot, 0)
        self.assertPlaces(self.next_day_slot, 1)

    def test_the_load_is_the_number_of_goods_not_of_lines(self):
        order = self._create_cart(products=self.goods + self.more_goods + self.product)
        order.action_panier_choose_slot(self.slot.id)
        self.assertEqual(order._panier_load(), 2)
        self.slot.invalidate_recordset()
        self.assertEqual(self.slot.load_reserved, 2)

    def test_full(self):
        for _order in range(3):
            self._create_ready_cart(slot=self.slot)
        self._assert_refused("slot_full", self.slot.id, self.slot)

    def test_too_many_lines(self):
        self.slot.load_capacity = 1
        order = self._create_cart(products=self.goods + self.more_goods)
        with self.assertRefused("slot_full"):
            order.action_panier_choose_slot(self.slot.id)
        self.assertPlaces(self.slot, 0)

    def test_too_soon(self):
        self.slot.order_before = fields.Datetime.now() - timedelta(minutes=1)
        self._assert_refused("slot_too_soon", self.slot.id)

    def test_past(self):
        past = self._create_slot(hours=-2)
        self._assert_refused("slot_past", past.id)

    def test_closed(self):
        self.slot.closed = True
        self._assert_refused("slot_closed", self.slot.id)

    def test_of_another_place(self):
        self._assert_refused("slot_other_place", self.foreign_slot.id)
        self.assertPlaces(self.foreign_slot, 0)

    def test_unknown_or_of_the_wrong_shape(self):
        for slot_id in (0, -1, 10**9, "1", str(self.slot.id), None, True, 1.0, [self.slot.id], {"id": 1}):
            with self.subTest(slot_id=slot_id):
                self._assert_refused("slot_unknown", slot_id)

    def test_an_order_that_is_none_of_ours(self):
        order = self._create_order(website=False)
        with self.assertRefused("not_collected"):
            order.action_panier_choose_slot(self.slot.id)

    def test_a_refusal_keeps_the_former_choice(self):
        self.order.action_panier_choose_slot(self.slot.id)
        self.other_slot.closed = True
        self._assert_refused("slot_closed", self.other_slot.id)
        self.assertTrue(self.order._panier_slot_is_held())

    def test_a_refusal_speaks_the_language_of_the_member_and_says_what_to_do(self):
        for refusal in (self.order._panier_slot_refusal("slot_lost"), self.order._panier_slot_refusal("slot_missing")):
            self.assertTrue(refusal.message and refusal.advice and refusal.url)

    def test_a_member_cannot_call_it_on_any_order(self):
        for user in (self.member, self.stranger, self.preparer, self.public_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_panier_choose_slot(self.slot.id)
        self.assertPlaces(self.slot, 0)

    def test_who_may_not_order_holds_no_place(self):
        for user, code in ((self.suspended_member, "status_suspended"), (self.stranger, "status_unknown")):
            order = self._create_cart(user=user)
            with self.subTest(user=user.login), self.assertRefused(code):
                order.action_panier_choose_slot(self.slot.id)
        self.assertPlaces(self.slot, 0)

    def test_the_slot_is_not_written_by_hand(self):
        for user in (self.referent, self.manager, self.env.user):
            for values in ({"panier_slot_id": self.slot.id}, {"panier_state": "ready"}, {"panier_pay_at_till": True}):
                with self.subTest(user=user.login, values=values), self.assertRaises(UserError):
                    self.order.with_user(user).write(values)
        self.assertUnchanged(self.order, self.slot.browse(), panier_state=False, panier_pay_at_till=False)

    def test_another_delivery_method_gives_the_place_back(self):
        self.order.action_panier_choose_slot(self.slot.id)
        elsewhere = self._create_carrier(self.foreign_slot.place_id)
        self.order._set_delivery_method(elsewhere)
        self.assertFalse(self.order.panier_slot_id)
        self.assertPlaces(self.slot, 0)

    def test_a_deleted_cart_gives_its_place_back(self):
        self.order.action_panier_choose_slot(self.slot.id)
        self.order.unlink()
        self.assertPlaces(self.slot, 0)


@tagged("post_install", "-at_install")
class TestSlotClock(PanierOrderCase):
    """The clock releases, with the jobs stopped; it never takes what was paid."""

    def setUp(self):
        super().setUp()
        self.order = self._create_ready_cart()

    def _later(self, **delta):
        return freeze_time(fields.Datetime.now() + timedelta(**delta))

    def test_a_held_place_is_lost_after_its_time_and_asked_for_again(self):
        self.assertFalse(self.order._panier_slot_refusals())
        with self._later(minutes=21):
            self.assertRefusals(self.order._panier_slot_refusals(), "slot_lost")
            self.assertFalse(self.order._panier_slot_seconds_left())
            self.order.action_panier_choose_slot(self.slot.id)
            self.assertFalse(self.order._panier_slot_refusals())

    def test_three_days_without_jobs_then_one_run(self):
        slot = self._create_slot(hours=120)
        orders = [self._create_ready_cart(slot=slot) for _each in range(3)]
        with self._later(days=3):
            # What has expired counts no more, job or no job.
            newcomer = self._create_cart()
            newcomer.action_panier_choose_slot(slot.id)
            self.env.ref("panier_capacity.panier_capacity_hold_cron_sweep").method_direct_trigger()
            self.env.ref("panier_capacity.panier_capacity_hold_cron_sweep").method_direct_trigger()
            self.assertPlaces(slot, 1)
            for order in orders:
                self.assertRefusals(order._panier_slot_refusals(), "slot_lost")

    def test_a_slot_held_in_time_cannot_be_ordered_after_its_cut_off(self):
        self.slot.order_before = fields.Datetime.now() + timedelta(minutes=5)
        with self._later(minutes=6):
            self.assertRefusals(self.order._panier_slot_refusals(), "slot_too_soon")

    def test_a_slot_closed_meanwhile(self):
        self.slot.closed = True
        self.assertRefusals(self.order._panier_slot_refusals(), "slot_closed")

    def test_the_payment_page_keeps_the_place_for_the_time_of_a_payment(self):
        self.order.company_id.panier_payment_minutes = 45
        self._create_transaction(self.order, self.provider, user=self.member)
        with self._later(minutes=44):
            self.assertFalse(self.order._panier_slot_refusals())
        with self._later(minutes=46):
            self.assertRefusals(self.order._panier_slot_refusals(), "slot_lost")

    def test_the_place_grows_with_the_basket_when_it_is_paid(self):
        self.slot.load_capacity = 2
        self.order.order_line.create({"order_id": self.order.id, "product_id": self.more_goods.id})
        self._create_transaction(self.order, self.provider, user=self.member)
        self.slot.invalidate_recordset()
        self.assertEqual(self.slot.load_reserved, 2)

    def test_a_basket_that_has_outgrown_its_slot_is_refused_before_it_is_paid(self):
        self.slot.load_capacity = 1
        self.order.order_line.create({"order_id": self.order.id, "product_id": self.more_goods.id})
        with self.assertRefused("slot_full"):
            self._create_transaction(self.order, self.provider, user=self.member)
        self.assertFalse(self.order.transaction_ids)
