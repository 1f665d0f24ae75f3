from odoo import api, fields, models

from .. import statement


class CreditStatementReport(models.AbstractModel):
    """The statement on paper. Reads as the user: whoever may not see a household's credit prints nothing of it."""

    _name = "report.panier_credit.report_credit_statement"
    _description = "Statement of credit"

    @api.model
    def _get_report_values(self, docids, data=None):
        """One document for all households: without its patches wkhtmltopdf cannot join several.

        :param dict data: year, lang, companies (ids), no_pdf; all optional
        """
        data = data or {}
        households = self.env["res.partner"].browse(docids).commercial_partner_id
        households.check_access("read")
        companies = self._companies(data.get("companies"))
        year = statement.year_of(str(data.get("year") or ""))
        return {
            "docs": [self._document(household, companies, year, data.get("lang")) for household in households],
            "no_pdf": data.get("no_pdf"),
        }

    def _companies(self, ids):
        """Those asked for, if the user belongs to them: Odoo's own route takes what the address says.

        :rtype: res.company
        """
        asked = self.env["res.company"].browse(ids if isinstance(ids, list) else [])
        return asked & (self.env.companies | self.env.user.company_ids) or self.env.companies

    def _document(self, household, companies, year, lang):
        household = household.with_context(lang=lang or household.lang or self.env.lang)
        return {
            "household": household,
            "lang": household.env.lang,
            "year": year,
            "today": fields.Date.context_today(self),
            "sections": household._panier_credit_statements(year, companies),
            # sudo: the address on every invoice.
            "company": companies[:1].sudo(),
        }
