import json
from datetime import date

from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon

LOGGERS = ("odoo.http", "odoo.addons.panier_member.models.res_partner", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestWritePaths(PanierMemberCommon, HttpCase):
    """No member writes their own status, whatever the path (law 1, ADR 0001)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.suspended_member.partner_id
        cls.partner.panier_member_number = "17"
        cls.forged = {
            "panier_status_id": cls.status["up_to_date"].id,
            "panier_status_since": "2020-01-01",
            "panier_member_number": "1",
        }

    def setUp(self):
        super().setUp()
        self.before = self._picture()
        mute = mute_logger(*LOGGERS)
        mute.__enter__()
        self.addCleanup(mute.__exit__, None, None, None)

    def _picture(self):
        """Everything that decides on rights, of everybody."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, panier_status_id, panier_status_since, panier_member_number FROM res_partner "
            "WHERE panier_status_id IS NOT NULL OR panier_member_number IS NOT NULL ORDER BY id"
        )
        members = self.env.cr.fetchall()
        self.env.cr.execute("SELECT count(*) FROM panier_member_status_change")
        return members, self.env.cr.fetchall()

    def _assert_nothing_changed(self):
        self.env.invalidate_all()
        self.assertEqual(self._picture(), self.before)

    # === ORM, as the user and as the portal's sudo() === #

    def test_writing_is_refused_to_all_but_staff(self):
        for user in (self.suspended_member, self.preparer, self.employee, self.public_user):
            for partner in (self.partner.with_user(user), self.partner.with_user(user).sudo()):
                for fname, value in self.forged.items():
                    with self.subTest(user=user.login, su=partner.env.su, field=fname):
                        with self.assertRaises(AccessError):
                            partner.write({fname: value})
        self._assert_nothing_changed()

    def test_creating_is_refused_to_all_but_staff(self):
        for user in (self.suspended_member, self.employee):
            partners = self.env["res.partner"].with_user(user).sudo()
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                partners.create({"name": "New", **self.forged})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                partners.with_context(default_panier_status_id=self.forged["panier_status_id"]).create({"name": "New"})
        self._assert_nothing_changed()

    def test_a_user_default_is_no_way_in(self):
        self.env["ir.default"].set("res.partner", "panier_status_id", self.forged["panier_status_id"])
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["res.partner"].with_user(self.employee).create({"name": "New"})
        self._assert_nothing_changed()

    def test_a_members_preferences_are_no_way_in(self):
        with self.assertRaises(AccessError):
            self.suspended_member.with_user(self.suspended_member).write(
                {"panier_status_id": self.forged["panier_status_id"]}
            )
        self._assert_nothing_changed()

    def test_nobody_slips_into_a_household(self):
        up_to_date = self.member.partner_id
        for user in (self.suspended_member, self.employee):
            partner = self.partner.with_user(user).sudo()
            for vals in ({"parent_id": up_to_date.id}, {"panier_household_id": up_to_date.id}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    with self.env.cr.savepoint():
                        partner.write(vals)
        self.assertFalse(self.partner.parent_id)
        self._assert_nothing_changed()

    def test_nobody_slips_out_of_a_household(self):
        child = self._create_member("child", None, parent_id=self.partner.id)
        child.partner_id.with_user(self.employee).sudo().write({"city": "Olivet"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            child.partner_id.with_user(child).sudo().write({"parent_id": self.member.partner_id.id})
        self.assertEqual(child.partner_id.parent_id, self.partner)

    def test_other_contacts_are_moved_as_ever(self):
        company = self.env["res.partner"].create({"name": "Supplier", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Contact"})
        contact.with_user(self.employee).write({"parent_id": company.id, "is_company": False})
        self.assertEqual(contact.parent_id, company)

    def test_jobs_may_write(self):
        self.partner.with_user(self.env.ref("base.user_root")).panier_status_id = self.status["alert"]
        self.assertEqual(self.partner.panier_status_since, date.today())

    def test_the_portal_does_not_know_these_fields(self):
        fields = self.env["res.partner"]._get_frontend_writable_fields()
        self.assertFalse({f for f in fields if f.startswith("panier_")} | (fields & {"parent_id", "is_company"}))
        form_fields = self.env["ir.model"]._get("res.partner").sudo()
        authorized = form_fields._get_form_writable_fields()
        self.assertFalse([f for f in authorized if f.startswith("panier_") or f == "parent_id"])

    # === RPC === #

    def test_rpc(self):
        self.authenticate("suspended_member", "suspended_member")
        ids = self.partner.ids
        for model, method, args in (
            ("res.partner", "write", [ids, self.forged]),
            ("res.partner", "web_save", [ids, self.forged, {}]),
            ("res.partner", "create", [{"name": "New", "parent_id": ids[0], **self.forged}]),
            ("res.partner", "load", [[".id", "panier_member_number"], [[str(ids[0]), "1"]]]),
            ("res.partner", "write", [ids, {"parent_id": self.member.partner_id.id}]),
            ("res.partner", "action_panier_change_status", [ids]),
            ("res.users", "write", [self.suspended_member.ids, self.forged]),
            ("panier.member.status", "write", [self.status["suspended"].ids, {"may_order": True}]),
            ("panier.member.status.wizard", "create", [{"partner_ids": ids, "reason": "please"}]),
            ("panier.member.status.change", "create", [{"partner_id": ids[0], "reason": "please"}]),
            ("panier.member.status.mapping", "create", [{"value": "x"}]),
            ("res.company", "write", [self.env.company.ids, {"panier_status_field_id": False}]),
            ("website", "write", [self.website.ids, {"panier_members_only": False}]),
        ):
            with self.subTest(model=model, method=method):
                answer = self._call_kw(model, method, args)
                if method == "load":
                    self.assertFalse(answer.get("result", {}).get("ids"))
                else:
                    self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        for method in ("_panier_record_status", "_panier_may_edit", "_panier_status"):
            self.assertIn("error", self._call_kw("res.partner", method, [ids]))
        self._assert_nothing_changed()
        self.assertFalse(self.status["suspended"].may_order)
        self.assertTrue(self.website.panier_members_only)

    def test_rpc_of_an_employee_without_the_group(self):
        self.authenticate("employee", "employee")
        household = self.member.partner_id.ids
        for ids, vals in (
            (self.partner.ids, self.forged),
            (self.partner.ids, {"parent_id": household[0]}),
            (household, {"child_ids": [Command.create({"name": "New", "panier_member_number": "2"})]}),
            (household, {"child_ids": [Command.link(self.partner.id)]}),
            (household, {"child_ids": [Command.update(self.partner.id, self.forged)]}),
        ):
            answer = self._call_kw("res.partner", "write", [ids, vals])
            self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        self.assertFalse(self.partner.parent_id)
        self._assert_nothing_changed()

    def _call_kw(self, model, method, args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "params": params}
        ).json()

    # === FORMS === #

    def _address(self, **values):
        return {
            "name": self.partner.name,
            "email": self.partner.email,
            "phone": "+33 2 61 91 11 11",
            "street": "2 rue Neuve",
            "city": "Olivet",
            "zip": "45160",
            "country_id": str(self.env.ref("base.fr").id),
            "csrf_token": http.Request.csrf_token(self),
            **values,
        }

    def _forged_texts(self):
        return {
            **{fname: str(value) for fname, value in self.forged.items()},
            "parent_id": str(self.member.partner_id.id),
            "panier_household_id": str(self.member.partner_id.id),
            "is_company": "1",
        }

    def test_the_address_form_of_the_portal(self):
        self.authenticate("suspended_member", "suspended_member")
        for partner_id in (str(self.partner.id), ""):
            data = self._address(partner_id=partner_id, required_fields="", **self._forged_texts())
            answer = self.url_open("/my/address/submit", data=data)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("redirectUrl", json.loads(answer.text), answer.text)
        self.assertEqual(self.partner.city, "Olivet")
        self.assertFalse(self.partner.parent_id or self.partner.is_company)
        self.assertEqual(self.partner.child_ids.commercial_partner_id, self.partner)
        self._assert_nothing_changed()

    def test_the_address_form_of_the_portal_without_its_own_checks(self):
        self.authenticate("suspended_member", "suspended_member")
        data = self._address(partner_id=str(self.partner.id), verify_address_values="", **self._forged_texts())
        self.url_open("/my/address/submit", data=data)
        self._assert_nothing_changed()

    def test_the_account_pages(self):
        self.authenticate("suspended_member", "suspended_member")
        for path in ("/my/account", "/my/security"):
            self.url_open(path, data=self._address(**self._forged_texts()))
        self._assert_nothing_changed()

    def test_the_address_form_of_the_shop(self):
        order = self._create_order(self.partner)
        self.authenticate("suspended_member", "suspended_member")
        for partner_id in (str(self.partner.id), ""):
            data = self._address(partner_id=partner_id, **self._forged_texts())
            self.url_open("/shop/address/submit", data=data)
        self.assertEqual(order.partner_id, self.partner)
        self._assert_nothing_changed()

    def test_the_address_form_of_a_shop_that_is_open_to_all(self):
        self.website.panier_members_only = False
        self._create_order(self.partner)
        self.authenticate("suspended_member", "suspended_member")
        data = self._address(partner_id=str(self.partner.id), **self._forged_texts())
        answer = self.url_open("/shop/address/submit", data=data)
        self.assertIn("redirectUrl", answer.text)
        self.assertEqual(self.partner.street, "2 rue Neuve")
        self.assertFalse(self.partner.parent_id)
        self._assert_nothing_changed()

    def test_the_form_builder(self):
        for login in (None, "suspended_member"):
            self.authenticate(login, login)
            self.url_open("/website/form/res.partner", data=self._address(**self._forged_texts()))
        self.env.invalidate_all()
        made = self.env["res.partner"].search([("street", "=", "2 rue Neuve")])
        self.assertFalse(made.parent_id)
        self._assert_nothing_changed()

    def test_signing_up(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.website.auth_signup_uninvited = "b2c"
        self.authenticate(None, None)
        data = {
            "login": "newcomer@example.com",
            "name": "Newcomer",
            "password": "newcomer-17",
            "confirm_password": "newcomer-17",
            "csrf_token": http.Request.csrf_token(self),
            **self._forged_texts(),
        }
        self.url_open("/web/signup", data=data)
        user = self.env["res.users"].search([("login", "=", "newcomer@example.com")])
        self.assertTrue(user)
        self.assertFalse(user.partner_id.parent_id)
        self._assert_nothing_changed()
