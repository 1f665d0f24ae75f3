import base64

from odoo import api, models
from odoo.tools import file_open


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a new company has the method too."""
        companies = super().create(vals_list)
        for company in companies:
            company._panier_credit_pos_method()
        return companies

    def _panier_credit_pos_method(self):
        """The payment method at this company's tills whose money is the members' credit; made where there is none.

        :rtype: pos.payment.method
        """
        self.ensure_one()
        # sudo: whoever makes a company need not manage tills; the method is on no till before a manager adds it.
        methods = self.env["pos.payment.method"].sudo()
        method = methods.search([("panier_is_credit", "=", True), ("company_id", "=", self.id)], limit=1)
        return method or methods.create(self._panier_prepare_credit_pos_method())

    def _panier_add_credit_to_tills(self):
        """Let the tills of these companies take avoirs: those without an open session."""
        for company in self:
            tills = self.env["pos.config"].search([("company_id", "=", company.id)])
            for till in tills.filtered(lambda config: not config.has_active_session):
                till.payment_method_ids += company._panier_credit_pos_method()

    def _panier_prepare_credit_pos_method(self):
        with file_open("panier_credit/static/img/credit.png", "rb") as image:
            picture = base64.b64encode(image.read())
        return {
            "name": "Avoir",
            "company_id": self.id,
            "split_transactions": True,
            "panier_is_credit": True,
            "sequence": 5,
            "image": picture,
        }
