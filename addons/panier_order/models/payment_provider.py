from odoo import api, fields, models

from odoo.addons.payment import utils as payment_utils

from .. import const


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    custom_mode = fields.Selection(selection_add=[(const.TILL_MODE, "Pay at the till")])

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account_payment` to set up the accounting before the first payment."""
        providers = super().create(vals_list)
        providers._panier_set_up_journal()
        return providers

    def write(self, vals):
        """Override of `account_payment` to set up the accounting before the first payment."""
        res = super().write(vals)
        if "state" in vals:
            self._panier_set_up_journal()
        return res

    def _panier_set_up_journal(self):
        """Let Odoo create the payment method line of the journal now.

        It does so whoever reads `journal_id` first: two first payments at the same moment would create two lines, and
        no payment of this provider could be processed from then on (paid, never confirmed: law 3).
        """
        self.filtered(lambda provider: provider.state in ("enabled", "test")).mapped("journal_id")

    # === OFFERED OR NOT === #

    def _get_default_payment_method_codes(self):
        """Override of `payment` to return the method of the till."""
        self.ensure_one()
        if self.custom_mode != const.TILL_MODE:
            return super()._get_default_payment_method_codes()
        return const.TILL_METHOD_CODES

    @api.model
    def _get_compatible_providers(self, *args, sale_order_id=None, report=None, is_express_checkout=False, **kwargs):
        """Override of `payment` to offer the till only to orders of ours whose delivery method allows it.

        :param int sale_order_id: the order to be paid, if any, as a `sale.order` id
        :param dict report: the availability report
        """
        providers = super()._get_compatible_providers(
            *args, sale_order_id=sale_order_id, report=report, is_express_checkout=is_express_checkout, **kwargs
        )
        if is_express_checkout and providers and self._panier_express_is_vain(sale_order_id):
            payment_utils.add_to_report(
                report, providers, available=False, reason=self.env._("a slot is to be chosen first")
            )
            return providers.browse()
        till = providers.filtered(lambda provider: provider._is_panier_till())
        if not till:
            return providers
        order = self.env["sale.order"].browse(sale_order_id).exists()
        if order and order._panier_may_pay_at_till():
            return providers
        payment_utils.add_to_report(
            report, till, available=False, reason=self.env._("the delivery method does not allow payment at the till")
        )
        return providers - till

    @api.model
    def _panier_express_is_vain(self, sale_order_id):
        """Whether every delivery method of this cart needs a slot: express checkout has no page to choose it on."""
        order = self.env["sale.order"].browse(sale_order_id).exists()
        methods = order and order._has_deliverable_products() and order._get_delivery_methods()
        return bool(methods) and all(method._panier_needs_slot() for method in methods)

    def _is_panier_till(self):
        """Whether this is our "pay at the till"."""
        self.ensure_one()
        return self.code == "custom" and self.custom_mode == const.TILL_MODE
