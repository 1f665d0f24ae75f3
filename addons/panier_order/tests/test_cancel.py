from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.panier_member.refusal import Refused

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestCancel(PanierOrderCase):
    """The place is free, the goods stay, the money is a credit note. Never silence."""

    def _cancel(self, order, reason="Ill today"):
        order.action_panier_cancel(reason)
        self.commit()

    def _credit_notes(self, order):
        return order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")

    def _assert_cancelled(self, order):
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.panier_state, "cancelled")
        self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})
        self.assertFalse(order._panier_holds())

    def _assert_told(self, order, *texts):
        message = order.message_ids.filtered(lambda m: m.message_type == "comment" and m.partner_ids)[:1]
        self.assertIn(order.partner_id, message.partner_ids)
        for text in texts:
            self.assertIn(text, message.body)

    def test_a_paid_order_becomes_an_open_credit_note(self):
        order = self._create_paid_order()
        invoice = order.invoice_ids
        self._cancel(order)
        self._assert_cancelled(order)
        self.assertPlaces(self.slot, 0)
        note = self._credit_notes(order)
        self.assertEqual(note.state, "posted")
        self.assertEqual(note.amount_total, 10.0)
        self.assertEqual(note.amount_residual, 10.0, "it is the member's to spend")
        self.assertEqual(note.reversed_entry_id, invoice)
        self.assertIn(invoice.name, note.ref)
        self.assertIn("Ill today", note.ref)
        self.assertFalse(invoice.amount_residual, "the card payment stays with its invoice")
        self._assert_told(order, note.name)

    def test_to_the_cent_with_taxes_and_a_discount(self):
        taxes = self.env["account.tax"].create(
            [{"name": f"{rate} %", "amount": rate, "type_tax_use": "sale"} for rate in (5.5, 20)]
        )
        self.goods.write({"list_price": 3.33, "taxes_id": [Command.set(taxes[0].ids)]})
        self.more_goods.write({"list_price": 7.77, "taxes_id": [Command.set(taxes[1].ids)]})
        order = self._create_cart(products=self.goods + self.more_goods)
        order.order_line[0].write({"product_uom_qty": 3, "discount": 7})
        order.action_panier_choose_slot(self.slot.id)
        self._pay(order)
        invoice = order.invoice_ids
        self._cancel(order)
        note = self._credit_notes(order)
        self.assertEqual(note.amount_total, invoice.amount_total)
        self.assertEqual(note.amount_tax, invoice.amount_tax)

    def test_what_was_credited_already_is_not_credited_twice(self):
        order = self._create_cart(products=self.goods + self.more_goods)
        order.order_line[0].product_uom_qty = 3
        order.action_panier_choose_slot(self.slot.id)
        self._pay(order)
        invoice = order.invoice_ids
        shortage = invoice._reverse_moves()
        shortage.invoice_line_ids.filtered(lambda line: line.product_id != self.goods).unlink()
        shortage.invoice_line_ids.quantity = 1
        shortage.action_post()
        self._cancel(order)
        notes = self._credit_notes(order)
        self.assertEqual(len(notes), 2)
        self.assertEqual(sum(notes.mapped("amount_total")), invoice.amount_total)

    def test_what_was_short_is_not_asked_of_staff_once_all_is_credited(self):
        order = self._create_paid_order()
        order._panier_ask_staff("Credit 2.00 €", activity="panier_order.preparation_activity_credit")
        self.assertTrue(order.activity_ids)
        self._cancel(order)
        self.assertFalse(order.activity_ids)
        self.assertEqual(self._credit_notes(order).amount_total, 10.0)

    def test_all_credited_already(self):
        order = self._create_paid_order()
        order.invoice_ids._reverse_moves().action_post()
        self._cancel(order)
        self._assert_cancelled(order)
        self.assertEqual(len(self._credit_notes(order)), 1)

    def test_to_be_paid_at_the_till(self):
        order = self._create_till_order()
        self._cancel(order)
        self._assert_cancelled(order)
        self.assertPlaces(self.slot, 0)
        self.assertEqual(order.transaction_ids.state, "cancel")
        self.assertFalse(order.invoice_ids)
        self.assertFalse(order.panier_pay_at_till)
        self._assert_told(order, order.name)

    def test_odoos_own_button_goes_the_same_way(self):
        order = self._create_paid_order()
        order.with_user(self.referent).action_cancel()
        self.commit()
        self._assert_cancelled(order)
        self.assertEqual(self._credit_notes(order).amount_total, 10.0)

    def test_paid_without_an_invoice_stays_credit_and_staff_are_asked(self):
        order = self._create_ready_cart()
        tx = self._create_transaction(order, self.provider, user=self.member)
        tx._set_done()
        order.invalidate_recordset()
        order.action_confirm()
        self._cancel(order)
        self._assert_cancelled(order)
        self.assertTrue(order.activity_ids)
        self._assert_told(order, order.name)

    def test_staff_cancel_until_the_hand_over(self):
        for states in (["preparing"], ["preparing", "ready"], ["preparing", "ready", "not_collected"]):
            with self.subTest(state=states[-1]):
                order = self._create_paid_order(slot=self.other_slot)
                for state in states:
                    order._panier_move(state)
                order.with_user(self.referent).action_panier_cancel("Closed by the flood")
                self._assert_cancelled(order)

    def test_nobody_cancels_what_was_handed_over(self):
        order = self._create_paid_order()
        for state in ("preparing", "ready", "handed_over"):
            order._panier_move(state)
        for call in (order.action_cancel, lambda: order.action_panier_cancel("Too late")):
            with self.assertRefused("cancel_order_over"):
                call()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.panier_state, "handed_over")
        self.assertFalse(self._credit_notes(order))

    def test_twice(self):
        order = self._create_paid_order()
        self._cancel(order)
        with self.assertRefused("cancel_order_over"):
            self._cancel(order)
        self.assertEqual(len(self._credit_notes(order)), 1)

    def test_a_reason_is_asked(self):
        order = self._create_paid_order()
        for reason in ("", "  ", None, False, 3, ["x"]):
            with self.subTest(reason=reason), self.assertRefused("reason_missing"):
                order.action_panier_cancel(reason)
        self.assertEqual(order.panier_state, "to_prepare")

    def test_the_reason_goes_with_the_tracked_change(self):
        order = self._create_paid_order()
        with patch.object(type(order), "_track_set_log_message") as log:
            self._cancel(order, "Flood in the cellar")
        log.assert_called_once_with("Flood in the cellar")

    def test_the_wizard_cancels(self):
        order = self._create_paid_order()
        wizard = self.env["panier.order.cancel"].with_user(self.referent)
        wizard.create({"order_id": order.id, "reason": "Member called"}).action_cancel()
        self._assert_cancelled(order)

    def test_a_member_cannot_by_rpc(self):
        order = self._create_paid_order()
        for user in (self.member, self.stranger, self.preparer, self.public_user):
            for method in ("action_panier_cancel", "action_cancel"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    args = ("why",) if method == "action_panier_cancel" else ()
                    getattr(order.with_user(user), method)(*args)
        self.assertEqual(order.panier_state, "to_prepare")
        self.assertPlaces(self.slot, 1)

    def test_a_cancelled_basket_is_not_opened_again(self):
        order = self._create_paid_order()
        self._cancel(order)
        with self.assertRaises(Refused):
            order.action_draft()
        self.assertEqual(order.state, "cancel")

    def test_a_quotation_is_just_cancelled(self):
        order = self._create_ready_cart()
        order.action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.panier_state)
        self.assertPlaces(self.slot, 0)
        order.action_draft()
        self.assertEqual(order.state, "draft")

    def test_an_order_that_is_none_of_ours(self):
        order = self._create_order(website=False)
        order.action_confirm()
        order.action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.panier_state)
        with self.assertRaises(UserError):
            order.action_panier_choose_slot(self.slot.id)
