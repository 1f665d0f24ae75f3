from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon

# model: {role: what it may do}; c(reate), r(ead), w(rite), u(nlink)
MATRIX = {
    "panier.member.status": {
        "public_user": "",
        "member": "r",
        "preparer": "r",
        "employee": "r",
        "referent": "r",
        "manager": "crwu",
    },
    "panier.member.status.change": {
        "public_user": "",
        "member": "r",
        "preparer": "r",
        "employee": "",
        "referent": "r",
        "manager": "r",
    },
    "panier.member.status.mapping": {
        "public_user": "",
        "member": "",
        "preparer": "",
        "employee": "",
        "referent": "",
        "manager": "crwu",
    },
    "panier.member.status.wizard": {
        "public_user": "",
        "member": "",
        "preparer": "",
        "employee": "",
        "referent": "crwu",
        "manager": "crwu",
    },
}
OPERATIONS = {"c": "create", "r": "read", "w": "write", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(PanierMemberCommon):
    def test_the_matrix(self):
        for model, roles in MATRIX.items():
            for role, allowed in roles.items():
                records = self.env[model].with_user(getattr(self, role))
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(records.has_access(operation), letter in allowed)

    def test_every_model_has_an_access_line(self):
        for model in MATRIX:
            self.assertTrue(self.env["ir.model.access"].search([("model_id.model", "=", model)]), model)

    def test_a_preparer_stays_what_they_were(self):
        self.assertTrue(self.preparer._is_portal())
        group = self.env.ref("panier_member.panier_member_group_preparer")
        self.assertFalse(group.implied_ids)
        self.assertFalse(self.preparer.with_user(self.preparer).env["account.move"].has_access("write"))

    def test_roles_imply_each_other(self):
        self.assertTrue(self.referent.has_group("panier_member.panier_member_group_preparer"))
        self.assertFalse(self.referent.has_group("panier_member.panier_member_group_manager"))
        self.assertTrue(self.manager.has_group("panier_member.panier_member_group_referent"))
        self.assertTrue(self.env.ref("base.user_admin").has_group("panier_member.panier_member_group_manager"))

    def test_a_member_reads_the_history_of_their_household_only(self):
        child = self._create_member("child", None, parent_id=self.member.partner_id.id)
        for user in (self.member, child):
            changes = self.env["panier.member.status.change"].with_user(user).search([])
            self.assertEqual(changes.partner_id, self.member.partner_id)
        other = self.env["panier.member.status.change"].search(
            [("partner_id", "=", self.suspended_member.partner_id.id)], limit=1
        )
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            other.with_user(self.member).read(["date"])

    def test_a_member_does_not_read_what_staff_wrote_about_them(self):
        change = (
            self.env["panier.member.status.change"]
            .with_user(self.member)
            .search([("partner_id", "=", self.member.partner_id.id)], limit=1)
        )
        for fname in ("reason", "author_id"):
            with self.assertRaises(AccessError):
                change.read([fname])

    def test_a_member_does_not_read_another_member(self):
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.suspended_member.partner_id.with_user(self.member).read(["panier_status_id"])

    def test_a_referent_opens_every_page_of_the_menu(self):
        for name in ("res_partner_action_members", "panier_member_status_change_action"):
            action = self.env.ref(f"panier_member.{name}")
            records = self.env[action.res_model].with_user(self.referent)
            for view in records.get_views([(False, "list"), (False, "form")])["views"].values():
                records.search([], limit=1).web_read(self._specification(view["arch"], records))

    def _specification(self, arch, records):
        names = {node.get("name") for node in etree.fromstring(arch).xpath("//field[not(ancestor::field)]")}
        self.assertTrue(names)
        return {name: {} for name in names}
