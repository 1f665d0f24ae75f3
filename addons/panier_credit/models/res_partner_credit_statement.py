from odoo import fields, models
from odoo.tools import format_date
from odoo.tools.misc import get_lang

from .. import statement


class ResPartner(models.Model):
    """Statements of a household's credit: the same figures on paper and in a spreadsheet."""

    _inherit = "res.partner"

    def _panier_credit_statements(self, year=None, companies=None):
        """One statement for each company and currency in which the household has had credit; reads as the user.

        :param int|None year: `None` = from the first avoir until today
        :param res.company companies: the allowed ones by default
        :return: [{"company", "currency", "statement": `statement.Statement` of movements (records), "start", "stop"}]
        :rtype: list[dict]
        """
        self.ensure_one()
        start, stop = statement.bounds(year)
        groups = {}
        for movement in self._panier_credit_movements(companies or self.env.companies):
            groups.setdefault((movement.company_id, movement.currency_id), []).append(movement)
        return [
            {
                "company": company,
                "currency": currency,
                "start": start or movements[0].date,
                "stop": min(stop or fields.Date.context_today(self), fields.Date.context_today(self)),
                "statement": statement.compose(
                    [
                        statement.Movement(movement.date, movement.amount, movement.nature == "note", movement)
                        for movement in movements
                    ],
                    start,
                    stop,
                    currency.round,
                ),
            }
            for (company, currency), movements in groups.items()
        ]

    def _panier_credit_movements(self, companies):
        """Everything that happened to the household's credit, the oldest first."""
        return self.env["panier.credit.movement"].search_fetch(
            [("household_id", "=", self.commercial_partner_id.id), ("company_id", "in", companies.ids)],
            [
                "date",
                "nature",
                "amount",
                "company_id",
                "currency_id",
                "note_id",
                "document_id",
                "order_id",
                "kind",
                "reason",
            ],
            order="date, id",
        )

    def _panier_credit_years(self, companies):
        """Years in which something happened to the household's credit, the latest first.

        :rtype: list[int]
        """
        # sudo: callers show a household its own credit.
        groups = (
            self.env["panier.credit.movement"]
            .sudo()
            ._read_group(
                [("household_id", "=", self.commercial_partner_id.id), ("company_id", "in", companies.ids)],
                ["date:year"],
            )
        )
        return sorted((day.year for (day,) in groups), reverse=True)

    # === CSV === #

    def _panier_credit_csv(self, statements):
        """The statements as a spreadsheet file, in the viewer's language.

        :param list[dict] statements: see `_panier_credit_statements`
        :rtype: bytes
        """
        _ = self.env._
        rows = [
            [
                _("Date"),
                _("What"),
                _("Avoir"),
                _("Reason"),
                _("Order"),
                _("Document"),
                _("Amount"),
                _("Balance"),
                _("Currency"),
                _("Shop"),
            ]
        ]
        for one in statements:
            rows += self._panier_credit_csv_rows(one)
        return statement.to_csv(rows)

    def _panier_credit_csv_rows(self, one):
        opening, lines, closing = one["statement"]
        yield self._panier_credit_csv_balance(one, one["start"], self.env._("Balance before"), opening)
        for line in lines:
            movement = line.movement.detail
            yield [
                format_date(self.env, movement.date),
                *map(
                    statement.safe_text,
                    (
                        movement._panier_label(),
                        movement.note_id.name,
                        movement.reason if movement.nature == "note" else "",
                        movement.order_id.name,
                        movement.document_id.name,
                    ),
                ),
                self._panier_credit_csv_number(movement.amount, one["currency"]),
                self._panier_credit_csv_number(line.balance, one["currency"]),
                one["currency"].name,
                statement.safe_text(one["company"].name),
            ]
        yield self._panier_credit_csv_balance(one, one["stop"], self.env._("Balance"), closing)

    def _panier_credit_csv_balance(self, one, day, label, amount):
        amount = self._panier_credit_csv_number(amount, one["currency"])
        company = statement.safe_text(one["company"].name)
        return [format_date(self.env, day), label, "", "", "", "", "", amount, one["currency"].name, company]

    def _panier_credit_csv_number(self, amount, currency):
        return statement.number(amount, currency.decimal_places, get_lang(self.env).decimal_point)
