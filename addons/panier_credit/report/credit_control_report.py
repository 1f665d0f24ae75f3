from odoo import api, fields, models


class CreditControlReport(models.AbstractModel):
    """The control on paper, with what is behind a difference."""

    _name = "report.panier_credit.report_credit_control"
    _description = "Control of avoirs"

    @api.model
    def _get_report_values(self, docids, data=None):
        """All rows that the user may read, whichever were chosen: a control of a part controls nothing."""
        controls = self.env["panier.credit.control"].search([])
        companies = controls.company_id
        return {
            "docs": controls,
            "now": fields.Datetime.now(),
            "lines": controls._lines_to_look_at(),
            "overheld": [row for row in controls._overheld() if row["company"] in companies],
        }
