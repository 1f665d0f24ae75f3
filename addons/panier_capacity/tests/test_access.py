from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

MODELS = ("panier.capacity.hold", "panier.capacity.decision")


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    """Holds and decisions are the system's: nobody writes them, administrators read them."""

    def test_members_and_employees_neither_read_nor_write(self):
        for group in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"capacity_{group[11:]}", groups=group)
            for model in MODELS:
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(group=group, model=model, operation=operation):
                        self.assertFalse(self.env[model].with_user(user).has_access(operation))

    def test_not_even_an_administrator_writes(self):
        admin = self.env.ref("base.user_admin")
        for model in MODELS:
            self.assertTrue(self.env[model].with_user(admin).has_access("read"))
            self.assertFalse(self.env[model].with_user(admin).has_access("unlink"))
            for records in (self.env[model].with_user(admin), self.env[model].sudo()):
                with self.subTest(model=model, su=records.env.su):
                    with self.assertRaises(AccessError):
                        records.create([{}])
                    with self.assertRaises(AccessError):
                        records.write({})
