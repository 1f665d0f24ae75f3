from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestAccess(PanierOrderCase):
    """Role × model, and the other member's record."""

    def setUp(self):
        super().setUp()
        self.order = self._create_paid_order()
        self.neighbour = self._create_member("neighbour", "up_to_date")

    def _may(self, user, operation, record):
        return record.with_user(user).has_access(operation)

    def test_orders(self):
        for user, may in (
            (self.member, "read"),
            (self.neighbour, ""),
            (self.suspended_member, ""),
            (self.stranger, ""),
            (self.preparer, ""),
            (self.public_user, ""),
            (self.employee, ""),
            (self.referent, "read write"),
            (self.manager, "read write unlink"),
        ):
            for operation in ("read", "write", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    self.assertEqual(self._may(user, operation, self.order), operation in may)

    def test_a_member_writes_nothing_of_their_own_order(self):
        for values in ({"panier_note": "x"}, {"panier_state": "ready"}, {"state": "sale"}, {"carrier_id": False}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.order.with_user(self.member).write(values)

    def test_wizards_are_for_staff(self):
        for model in ("panier.order.cancel", "panier.slot.choice"):
            for user in (self.member, self.preparer, self.public_user, self.employee):
                with self.subTest(model=model, user=user.login), self.assertRaises(AccessError):
                    self.env[model].with_user(user).create(
                        {"order_id": self.order.id, "reason": "x"}
                        if "cancel" in model
                        else {"order_id": self.order.id}
                    )
            self.assertTrue(self.env[model].with_user(self.referent).has_access("create"))

    def test_every_named_action_is_refused_to_members(self):
        actions = {
            "action_panier_choose_slot": (self.other_slot.id,),
            "action_panier_cancel": ("why",),
            "action_panier_confirm_at_till": (),
            "action_panier_send_payment_link": (),
            "action_panier_open_slot_choice": (),
            "action_panier_open_cancel": (),
            "action_confirm": (),
            "action_cancel": (),
        }
        cart = self._create_ready_cart(slot=self.other_slot)
        for user in (self.member, self.neighbour, self.preparer, self.public_user):
            for name, args in actions.items():
                for order in (self.order, cart):
                    with self.subTest(user=user.login, action=name, order=order.state), self.assertRaises(UserError):
                        getattr(order.with_user(user), name)(*args)
        self.assertUnchanged(self.order, self.slot, panier_state="to_prepare")
        self.assertUnchanged(cart, self.other_slot, state="draft")

    def test_nobody_reads_holds_or_transactions_but_administrators(self):
        for user in (self.member, self.preparer, self.referent):
            self.assertFalse(self._may(user, "read", self.env["panier.capacity.hold"]))
