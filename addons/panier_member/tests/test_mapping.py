from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon

LOGGER = "odoo.addons.panier_member.models.res_partner_rule"


@tagged("post_install", "-at_install")
class TestMapping(PanierMemberCommon):
    def _map(self, fname, **status_of_value):
        field = self.env["ir.model.fields"]._get("res.partner", fname)
        self.env.company.write(
            {
                "panier_status_field_id": field.id,
                "panier_status_mapping_ids": [Command.clear()]
                + [
                    Command.create({"value": value, "status_id": self.status[code].id})
                    for value, code in status_of_value.items()
                ],
            }
        )

    def _custom_field(self, ttype, **values):
        return self.env["ir.model.fields"].create(
            {
                "model_id": self.env.ref("base.model_res_partner").id,
                "name": f"x_state_{ttype}",
                "field_description": "State elsewhere",
                "ttype": ttype,
                **values,
            }
        )

    def test_a_text_is_read_live(self):
        self._map("ref", OK="up_to_date", stop="suspended")
        partner = self.suspended_member.partner_id
        partner.ref = " ok "
        self.assertEqual(partner._panier_status(), self.status["up_to_date"])
        self.assertEqual(partner.panier_status_id, self.status["suspended"])
        partner.ref = "STOP"
        self.assertRefusals(partner._panier_refusals("order"), "status_suspended")

    def test_a_selection(self):
        self._custom_field(
            "selection",
            selection_ids=[
                Command.create({"value": "fit", "name": "Fit"}),
                Command.create({"value": "out", "name": "Out"}),
            ],
        )
        self._map("x_state_selection", fit="exempted", out="unsubscribed")
        partner = self.member.partner_id
        partner.x_state_selection = "out"
        self.assertEqual(partner._panier_status(), self.status["unsubscribed"])
        partner.x_state_selection = "fit"
        self.assertEqual(partner._panier_status(), self.status["exempted"])

    def test_a_linked_record_by_name_or_id_whatever_the_language(self):
        title = self.env["res.partner.industry"].create({"name": "Gold"})
        other = self.env["res.partner.industry"].create({"name": "Tin"})
        self._map("industry_id", **{"gold": "up_to_date", str(other.id): "alert"})
        partner = self.suspended_member.partner_id
        partner.industry_id = title
        self.assertEqual(partner._panier_status(), self.status["up_to_date"])
        partner.industry_id = other
        self.assertEqual(partner._panier_status(), self.status["alert"])

    def test_a_check_box(self):
        self._map("employee", true="up_to_date", false="not_concerned")
        partner = self.member.partner_id
        partner.employee = True
        self.assertEqual(partner._panier_status(), self.status["up_to_date"])
        partner.employee = False
        self.assertEqual(partner._panier_status(), self.status["not_concerned"])

    def test_a_value_nobody_mapped_is_a_no_and_staff_are_told(self):
        self._map("ref", ok="up_to_date")
        self.member.partner_id.ref = "mystery"
        with self.assertLogs(LOGGER, "WARNING") as logs:
            refusals = self.member.partner_id._panier_refusals("order")
        self.assertRefusals(refusals, "status_unknown")
        self.assertIn("mystery", logs.output[0])

    def test_an_empty_value_is_a_no(self):
        self._map("ref", ok="up_to_date")
        self.member.partner_id.ref = False
        with self.assertNoLogs(LOGGER, "WARNING"):
            self.assertRefusals(self.member.partner_id._panier_refusals("order"), "status_unknown")

    def test_the_household_is_read_not_its_contacts(self):
        self._map("ref", ok="up_to_date", stop="suspended")
        self.suspended_member.partner_id.ref = "stop"
        child = self.env["res.partner"].create(
            {"name": "Child", "parent_id": self.suspended_member.partner_id.id, "ref": "ok"}
        )
        self.assertRefusals(child._panier_refusals("order"), "status_suspended")

    @mute_logger(LOGGER)
    def test_members_are_found_by_the_mapped_status(self):
        self._map("ref", ok="up_to_date")
        self.suspended_member.partner_id.ref = "OK"
        self.member.partner_id.ref = "mystery"
        Partner = self.env["res.partner"]
        found = Partner.search([("panier_effective_status_id", "=", self.status["up_to_date"].id)])
        self.assertEqual(found, self.suspended_member.partner_id)
        unknown = Partner.search([("panier_effective_status_id", "=", False)])
        self.assertIn(self.member.partner_id, unknown)
        self.assertNotIn(self.suspended_member.partner_id, unknown)

    def test_a_field_members_write_themselves_cannot_hold_their_status(self):
        for fname in ("city", "company_name", "phone"):
            with self.assertRaises(ValidationError):
                self._map(fname)

    def test_a_field_of_another_type_or_model_cannot_hold_a_status(self):
        fields = self.env["ir.model.fields"]
        for field in (
            fields._get("res.partner", "create_date"),
            fields._get("res.users", "login"),
            fields._get("res.partner", "display_name"),
            fields._get("res.partner", "panier_status_id"),
        ):
            with self.assertRaises(ValidationError):
                self.env.company.panier_status_field_id = field

    def test_two_spellings_of_one_value_are_one_value(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._map("ref", ok="up_to_date", OK="suspended")
            self.env.flush_all()

    def test_without_mapping_the_own_status_counts_again(self):
        self._map("ref", ok="up_to_date")
        self.env.company.panier_status_field_id = False
        self.assertEqual(self.suspended_member.partner_id._panier_status(), self.status["suspended"])
