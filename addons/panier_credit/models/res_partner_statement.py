from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from .. import const


class ResPartner(models.Model):
    """A household's credit, as staff see it on its form."""

    _inherit = "res.partner"

    panier_credit_currency_id = fields.Many2one("res.currency", compute="_compute_panier_credit", compute_sudo=True)
    panier_credit_amount = fields.Monetary(
        string="Credit",
        currency_field="panier_credit_currency_id",
        compute="_compute_panier_credit",
        compute_sudo=True,
        groups="panier_member.panier_member_group_referent,account.group_account_invoice",
        help="What is left of the household's avoirs in the current company, held or not.",
    )

    def _compute_panier_credit(self):
        """For a list of partners at once; in the currency of the current company."""
        company = self.env.company
        balances = self.env["panier.credit.balance"].search_fetch(
            [
                ("household_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", company.id),
                ("currency_id", "=", company.currency_id.id),
            ],
            ["household_id", "open_amount"],
        )
        amounts = {balance.household_id: balance.open_amount for balance in balances}
        for partner in self:
            partner.panier_credit_currency_id = company.currency_id
            partner.panier_credit_amount = amounts.get(partner.commercial_partner_id, 0.0)

    def _panier_credit_held_by_currency(self):
        """What is being spent of each household's credit, in a constant number of queries.

        :return: {(household, company, currency): amount}
        :rtype: dict
        """
        held = defaultdict(float)
        # sudo: sums only; whoever may read a household's credit may know how much of it is on its way.
        for tx in self.env["payment.transaction"].sudo().search(self._panier_credit_held_domain()):
            if weight := tx._panier_credit_weight():
                held[tx.partner_id.commercial_partner_id, tx.company_id, tx.currency_id] += weight
        return held

    def _panier_credit_held_everywhere(self):
        """The same of every household, for the control.

        :rtype: dict
        """
        spending = Domain("provider_code", "=", const.PROVIDER_CODE) | Domain("operation", "=", "refund")
        # sudo: see `_panier_credit_held_by_currency`.
        groups = self.env["payment.transaction"].sudo()._read_group(spending, ["partner_id"])
        return self.browse(partner.id for (partner,) in groups)._panier_credit_held_by_currency()

    def action_panier_credit_movements(self):
        """Every movement of the household's credit."""
        self.ensure_one()
        return self.commercial_partner_id._panier_action_credit_movements()

    def _panier_action_credit_movements(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("panier_credit.panier_credit_movement_action")
        return {
            **action,
            "domain": [("household_id", "in", self.ids)],
            "display_name": self.env._("Credit of %(household)s", household=self.display_name),
        }
