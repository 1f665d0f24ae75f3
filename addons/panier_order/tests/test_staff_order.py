from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestStaffOrder(PanierOrderCase):
    """Staff do for a member what the member can do online, under the same rules (law 8)."""

    def setUp(self):
        super().setUp()
        self.order = self._create_staff_order()

    def _create_staff_order(self, partner=None):
        return (
            self.env["sale.order"]
            .with_user(self.referent)
            .create(
                {
                    "partner_id": (partner or self.member.partner_id).id,
                    "order_line": [Command.create({"product_id": self.goods.id})],
                }
            )
        )

    def _choose(self, order=None, slot=None):
        order = order or self.order
        wizard = Form(self.env["panier.slot.choice"].with_user(self.referent).with_context(default_order_id=order.id))
        wizard.carrier_id = self.carrier
        wizard.date = (slot or self.slot).date
        wizard.slot_id = slot or self.slot
        wizard.save().action_choose()

    def test_the_wizard_sets_the_method_and_holds_the_slot(self):
        self._choose()
        self.assertEqual(self.order.carrier_id, self.carrier)
        self.assertTrue(self.order.delivery_set)
        self.assertEqual(self.order.panier_slot_id, self.slot)
        self.assertTrue(self.order.require_payment)
        self.assertPlaces(self.slot, 1)

    def test_the_wizard_offers_bookable_slots_only(self):
        self.other_slot.closed = True
        wizard = self.env["panier.slot.choice"].with_user(self.referent).create({"order_id": self.order.id})
        wizard.carrier_id = self.carrier
        self.assertEqual(wizard.bookable_slot_ids, self.slot + self.next_day_slot)

    def test_the_wizard_refuses_as_the_website_does(self):
        wizard = (
            self.env["panier.slot.choice"]
            .with_user(self.referent)
            .create({"order_id": self.order.id, "carrier_id": self.carrier.id, "slot_id": self.foreign_slot.id})
        )
        wizard.slot_id = self.foreign_slot
        with self.assertRefused("slot_other_place"):
            wizard.action_choose()
        self.assertFalse(self.order.panier_slot_id)

    def test_confirmed_to_be_paid_at_the_till(self):
        self._choose()
        self.order.action_panier_confirm_at_till()
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertTrue(self.order.panier_pay_at_till)
        self.assertTrue(self.order.panier_code)
        self.assertPlaces(self.slot, 1)

    def test_confirmed_for_the_till_then_paid_online(self):
        """It is not asked for at the till again."""
        self._choose()
        self.order.with_user(self.referent).action_panier_confirm_at_till()
        self.assertTrue(self.order._panier_owes_at_till())
        self._money_arrives(self._create_transaction(self.order, self.provider, user=self.member))
        self.assertFalse(self.order.panier_pay_at_till)
        self.assertFalse(self.order._panier_owes_at_till())
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertTrue(self.order.invoice_ids)

    def test_not_without_a_slot(self):
        self.order.set_delivery_line(self.carrier, 0)
        with self.assertRefused("slot_missing"):
            self.order.action_panier_confirm_at_till()
        self.assertEqual(self.order.state, "draft")
        self.assertFalse(self.order.panier_pay_at_till)

    def test_not_for_a_suspended_member(self):
        order = self._create_staff_order(self.suspended_member.partner_id)
        with self.assertRefused("status_suspended"):
            self._choose(order)
        self.assertPlaces(self.slot, 0)
        order.set_delivery_line(self.carrier, 0)
        with self.assertRefused("status_suspended", "slot_missing"):
            order.action_panier_confirm_at_till()
        with self.assertRefused("status_suspended", "slot_missing"):
            order.action_panier_send_payment_link()
        self.assertEqual(order.state, "draft")

    def test_not_where_the_method_does_not_allow_the_till(self):
        self.carrier.panier_till_allowed = False
        self._choose()
        with self.assertRefused("till_not_allowed"):
            self.order.action_panier_confirm_at_till()
        self.assertEqual(self.order.state, "draft")

    def test_odoos_confirmation_is_refused_unpaid(self):
        self._choose()
        for context in ({}, {"panier_at_till": True, "panier_by_action": True}):
            with self.assertRaises(UserError):
                self.order.with_context(**context).action_confirm()
        self.assertEqual(self.order.state, "draft")

    def test_the_payment_link_keeps_the_slot_and_is_paid(self):
        self._choose()
        action = self.order.action_panier_send_payment_link()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.order.state, "sent")
        self.assertGreater(self.order._panier_slot_seconds_left(), 23 * 3600)
        link = f"/my/orders/{self.order.id}"
        self.assertTrue(self.order.message_ids.filtered(lambda m: link in (m.body or "")))
        self._pay(self.order)
        self.assertEqual(self.order.panier_state, "to_prepare")
        self.assertEqual(self.order.invoice_ids.state, "posted")

    def test_no_link_without_an_address(self):
        self._choose()
        self.member.partner_id.email = False
        with self.assertRefused("no_email"):
            self.order.action_panier_send_payment_link()
        self.assertEqual(self.order.state, "draft")

    def test_staff_change_the_slot_and_the_member_is_told(self):
        order = self._create_paid_order()
        order._panier_move("preparing")
        order.with_user(self.referent).action_panier_choose_slot(self.other_slot.id)
        self.assertPlaces(self.slot, 0)
        self.assertPlaces(self.other_slot, 1)
        message = order.message_ids.filtered(lambda m: m.partner_ids)[:1]
        self.assertIn(self.other_slot._panier_label(), message.body)
        self.assertEqual(order.picking_ids.date_deadline, self.other_slot.start)

    def test_an_employee_without_the_role_cannot(self):
        self._choose()
        for method in ("action_panier_confirm_at_till", "action_panier_send_payment_link"):
            with self.assertRaises(AccessError):
                getattr(self.order.with_user(self.employee), method)()
        self.assertEqual(self.order.state, "draft")

    def test_goods_come_from_the_warehouse_of_the_place(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Annexe", "code": "ANX"})
        self.place.warehouse_id = warehouse
        self._choose()
        self.assertEqual(self.order.warehouse_id, warehouse)
        self.order.action_panier_confirm_at_till()
        self.assertEqual(self.order.picking_ids.picking_type_id.warehouse_id, warehouse)
