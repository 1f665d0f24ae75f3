from odoo.tests import tagged

from .common import PanierCreditHttpCase


@tagged("post_install", "-at_install")
class TestStaffCredit(PanierCreditHttpCase):
    """A referent uses a member's credit at the member's request (law 8)."""

    def setUp(self):
        super().setUp()
        self.order = self._create_ready_cart()

    def _use(self, login):
        """What the web client sends. :return: error data"""
        self.authenticate(login, login)
        params = {
            "model": "sale.order",
            "method": "action_panier_pay_with_credit",
            "args": [self.order.ids],
            "kwargs": {},
        }
        _result, error = self._json("/web/dataset/call_kw/sale.order/action_panier_pay_with_credit", **params)
        self.env.invalidate_all()
        return error

    def test_what_it_covers_is_confirmed(self):
        self._give_credit(12)
        self._as_member(self.order)._panier_keep_credit(True)
        self.assertIsNone(self._use("referent"))
        self.assertEqual((self.order.state, self.order.panier_state), ("sale", "to_prepare"))
        self.assertEqual((self.order.invoice_ids.payment_state, self._open()), ("paid", 2))
        self.assertEqual(self.order.panier_credit_used, 10)
        self.assertIn("at their request", str(self.order.message_ids.mapped("body")))
        self.assertTrue(self._use("referent"), "twice")
        self.assertEqual((len(self.order.transaction_ids), self._open()), (1, 2))

    def test_what_it_does_not_cover_is_left_to_the_payment_link(self):
        self._give_credit(7)
        self.assertIn("payment link", self._use("referent")["message"])
        self.assertEqual((self.order.state, self._available()), ("draft", 7))
        self.assertFalse(self.order.transaction_ids)

    def test_the_rules_of_the_website_hold(self):
        self._give_credit(12)
        self.member.partner_id.panier_status_id = self.status["suspended"]
        self.assertEqual(self._use("referent")["context"]["refusals"][0]["code"], "status_suspended")
        self.assertEqual((self.order.state, self._available()), ("draft", 12))
        self.assertFalse(self.order.transaction_ids)

    def test_nobody_else_does(self):
        self._give_credit(12)
        self._create_staff("salesman", "sales_team.group_sale_salesman_all_leads")
        for login in ("member", "other_member", "preparer", "employee", "accountant", "salesman"):
            with self.subTest(login):
                self.assertEqual(self._use(login)["name"], "odoo.exceptions.AccessError")
                self.assertEqual((self.order.state, self._available()), ("draft", 12))
                self.assertFalse(self.order.transaction_ids)
