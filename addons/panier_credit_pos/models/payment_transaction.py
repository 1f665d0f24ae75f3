from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.panier_credit import const
from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order_pos.browser import is_ticket


class PaymentTransaction(models.Model):
    """Credit that is spent at the till: a payment without an order, of a ticket that may not be saved yet (ADR 0044).

    draft: held for a ticket that is being paid · pending: the ticket was validated and is on its way · authorized: the
    ticket is saved · done: matched with what the ticket left due · cancel: released.
    """

    _inherit = "payment.transaction"

    panier_pos_uuid = fields.Char(
        string="Ticket", readonly=True, copy=False, index="btree_not_null", help="The till's own number of it."
    )
    panier_pos_session_id = fields.Many2one(
        "pos.session", string="Session of the till", readonly=True, copy=False, index="btree_not_null"
    )

    # One ticket spends credit once, whatever two requests try at the same time.
    _panier_pos_uuid_uniq = models.UniqueIndex(
        "(panier_pos_uuid) WHERE panier_pos_uuid IS NOT NULL AND state IN ('draft', 'pending', 'authorized')",
        "This ticket has credit held already.",
    )

    def _panier_of_ticket(self, uuid, states=const.HELD_STATES):
        """Credit held for, or spent on, a ticket.

        :param str uuid: of the `pos.order`
        :rtype: payment.transaction
        """
        # sudo: cashiers do not read payments; callers have checked the till, and tell nothing but amounts.
        return self.sudo().search(
            [("panier_pos_uuid", "=", uuid if is_ticket(uuid) else "-"), ("state", "in", states)]
        )

    # === HOW LONG, HOW MUCH === #

    def _panier_credit_stands(self):
        """Override: what was validated at the till is not free again before its session is closed."""
        if self.panier_pos_uuid and self.state == "pending":
            return self.panier_pos_session_id.state in ("opening_control", "opened", "closing_control")
        return super()._panier_credit_stands()

    def _panier_credit_has_origin(self):
        """Override: credit is spent on a ticket, too."""
        if not self.panier_pos_uuid and not self.panier_pos_session_id:
            return super()._panier_credit_has_origin()
        session = self.panier_pos_session_id.sudo()  # sudo: as in the core, the till decides whoever asks.
        return bool(
            self.panier_pos_uuid
            and session.state in ("opening_control", "opened", "closing_control")
            and session.company_id == self.company_id
            and session.currency_id == self.currency_id
            and self.env.user.has_group("point_of_sale.group_pos_user")
            and not (self.sale_order_ids or self.invoice_ids)
        )

    def _panier_check_credit(self):
        """Override: at the till, what the cashier asks for, up to all there is."""
        super()._panier_check_credit()
        if not self.panier_pos_uuid:
            return
        household = self.partner_id.commercial_partner_id
        household._panier_credit_serialize(self.company_id)
        available = household._panier_credit_available(self.company_id, self.currency_id, but=self)
        if self.amount <= 0 or self.currency_id.compare_amounts(self.amount, available) > 0:
            raise Refused([self._panier_refusal_too_much(available)])

    def _panier_refusal_too_much(self, available):
        return Refusal(
            "credit_too_much",
            self.env._("%(available)s of avoir can be used.", available=self.currency_id.format(available)),
            self.env._("Take the avoir off the ticket and choose it again: the till asks for the right amount."),
        )

    def write(self, vals):
        """Override: what is held for one ticket is not moved to another."""
        if vals.keys() & {"panier_pos_uuid", "panier_pos_session_id"} and any(tx._panier_is_credit() for tx in self):
            raise Refused([self._panier_refusal_credit_fixed()])
        return super().write(vals)

    # === SETTLE === #

    def _panier_settle_waiting(self):
        """Override of the job: what a closed session, or an invoice, left unsettled."""
        if not self.panier_pos_uuid:
            return super()._panier_settle_waiting()
        ticket = self.env["pos.order"].search([("uuid", "=", self.panier_pos_uuid)], limit=1)
        if self.state == "authorized" and (ticket.account_move or ticket.session_id.state == "closed"):
            ticket._panier_settle_credit()

    def _panier_settle_ticket(self, lines):
        """Match this credit with what a ticket left due, up to its amount, oldest avoir first.

        Never raises: an accountant may have used the avoirs for something else, or changed the member's account; the
        session is closed all the same, and what is not matched stays openly due.

        :param account.move.line lines: of the household's own, posted
        """
        self.ensure_one()
        household = self.partner_id.commercial_partner_id
        lines = lines.filtered(lambda line: line.partner_id.commercial_partner_id == household)
        self.invoice_ids |= lines.move_id.filtered(lambda move: move.is_invoice())
        self._set_done()
        # Not by `_post_process`: there is neither an order to confirm nor a payment to make.
        self.is_post_processed = True
        try:
            with self.env.cr.savepoint():
                self._panier_match_notes(lines, self.amount)
        except UserError as error:
            self.state_message = str(error)
