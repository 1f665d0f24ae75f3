from odoo import api, fields, models

from odoo.addons.payment import utils as payment_utils

from .. import const


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    code = fields.Selection(
        selection_add=[(const.PROVIDER_CODE, "Member credit")], ondelete={const.PROVIDER_CODE: "set default"}
    )

    def _compute_feature_support_fields(self):
        """Override of `payment`: credit counts with the card's payment, and is settled with the invoice."""
        super()._compute_feature_support_fields()
        self.filtered(lambda provider: provider._is_panier_credit()).support_manual_capture = "full_only"

    def _get_default_payment_method_codes(self):
        """Override of `payment` to return the method of credit."""
        self.ensure_one()
        if not self._is_panier_credit():
            return super()._get_default_payment_method_codes()
        return {"panier_credit"}

    @api.model
    def _get_compatible_providers(self, *args, report=None, **kwargs):
        """Override of `payment`: never a radio button. Credit is applied first, beside the rest (ADR 0041)."""
        providers = super()._get_compatible_providers(*args, report=report, **kwargs)
        credit = providers.filtered(lambda provider: provider._is_panier_credit())
        if credit:
            payment_utils.add_to_report(
                report, credit, available=False, reason=self.env._("credit is applied before another payment")
            )
        return providers - credit

    def _is_panier_credit(self):
        """Whether payments of this provider are a member's credit being spent."""
        self.ensure_one()
        return self.code == const.PROVIDER_CODE
