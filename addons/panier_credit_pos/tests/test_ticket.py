from datetime import timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import CreditTillCase


@tagged("post_install", "-at_install")
class TestTicket(CreditTillCase):
    """A saved ticket counts on what is held for it; nothing is spent that is not there (ADR 0044)."""

    def assertRefusedTicket(self, code, values):
        with self.assertRefused(code), self.env.cr.savepoint():
            self._sync(values)
        self.assertFalse(self.env["pos.order"].search([("uuid", "=", values["uuid"])]))

    def test_a_ticket_paid_in_part_with_an_avoir(self):
        ticket = self._sell(5)
        self.assertEqual((ticket.state, ticket.panier_credit_used, ticket.panier_credit_left), ("paid", 5, 2))
        self.assertEqual(self._held(ticket.uuid).mapped("state"), ["authorized"])
        self.assertEqual((self._available(), self._open()), (2, 7), "used up at closing")
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self._run_job()
            self.assertEqual(self._available(), 2)

    def test_printed_again_it_says_the_same(self):
        ticket = self._sell(5)
        self._give_credit(20)
        self._close()
        told = ticket.with_user(self.cashier).read_pos_data([], self.config)["pos.order"][0]
        self.assertEqual((told["panier_credit_used"], told["panier_credit_left"]), (5, 2))

    def test_saved_twice_it_is_spent_once(self):
        ticket = self._sell(5)
        self._sync(self._values(ticket.uuid, avoir=5))
        self.assertEqual(len(self._held(ticket.uuid, "authorized")), 1)
        self.assertEqual(self._available(), 2)

    def test_a_draft_counts_on_nothing(self):
        uuid = str(uuid4())
        self._hold(uuid, 5)
        ticket = self._sync(self._values(uuid, avoir=5, cash=0, state="draft"))
        self.assertEqual(self._held(uuid).mapped("state"), ["draft"])
        self._sync({**self._values(uuid, cash=0), "lines": [], "payment_ids": [], "state": "draft"})
        ticket.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual(ticket.state, "cancel")
        self.assertUntouched()

    def test_what_the_till_prints_is_the_servers_word(self):
        ticket = self._sync(self._values(panier_credit_used=100, panier_credit_left=100))
        self.assertEqual((ticket.panier_credit_used, ticket.panier_credit_left), (0, 0))

    # === LATE === #

    def test_a_late_ticket_finds_its_credit_again(self):
        uuid = str(uuid4())
        self._hold(uuid, 5)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self._run_job()
            ticket = self._sync(self._values(uuid, avoir=5))
        self.assertEqual((ticket.state, ticket.panier_credit_used), ("paid", 5))
        self.assertEqual(self._available(), 2)

    def test_a_late_ticket_whose_credit_is_gone_is_due(self):
        uuid = str(uuid4())
        self._hold(uuid, 5)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self._sell(7)
            ticket = self._sync(self._values(uuid, avoir=5))
        self.assertEqual((ticket.state, ticket.panier_credit_used), ("paid", 0))
        self.assertEqual((self._available(), self._open()), (0, 7))
        self._close()
        self.assertEqual((ticket.panier_credit_missing, self._open()), (5, 0))
        line = ticket._panier_credit_payments().panier_due_line_id
        self.assertEqual((line.amount_residual, line.partner_id), (5, self.member.partner_id))
        todo = self.member.partner_id.activity_ids
        self.assertIn("5.00", todo.summary)
        self.assertEqual(todo.user_id, self.referent)
        ticket._panier_settle_credit()
        self.assertEqual(self.member.partner_id.activity_ids, todo, "asked once")
        self.assertNothingMissing()

    # === FORGED === #

    def test_nobody_says_beforehand_that_staff_were_told(self):
        """Neither when a ticket is made, nor saved again, nor by hand; nor what its avoir is matched with."""
        other = self._give_credit(5, move_type="out_invoice")
        forged = {"panier_credit_missing": 3, "panier_credit_used": 3, "panier_credit_left": 3}
        uuid = str(uuid4())
        self._hold(uuid, 5)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self._sell(7)
            values = self._values(uuid, avoir=5, **forged)
            due = other.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            for command in values["payment_ids"]:
                command[2]["panier_due_line_id"] = due.id
            self._sync({**values, "state": "draft"})
            ticket = self._sync({**values, "lines": [], "payment_ids": []})
        ticket.with_user(self.cashier).write(forged)
        ticket.payment_ids.with_user(self.cashier).write({"panier_due_line_id": due.id})
        told = (ticket.panier_credit_missing, ticket.panier_credit_used, ticket.panier_credit_left)
        self.assertEqual((ticket.state, told), ("paid", (0, 0, 0)))
        self.assertFalse(ticket.payment_ids.panier_due_line_id)
        self._close()
        self.assertEqual((ticket.panier_credit_missing, len(self.member.partner_id.activity_ids)), (5, 1))
        self.assertEqual(other.amount_residual, 5)

    def test_without_asking_it_is_asked_for_the_till(self):
        ticket = self._sync(self._values(avoir=5))
        self.assertEqual((ticket.panier_credit_used, self._available()), (5, 2))

    def test_more_than_there_is(self):
        self.assertRefusedTicket("credit_none", self._values(avoir=8))
        uuid = str(uuid4())
        self._hold(uuid, 5)
        self.assertRefusedTicket("credit_none", self._values(uuid, avoir=8))
        self.open_session.panier_credit_release(uuid)
        self.assertUntouched()

    def test_another_members_hold_serves_nobody_else(self):
        uuid = str(uuid4())
        self._hold(uuid, 5)
        self.assertRefusedTicket("credit_none", self._values(uuid, avoir=5, partner=self.other_member.partner_id))
        self.assertRefusedTicket("credit_customer", self._values(uuid, avoir=5, partner=self.env["res.partner"]))

    def test_nothing_is_put_on_an_avoir(self):
        self.assertRefusedTicket("credit_refund", self._values(avoir=-10, cash=0, quantity=-1))
        self.assertRefusedTicket("credit_refund", self._values(avoir=-5, cash=15))
        self.assertUntouched()

    def test_an_avoir_is_not_given_back_in_cash(self):
        self._give_credit(13)
        self.assertRefusedTicket("credit_more_than_due", self._values(avoir=20, cash=-10))
        values = self._values(avoir=20, cash=0, amount_paid=20, amount_return=-10)
        self.assertRefusedTicket("credit_more_than_due", values)
        self.assertUntouched(20)

    def test_a_ticket_written_by_hand_spends_nothing(self):
        ticket = self._sync(self._values(state="draft", cash=0)).with_user(self.cashier)
        ticket.write(
            {"payment_ids": [Command.create({"amount": 10, "payment_method_id": self.avoir.id})], "amount_paid": 10}
        )
        ticket.write({"state": "paid"})
        self.assertUntouched()
        self._close()
        self.assertEqual(ticket.sudo().panier_credit_missing, 10)
        self.assertUntouched()
        self.assertNothingMissing()

    # === CORRECTED === #

    def test_a_payment_that_is_corrected(self):
        """Where the law lets one: not in France, where `l10n_fr_pos_cert` forbids it."""
        self.env.company.country_id = self.env.ref("base.be")
        ticket = self._sell(5)
        avoir = ticket._panier_credit_payments()
        cash = (ticket.payment_ids - avoir)[:1]
        ticket.write(
            {"payment_ids": [Command.update(avoir.id, {"amount": 2}), Command.update(cash.id, {"amount": 8})]}
        )
        self.assertEqual((ticket.panier_credit_used, ticket.panier_credit_left, self._available()), (2, 5, 5))
        ticket.payment_ids = [Command.delete(avoir.id), Command.update(cash.id, {"amount": 10})]
        self.assertEqual((ticket.panier_credit_used, ticket.panier_credit_left), (0, 0))
        self.assertUntouched()
