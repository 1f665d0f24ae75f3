from uuid import uuid4

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import CreditTillCase


@tagged("post_install", "-at_install")
class TestAccess(CreditTillCase):
    """A cashier uses credit without any right on payments, entries or credit notes."""

    def test_a_cashier_reads_nothing_of_it(self):
        ticket = self._sell(5)
        for record in (
            self._held(ticket.uuid),
            self.credit_provider,
            self.note,
            self.note.line_ids[:1],
            self.env["panier.credit.account"].search([], limit=1),
        ):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.cashier).read(["id"])

    def test_a_cashier_makes_no_payment(self):
        values = self._held(self._sell(5).uuid).copy_data()[0]
        with self.assertRaises(AccessError):
            self.env["payment.transaction"].with_user(self.cashier).create(values)

    def test_no_payment_without_a_till(self):
        """Whatever gets as far as `create` with somebody else's rights: the guard is in the model."""
        uuid = str(uuid4())
        self._hold(uuid, 2)
        values = {**self._held(uuid).copy_data()[0], "state": "draft", "amount": 2, "panier_pos_uuid": str(uuid4())}
        session = self.config.current_session_id
        cases = (
            (self.cashier, {"panier_pos_session_id": False}),
            (self.cashier, {"panier_pos_uuid": False, "panier_pos_session_id": session.id}),
            (self.member, {"panier_pos_session_id": session.id}),
            (self.employee, {"panier_pos_session_id": session.id}),
        )
        for number, (user, more) in enumerate(cases):
            with self.subTest(user=user.login, **more), self.assertRefused("credit_origin"), self.env.cr.savepoint():
                transactions = self.env["payment.transaction"].with_user(user).sudo()
                transactions.create({**values, "reference": f"forged-{number}", **more})
        with self.assertRefused("credit_too_much"), self.env.cr.savepoint():
            transactions = self.env["payment.transaction"].with_user(self.cashier).sudo()
            transactions.create({**values, "reference": "much", "amount": 6, "panier_pos_session_id": session.id})
        self.assertEqual(self._available(), 5)

    def test_a_hold_stays_with_its_ticket(self):
        uuid = str(uuid4())
        self._hold(uuid, 2)
        with self.assertRefused("credit_fixed"):
            self._held(uuid).write({"panier_pos_uuid": str(uuid4())})

    def test_the_method_moves_no_money(self):
        for values in ({"split_transactions": False}, {"journal_id": self.cash.journal_id.id}):
            with self.subTest(**values), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["pos.payment.method"].create(
                    {"name": "Wrong", "panier_is_credit": True, "split_transactions": True, **values}
                )
