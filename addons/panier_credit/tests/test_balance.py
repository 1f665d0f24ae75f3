from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PanierCreditCase


@tagged("post_install", "-at_install")
class TestBalance(PanierCreditCase):
    """Who has credit, how old; where each cent went; who may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.household = cls.member.partner_id
        cls.associate = cls._create_member(
            "associate", None, parent_id=cls.household.id, is_company=False, panier_status_id=False
        )

    def _balances(self, user=None, partner=None):
        balances = self.env["panier.credit.balance"].with_user(user or self.env.user)
        return balances.search([("household_id", "=", (partner or self.household).id)])

    def _movements(self, user=None, partner=None):
        movements = self.env["panier.credit.movement"].with_user(user or self.env.user)
        return movements.search([("household_id", "=", (partner or self.household).id)], order="date, id")

    def _invoice(self, amount, day, **values):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.household.id,
                "invoice_date": day,
                "invoice_line_ids": [Command.create({"name": "Bought", "price_unit": amount, "tax_ids": []})],
                **values,
            }
        )
        invoice.action_post()
        return invoice

    def _match(self, *moves):
        lines = self.env["account.move"].concat(*moves).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable" and not line.reconciled).reconcile()

    # === MOVEMENTS === #

    def test_each_cent_has_its_row(self):
        note = self._give_credit(
            10, date=date(2026, 1, 5), panier_credit_kind="shortage", panier_credit_reason="No eggs"
        )
        other = self._give_credit(4, date=date(2026, 1, 9))
        invoice = self._invoice(12.5, date(2026, 2, 1))
        self._match(note, other, invoice)
        rows = self._movements()
        self.assertEqual(
            [(row.date, row.nature, row.amount, row.note_id, row.document_id) for row in rows if row.note_id == note],
            [
                (date(2026, 1, 5), "note", 10.0, note, self.env["account.move"]),
                (date(2026, 2, 1), "invoice", -10.0, note, invoice),
            ],
        )
        self.assertEqual((rows[0].kind, rows[0].reason), ("shortage", "No eggs"))
        self.assertAlmostEqual(sum(rows.mapped("amount")), 1.5)
        self.assertAlmostEqual(self._balances().open_amount, 1.5)

    def test_an_order_is_named(self):
        order = self._create_paid_order()
        note = self._give_credit(3, reversed_entry_id=order.invoice_ids.id)
        self.assertEqual(self._movements().order_id, order)
        self.assertEqual(self._movements().document_id, order.invoice_ids)
        self._match(note, self._invoice(2, note.date))
        used = self._movements().filtered(lambda row: row.nature == "invoice")
        self.assertEqual((used.amount, used.order_id), (-2, self.env["sale.order"]))

    def test_given_back_and_cancelled_are_told_apart(self):
        refunded, cancelled = self._give_credit(5), self._give_credit(6)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=refunded.ids
        )
        wizard.create({})._create_payments()
        cancelled._reverse_moves(cancel=True)
        rows = self._movements().filtered(lambda row: row.nature != "note")
        self.assertEqual(
            {(row.note_id, row.nature, row.amount) for row in rows},
            {(refunded, "refund", -5.0), (cancelled, "reversal", -6.0)},
        )
        self.assertFalse(self._balances())

    def test_drafts_and_others_documents_do_not_count(self):
        self._give_credit(5).button_draft()
        self._give_credit(6).button_cancel()
        self._invoice(7, date(2026, 1, 1))
        self.assertFalse(self._movements() + self._movements(partner=self.other_member.partner_id))

    # === AGEING === #

    def test_ageing_by_the_day_of_the_company(self):
        self.env.company.partner_id.tz = "Pacific/Auckland"
        for day, amount in ((2, 1), (31, 2), (1, 4)):
            self._give_credit(amount, date=date(2026, 5 if day == 31 else 7, day))
        self._give_credit(8, date=date(2025, 6, 1))
        with freeze_time("2026-07-30 11:30:00"):  # the 30th in Auckland: 30 days since the 30th of June
            balance = self._balances()
            self.assertEqual((balance.age_30, balance.age_90, balance.age_180, balance.age_older), (5, 2, 0, 8))
        with freeze_time("2026-07-31 12:30:00"):  # there it is the 1st of August: 31 days since the 1st of July
            balance.invalidate_recordset()
            self.assertEqual((balance.age_30, balance.age_90, balance.age_180, balance.age_older), (1, 6, 0, 8))
        with freeze_time("2027-06-01 00:00:00"):
            balance.invalidate_recordset()
            self.assertEqual(balance.age_older, 15)
        self.assertEqual((balance.open_amount, balance.oldest, balance.note_count), (15, date(2025, 6, 1), 4))

    def test_held_is_not_available(self):
        self._give_credit(25)
        self._as_member(self._create_ready_cart())._panier_hold_credit()
        balance = self._balances(self.referent)
        self.assertEqual((balance.open_amount, balance.held_amount, balance.available_amount), (25, 10, 15))

    # === HOUSEHOLD, CURRENCY, COMPANY === #

    def test_one_household_one_balance(self):
        self._give_credit(5)
        self._give_credit(2, partner=self.associate.partner_id)
        self.assertEqual(self._balances().open_amount, 7)
        partners = self.household | self.associate.partner_id
        self.assertEqual(partners.with_user(self.referent).mapped("panier_credit_amount"), [7, 7])

    def test_currencies_are_not_added_up(self):
        self._give_credit(5)
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._give_credit(3, currency_id=dollar.id)
        amounts = {balance.currency_id.name: balance.open_amount for balance in self._balances()}
        self.assertEqual(amounts, {"EUR": 5, "USD": 3})
        self.assertEqual(self.household.with_user(self.referent).panier_credit_amount, 5)

    # === WHO MAY KNOW === #

    def test_staff_read_all_of_their_company(self):
        self._give_credit(5)
        for user in (self.referent, self.accountant):
            self.assertEqual(self._balances(user).open_amount, 5, user.login)
            self.assertEqual(self._movements(user).nature, "note", user.login)
        self.referent.write({"company_ids": [Command.link(self._other_company().id)]})
        elsewhere = self.env["panier.credit.balance"].with_user(self.referent)
        elsewhere = elsewhere.with_context(allowed_company_ids=self._other_company().ids)
        self.assertFalse(elsewhere.search([]))

    def _other_company(self):
        return self.env["res.company"].search([("name", "=", "Elsewhere")], limit=1) or self.env["res.company"].create(
            {"name": "Elsewhere"}
        )

    def test_members_read_their_household_only(self):
        self._give_credit(5)
        for user, count in ((self.member, 1), (self.associate, 1), (self.other_member, 0)):
            for model in ("panier.credit.movement", "panier.credit.balance"):
                self.assertEqual(self.env[model].with_user(user).search_count([]), count, (user.login, model))
        with self.assertRaises(AccessError):
            self._movements().with_user(self.other_member).read(["amount"])

    def test_a_member_who_is_a_company_of_its_own_reads_nothing_of_the_parent(self):
        self._give_credit(5)
        self.associate.partner_id.is_company = True
        self.assertFalse(self.env["panier.credit.movement"].with_user(self.associate).search([]))

    def test_nobody_else_reads_and_nobody_writes(self):
        self._give_credit(5)
        for model in ("panier.credit.movement", "panier.credit.balance", "panier.credit.control"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).search([])
            for user in (self.member, self.referent, self.accountant, self.manager):
                for operation in ("create", "write", "unlink"):
                    self.assertFalse(self.env[model].with_user(user).has_access(operation))
        for user in (self.member, self.referent):
            with self.assertRaises(AccessError):
                self.env["panier.credit.control"].with_user(user).search([])
