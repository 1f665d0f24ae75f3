import csv
import io
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PanierMemberCommon

OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8", "sheet": ""}


@tagged("post_install", "-at_install")
class TestImport(PanierMemberCommon):
    """Members come in by Odoo's own import, as staff do it (mission A1)."""

    def _import(self, content, user=None, columns=None, file_type="text/csv", lang="en_US", dryrun=False):
        """Upload, take the columns Odoo proposes, import.

        :return: (messages, imported partners)
        """
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.manager)
            .with_context(lang=lang)
            .create({"res_model": "res.partner", "file": content, "file_type": file_type})
        )
        preview = wizard.parse_preview(OPTIONS)
        self.assertNotIn("error", preview, preview.get("error"))
        headers = preview["headers"]
        matches = preview["matches"]
        found = ["/".join(matches[i]) if i in matches else False for i in range(len(headers))]
        self.assertEqual([h for h, f in zip(headers, found, strict=True) if not f], [])
        if columns:
            self.assertEqual(found, columns)
        options = {**OPTIONS, **preview.get("options", {})}
        result = wizard.execute_import(found, headers, options, dryrun=dryrun)
        return result["messages"], self.env["res.partner"].browse(result["ids"] or [])

    def _csv(self, *rows):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()

    HEADER = ("Name", "Member number", "Email", "Household", "Member status")

    def test_statuses_by_code_and_by_name_households_by_number(self):
        messages, partners = self._import(
            self._csv(
                self.HEADER,
                ("Odile Garance", "9001", "odile@example.com", "", "up_to_date"),
                ("Basile Garance", "9002", "basile@example.com", "9001", ""),
                ("Flora Ombelle", "9003", "flora@example.com", "", "Suspended"),
            ),
            columns=["name", "panier_member_number", "email", "panier_household_id", "panier_status_id"],
        )
        self.assertEqual(messages, [])
        odile, basile, flora = partners
        self.assertEqual(odile.panier_status_id, self.status["up_to_date"])
        self.assertEqual(basile.parent_id, odile)
        self.assertEqual(basile._panier_status(), self.status["up_to_date"])
        self.assertEqual(flora.panier_status_id, self.status["suspended"])
        change = odile.panier_status_change_ids
        self.assertEqual((change.reason, change.author_id), ("Import", self.manager))
        self.assertTrue(odile.panier_status_since)

    def test_importing_again_by_number_is_refused_not_doubled(self):
        rows = (self.HEADER, ("Odile Garance", "9001", "odile@example.com", "", "up_to_date"))
        self._import(self._csv(*rows))
        with mute_logger("odoo.sql_db", "odoo.models"):
            messages, partners = self._import(self._csv(*rows))
        self.assertTrue(messages)
        self.assertFalse(partners)

    @mute_logger("odoo.models")
    def test_an_unknown_status_is_named_and_nothing_is_imported(self):
        messages, partners = self._import(
            self._csv(self.HEADER, ("Odile Garance", "9001", "odile@example.com", "", "shiny"))
        )
        self.assertIn("shiny", str(messages))
        self.assertFalse(partners)
        self.assertFalse(self.env["res.partner"].search([("panier_member_number", "=", "9001")]))

    @mute_logger("odoo.models", "odoo.addons.panier_member.models.res_partner")
    def test_those_who_may_not_change_a_status_may_not_import_one(self):
        rows = (self.HEADER, ("Odile Garance", "9001", "odile@example.com", "", "up_to_date"))
        for user in (self.referent, self.employee):
            messages, partners = self._import(self._csv(*rows), user)
            self.assertTrue(messages, user.login)
            self.assertFalse(partners)
        self.assertFalse(self.env["res.partner"].search([("panier_member_number", "=", "9001")]))

    def _sample(self, extension):
        # The repository's docs/, for coordinators; not there when the addon is installed alone.
        path = Path(__file__).resolve().parents[3] / "docs" / f"members-sample.{extension}"
        if not path.exists():
            self.skipTest(f"{path.name} is not installed with the addon")
        return path.read_bytes()

    def test_the_sample_in_french(self):
        self._activate_french()
        self.env["ir.module.module"]._load_module_terms(["base"], ["fr_FR"], overwrite=True)
        kinds = {
            "csv": "text/csv",
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        for extension, file_type in kinds.items():
            with self.subTest(extension):
                messages, partners = self._import(self._sample(extension), file_type=file_type, lang="fr_FR")
                self.assertEqual(messages, [])
                self.assertEqual(len(partners), 12)
                statuses = {p.panier_effective_status_id.code for p in partners}
                self.assertGreaterEqual(len(statuses), 9)
                self.assertTrue(partners.filtered("parent_id"))
                partners.filtered("parent_id").unlink()
                partners.exists().unlink()
