from odoo import api, fields, models
from odoo.tools import SQL


class PanierCreditMovement(models.Model):
    """Where each cent of credit came from and went: avoirs, and what they were matched with, read from the ledger.

    One row for a receivable line of a posted credit note (given), one for each matching of it (used). Nothing is
    stored: the sum of a household's rows is what its avoirs have left, counted another way than by their residual,
    which is what the control compares (ADR 0040).
    """

    _name = "panier.credit.movement"
    _description = "Movement of a household's credit"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "note_id"

    date = fields.Date(readonly=True, help="Of the ledger: an avoir is used from the day both documents exist.")
    nature = fields.Selection(
        [
            ("note", "Avoir"),
            ("invoice", "Purchase"),
            ("till", "At the till"),
            ("refund", "Paid back"),
            ("reversal", "Avoir cancelled"),
            ("other", "Other entry"),
        ],
        string="What",
        readonly=True,
    )
    amount = fields.Monetary(readonly=True, help="Positive: credit given; negative: credit used.")
    household_id = fields.Many2one("res.partner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    line_id = fields.Many2one("account.move.line", string="Entry of the avoir", readonly=True)
    note_id = fields.Many2one("account.move", string="Avoir", readonly=True)
    document_id = fields.Many2one(
        "account.move",
        readonly=True,
        help="Of an avoir: the invoice it corrects. Of credit used: what it paid.",
    )
    order_id = fields.Many2one("sale.order", readonly=True)
    kind = fields.Selection(
        lambda self: self.env["account.move"]._fields["panier_credit_kind"]._description_selection(self.env),
        string="Why",
        readonly=True,
    )
    reason = fields.Text(readonly=True)

    _depends = {
        "account.account": ["account_type"],
        "account.move": [
            "move_type",
            "origin_payment_id",
            "panier_credit_kind",
            "panier_credit_reason",
            "reversed_entry_id",
            "statement_line_id",
        ],
        "account.move.line": ["account_id", "amount_currency", "date", "parent_state", "partner_id"],
        "account.partial.reconcile": [
            "credit_amount_currency",
            "credit_move_id",
            "debit_amount_currency",
            "debit_move_id",
            "max_date",
        ],
        "res.partner": ["commercial_partner_id"],
        "sale.order.line": ["invoice_lines", "order_id"],
    }

    # === SQL === #

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join([self._select_given(), self._select_used("credit"), self._select_used("debit")])

    @api.model
    def _select_given(self):
        """Rows of what the avoirs gave."""
        return SQL(
            """
            SELECT line.id * 3 AS id, line.date AS date, 'note' AS nature, -line.amount_currency AS amount,
                   note.reversed_entry_id AS document_id, %(order)s AS order_id, %(common)s
              FROM %(notes)s
             WHERE %(where)s
            """,
            order=self._select_order(SQL("COALESCE(note.reversed_entry_id, note.id)")),
            common=self._select_common(),
            notes=self._from_notes(),
            where=self._where_notes(),
        )

    @api.model
    def _select_used(self, side):
        """Rows of what was matched with the avoirs.

        :param str side: of the matching, on which the avoir stands; "debit" for one that takes credit away
        """
        mine, others = ("credit", "debit") if side == "credit" else ("debit", "credit")
        amount = SQL.identifier("partial", f"{mine}_amount_currency")
        return SQL(
            """
            SELECT partial.id * 3 + %(shift)s AS id, partial.max_date AS date, %(nature)s AS nature,
                   %(amount)s AS amount, doc.id AS document_id, %(order)s AS order_id, %(common)s
              FROM %(notes)s
              JOIN account_partial_reconcile partial ON %(mine)s = line.id
              JOIN account_move_line other ON other.id = %(others)s
              JOIN account_move doc ON doc.id = other.move_id
             WHERE %(where)s AND %(amount)s != 0
            """,
            shift=1 if side == "credit" else 2,
            nature=self._select_nature(),
            amount=SQL("-%s", amount) if side == "credit" else amount,
            order=self._select_order(SQL("doc.id")),
            common=self._select_common(),
            notes=self._from_notes(),
            mine=SQL.identifier("partial", f"{mine}_move_id"),
            others=SQL.identifier("partial", f"{others}_move_id"),
            where=self._where_notes(),
        )

    @api.model
    def _select_common(self):
        return SQL(
            """partner.commercial_partner_id AS household_id, line.company_id AS company_id,
               line.currency_id AS currency_id, line.account_id AS account_id, line.id AS line_id, note.id AS note_id,
               note.panier_credit_kind AS kind, note.panier_credit_reason AS reason"""
        )

    @api.model
    def _from_notes(self):
        return SQL(
            """account_move_line line
               JOIN account_move note ON note.id = line.move_id
               JOIN account_account account ON account.id = line.account_id
               LEFT JOIN res_partner partner ON partner.id = line.partner_id"""
        )

    @api.model
    def _where_notes(self):
        return SQL(
            "note.move_type = 'out_refund' AND line.parent_state = 'posted' "
            "AND account.account_type = 'asset_receivable'"
        )

    @api.model
    def _select_order(self, move):
        """The order that a document invoices or corrects; the first of several, as Odoo's links allow."""
        return SQL(
            """(SELECT MIN(sale_line.order_id)
                  FROM account_move_line invoiced
                  JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = invoiced.id
                  JOIN sale_order_line sale_line ON sale_line.id = rel.order_line_id
                 WHERE invoiced.move_id = %s)""",
            move,
        )

    @api.model
    def _select_nature(self):
        whens = [SQL("WHEN %s THEN %s", condition, nature) for condition, nature in self._nature_cases()]
        return SQL("CASE %s ELSE 'other' END", SQL(" ").join(whens))

    @api.model
    def _nature_cases(self):
        """What a matching was for, the first that holds. Extend it for documents of another addon.

        Aliases: `note` (the avoir), `partial`, `other` (the line on the other side), `doc` (its move).

        :rtype: list[tuple[SQL, str]]
        """
        return [
            (SQL("doc.reversed_entry_id = note.id"), "reversal"),
            (SQL("doc.move_type IN ('out_invoice', 'out_receipt')"), "invoice"),
            (SQL("doc.origin_payment_id IS NOT NULL OR doc.statement_line_id IS NOT NULL"), "refund"),
        ]

    # === ACTIONS === #

    def action_view_document(self):
        """What was paid, or the avoir itself."""
        self.ensure_one()
        document = self.document_id if self.nature != "note" else self.note_id
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": document.id,
            "view_mode": "form",
        }

    # === WHAT IT IS CALLED === #

    @api.depends("nature", "note_id", "document_id")
    def _compute_display_name(self):
        for movement in self:
            movement.display_name = f"{movement.note_id.name} – {movement._panier_label()}"

    def _panier_label(self):
        """What this was, in words for the member and in the viewer's language: on the portal, on statements.

        :rtype: str
        """
        self.ensure_one()
        # sudo: numbers of documents of the viewer's own household, whose movement they may read.
        row = self.sudo()
        if row.nature == "note":
            return row._panier_label_of_note()
        document = row.document_id.name or ""
        if row.nature == "invoice" and row.order_id:
            return self.env._("Order %(order)s", order=row.order_id.name)
        return {
            "invoice": self.env._("Invoice %(number)s", number=document),
            "till": self.env._("Spent at the till"),
            "refund": self.env._("Paid back to you"),
            "reversal": self.env._("Avoir cancelled"),
        }.get(row.nature) or self.env._("Entry %(number)s", number=document)

    def _panier_label_of_note(self):
        return {
            "shortage": self.env._("Missing from your basket"),
            "claim": self.env._("Problem that you reported"),
            "goodwill": self.env._("A gesture of the shop"),
            "delivery": self.env._("Delivery not done"),
            "cancellation": self.env._("Order cancelled"),
        }.get(self.kind) or self.env._("Avoir")

    def _panier_signed(self):
        """The amount with its sign, and a minus that a phone does not wrap.

        :rtype: str
        """
        sign = "+" if self.amount > 0 else "\N{MINUS SIGN}"
        return f"{sign}{self.currency_id.format(abs(self.amount))}"
