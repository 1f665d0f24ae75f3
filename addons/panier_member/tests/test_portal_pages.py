from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged

from ..refusal import Refusal
from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestPortalPages(PanierMemberCommon, HttpCase):
    def _open(self, path, login=None, **kwargs):
        self.authenticate(login, login)
        answer = self.url_open(path, **kwargs)
        self.assertEqual(answer.status_code, 200)
        return answer

    def _text(self, answer, selector="//main"):
        return " ".join(html.fromstring(answer.text).xpath(selector)[0].text_content().split())

    # === THE CARD AND THE PAGE === #

    def test_the_home_page_begins_with_the_status(self):
        text = self._text(self._open("/my", "suspended_member"), "//section[hasclass('o_panier_home')]")
        status = self.status["suspended"]
        self.assertIn("Your status: Suspended", text)
        self.assertIn(status.description, text)
        self.assertIn(status.advice, text)

    def test_in_french(self):
        self._activate_french()
        self.website.language_ids = self.env["res.lang"]._lang_get("fr_FR")
        self.website.default_lang_id = self.env["res.lang"]._lang_get("fr_FR")
        self.member.lang = "fr_FR"
        for path in ("/my", "/my/membership"):
            text = self._text(self._open(path, "member"))
            self.assertIn("Votre statut : À jour", text)

    def test_the_membership_page(self):
        partner = self.member.partner_id
        partner.write({"panier_member_number": "17", "panier_status_since": "2026-02-03"})
        self.env["res.partner"].create({"name": "Basile Garance", "parent_id": partner.id})
        self.env["res.partner"].create({"name": "The cellar", "parent_id": partner.id, "type": "delivery"})
        text = self._text(self._open("/my/membership", "member"))
        for expected in ("Up to date", "17", "Basile Garance", "2026", "Order online yes"):
            self.assertIn(expected, text)
        self.assertNotIn("The cellar", text)

    def test_a_household_member_sees_the_households_status(self):
        self._create_member("child", None, parent_id=self.suspended_member.partner_id.id)
        text = self._text(self._open("/my/membership", "child"))
        self.assertIn("Suspended", text)
        self.assertIn("Order online not for now", text)

    def test_an_unknown_status_says_what_to_do(self):
        text = self._text(self._open("/my/membership", "stranger"))
        self.assertIn("Your status is not known", text)
        self.assertIn("members' office", text)

    def test_other_members_and_reasons_stay_out_of_the_page(self):
        self.member.partner_id.with_user(self.referent).with_context(
            panier_status_reason="Rude at the till"
        ).panier_status_id = self.status["alert"]
        answer = self._open("/my/membership", "member")
        self.assertIn("In alert", answer.text)
        self.assertNotIn("Rude at the till", answer.text)
        self.assertNotIn(self.suspended_member.name, answer.text)

    def test_a_visitor_is_asked_to_sign_in(self):
        answer = self._open("/my/membership")
        self.assertIn("/web/login", answer.url)

    def test_who_is_no_member_sees_odoos_own_home_page(self):
        self.website.panier_members_only = False
        self.assertNotIn("o_panier_home", self._open("/my", "stranger").text)
        self.assertIn("o_panier_home", self._open("/my", "member").text)

    def test_staff_open_the_pages_too(self):
        for login in ("referent", "employee"):
            self._open("/my", login)
            self._open("/my/membership", login)

    def test_the_page_is_readable_by_all(self):
        page = html.fromstring(self._open("/my/membership", "member").text)
        self.assertEqual(len(page.xpath("//main//h1")), 1)
        for section in page.xpath("//main//section[@aria-labelledby]"):
            self.assertEqual(len(page.xpath(f"//*[@id='{section.get('aria-labelledby')}']")), 1)

    # === THE SHOP === #

    def test_a_suspended_member_is_told_why_before_the_checkout(self):
        self._create_order(self.suspended_member.partner_id)
        cart = self._open("/shop/cart", "suspended_member")
        self.assertIn('data-code="status_suspended"', cart.text)
        button = html.fromstring(cart.text).xpath("//a[@name='website_sale_main_button']")[0]
        self.assertIn("disabled", button.get("class"))
        for path in ("/shop/checkout", "/shop/address", "/shop/payment"):
            answer = self._open(path, "suspended_member")
            self.assertTrue(answer.url.endswith("/my/membership"), answer.url)
            self.assertIn("Suspended", answer.text)

    def test_the_page_says_what_an_addon_has_against_the_member(self):
        refusal = Refusal("deposit_missing", "Your deposit is missing.", "Bring it to the shop.", "/shop")
        with patch.object(
            type(self.env["res.partner"]), "_panier_refusals", lambda partner, action, **context: [refusal]
        ):
            self._create_order()
            answer = self._open("/shop/checkout", "member")
        self.assertTrue(answer.url.endswith("/my/membership"), answer.url)
        self.assertIn("Your deposit is missing.", answer.text)
        self.assertIn("Bring it to the shop.", answer.text)

    def test_a_member_goes_on(self):
        order = self._create_order()
        self.assertNotIn("o_panier_refusal", self._open("/shop/cart", "member").text)
        for path in ("/shop/checkout", "/shop/payment"):
            answer = self._open(path, "member")
            self.assertTrue(answer.url.endswith(path), answer.url)
        self.assertEqual(order.state, "draft")

    def test_a_status_lost_during_the_checkout(self):
        self._create_order()
        self._open("/shop/checkout", "member")
        self.member.partner_id.panier_status_id = self.status["unsubscribed"]
        self.assertTrue(self._open("/shop/payment", "member").url.endswith("/my/membership"))

    def test_the_orders_own_page_says_why_it_cannot_be_paid(self):
        order = self._create_order(self.suspended_member.partner_id, state="sent")
        page = self._open(f"/my/orders/{order.id}", "suspended_member").text
        self.assertIn('data-code="status_suspended"', page)
        paid = self._create_order(state="sent")
        self.assertNotIn("o_panier_refusal", self._open(f"/my/orders/{paid.id}", "member").text)

    def test_the_orders_own_page_asks_for_what_is_due(self):
        provider = self._create_provider()
        order = self._create_order(state="sent")
        self._create_transaction(order, provider, state="authorized").amount = 7
        self.authenticate("member", "member")
        page = html.fromstring(self.url_open(f"/my/orders/{order.id}").text)
        form = page.xpath("//form[@id='o_payment_form']")[0]
        self.assertEqual(float(form.get("data-amount")), 13)

    def test_an_order_paid_before_the_status_was_lost_is_thanked_for(self):
        provider = self._create_provider()
        order = self._create_order()
        self.authenticate("member", "member")
        self.url_open("/shop/checkout")
        self._create_transaction(order, provider, state="done")
        self.member.partner_id.panier_status_id = self.status["blocked"]
        answer = self.url_open("/shop/payment/validate")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("Blocked", answer.text)
