from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.panier_member.tests.common import PanierMemberCommon

from .common import SlotCase


@tagged("post_install", "-at_install")
class TestMultiCompany(SlotCase, PanierMemberCommon):
    """Staff of one co-op see nothing of another's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other co-op"})
        cls.other_place = cls._create_place(name="Elsewhere", company_id=cls.other_company.id)
        cls.other_place.exception_ids.create({"place_id": cls.other_place.id, "date_from": "2026-01-13"})

    def test_records_of_another_company_are_not_seen(self):
        for model in ("panier.place", "panier.place.opening", "panier.place.exception", "panier.slot"):
            records = self.env[model].with_user(self.manager).search([])
            companies = records.sudo().mapped("company_id")
            self.assertNotIn(self.other_company, companies, model)
        for record in (
            self.other_place,
            self.other_place.slot_ids[0],
            self.other_place.opening_ids[0],
            self.other_place.exception_ids,
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.manager).read(["company_id"])
        with self.assertRaises(AccessError):
            self.other_place.slot_ids.with_user(self.referent).action_close("x")

    def test_slots_are_of_the_company_of_their_place(self):
        self.assertEqual(self.other_place.slot_ids.company_id, self.other_company)

    def test_defaults_are_those_of_each_company(self):
        self.other_company.panier_slot_minutes = 15
        place = self.env["panier.place"].with_company(self.other_company).create({"name": "Fast"})
        self.assertEqual((place.company_id, place.slot_minutes), (self.other_company, 15))

    def test_a_place_with_orders_does_not_change_company(self):
        self.place.slot_ids[0]._capacity_hold(self.holders[0])
        with self.assertRaises(UserError):
            self.place.company_id = self.other_company

    def test_an_empty_place_may_and_its_slots_follow(self):
        place = self._create_place(name="Empty")
        place.company_id = self.other_company
        self.assertEqual(place.slot_ids.company_id, self.other_company)
