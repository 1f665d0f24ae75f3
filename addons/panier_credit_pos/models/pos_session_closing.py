from odoo import models

from odoo.addons.panier_credit import const


class PosSession(models.Model):
    """At closing the avoirs are used up, by what the tickets left due on their members' accounts (ADR 0044)."""

    _inherit = "pos.session"

    def _create_pay_later_receivable_lines(self, data):
        """Override of `point_of_sale` to remember which line is whose: the entry names only session and method."""
        data = super()._create_pay_later_receivable_lines(data)
        payments = list(data.get("split_receivables_pay_later") or {})
        # Those of the payments come last, in their order.
        lines = data["pay_later_move_lines"]
        for payment, line in zip(payments, lines[len(lines) - len(payments) :], strict=True):
            if payment.payment_method_id.panier_is_credit:
                payment._panier_remember_due_line(line)
        return data

    def _validate_session(self, *args, **kwargs):
        """Override of `point_of_sale`: after the money, the avoirs."""
        res = super()._validate_session(*args, **kwargs)
        if self.state == "closed":
            # sudo: cashiers close their sessions; entries and payments are the accountant's.
            self.sudo().with_company(self.company_id)._panier_settle_session()
        return res

    def _panier_settle_session(self):
        """Settle what the tickets of this session count on, and release what no ticket came for."""
        self.order_ids.filtered(lambda order: order._panier_credit_payments())._panier_settle_credit()
        waiting = self.env["payment.transaction"].search(
            [("panier_pos_session_id", "=", self.id), ("state", "in", const.HELD_STATES)]
        )
        waiting._set_canceled(state_message=self.env._("The session was closed and no ticket came for it."))
