import csv
import io
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .. import statement
from .common import PanierCreditHttpCase

REPORT = "panier_credit.report_credit_statement"


@tagged("post_install", "-at_install")
class TestStatementArithmetic(BaseCase):
    """The plain module: no database."""

    def _move(self, month, amount):
        return statement.Movement(date(2026, month, 1), amount, amount > 0, None)

    def _rounded(self, amount):
        return round(amount, 2)

    def test_opening_and_movements_make_the_closing(self):
        moves = [self._move(3, -0.1), self._move(1, 0.1), self._move(3, 0.2), self._move(6, -0.15)]
        one = statement.compose(moves, date(2026, 2, 1), date(2026, 5, 31), self._rounded)
        self.assertEqual((one.opening, one.closing), (0.1, 0.2))
        self.assertEqual([line.balance for line in one.lines], [0.3, 0.2])
        self.assertEqual(statement.compose(moves, None, None, self._rounded).closing, 0.05)
        self.assertEqual(statement.compose([], None, None, self._rounded), (0, [], 0))

    def test_years(self):
        for text, year in (("2026", 2026), ("", None), (None, None), ("all", None), ("²026", None), ("20261", None)):
            self.assertEqual(statement.year_of(text), year, text)

    def test_no_text_is_a_formula(self):
        for text in ("=1+1", "+33", "-2", "@cmd", "\t=1", "\r=1"):
            self.assertEqual(statement.safe_text(text), f"'{text}")
        for text in ("RINV/2026/1", "l'avoir", "", "1=1"):
            self.assertEqual(statement.safe_text(text), text)
        self.assertEqual(statement.safe_text(False), "")


