from odoo import api, fields, models
from odoo.tools import SQL


class PanierCreditControl(models.Model):
    """The control: what members were given and have used, against what the ledger says is left; to the cent.

    Two counts that share nothing but the documents: the movements of every household (given less used), and the
    residuals that Odoo keeps on the receivable accounts. One row per company, currency and receivable account.
    """

    _name = "panier.credit.control"
    _description = "Control of members' credit"
    _auto = False
    _order = "company_id, currency_id, account_id"
    _rec_name = "account_id"
    _depends = {
        "panier.credit.movement": ["amount", "household_id"],
        "account.account": ["account_type"],
        "account.move": ["move_type"],
        "account.move.line": ["account_id", "amount_residual_currency", "parent_state", "partner_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    account_id = fields.Many2one("account.account", string="Receivable account", readonly=True)
    members_amount = fields.Monetary(
        string="Members' credit", readonly=True, help="Σ of every household's movements: given less used."
    )
    ledger_amount = fields.Monetary(
        string="In the ledger", readonly=True, help="Σ of the residuals of the posted credit notes."
    )
    difference = fields.Monetary(readonly=True, help="Must be zero.")
    nobody_amount = fields.Monetary(
        string="Of nobody", readonly=True, help="Left on credit notes without a customer: nobody can spend it."
    )
    held_amount = fields.Monetary(
        string="Held", compute="_compute_held", help="Being spent now, in this company and currency."
    )
    overheld_count = fields.Integer(
        string="Over-held",
        compute="_compute_held",
        help="Households of which more is held than their avoirs have left: one was matched by hand meanwhile.",
    )

    # === SQL === #

    @property
    def _table_query(self):
        movements = self.env["panier.credit.movement"]
        return SQL(
            """
            SELECT ledger.*, COALESCE(members.amount, 0) AS members_amount,
                   ledger.ledger_amount - COALESCE(members.amount, 0) AS difference
              FROM (SELECT MIN(line.id) AS id, line.company_id, line.currency_id, line.account_id,
                           -SUM(line.amount_residual_currency) AS ledger_amount,
                           COALESCE(-SUM(line.amount_residual_currency) FILTER (WHERE line.partner_id IS NULL), 0)
                               AS nobody_amount
                      FROM %(notes)s
                     WHERE %(where)s
                     GROUP BY line.company_id, line.currency_id, line.account_id) ledger
              LEFT JOIN (SELECT company_id, currency_id, account_id, SUM(amount) AS amount
                           FROM (%(movements)s) movement
                          WHERE household_id IS NOT NULL
                          GROUP BY company_id, currency_id, account_id) members
                     ON members.company_id = ledger.company_id AND members.currency_id = ledger.currency_id
                    AND members.account_id = ledger.account_id
            """,
            notes=movements._from_notes(),
            where=movements._where_notes(),
            movements=movements._table_query,
        )

    def _compute_held(self):
        held = self.env["res.partner"]._panier_credit_held_everywhere()
        over = self._overheld(held)
        for control in self:
            key = (control.company_id, control.currency_id)
            control.held_amount = sum(amount for (_who, *where), amount in held.items() if tuple(where) == key)
            control.overheld_count = sum((row["company"], row["currency"]) == key for row in over)

    # === WHAT IS WRONG === #

    @api.model
    def _differences(self):
        """Accounts where the two counts differ; `[]` is how it must be. Tests ask this.

        :return: [{"company", "currency", "account", "members", "ledger", "difference"}]
        :rtype: list[dict]
        """
        # sudo: amounts of every company, for tests and checks; the menu and the report read as the user.
        rows = self.sudo().search_fetch([], ["members_amount", "ledger_amount", "difference"])
        return [
            {
                "company": row.company_id,
                "currency": row.currency_id,
                "account": row.account_id,
                "members": row.members_amount,
                "ledger": row.ledger_amount,
                "difference": row.difference,
            }
            for row in rows
            if not row.currency_id.is_zero(row.difference)
        ]

    @api.model
    def _overheld(self, held=None):
        """Households of which more is held than their avoirs have left. Possible when an accountant matches by hand.

        :param dict held: of `_panier_credit_held_everywhere`, where it is known already
        :return: [{"household", "company", "currency", "held", "open"}]
        :rtype: list[dict]
        """
        held = self.env["res.partner"]._panier_credit_held_everywhere() if held is None else held
        households = self.env["res.partner"].concat(*{household for household, *_rest in held})
        # sudo: sums, see `_differences`.
        balances = self.env["panier.credit.balance"].sudo().search([("household_id", "in", households.ids)])
        left = {(row.household_id.id, row.company_id.id, row.currency_id.id): row.open_amount for row in balances}
        rows = []
        for (household, company, currency), amount in held.items():
            open_amount = left.get((household.id, company.id, currency.id), 0.0)
            if currency.compare_amounts(amount, open_amount) > 0:
                rows.append(
                    {
                        "household": household,
                        "company": company,
                        "currency": currency,
                        "held": amount,
                        "open": open_amount,
                    }
                )
        return rows

    def _lines_to_look_at(self):
        """Entries behind a difference: without a customer, or with another residual than their matchings leave.

        :rtype: account.move.line
        """
        movements = self.env["panier.credit.movement"]
        query = SQL(
            """
            SELECT line.id
              FROM %(notes)s
              JOIN (SELECT line_id, SUM(amount) AS amount FROM (%(movements)s) movement GROUP BY line_id) moved
                ON moved.line_id = line.id
             WHERE %(where)s AND line.account_id = ANY(%(accounts)s) AND line.currency_id = ANY(%(currencies)s)
               AND line.company_id = ANY(%(companies)s)
               AND (line.partner_id IS NULL AND line.amount_residual_currency != 0
                    OR moved.amount != -line.amount_residual_currency)
             ORDER BY line.id
            """,
            notes=movements._from_notes(),
            where=movements._where_notes(),
            movements=movements._table_query,
            accounts=self.account_id.ids,
            currencies=self.currency_id.ids,
            companies=self.company_id.ids,
        )
        movements.flush_model()
        rows = self.env.execute_query(query)
        return self.env["account.move.line"].browse([line for (line,) in rows])

    # === ACTIONS === #

    def action_print(self):
        """The control on paper: of all that the user may see."""
        report = self.env.ref("panier_credit.credit_control_report")
        return report.report_action(self.search([]))

    def action_view_lines(self):
        """The entries that make the difference."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Entries behind the difference"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self._lines_to_look_at().ids)],
        }

    def action_view_notes(self):
        """What is open on the account: the credit notes that members can still use."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open avoirs of %(account)s", account=self.account_id.display_name),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("move_id.move_type", "=", "out_refund"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("account_id", "=", self.account_id.id),
                ("company_id", "=", self.company_id.id),
                ("currency_id", "=", self.currency_id.id),
            ],
        }
