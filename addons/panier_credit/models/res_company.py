from odoo import models

from .. import const


class ResCompany(models.Model):
    _inherit = "res.company"

    def _panier_credit_provider(self):
        """The provider whose transactions are credit being spent; made for a company that has none yet.

        :rtype: payment.provider
        """
        self.ensure_one()
        # sudo: whoever pays with credit may not read providers; nothing of it is shown.
        providers = self.env["payment.provider"].sudo()
        provider = providers.search(
            [
                ("code", "=", const.PROVIDER_CODE),
                ("company_id", "=", self.id),
                ("state", "in", ("enabled", "test")),
            ],
            limit=1,
        )
        if not provider:
            model = self.env.ref("panier_credit.payment_provider_credit").sudo()  # sudo: as above
            provider = model.copy({"company_id": self.id, "state": "enabled"})
        return provider
