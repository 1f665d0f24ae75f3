from odoo.tests import tagged

from .common import PanierCreditCase


@tagged("post_install", "-at_install")
class TestControl(PanierCreditCase):
    """Zero to the cent, and what it says when it is not."""

    def setUp(self):
        super().setUp()
        self.control = self.env["panier.credit.control"]

    def _row(self):
        self.env.invalidate_all()
        return self.control.with_user(self.accountant).search([("company_id", "=", self.env.company.id)])

    def test_zero_through_a_members_life(self):
        self._give_credit(7.31)
        self._give_credit(4.02, partner=self.other_member.partner_id)
        order = self._create_ready_cart()
        self._as_member(order)._panier_hold_credit()
        self.assertEqual(self.control._differences(), [])
        self.assertEqual((self._row().held_amount, self._row().overheld_count), (7.31, 0))
        self._pay_rest(order)
        self.assertEqual(self.control._differences(), [])
        row = self._row()
        self.assertEqual((row.members_amount, row.ledger_amount, row.difference), (4.02, 4.02, 0))
        self.assertFalse(row._lines_to_look_at())

    def test_other_currency_is_a_row_of_its_own(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._give_credit(5)
        self._give_credit(3.5, currency_id=dollar.id)
        self.assertEqual(self._row().mapped("currency_id.name"), ["EUR", "USD"])
        self.assertEqual(self.control._differences(), [])

    def test_a_credit_note_of_nobody_is_found(self):
        self._give_credit(5)
        note = self._give_credit(3)
        line = note.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        # What Odoo's screens refuse, and imports and old data have.
        self.env.cr.execute("UPDATE account_move_line SET partner_id = NULL WHERE id = %s", [line.id])
        row = self._row()
        self.assertEqual((row.members_amount, row.ledger_amount, row.nobody_amount), (5, 8, 3))
        self.assertEqual([found["difference"] for found in self.control._differences()], [3])
        self.assertEqual(row._lines_to_look_at(), line)
        self.assertEqual(row.action_view_lines()["domain"], [("id", "in", line.ids)])

    def test_a_residual_that_its_matchings_do_not_leave_is_found(self):
        line = self._give_credit(5).line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.env.cr.execute("UPDATE account_move_line SET amount_residual_currency = -4.99 WHERE id = %s", [line.id])
        self.assertEqual(self._row()._lines_to_look_at(), line)
        self.assertEqual([found["difference"] for found in self.control._differences()], [-0.01])

    def test_held_without_credit_is_told(self):
        note = self._give_credit(6)
        self._as_member(self._create_ready_cart())._panier_hold_credit()
        invoice = note._reverse_moves(cancel=True)
        self.assertTrue(invoice)
        self.assertEqual(self.control._differences(), [], "the ledger itself is right")
        self.assertEqual(
            [(found["household"], found["held"], found["open"]) for found in self.control._overheld()],
            [(self.member.partner_id, 6, 0)],
        )
        self.assertEqual(self._row().overheld_count, 1)

    def test_printed(self):
        self._give_credit(6)
        report = self.env["ir.actions.report"].with_user(self.accountant)
        html = report._render_qweb_html("panier_credit.report_credit_control", self._row().ids)[0].decode()
        self.assertIn("Everything matches, to the cent.", html)
        self.assertIn("6.00", html)
