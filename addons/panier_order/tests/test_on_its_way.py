from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PanierOrderCase, PanierOrderHttpCase


@tagged("post_install", "-at_install")
class TestOnItsWay(PanierOrderCase):
    """A basket on its way changes by named actions only (ADR 0026), and money is told once."""

    def _activities(self, order, xmlid):
        return order.activity_ids.filtered(lambda activity: activity.activity_type_id == self.env.ref(xmlid))

    def test_staff_change_neither_lines_nor_method_nor_state(self):
        order = self._create_paid_order()
        line = order._panier_lines()[:1]
        before = (order.amount_total, order.carrier_id, order.state, len(order.order_line))
        staff = order.with_user(self.manager)
        other = self._create_carrier(self.place, name="Another")
        for what, change in {
            "quantity": lambda: staff.order_line.filtered(lambda each: each.id == line.id).write(
                {"product_uom_qty": 9}
            ),
            "price": lambda: line.with_user(self.manager).write({"price_unit": 0.01}),
            "added": lambda: staff.write({"order_line": [Command.create({"product_id": self.more_goods.id})]}),
            "method": lambda: staff.write({"carrier_id": other.id}),
            "customer": lambda: staff.write({"partner_id": self.stranger.partner_id.id}),
            "state": lambda: staff.write({"state": "draft"}),
        }.items():
            with self.subTest(what), self.assertRaisesRegex(UserError, "on its way"):
                change()
        order.invalidate_recordset()
        self.assertEqual((order.amount_total, order.carrier_id, order.state, len(order.order_line)), before)

    def test_what_does_not_change_may_be_written(self):
        order = self._create_paid_order()
        line = order._panier_lines()[:1]
        line.write({"product_uom_qty": line.product_uom_qty, "price_unit": line.price_unit})
        order.write({"state": order.state, "carrier_id": order.carrier_id.id})

    def test_ours_whatever_became_of_the_method(self):
        order = self._create_paid_order()
        order.carrier_id.delivery_type = "fixed"
        self.assertTrue(order._panier_is_ours())
        order.action_panier_cancel("The method is gone")
        self.commit()
        self.assertEqual(order.panier_state, "cancelled")
        self.assertPlaces(self.slot, 0)
        notes = order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(sum(notes.mapped("amount_total")), order.amount_total)

    def test_no_default_of_the_context_is_a_state(self):
        order = (
            self.env["sale.order"]
            .with_user(self.manager)
            .with_context(default_panier_state="ready", default_panier_code="AAAAAA", default_panier_pay_at_till=True)
            .create({"partner_id": self.member.partner_id.id})
        )
        self.assertEqual((order.panier_state, order.panier_code, order.panier_pay_at_till), (False, False, False))
        slot = (
            self.env["panier.slot"]
            .with_context(default_reserved=5)
            .create(
                {
                    "place_id": self.place.id,
                    "start": "2031-01-07 10:00:00",
                    "stop": "2031-01-07 10:30:00",
                    "capacity": 9,
                }
            )
        )
        self.assertEqual(slot.reserved, 0)

    def test_emptied_while_paying_the_money_is_told(self):
        order = self._create_ready_cart()
        total = order.amount_total
        tx = self._create_transaction(order, self.provider, user=self.member)
        order.order_line.unlink()
        order.carrier_id = False
        self._money_arrives(tx)
        self.assertTrue(order.activity_ids, "staff know")
        told = "".join(order.message_ids.filtered(lambda message: message.partner_ids).mapped("body"))
        self.assertIn(order.currency_id.format(total).replace("\N{NO-BREAK SPACE}", "&nbsp;"), told)

    def test_a_surplus_is_told_once_whatever_the_order_of_the_answers(self):
        order = self._create_ready_cart()
        first = self._create_transaction(order, self.provider, user=self.member)
        second = self._create_transaction(order, self.provider, user=self.member)
        first._set_done()
        second._set_done()
        (first + second)._post_process()
        self.assertEqual(len(order.activity_ids), 1)

    def test_a_shortage_credited_once_is_not_asked_again(self):
        order = self._create_paid_order()
        order = order.with_user(self.preparer)
        order.action_panier_take()
        line = order.sudo()._panier_lines()[:1]
        order.action_panier_mark_line(line.id, "missing", reason="Shelf empty")
        order.action_panier_finish(bags=1)
        self.assertTrue(self._activities(order.sudo(), "panier_order.preparation_activity_credit"))
        note = order.sudo().invoice_ids._reverse_moves()
        note.invoice_line_ids.filtered(lambda each: each.sale_line_ids != line).unlink()
        note.action_post()
        order.action_panier_reopen()
        order.action_panier_finish(bags=1)
        self.assertFalse(self._activities(order.sudo(), "panier_order.preparation_activity_credit"))

    def test_a_gesture_by_amount_is_not_the_whole_line(self):
        order = self._create_paid_order()
        gesture = order.invoice_ids._reverse_moves()
        gesture.invoice_line_ids.filtered(lambda line: line.product_id != self.goods).unlink()
        gesture.invoice_line_ids.write({"quantity": 1, "price_unit": 0.5})
        gesture.action_post()
        order.action_panier_cancel("Ill today")
        notes = order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(sum(notes.mapped("amount_total")), order.amount_total)

    def test_a_referent_cancels_although_the_accountant_has_a_draft(self):
        order = self._create_paid_order()
        draft = order.invoice_ids._reverse_moves()
        order.with_user(self.referent).action_panier_cancel("Ill today")
        self.assertEqual(order.panier_state, "cancelled")
        self.assertEqual(draft.state, "cancel")


@tagged("post_install", "-at_install")
class TestCodeOnThePage(PanierOrderHttpCase):
    def test_the_code_is_for_the_household_not_for_the_link(self):
        order = self._create_paid_order()
        url = order.get_portal_url()
        self.assertNotIn(order.panier_code, self.url_open(url).text)
        self.authenticate(self.stranger.login, self.stranger.login)
        self.assertNotIn(order.panier_code, self.url_open(url).text)
        self.authenticate(self.member.login, self.member.login)
        self.assertIn(order.panier_code, self.url_open(f"/my/orders/{order.id}").text)
