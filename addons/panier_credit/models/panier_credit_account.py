from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class PanierCreditAccount(models.Model):
    """One row per household and company, that whoever spends its credit must change first (law 2, ADR 0041).

    It holds no amount: what can be spent is a sum over the ledger and the transactions. The row only makes two who
    spend at the same time meet: under REPEATABLE READ the second fails, and Odoo tries it again on the new state.
    """

    _name = "panier.credit.account"
    _description = "Who spends a household's credit comes one after the other"
    _log_access = False
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Household", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    version = fields.Integer(required=True, readonly=True, default=0)

    _household_uniq = models.UniqueIndex("(partner_id, company_id)", "One row per household and company.")

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refused to everyone: `_bump` is the only way in."""
        raise AccessError(self.env._("Credit is counted by the system and cannot be changed by hand."))

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("Credit is counted by the system and cannot be changed by hand."))

    @api.model
    def _bump(self, household, company):
        """Change the row of this household, or make it: from here to the commit nobody else can.

        :param res.partner household: the commercial partner
        :param res.company company:
        """
        self.env.execute_query(
            SQL(
                """INSERT INTO panier_credit_account (partner_id, company_id, version) VALUES (%s, %s, 1)
              ON CONFLICT (partner_id, company_id)
              DO UPDATE SET version = panier_credit_account.version + 1
              RETURNING version""",
                household.id,
                company.id,
            )
        )
