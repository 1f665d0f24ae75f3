from odoo import fields, models

from odoo.addons.panier_member.refusal import Refusal, Refused


class AccountMove(models.Model):
    """An avoir is never edited: it is reversed, as long as the member has it (issue: "nothing is ever edited")."""

    _inherit = "account.move"

    def _post(self, soft=True):
        """Override of `account`: what gave an avoir is taken back with it, by the accountant too."""
        posted = super()._post(soft)
        for move in posted.filtered(lambda move: move._panier_is_note_reversal()):
            reason = move.panier_credit_reason or move.ref or move.name
            for model in ("panier.credit.claim", "panier.credit.goodwill"):
                # sudo: accountants do not decide; the state says what became of the avoir.
                given = self.env[model].sudo().search([("note_ids", "in", move.reversed_entry_id.ids)])
                given._close_taken_back(reason)
        return posted

    def _panier_is_taken_back(self):
        """Whether the whole of this avoir was reversed, by whomever.

        :rtype: bool
        """
        self.ensure_one()
        reversals = self.reversal_move_ids.filtered(lambda move: move.state == "posted")
        total = sum(reversals.mapped("amount_total"))
        return self.state == "cancel" or self.currency_id.compare_amounts(total, self.amount_total) >= 0

    def _panier_can_take_back(self):
        """Whether the whole of this avoir is still the member's, neither spent nor being spent.

        Whoever spends at the same moment comes after.

        :rtype: bool
        """
        self.ensure_one()
        if self.move_type != "out_refund" or self.state != "posted":
            return False
        household = self.partner_id.commercial_partner_id
        household._panier_credit_serialize(self.company_id)
        lines = self.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        left = -sum(lines.mapped("amount_residual_currency"))
        available = household._panier_credit_available(self.company_id, self.currency_id)
        compare = self.currency_id.compare_amounts
        return not compare(left, self.amount_total) and compare(available, self.amount_total) >= 0

    def _panier_take_back(self, reason):
        """Reverse this avoir, entirely.

        The caller has checked who may.

        :param str reason: in the member's language
        :return: the entry that takes it back, posted and matched with it
        :rtype: account.move
        :raise Refused: the member has spent it, or is spending it
        """
        self.ensure_one()
        if not self._panier_can_take_back():
            raise Refused([self._panier_refusal_spent()])
        today = fields.Date.context_today(self)
        return self.with_company(self.company_id)._reverse_moves(
            [
                {
                    "date": today,
                    "invoice_date": today,
                    "invoice_origin": self.invoice_origin,
                    "ref": self.env._("%(invoice)s: %(reason)s", invoice=self.name, reason=reason),
                    "panier_credit_reason": reason,
                }
            ],
            cancel=True,
        )

    def _panier_refusal_spent(self):
        return Refusal(
            "credit_spent",
            self.env._("Avoir %(note)s was used already, at least in part.", note=self.name),
            self.env._("It stays the member's; see with them."),
        )

    # === WHAT MAILS SAY === #

    def _panier_balance_text(self):
        """What the household can spend now, in words.

        :rtype: str
        """
        self.ensure_one()
        household = self.partner_id.commercial_partner_id
        return self.currency_id.format(household._panier_credit_available(self.company_id, self.currency_id))

    def _panier_taken_back_reason(self):
        """Why this avoir was taken back, as staff said it.

        :rtype: str
        """
        self.ensure_one()
        return self.reversal_move_ids[:1].panier_credit_reason or ""
