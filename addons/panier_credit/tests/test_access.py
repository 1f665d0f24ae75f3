from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PanierCreditCase

MODELS = ("panier.credit.account",)


@tagged("post_install", "-at_install")
class TestAccess(PanierCreditCase):
    """Role by model by operation."""

    def test_nobody_touches_the_row_that_serialises(self):
        self.member.partner_id._panier_credit_serialize(self.env.company)
        row = self.env["panier.credit.account"].search([("partner_id", "=", self.member.partner_id.id)])
        users = (
            self.public_user,
            self.member,
            self.preparer,
            self.employee,
            self.referent,
            self.manager,
            self.accountant,
        )
        for user in users:
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    self.assertFalse(row.with_user(user).has_access(operation))
        for forge in (lambda: row.write({"version": 0}), lambda: row.create({}), row.copy):
            with self.assertRaises(AccessError):
                forge()

    def test_members_read_neither_transactions_nor_the_provider(self):
        self._give_credit(7)
        held = self._as_member(self._create_ready_cart())._panier_hold_credit()
        for record in (held, self.credit_provider):
            with self.assertRaises(AccessError):
                record.with_user(self.member).read(["state"])
