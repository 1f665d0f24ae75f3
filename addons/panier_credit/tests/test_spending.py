from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import PanierCreditCase


@tagged("post_install", "-at_install")
class TestSpending(PanierCreditCase):
    """Held while the card is being paid, settled after it, or released (ADR 0041)."""

    def _cart(self, quantity=2):
        order = self._create_ready_cart()
        order.order_line.filtered(lambda line: line.product_id == self.goods).product_uom_qty = quantity
        return order

    def test_the_card_pays_the_rest_and_is_matched_first(self):
        old, new = self._give_credit(4), self._give_credit(3)
        order = self._cart()
        held = self._as_member(order)._panier_hold_credit()
        self.assertEqual((held.amount, held.state, order._panier_amount_due()), (7, "draft", 13))
        self.assertEqual((self._available(), self._open()), (0, 7))
        card = self._pay_rest(order)
        self.assertEqual((card.amount, order.state, held.state), (13, "sale", "done"))
        invoice = order.invoice_ids
        self.assertEqual(
            (invoice.amount_residual, invoice.payment_state), (0, invoice._get_invoice_in_payment_state())
        )
        self.assertEqual((old + new).mapped("amount_residual"), [0, 0])
        partials = invoice.line_ids.matched_credit_ids.sorted("id")
        self.assertEqual(partials.mapped("amount"), [13, 4, 3], "the card first, then the oldest avoir")
        self.assertEqual((self._available(), self._open()), (0, 0))

    def test_credit_that_covers_everything_needs_no_card(self):
        note = self._give_credit(50)
        order = self._cart()
        tx = self._as_member(order)._panier_pay_with_credit()
        self.assertEqual((order.state, order.panier_state, tx.state), ("sale", "to_prepare", "done"))
        self.assertEqual((order.invoice_ids.payment_state, order.invoice_ids.amount_residual), ("paid", 0))
        self.assertEqual((note.amount_residual, self._available()), (30, 30))
        self.assertFalse(order.transaction_ids.payment_id, "no money moved")

    def test_the_oldest_avoir_goes_first(self):
        new = self._give_credit(15, date=fields.Date.today())
        old = self._give_credit(15, date=fields.Date.today() - timedelta(days=30))
        self._as_member(self._cart())._panier_pay_with_credit()
        self.assertEqual((old.amount_residual, new.amount_residual), (0, 10))

    def test_a_member_keeps_their_credit(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        order._panier_keep_credit(True)
        self.assertEqual((order._panier_credit_offer()["used"], self._available()), (0, 7))
        self.assertFalse(order._panier_hold_credit())
        self._pay_rest(order)
        self.assertEqual((order.state, order.invoice_ids.amount_residual, self._open()), ("sale", 0, 7))

    def test_asked_again_it_is_held_once(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        self.assertEqual(order._panier_hold_credit(), order._panier_hold_credit())
        self.assertEqual(len(order._panier_credit_transactions(("draft",))), 1)

    def test_a_basket_that_changes_gives_it_back(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        held = order._panier_hold_credit()
        goods = order.order_line.filtered(lambda line: line.product_id == self.goods)
        goods.price_unit = goods.price_unit  # as the payment page does each time
        self.assertEqual(self._available(), 0)
        goods.product_uom_qty = 1
        self.assertEqual((self._available(), order._panier_amount_due()), (7, 10))
        other = order._panier_hold_credit()
        self.assertEqual((held.state, other.amount, self._available()), ("cancel", 7, 0))
        goods.unlink()
        self.assertEqual(self._available(), 7)
        self.env.ref("panier_credit.ir_cron_credit_tidy").method_direct_trigger()
        self.assertEqual(other.state, "cancel")

    def test_a_card_that_fails_gives_it_back(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        held = order._panier_hold_credit()
        card = self._create_transaction(order, self.provider, user=self.member, amount=13)
        card._set_error("no")
        card._post_process()
        self.assertEqual((held.state, order.state, self._available()), ("cancel", "draft", 7))

    def test_abandoned_it_ends_by_the_clock_and_the_job_tidies(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        held = order._panier_hold_credit()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            self.assertEqual((self._available(), held.state), (7, "draft"))
            self.assertEqual(order._panier_amount_due(), 20)
            self.env.ref("panier_credit.ir_cron_credit_tidy").method_direct_trigger()
            self.assertEqual(held.state, "cancel")

    def test_it_stands_as_long_as_the_money_is_on_its_way(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        held = order._panier_hold_credit()
        card = self._create_transaction(order, self.provider, user=self.member, amount=13)
        card._set_pending()
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            self.env.ref("panier_credit.ir_cron_credit_tidy").method_direct_trigger()
            self.assertEqual((self._available(), held.state), (0, "draft"))
            self._money_arrives(card)
        self.assertEqual((order.state, held.state, order.invoice_ids.amount_residual), ("sale", "done", 0))

    def test_money_that_comes_after_the_hold_ended_takes_it_again(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        card = self._create_transaction(order, self.provider, user=self.member, amount=13)
        order._panier_release_credit()
        self._money_arrives(card)
        self.assertEqual((order.state, order.invoice_ids.amount_residual, self._open()), ("sale", 0, 0))

    def test_money_that_comes_when_the_credit_is_gone_asks_for_the_rest(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        card = self._create_transaction(order, self.provider, user=self.member, amount=13)
        order._panier_release_credit()
        self._as_member(self._cart(1))._panier_hold_credit()
        self._money_arrives(card)
        self.assertEqual((order.state, order._panier_amount_due(), self._open()), ("sent", 7, 7))

    def test_a_provider_that_answers_twice(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        card = self._pay_rest(order)
        self._money_arrives(card)
        card._post_process()
        self.assertEqual((len(order.invoice_ids), self._open(), order.invoice_ids.amount_residual), (1, 0, 0))

    def test_money_for_an_older_basket_takes_only_what_is_missing(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        card = self._create_transaction(order, self.provider, user=self.member, amount=13)
        order.order_line.filtered(lambda line: line.product_id == self.goods).product_uom_qty = 1.5
        self._money_arrives(card)
        self.assertEqual((order.amount_total, order.state, order.invoice_ids.amount_residual), (15, "sale", 0))
        self.assertEqual(self._open(), 5)

    def test_an_accountant_who_uses_a_held_avoir_makes_work_for_staff_not_an_error(self):
        note = self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        self._use_by_hand(note)
        self._pay_rest(order)
        self.assertEqual((order.state, order.invoice_ids.amount_residual), ("sale", 7))
        self.assertTrue(order.activity_ids)
        self.assertEqual(self._available(), 0)

    def test_an_accountant_who_takes_an_avoir_off_an_invoice_makes_work_for_staff(self):
        self._give_credit(20)
        order = self._cart()
        self._as_member(order)._panier_pay_with_credit()
        invoice = order.invoice_ids
        invoice.line_ids.matched_credit_ids.with_user(self.accountant).unlink()
        self.assertEqual((invoice.amount_residual, self._available()), (20, 20))
        self.assertTrue(order.activity_ids)

    def test_an_avoir_that_was_told_is_not_edited(self):
        order = self._create_paid_order()
        order._panier_cancel_by_member()
        note = order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        with self.assertRefused("credit_edited"), self.env.cr.savepoint():
            note.with_user(self.accountant).button_draft()
        self.assertEqual((note.state, self._available()), ("posted", 10))

    def _use_by_hand(self, note):
        """As the accountant does on another invoice of the member."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": note.partner_id.id,
                "invoice_line_ids": [fields.Command.create({"name": "x", "price_unit": 7, "tax_ids": []})],
            }
        )
        invoice.action_post()
        invoice = invoice.with_user(self.accountant)
        line = note.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        invoice.js_assign_outstanding_line(line.id)
        self.assertEqual(note.amount_residual, 0)

    def test_cancelled_before_it_is_settled_it_goes_back(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        held = order._panier_hold_credit()
        order._action_cancel()
        self.assertEqual((held.state, self._available()), ("cancel", 7))

    def test_cancelled_after_it_is_all_credit_again(self):
        self._give_credit(7)
        order = self._as_member(self._cart())
        order._panier_hold_credit()
        self._pay_rest(order)
        order._panier_cancel_by_member()
        self.assertEqual((self._available(), self._open()), (20, 20))

    def test_a_household_shares_it_in_its_own_company_and_currency(self):
        associate = self.env["res.partner"].create({"name": "Associate", "parent_id": self.member.partner_id.id})
        self._give_credit(7, partner=associate)
        self.assertEqual(self._available(), 7)
        self.assertEqual(self._available(self.other_member.partner_id), 0)
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.member.partner_id._panier_credit_available(other), 0)
        self.assertEqual(
            self.member.partner_id._panier_credit_available(self.env.company, self.env.ref("base.CHF")), 0
        )
