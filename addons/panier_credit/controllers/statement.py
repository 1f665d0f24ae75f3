from odoo.http import content_disposition, request, route

from odoo.addons.panier_member.controllers.portal import PanierCustomerPortal
from odoo.addons.portal.controllers.portal import pager

from .. import statement

#: Avoirs on a page.
PAGE = 10

REPORT = "panier_credit.credit_statement_report"


class PanierCreditStatement(PanierCustomerPortal):
    """A household's credit: what it has, where it came from, where each cent went."""

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to add the balance to the page (its counters come by another request)."""
        values = super()._prepare_home_portal_values(counters)
        if not counters and self._panier_shows_membership():
            values["panier_credit_summary"] = self._panier_household()._panier_credit_summary(self._panier_companies())
        return values

    @route(
        ["/my/credit", "/my/credit/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def panier_my_credit(self, page=1, **_kwargs):
        """The balance, what is held, every avoir."""
        household, companies = self._panier_household(), self._panier_companies()
        pages = pager("/my/credit", household._panier_credit_count_notes(companies), page=page, step=PAGE)
        values = self._prepare_portal_layout_values()
        values.update(
            summary=household._panier_credit_summary(companies),
            held=household._panier_credit_held_cards(companies),
            cards=household._panier_credit_note_cards(companies, offset=pages["offset"], limit=PAGE),
            years=household._panier_credit_years(companies),
            several_companies=len(companies) > 1,
            at_till=self._panier_credit_at_till(),
            pager=pages,
            page_name="panier_credit",
        )
        return request.render("panier_credit.portal_my_credit", values)

    @route("/my/credit/statement", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def panier_my_credit_statement(self, year=None, kind="pdf", **_kwargs):
        """The statement of a year, or of all time, on paper or for a spreadsheet."""
        household, companies = self._panier_household(), self._panier_companies()
        year = statement.year_of(year)
        name = request.env._("credit statement %(period)s", period=year or request.env._("all"))
        if kind == "csv":
            # sudo: a household reads its own credit, whatever the account is otherwise allowed.
            statements = household.sudo()._panier_credit_statements(year, companies)
            headers = [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{name}.csv")),
            ]
            return request.make_response(household._panier_credit_csv(statements), headers)
        return self._panier_print_statement(household, companies, year, f"{name}.pdf")

    def _panier_print_statement(self, household, companies, year, filename):
        """A PDF; the page to print instead, where this server cannot make one."""
        # sudo: see `panier_my_credit_statement`.
        report = request.env["ir.actions.report"].sudo()
        data = {"year": year, "lang": request.env.lang, "companies": companies.ids}
        if report.get_wkhtmltopdf_state() in ("ok", "upgrade"):
            content, kind = report._render_qweb_pdf(REPORT, household.ids, data=data)
            if kind == "pdf":
                headers = [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", content_disposition(filename)),
                ]
                return request.make_response(content, headers)
        content, _kind = report._render_qweb_html(REPORT, household.ids, data={**data, "no_pdf": True})
        return request.make_response(content, [("Content-Type", "text/html; charset=utf-8")])

    def _panier_credit_at_till(self):
        """Whether credit can be used at the till of this shop, as an order of it would say.

        :rtype: bool
        """
        # sudo: an order that is not saved, asked for a yes or no.
        return request.env["sale.order"].sudo().new({"company_id": request.env.company.id})._panier_credit_at_till()

    # === WHO ASKS === #

    def _panier_household(self):
        """Credit belongs to the household: an associate sees the same as the member.

        :rtype: res.partner
        """
        return request.env.user.partner_id.commercial_partner_id

    def _panier_companies(self):
        """The shop of this website first, then the others this account belongs to.

        :rtype: res.company
        """
        return request.env.company | request.env.user.company_ids
