from io import BytesIO
from unittest import SkipTest

from PyPDF2 import PdfReader

from odoo.tests import HttpCase, tagged

from .preparation_common import PreparationCommon

REPORT = "panier_order.preparation_slip_report"


@tagged("post_install", "-at_install")
class TestPreparationSlip(PreparationCommon, HttpCase):
    """The slip: what it says and does not say, and several baskets in one document."""

    def _html(self, orders):
        return self.env["ir.actions.report"]._render_qweb_html(REPORT, orders.ids)[0].decode()

    def test_several_baskets_are_one_document_with_page_breaks(self):
        html = self._html(self.paid_order + self.till_order)
        self.assertEqual(html.count("<html"), 1)
        self.assertEqual(html.count("page-break-before"), 1)
        for order in self.paid_order + self.till_order:
            self.assertIn(order.panier_code, html)
        # With this attribute Odoo cuts the document, which an unpatched wkhtmltopdf cannot join again.
        self.assertNotIn("data-oe-model", html)

    def test_lines_by_shelf_and_no_prices(self):
        html = self._html(self.paid_order)
        self.assertLess(html.index("A2-3"), html.index("A10-1"))
        self.assertLess(html.index("A10-1"), html.index("B2-10"))
        self.assertNotIn("10.00", html)
        self.assertNotIn(self.paid_order.currency_id.format(self.paid_order.amount_total), html)
        self.assertNotIn("@example.com", html)

    def test_amount_only_when_owed_at_the_till(self):
        amount = self.till_order.currency_id.format(self.till_order.amount_total)
        self.assertIn(amount, self._html(self.till_order))

    def test_pdf(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            raise SkipTest("wkhtmltopdf is not installed")
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(REPORT, (self.paid_order + self.till_order).ids)
        )
        self.assertEqual(kind, "pdf")
        self.assertEqual(len(PdfReader(BytesIO(pdf)).pages), 2)

    def test_from_the_screen(self):
        self.authenticate("preparer", "preparer")
        answer = self.url_open(f"/panier/prepare/{self.paid_order.id}/slip")
        self.assertEqual(answer.status_code, 200)
