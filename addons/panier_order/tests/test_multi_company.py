from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PanierOrderCase


@tagged("post_install", "-at_install")
class TestMultiCompany(PanierOrderCase):
    """Two co-ops in one database do not see, nor pay for, each other's baskets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {"name": "The other co-op", "currency_id": cls.env.company.currency_id.id}
        )
        cls.other_place = cls.env["panier.place"].create({"name": "Over there", "company_id": cls.other_company.id})
        cls.other_referent = cls._create_staff(
            "other_referent",
            "panier_member.panier_member_group_referent",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def test_the_till_is_offered_by_the_company_of_the_order_only(self):
        other_till = self.till.copy({"company_id": self.other_company.id, "state": "enabled", "is_published": True})
        order = self._create_ready_cart()
        offered = self.till._get_compatible_providers(
            self.env.company.id, self.member.partner_id.id, order.amount_total, sale_order_id=order.id
        )
        self.assertIn(self.till, offered)
        self.assertNotIn(other_till, offered)
        with self.assertRefused("payment_provider"):
            self._create_transaction(order, other_till, user=self.member)

    def test_a_slot_of_the_other_company(self):
        slot = self._create_slot(place=self.other_place)
        order = self._create_cart()
        with self.assertRefused("slot_other_place"):
            order.action_panier_choose_slot(slot.id)

    def test_staff_of_the_other_company(self):
        order = self._create_paid_order()
        for operation in ("read", "write"):
            self.assertFalse(order.with_user(self.other_referent).has_access(operation))

    def test_each_company_keeps_slots_as_long_as_it_likes(self):
        self.env.company.panier_hold_minutes = 5
        self.other_company.panier_hold_minutes = 50
        order = self._create_ready_cart()
        self.assertLessEqual(order._panier_slot_seconds_left(), 300)

    def test_a_warehouse_of_the_other_company(self):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.other_company.id)], limit=1)
        with self.assertRaises(UserError):
            self.place.warehouse_id = warehouse
