from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon

LABELS = {
    "up_to_date": "À jour",
    "alert": "En alerte",
    "delay": "Délai accordé",
    "suspended": "Suspendu",
    "exempted": "Exempté",
    "vacation": "En congé",
    "unpaid": "Impayé constaté",
    "blocked": "Bloqué",
    "unsubscribed": "Désinscrit",
    "not_concerned": "Non concerné",
}


@tagged("post_install", "-at_install")
class TestMemberStatus(PanierMemberCommon):
    def _changes(self, user):
        return self.env["panier.member.status.change"].search([("partner_id", "=", user.partner_id.id)])

    # === DATA === #

    def test_the_standard_statuses_are_there_and_say_what_they_mean(self):
        self.assertLessEqual(set(LABELS), set(self.status))
        for code in LABELS:
            self.assertTrue(self.status[code].description and self.status[code].advice, code)

    def test_the_french_labels_are_those_of_the_co_ops(self):
        self._activate_french()
        labels = {c: self.status[c].with_context(lang="fr_FR").name for c in LABELS}
        self.assertEqual(labels, LABELS)

    def test_who_may_order_by_default(self):
        allowed = {code for code in LABELS if self.status[code].may_order}
        self.assertEqual(allowed, {"up_to_date", "alert", "delay", "exempted"})

    @mute_logger("odoo.sql_db")
    def test_two_statuses_cannot_have_the_same_code(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["panier.member.status"].create({"name": "Other", "code": "alert"})

    def test_a_new_status_allows_nothing(self):
        status = self.env["panier.member.status"].create({"name": "New", "code": "new"})
        self.assertFalse(status.may_order)

    @mute_logger("odoo.sql_db")
    def test_a_status_in_use_is_archived_not_deleted(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.status["suspended"].unlink()
        self.status["suspended"].active = False
        self.assertEqual(self.suspended_member.partner_id._panier_status(), self.status["suspended"])

    def test_a_status_is_found_by_its_code_and_by_its_name(self):
        Status = self.env["panier.member.status"]
        for name in ("up_to_date", "Up to date"):
            self.assertEqual(Status.name_search(name, operator="=")[0][0], self.status["up_to_date"].id)

    # === CHANGES === #

    def test_a_referent_changes_a_status_and_says_why(self):
        partner = self.member.partner_id.with_user(self.referent)
        action = partner.action_panier_change_status()
        wizard = Form(self.env[action["res_model"]].with_user(self.referent).with_context(**action["context"]))
        wizard.status_id = self.status["alert"].with_user(self.referent)
        wizard.reason = "Missed the shift of Monday"
        wizard.save().action_apply()
        change = self._changes(self.member)[0]
        self.assertEqual(partner.panier_status_id, self.status["alert"])
        self.assertEqual(change.from_status_id, self.status["up_to_date"])
        self.assertEqual(change.to_status_id, self.status["alert"])
        self.assertEqual(change.reason, "Missed the shift of Monday")
        self.assertEqual(change.author_id, self.referent)
        self.assertEqual(partner.panier_status_since, fields.Date.today())
        self.assertIn("Missed the shift of Monday", partner.message_ids[0].body)

    def test_a_blank_reason_is_no_reason(self):
        wizard = (
            self.env["panier.member.status.wizard"]
            .with_user(self.referent)
            .create(
                {
                    "partner_ids": self.member.partner_id.ids,
                    "status_id": self.status["alert"].id,
                    "reason": "   ",
                }
            )
        )
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(self.member.partner_id.panier_status_id, self.status["up_to_date"])

    def test_the_wizard_reaches_the_household_of_a_contact(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.member.partner_id.id})
        action = child.with_user(self.referent).action_panier_change_status()
        self.assertEqual(action["context"]["default_partner_ids"], self.member.partner_id.ids)

    def test_a_referent_cannot_change_a_status_without_a_reason(self):
        partner = self.member.partner_id.with_user(self.referent)
        with self.assertRaises(UserError):
            partner.panier_status_id = self.status["blocked"]
        self.env.invalidate_all()
        self.assertEqual(self.member.partner_id.panier_status_id, self.status["up_to_date"])

    def test_a_manager_edits_directly_and_it_is_recorded(self):
        self.member.partner_id.with_user(self.manager).panier_status_id = self.status["vacation"]
        change = self._changes(self.member)[0]
        self.assertEqual(change.reason, "Edited directly")
        self.assertEqual(change.author_id, self.manager)

    def test_writing_the_same_status_again_records_nothing(self):
        before = self._changes(self.member)
        self.member.partner_id.with_user(self.manager).panier_status_id = self.status["up_to_date"]
        self.assertEqual(self._changes(self.member), before)

    def test_a_date_given_with_the_status_is_kept(self):
        self.member.partner_id.with_user(self.manager).write(
            {"panier_status_id": self.status["delay"].id, "panier_status_since": "2026-01-05"}
        )
        self.assertEqual(str(self.member.partner_id.panier_status_since), "2026-01-05")

    def test_several_members_at_once(self):
        partners = (self.member | self.suspended_member).partner_id
        partners.with_user(self.manager).write({"panier_status_id": self.status["alert"].id})
        self.assertEqual(self._changes(self.member)[0].from_status_id, self.status["up_to_date"])
        self.assertEqual(self._changes(self.suspended_member)[0].from_status_id, self.status["suspended"])

    def test_the_history_is_append_only_even_for_managers(self):
        change = self._changes(self.member)[0]
        for env in (self.env(user=self.manager), self.env):
            with self.assertRaises(UserError):
                change.with_env(env).write({"reason": "Nothing happened"})
            with self.assertRaises(UserError):
                change.with_env(env).unlink()
        with self.assertRaises(AccessError):
            change.with_user(self.manager).copy()
        self.assertTrue(change.exists())
        self.assertEqual(change.reason, "Edited directly")

    def test_erasing_a_member_erases_their_history(self):
        partner = self.env["res.partner"].create({"name": "Gone", "panier_status_id": self.status["alert"].id})
        change = partner.panier_status_change_ids
        self.assertTrue(change)
        partner.unlink()
        self.assertFalse(change.exists())

    # === HOUSEHOLD === #

    def test_a_household_has_one_status(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.member.partner_id.id})
        self.assertEqual(child._panier_status(), self.status["up_to_date"])
        self.assertEqual(child.panier_effective_status_id, self.status["up_to_date"])

    def test_a_status_is_not_set_on_another_contact_of_the_household(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.member.partner_id.id})
        with self.assertRaises(UserError):
            child.with_user(self.manager).panier_status_id = self.status["exempted"]
        with self.assertRaises(UserError):
            self.env["res.partner"].with_user(self.manager).create(
                {
                    "name": "Other",
                    "parent_id": self.member.partner_id.id,
                    "panier_status_id": self.status["exempted"].id,
                }
            )

    def test_members_are_found_by_their_effective_status(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.member.partner_id.id})
        found = self.env["res.partner"].search([("panier_effective_status_id", "=", self.status["up_to_date"].id)])
        self.assertIn(child, found)
        self.assertIn(self.member.partner_id, found)
        self.assertNotIn(self.suspended_member.partner_id, found)
        unknown = self.env["res.partner"].search([("panier_effective_status_id", "=", False)])
        self.assertIn(self.stranger.partner_id, unknown)
        self.assertNotIn(child, unknown)

    # === MEMBER NUMBER === #

    def test_two_contacts_cannot_have_the_same_number(self):
        self.member.partner_id.panier_member_number = "A-17"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.suspended_member.partner_id.panier_member_number = "A-17"
            self.env.flush_all()

    def test_many_contacts_have_no_number(self):
        (self.member | self.suspended_member).partner_id.panier_member_number = False
        (self.member | self.suspended_member).partner_id.panier_member_number = ""
        self.env.flush_all()

    def test_a_member_is_found_by_their_number(self):
        self.member.partner_id.panier_member_number = "A-17"
        found = self.env["res.partner"].name_search("A-17", operator="=")
        self.assertEqual([partner_id for partner_id, _name in found], self.member.partner_id.ids)
        self.assertIn(self.member.partner_id.id, dict(self.env["res.partner"].name_search("A-17")))

    def test_a_copied_contact_is_no_member(self):
        self.member.partner_id.panier_member_number = "A-17"
        copy = self.member.partner_id.copy()
        self.assertFalse(copy.panier_member_number or copy.panier_status_id or copy.panier_status_since)