@tagged("post_install", "-at_install")
class TestStatement(PanierCreditHttpCase):
    """What a member sees of their credit, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.household = cls.member.partner_id
        cls.old = cls._give_credit(4.5, date=date(2025, 12, 31), panier_credit_kind="goodwill")
        cls.note = cls._give_credit(
            8.25,
            date=date(2026, 3, 1),
            panier_credit_kind="shortage",
            panier_credit_reason="=HYPERLINK(1)\nEggs were missing",
        )
        cls.order = cls._create_ready_cart()
        cls._as_member(cls.order)._panier_hold_credit()

    def _csv(self, **params):
        query = "&".join(f"{key}={value}" for key, value in {"kind": "csv", **params}.items())
        answer = self.url_open(f"/my/credit/statement?{query}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        text = answer.content.decode("utf-8")
        self.assertTrue(text.startswith(statement.BOM))
        return list(csv.reader(io.StringIO(text.removeprefix(statement.BOM)), delimiter=";"))

    # === PAGE === #

    def test_balance_held_and_where_it_came_from(self):
        self.authenticate("member", "member")
        page = self.url_open("/my/credit")
        self.assertShows(page, "My credit", "2.75", "10.00", "Finish paying", self.note.name, "Eggs were missing")
        self.assertShows(page, "A gesture of the shop", "Missing from your basket", "not used yet")
        self.assertNotIn("page/2", page.text)
        self.assertShows(self.url_open("/my"), "to use on your next purchases", "2.75")

    def test_where_each_cent_went(self):
        self._as_member(self.order)._panier_pay_with_credit()
        self.authenticate("member", "member")
        page = self.url_open("/my/credit")
        self.assertShows(page, f"Order {self.order.name}", f"/my/orders/{self.order.id}", "all used", "\N{MINUS SIGN}")
        self.assertNotIn("Finish paying", page.text)
        self.assertShows(self.url_open(f"/my/invoices/{self.note.id}"), "Why this avoir", "Eggs were missing")

    def test_nothing_yet(self):
        self.authenticate("other_member", "other_member")
        page = self.url_open("/my/credit")
        self.assertShows(page, "You have not been given an avoir yet.")
        for secret in (self.note.name, self.order.name, "Eggs", "12.75", "2.75"):
            self.assertNotIn(secret, page.text)
        self.assertNotIn("Eggs", self.url_open("/my/credit/statement?kind=csv").text)
        self.assertNotIn("Eggs", self.url_open("/my/credit/statement").text)

    def test_long_histories_have_pages(self):
        for day in range(1, 10):
            self._give_credit(1, date=date(2026, 4, day))
        self.authenticate("member", "member")
        self.assertNotIn(self.old.name, self.url_open("/my/credit").text)
        self.assertShows(self.url_open("/my/credit/page/2"), self.old.name)

    def test_the_household_shares_it(self):
        self._create_member("associate", None, parent_id=self.household.id, panier_status_id=False)
        self.authenticate("associate", "associate")
        self.assertShows(self.url_open("/my/credit"), self.note.name, "2.75")

    def test_an_employee_who_is_a_member_sees_their_own(self):
        self._give_credit(3.33, partner=self.employee.partner_id)
        self.authenticate("employee", "employee")
        self.assertShows(self.url_open("/my/credit"), "3.33")

    def test_the_public_signs_in_first(self):
        for url in ("/my/credit", "/my/credit/statement?kind=csv"):
            answer = self.url_open(url)
            self.assertIn("/web/login", answer.url)
            self.assertNotIn(self.note.name, answer.text)

    def test_other_currencies_and_shops_are_shown_apart(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._give_credit(3, currency_id=dollar.id)
        summary = self.household._panier_credit_summary(self.env.company)
        amounts = {row["currency"].name: (row["open"], row["held"], row["available"]) for row in summary}
        self.assertEqual(amounts, {"EUR": (12.75, 10, 2.75), "USD": (3, 0, 3)})
        self.assertEqual(len(self.household._panier_credit_statements()), 2)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        there = self.household._panier_credit_summary(elsewhere)
        self.assertEqual([(row["company"], row["open"]) for row in there], [(elsewhere, 0)])
        self.assertFalse(self.household._panier_credit_held_cards(elsewhere))

    # === CSV === #

    def test_csv_adds_up(self):
        self._as_member(self.order)._panier_pay_with_credit()
        self.authenticate("member", "member")
        for params, opening in (({}, 0.0), ({"year": 2026}, 4.5), ({"year": "x"}, 0.0)):
            _head, first, *moves, last = self._csv(**params)
            self.assertEqual(float(first[7]), opening)
            self.assertAlmostEqual(float(first[7]) + sum(float(move[6]) for move in moves), float(last[7]))
            self.assertEqual(float(last[7]), 2.75)
            self.assertTrue(all(move[8] == "EUR" for move in moves))
        self.assertEqual(self._csv(year=2024)[1:][0][7], "0.00")

    def test_csv_holds_no_formula(self):
        self.authenticate("member", "member")
        cells = [cell for row in self._csv() for cell in row]
        self.assertIn("'=HYPERLINK(1)\nEggs were missing", cells)
        for cell in cells:
            self.assertFalse(cell.startswith(("=", "+", "@")), cell)

    def test_csv_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.household.with_context(lang="fr_FR")
        text = french._panier_credit_csv(french._panier_credit_statements()).decode()
        self.assertIn(";8,25;12,75;", text)
        self.assertIn("01/03/2026", text)

    # === PAPER === #

    def test_on_paper(self):
        self.authenticate("member", "member")
        answer = self.url_open("/my/credit/statement?year=2026")
        self.assertEqual(answer.status_code, 200)
        if answer.headers["Content-Type"] == "application/pdf":
            self.assertTrue(answer.content.startswith(b"%PDF"))
        else:
            self.assertShows(answer, "Print this page", self.note.name, "4.50", "12.75", "Balance before")

    def test_several_households_are_one_document(self):
        self._give_credit(1, partner=self.other_member.partner_id)
        report = self.env["ir.actions.report"].with_user(self.referent)
        partners = self.household | self.other_member.partner_id
        html = report._render_qweb_html(REPORT, partners.ids)[0].decode()
        self.assertEqual((html.count("<html"), html.count("page-break-before")), (1, 1))
        self.assertIn("<title>Credit statement</title>", html)
        self.assertNotIn("data-oe-model", html)

    def test_the_avoir_says_why(self):
        reports = self.env["ir.actions.report"]
        for note, count in ((self.note, 1), (self.old, 0)):
            html = reports._render_qweb_html("account.report_invoice", note.ids)[0].decode()
            self.assertEqual((html.count("Why this avoir:"), html.count("Eggs were missing")), (count, count))

    @mute_logger("odoo.http")
    def test_forged_ids_print_nothing(self):
        """Odoo's own route takes any id."""
        self.authenticate("other_member", "other_member")
        answer = self.url_open(f"/report/html/{REPORT}/{self.household.id}")
        self.assertNotEqual(answer.status_code, 200)
        self.assertNotIn(self.note.name, answer.text)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.employee)._render_qweb_html(REPORT, self.household.ids)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere", "street": "9 rue Secrète"})
        report = self.env["ir.actions.report"].with_user(self.member).sudo()
        html = report._render_qweb_html(REPORT, self.household.ids, data={"companies": elsewhere.ids})[0].decode()
        self.assertNotIn("Secrète", html)
