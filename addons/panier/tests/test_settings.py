from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    def _settings(self):
        arch = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        return etree.fromstring(arch)

    def test_every_setting_of_the_suite_is_on_its_one_page(self):
        form = self._settings()
        names = {node.get("name", "") for node in form.iter("field")}
        everywhere = {name for name in names if name.startswith("panier_")}
        on_the_page = {node.get("name") for node in form.find(".//app[@name='panier']").iter("field")}
        self.assertTrue(everywhere)
        self.assertFalse(everywhere - on_the_page)

    def test_every_setting_of_a_company_can_be_set_there(self):
        """A field that only code could set would be no setting."""
        company_fields = {
            name
            for name, field in self.env["res.company"]._fields.items()
            if name.startswith("panier_") and field.store and not field.readonly and field.type != "one2many"
        }
        on_the_page = {node.get("name") for node in self._settings().find(".//app[@name='panier']").iter("field")}
        self.assertFalse(company_fields - on_the_page)
