from datetime import date
from itertools import pairwise

from pytz import timezone

from odoo import api, fields, models
from odoo.tools import SQL

#: Days within which an avoir belongs to a column of the ageing; what is older goes to the last one.
AGES = (30, 90, 180)


class PanierCreditBalance(models.Model):
    """Who has credit, how much and how old: one row per household, company and currency with an open avoir."""

    _name = "panier.credit.balance"
    _description = "Credit of a household"
    _auto = False
    _order = "open_amount desc, id"
    _rec_name = "household_id"

    household_id = fields.Many2one("res.partner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    open_amount = fields.Monetary(string="Credit", readonly=True, help="What is left of the avoirs, held or not.")
    age_30 = fields.Monetary(string="Up to 30 days", readonly=True)
    age_90 = fields.Monetary(string="31 to 90 days", readonly=True)
    age_180 = fields.Monetary(string="91 to 180 days", readonly=True)
    age_older = fields.Monetary(string="Over 180 days", readonly=True)
    oldest = fields.Date(string="Oldest avoir", readonly=True)
    note_count = fields.Integer(string="Open avoirs", readonly=True)
    held_amount = fields.Monetary(
        string="Held", compute="_compute_held", help="Being spent now: a payment is on its way."
    )
    available_amount = fields.Monetary(string="Available", compute="_compute_held")

    _depends = {
        "account.account": ["account_type"],
        "account.move": ["move_type"],
        "account.move.line": [
            "account_id",
            "amount_residual_currency",
            "date",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "res.partner": ["commercial_partner_id"],
    }

    @property
    def _table_query(self):
        bounds = [-1, *AGES, None]
        names = ["age_30", "age_90", "age_180", "age_older"]
        ages = [
            SQL("-%s AS %s", self._sum_of_age(lower, upper), SQL.identifier(name))
            for name, (lower, upper) in zip(names, pairwise(bounds), strict=True)
        ]
        return SQL(
            """
            SELECT MIN(line.id) AS id, partner.commercial_partner_id AS household_id, line.company_id AS company_id,
                   line.currency_id AS currency_id, -SUM(line.amount_residual_currency) AS open_amount, %(ages)s,
                   MIN(line.date) AS oldest, COUNT(DISTINCT line.move_id) AS note_count
              FROM account_move_line line
              JOIN account_move note ON note.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
              JOIN res_partner partner ON partner.id = line.partner_id
              JOIN (VALUES %(today)s) AS today (company_id, day) ON today.company_id = line.company_id
             WHERE note.move_type = 'out_refund' AND line.parent_state = 'posted'
               AND account.account_type = 'asset_receivable' AND line.reconciled IS NOT TRUE
             GROUP BY partner.commercial_partner_id, line.company_id, line.currency_id
            """,
            ages=SQL(", ").join(ages),
            today=SQL(", ").join(SQL("(%s, %s::date)", company, day) for company, day in self._today_by_company()),
        )

    @api.model
    def _sum_of_age(self, lower, upper):
        """What is left of avoirs more than `lower` and at most `upper` days old."""
        age = SQL("today.day - line.date")
        # An avoir of tomorrow is as young as one of today.
        within = SQL("%s <= %s", age, upper) if lower < 0 else SQL("%s > %s", age, lower)
        if lower >= 0 and upper is not None:
            within = SQL("%s AND %s <= %s", within, age, upper)
        return SQL("COALESCE(SUM(line.amount_residual_currency) FILTER (WHERE %s), 0)", within)

    @api.model
    def _today_by_company(self):
        """:return: [(company id, date of today there)]; never empty"""
        now = timezone("UTC").localize(fields.Datetime.now())
        # sudo: time zones of companies, whoever reads balances.
        companies = self.env["res.company"].sudo().search([])
        zones = {company.id: timezone(company.partner_id.tz or "Europe/Paris") for company in companies}
        return [(company, now.astimezone(zone).date()) for company, zone in zones.items()] or [(0, date.min)]

    @api.depends("household_id", "company_id", "currency_id", "open_amount")
    def _compute_held(self):
        held = self.household_id._panier_credit_held_by_currency()
        for balance in self:
            key = (balance.household_id, balance.company_id, balance.currency_id)
            balance.held_amount = held.get(key, 0.0)
            balance.available_amount = max(balance.open_amount - balance.held_amount, 0.0)

    def action_view_movements(self):
        """Every movement of this household's credit."""
        self.ensure_one()
        return self.household_id._panier_action_credit_movements()
