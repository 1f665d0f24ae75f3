from odoo.exceptions import UserError
from odoo.tests import tagged

from ..refusal import Refusal, Refused, refusals_text
from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestRefusals(PanierMemberCommon):
    def test_every_status_says_yes_or_why_not(self):
        for code, status in self.status.items():
            with self.subTest(code):
                self.member.partner_id.panier_status_id = status
                refusals = self.member.partner_id._panier_refusals("order")
                if status.may_order:
                    self.assertEqual(refusals, [])
                else:
                    self.assertRefusals(refusals, f"status_{code}")
                    self.assertIn(status.name, refusals[0].message)
                    self.assertIn(status.description, refusals[0].message)
                    self.assertEqual(refusals[0].advice, status.advice)
                    self.assertEqual(refusals[0].url, "/my/membership")

    def test_what_a_status_allows_is_data(self):
        self.status["vacation"].may_order = True
        self.suspended_member.partner_id.panier_status_id = self.status["vacation"]
        self.assertEqual(self.suspended_member.partner_id._panier_refusals("order"), [])

    def test_no_status_is_a_no(self):
        refusals = self.stranger.partner_id.with_user(self.stranger)._panier_refusals("order")
        self.assertRefusals(refusals, "status_unknown")

    def test_a_visitor_is_asked_to_sign_in(self):
        partner = self.public_user.partner_id.with_user(self.public_user)
        refusals = partner._panier_refusals("order")
        self.assertRefusals(refusals, "not_logged_in")
        self.assertTrue(refusals[0].url.startswith("/web/login"))

    def test_a_household_member_is_answered_for_the_household(self):
        child = self.env["res.partner"].create({"name": "Child", "parent_id": self.suspended_member.partner_id.id})
        self.assertRefusals(child._panier_refusals("order"), "status_suspended")

    def test_the_member_is_answered_as_themselves(self):
        partner = self.suspended_member.partner_id.with_user(self.suspended_member)
        self.assertRefusals(partner._panier_refusals("order"), "status_suspended")

    def test_an_action_nobody_defined_is_a_mistake_not_a_yes(self):
        with self.assertRaises(ValueError):
            self.member.partner_id._panier_refusals("fly")

    def test_the_sentence_is_in_the_members_language(self):
        self._activate_french()
        partner = self.suspended_member.partner_id
        partner.lang = "fr_FR"
        refusal = partner.with_user(self.suspended_member)._panier_refusals("order")[0]
        self.assertTrue(refusal.message.startswith("Votre statut est «\u00a0Suspendu\u00a0»."), refusal.message)
        # As a job or a webhook asks, in whatever language.
        self.assertEqual(partner._panier_refusals("order")[0], refusal)

    def test_staff_who_serve_a_member_read_it_in_their_own_language(self):
        self._activate_french()
        self.suspended_member.partner_id.lang = "fr_FR"
        partner = self.suspended_member.partner_id.with_user(self.referent)
        refusal = partner.with_context(lang="en_US")._panier_refusals("order")[0]
        self.assertIn("Suspended", refusal.message)

    def test_refused_is_a_user_error_that_says_what_to_do(self):
        refusals = [Refusal("a", "It is full.", "Take another."), Refusal("b", "It is late.")]
        error = Refused(refusals)
        self.assertIsInstance(error, UserError)
        self.assertEqual(error.refusals, refusals)
        self.assertEqual(str(error), "It is full. Take another.\nIt is late.")
        self.assertEqual(error.context["refusals"][0]["code"], "a")
        self.assertEqual(refusals_text([]), "")
