from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestMultiCompany(PanierMemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other co-op"})
        cls.other_website = cls.env["website"].create(
            {"name": "Other co-op", "company_id": cls.other_company.id, "panier_members_only": True}
        )
        field = cls.env["ir.model.fields"]._get("res.partner", "ref")
        cls.other_company.write(
            {
                "panier_status_field_id": field.id,
                "panier_status_mapping_ids": [
                    Command.create({"value": "in", "status_id": cls.status["up_to_date"].id})
                ],
            }
        )

    def test_each_company_has_its_own_mapping(self):
        partner = self.suspended_member.partner_id
        partner.ref = "in"
        self.assertEqual(partner._panier_status(), self.status["suspended"])
        other = partner.with_company(self.other_company)
        self.assertEqual(other._panier_status(), self.status["up_to_date"])
        self.assertEqual(other.panier_effective_status_id, self.status["up_to_date"])
        self.assertEqual(partner.panier_effective_status_id, self.status["suspended"])

    def test_an_order_is_judged_by_the_rule_of_its_own_company(self):
        partner = self.suspended_member.partner_id
        partner.ref = "in"
        here = self._create_order(partner)
        there = (
            self.env["sale.order"]
            .with_company(self.other_company)
            .create({"partner_id": partner.id, "website_id": self.other_website.id})
        )
        self.assertRefusals(here._panier_refusals(), "status_suspended")
        self.assertEqual(there.with_company(self.env.company)._panier_refusals(), [])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_manager_sees_the_mapping_of_their_own_company(self):
        mapping = self.other_company.panier_status_mapping_ids
        Mapping = self.env["panier.member.status.mapping"].with_user(self.manager)
        self.assertFalse(Mapping.search([]))
        for operation in (
            lambda: mapping.with_user(self.manager).read(["value"]),
            lambda: mapping.with_user(self.manager).write({"value": "out"}),
            lambda: mapping.with_user(self.manager).unlink(),
            lambda: Mapping.create(
                {
                    "company_id": self.other_company.id,
                    "value": "x",
                    "status_id": self.status["alert"].id,
                }
            ),
        ):
            with self.assertRaises(AccessError):
                operation()
        self.assertEqual(mapping.value, "in")

    def test_the_same_value_in_two_companies(self):
        self.env["panier.member.status.mapping"].create({"value": "in", "status_id": self.status["alert"].id})
        self.assertEqual(len(self.other_company.panier_status_mapping_ids), 1)

    def test_only_one_website_sells_to_members_only(self):
        self.website.panier_members_only = False
        self.assertFalse(self._create_order()._panier_action())
        self.assertTrue(self.other_website.panier_members_only)
