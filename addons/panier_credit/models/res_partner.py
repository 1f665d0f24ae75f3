from odoo import models
from odoo.fields import Domain

from .. import const


class ResPartner(models.Model):
    """What a household can spend: read from the ledger and from what is being spent (law 3, ADR 0040)."""

    _inherit = "res.partner"

    def _panier_credit_available(self, company, currency=None, but=None):
        """What the household can spend now: its open credit notes less what is being spent.

        :param res.company company:
        :param res.currency currency: that of the company by default
        :param payment.transaction but: transactions left out of what is being spent
        :return: never negative
        :rtype: float
        """
        return max(self._panier_credit_left(company, currency, but), 0.0)

    def _panier_credit_left(self, company, currency=None, but=None):
        """As `_panier_credit_available`, negative where more is being spent or refunded than there is credit.

        :rtype: float
        """
        currency = currency or company.currency_id
        held = sum(tx._panier_credit_weight() for tx in self._panier_credit_held(company, currency, but))
        return currency.round(self._panier_credit_open(company, currency) - held)

    def _panier_credit_open(self, company, currency=None):
        """What is left of the household's posted credit notes, whether it is being spent or not.

        :rtype: float
        """
        currency = currency or company.currency_id
        return currency.round(-sum(self._panier_credit_lines(company, currency).mapped("amount_residual_currency")))

    def _panier_credit_lines(self, company, currency=None):
        """The open receivable lines of the household's posted credit notes, the oldest first.

        :rtype: account.move.line
        """
        self.ensure_one()
        # sudo: members and cashiers do not read accounting; callers show a household its own credit.
        return (
            self.env["account.move.line"]
            .sudo()
            .search(self._panier_credit_domain(company, currency), order="date, id")
        )

    def _panier_credit_domain(self, company, currency=None):
        """Of the open receivable lines of these households' posted credit notes.

        :rtype: Domain
        """
        return Domain(
            [
                ("move_id.move_type", "=", "out_refund"),
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("reconciled", "=", False),
                ("company_id", "=", company.id),
                ("currency_id", "=", (currency or company.currency_id).id),
                ("partner_id.commercial_partner_id", "in", self.commercial_partner_id.ids),
            ]
        )

    def _panier_credit_held(self, company, currency=None, but=None):
        """What is being spent now, by the clock: payments with credit, and refunds not matched with a credit note yet.

        :rtype: payment.transaction
        """
        self.ensure_one()
        domain = self._panier_credit_held_domain() & Domain(
            [("company_id", "=", company.id), ("currency_id", "=", (currency or company.currency_id).id)]
        )
        # sudo: see `_panier_credit_lines`.
        transactions = self.env["payment.transaction"].sudo().search(domain)
        return (transactions - (but or transactions.browse())).filtered(lambda tx: tx._panier_credit_weight())

    def _panier_credit_held_domain(self):
        """Of the transactions of these households that may weigh on their credit; `_panier_credit_weight` decides.

        :rtype: Domain
        """
        spending = Domain("provider_code", "=", const.PROVIDER_CODE) & Domain("state", "in", const.HELD_STATES)
        refunding = Domain("operation", "=", "refund") & Domain("state", "in", (*const.HELD_STATES, "done"))
        household = Domain("partner_id.commercial_partner_id", "in", self.commercial_partner_id.ids)
        return household & (spending | refunding)

    def _panier_credit_serialize(self, company):
        """Whoever spends this household's credit at the same time comes after (law 2)."""
        self.ensure_one()
        # sudo: nobody has access to these rows; they hold no amount.
        self.env["panier.credit.account"].sudo()._bump(self.commercial_partner_id, company)
