from datetime import date

from odoo.tests import tagged

from .common import PanierCreditHttpCase


@tagged("post_install", "-at_install")
class TestQueries(PanierCreditHttpCase):
    """As many queries for ten times as much."""

    def _count(self, function):
        function()  # Warm.
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        return self.cr.sql_log_count - before

    def test_the_members_page(self):
        partner = self.member.partner_id
        self.authenticate("member", "member")
        self._give_credit(3)
        for _each in range(2):
            self._give_credit(10, date=date(2026, 1, 1))
            self._create_paid_order()
        few = self._count(lambda: self.url_open("/my/credit"))
        for _each in range(6):
            self._give_credit(3)
        self.assertLessEqual(partner._panier_credit_count_notes(self.env.company), 10)
        self.assertLessEqual(self._count(lambda: self.url_open("/my/credit")), few)

    def test_lists_of_staff(self):
        fields = ["household_id", "open_amount", "held_amount", "available_amount", "age_older"]
        balances = self.env["panier.credit.balance"].with_user(self.referent)

        def give(count):
            for number in range(count):
                partner = self.env["res.partner"].create({"name": f"Member {number}"})
                self._give_credit(5, partner=partner)
            return lambda: balances.search_read([], fields)

        few = self._count(give(2))
        self.assertLessEqual(self._count(give(18)), few)
        partners = self.env["res.partner"].with_user(self.referent).browse(balances.search([]).household_id.ids)
        self.assertLessEqual(self._count(lambda: partners.mapped("panier_credit_amount")), 10)
