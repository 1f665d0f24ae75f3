from odoo import models

from odoo.addons.panier_member.refusal import Refusal


class SaleOrder(models.Model):
    """What may be paid with credit, and how much (law 1). The amount is never the browser's word."""

    _inherit = "sale.order"

    def _panier_amount_due(self, but=None):
        """Override of `panier_member`: credit held for this order is as good as paid."""
        due = super()._panier_amount_due(but)
        held = self._panier_credit_transactions(("draft",)) - (but or self.env["payment.transaction"])
        return self.currency_id.round(due - sum(tx.amount for tx in held if tx._panier_credit_stands()))

    def _panier_amount_refusals(self, transaction, due):
        """Override of `panier_member`: of credit, all there is up to what is due; nothing less, nothing more."""
        if not transaction._panier_is_credit():
            return super()._panier_amount_refusals(transaction, due)
        household = self.partner_id.commercial_partner_id
        household._panier_credit_serialize(self.company_id)
        available = household._panier_credit_available(self.company_id, self.currency_id, but=transaction)
        if not available:
            return [self._panier_refusal_no_credit()]
        return super()._panier_amount_refusals(transaction, min(available, due))

    def _panier_provider_refusals(self, transaction):
        """Override of `panier_member`: credit is no radio button, so it is not among those offered."""
        if not transaction._panier_is_credit():
            return super()._panier_provider_refusals(transaction)
        provider = transaction.sudo().provider_id  # sudo: as in `panier_member`
        if provider == self.company_id._panier_credit_provider():
            return []
        return [self._panier_refusal_no_credit()]

    def _panier_payer_refusals(self, transaction):
        """Override of `panier_member`: only the household itself, or staff, spends its credit."""
        refusals = super()._panier_payer_refusals(transaction)
        if refusals or not transaction._panier_is_credit():
            return refusals
        household = self.partner_id.commercial_partner_id
        own = transaction.partner_id.commercial_partner_id == household
        if own and self._panier_credit_is_asked_by_household() and self._panier_credit_is_theirs():
            return []
        return [
            Refusal(
                "credit_partner",
                self.env._("This credit belongs to another member."),
                self.env._("Please sign in with the account the credit was given to."),
            )
        ]

    def _panier_refusal_no_credit(self):
        return Refusal(
            "credit_none",
            self.env._("There is no credit left to use for this order."),
            self.env._("Reload the page and pay another way."),
        )

    def _panier_credit_is_asked_by_household(self):
        """Whether who asks is of the household, or staff: having the order's link is not enough."""
        user = self.env.user
        return user._is_internal() or user.partner_id.commercial_partner_id == self.partner_id.commercial_partner_id

    def _panier_credit_is_theirs(self):
        """Whether the invoice will be the household's own, hence can be matched with its avoirs."""
        return self.partner_invoice_id.commercial_partner_id == self.partner_id.commercial_partner_id
