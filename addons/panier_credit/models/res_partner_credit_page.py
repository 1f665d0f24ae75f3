from collections import defaultdict

from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What a household is shown of its credit on the portal, in a constant number of queries."""

    _inherit = "res.partner"

    def _panier_credit_summary(self, companies):
        """What the household has, by company and currency; that of the first company is always there.

        :param res.company companies: that the viewer belongs to, the current one first
        :return: [{"company", "currency", "open", "held", "available"}]
        :rtype: list[dict]
        """
        self.ensure_one()
        household = self.commercial_partner_id
        # sudo: callers show a household its own credit.
        balances = (
            self.env["panier.credit.balance"]
            .sudo()
            .search_fetch(
                [("household_id", "=", household.id), ("company_id", "in", companies.ids)],
                ["company_id", "currency_id", "open_amount"],
                order="id",
            )
        )
        amounts = {(companies[:1], companies[:1].currency_id): 0.0}
        amounts.update({(row.company_id, row.currency_id): row.open_amount for row in balances})
        held = household._panier_credit_held_by_currency()
        return [
            {
                "company": company,
                "currency": currency,
                "open": open_amount,
                "held": held.get((household, company, currency), 0.0),
                "available": max(currency.round(open_amount - held.get((household, company, currency), 0.0)), 0.0),
            }
            for (company, currency), open_amount in amounts.items()
        ]

    def _panier_credit_held_cards(self, companies):
        """What is being spent now, and how to go on with it.

        :return: see `payment.transaction._panier_credit_card`
        :rtype: list[dict]
        """
        self.ensure_one()
        domain = self._panier_credit_held_domain() & Domain("company_id", "in", companies.ids)
        # sudo: members may not read transactions; those of their own household.
        transactions = self.env["payment.transaction"].sudo().search(domain, order="id desc")
        return [tx._panier_credit_card() for tx in transactions if tx._panier_credit_weight()]

    def _panier_credit_note_domain(self, companies):
        return [
            ("household_id", "=", self.commercial_partner_id.id),
            ("company_id", "in", companies.ids),
            ("nature", "=", "note"),
        ]

    def _panier_credit_count_notes(self, companies):
        """How many avoirs the household was given.

        :rtype: int
        """
        # sudo: see `_panier_credit_summary`.
        return self.env["panier.credit.movement"].sudo().search_count(self._panier_credit_note_domain(companies))

    def _panier_credit_note_cards(self, companies, offset=0, limit=None):
        """The household's avoirs, the newest first, and where each cent of them went.

        :return: [{"movement", "left", "uses", "details"}]: movements (sudo), and the lines of what was credited
        :rtype: list[dict]
        """
        # sudo: see `_panier_credit_summary`.
        movements = self.env["panier.credit.movement"].sudo()
        names = ["date", "nature", "amount", "currency_id", "note_id", "document_id", "order_id", "kind", "reason"]
        domain = self._panier_credit_note_domain(companies)
        given = movements.search_fetch(domain, [*names, "line_id"], offset=offset, limit=limit)
        uses = defaultdict(movements.browse)
        used = movements.search_fetch(
            [("line_id", "in", given.line_id.ids), ("nature", "!=", "note")], [*names, "line_id"], order="date, id"
        )
        for movement in used:
            uses[movement.line_id] |= movement
        return [
            {
                "movement": movement,
                "uses": uses[movement.line_id],
                "left": movement.currency_id.round(movement.amount + sum(uses[movement.line_id].mapped("amount"))),
                "details": movement.note_id.invoice_line_ids.filtered(lambda line: line.display_type == "product"),
            }
            for movement in given
        ]
