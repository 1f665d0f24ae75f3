from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.panier_credit import const
from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order_pos.browser import is_id, is_ticket

#: No ticket of a food shop comes near; what is not a number is no amount either.
_TOO_MUCH = 1e9


class PosSession(models.Model):
    """What the till asks about a member's credit, online, before it accepts it (ADR 0044)."""

    _inherit = "pos.session"

    # === ASKED BY THE TILL === #

    def panier_credit_balance(self, partner_id, uuid=None):
        """What a member's household could spend here now.

        :param int partner_id: any contact of the household
        :param str uuid: of a ticket: what is held for it can be spent on it
        :return: available, in `currency`
        :rtype: dict
        """
        household = self._panier_credit_household(partner_id)
        held = self.env["payment.transaction"]._panier_of_ticket(uuid)
        available = household._panier_credit_available(self.company_id, self.currency_id, but=held)
        return {"available": available, "currency": self.currency_id.name}

    def panier_credit_hold(self, uuid, partner_id, amount):
        """Keep credit aside for a ticket: the amount, or all there is if that is less.

        Asked again it is renewed, and made anew where amount or member have changed.

        :param str uuid: of the ticket
        :param float amount: what the ticket still owes
        :return: held, available (with it), left (without it), name of the household
        :rtype: dict
        :raise Refused: no credit, or not here
        """
        household = self._panier_credit_household(partner_id)
        tx = self._panier_hold_credit(self._panier_check_ticket(uuid), household, amount)
        return self._panier_credit_answer(tx)

    def panier_credit_confirm(self, uuid, partner_id, amount):
        """The ticket is about to be validated: exactly this is kept aside until it is saved, offline included.

        :return: as `panier_credit_hold`
        :raise Refused: the credit is not there any more
        """
        household = self._panier_credit_household(partner_id)
        tx = self._panier_hold_credit(self._panier_check_ticket(uuid), household, amount, exactly=True)
        if tx.state == "draft":
            tx._set_pending()
        return self._panier_credit_answer(tx)

    def panier_credit_release(self, uuid):
        """The avoir was taken off the ticket, or the ticket deleted. What a saved ticket counts on stays.

        :return: whether there was something to release
        :rtype: bool
        """
        self._panier_check_cashier()
        held = self.env["payment.transaction"]._panier_of_ticket(uuid, ("draft", "pending"))
        held = held.filtered(lambda tx: tx.company_id == self.company_id)
        held._set_canceled(state_message=self.env._("Taken off the ticket."))
        return bool(held)

    # === WHO MAY ASK === #

    def _panier_check_cashier(self):
        """Raise unless a cashier asks, for a session of theirs that is open.

        :raise AccessError: not a cashier, or a session of another company
        :raise Refused: the session is not open, or counts in another currency
        """
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Only cashiers use a member's credit at the till."))
        self.check_access("read")
        if self.state != "opened" or self.currency_id != self.company_id.currency_id:
            raise Refused([self._panier_refusal_no_till()])

    def _panier_credit_household(self, partner_id):
        """The household of a customer that this cashier may know.

        :rtype: res.partner
        """
        self._panier_check_cashier()
        partner = self.env["res.partner"].browse(partner_id if is_id(partner_id) else []).exists()
        if not partner:
            raise Refused([self._panier_refusal_no_customer()])
        partner.check_access("read")
        return partner.commercial_partner_id

    def _panier_check_ticket(self, uuid):
        """The ticket is of this company, and not paid for yet.

        :return: uuid
        :rtype: str
        """
        known = uuid if is_ticket(uuid) else False
        ticket = self.env["pos.order"].sudo().search([("uuid", "=", known)], limit=1)  # sudo: whoever's ticket it is
        if not known or ticket.state in ("paid", "done", "cancel") or ticket.company_id - self.company_id:
            raise Refused([self._panier_refusal_ticket()])
        return uuid

    def _panier_check_amount(self, amount):
        """:return: rounded
        :rtype: float
        """
        known = isinstance(amount, int | float) and not isinstance(amount, bool) and 0 < amount < _TOO_MUCH
        if not known or self.currency_id.is_zero(amount):
            raise Refused([self._panier_refusal_amount()])
        return self.currency_id.round(amount)

    # === HOLD === #

    def _panier_hold_credit(self, uuid, partner, amount, exactly=False):
        """Keep credit aside for a ticket, once (law 2).

        :param bool exactly: all of the amount or nothing
        :return: the payment that holds it
        :rtype: payment.transaction
        :raise Refused:
        """
        household = partner.commercial_partner_id
        amount = self._panier_check_amount(amount)
        household._panier_credit_serialize(self.company_id)
        held = self.env["payment.transaction"]._panier_of_ticket(uuid)
        available = household._panier_credit_available(self.company_id, self.currency_id, but=held)
        used = amount if exactly else min(amount, available)
        if not used or self.currency_id.compare_amounts(used, available) > 0:
            raise Refused([self._panier_refusal_no_credit(household, available)])
        same = held.partner_id == household and not self.currency_id.compare_amounts(held.amount, used)
        if same and held.panier_pos_session_id == self:
            held.last_state_change = fields.Datetime.now()
            return held
        held._set_canceled(state_message=self.env._("Another amount, or another member, on the ticket."))
        held.flush_recordset()
        return self._panier_create_hold(uuid, household, used)

    def _panier_create_hold(self, uuid, household, amount):
        # sudo: a cashier may not make payments; the guard in `create` looks at the user, who stays the same.
        provider = self.company_id._panier_credit_provider().sudo()
        transactions = self.env["payment.transaction"].sudo()
        return transactions.create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id,
                "reference": transactions._compute_reference(const.PROVIDER_CODE, prefix=f"{self.name}-AVOIR"),
                "amount": amount,
                "currency_id": self.currency_id.id,
                "partner_id": household.id,
                "operation": "online_direct",
                "panier_pos_uuid": uuid,
                "panier_pos_session_id": self.id,
            }
        )

    def _panier_credit_answer(self, tx):
        left = tx.partner_id._panier_credit_available(self.company_id, self.currency_id)
        return {
            "held": tx.amount,
            "available": self.currency_id.round(tx.amount + left),
            "left": left,
            "name": tx.partner_id.name,
        }

    # === REFUSALS === #

    def _panier_refusal_no_credit(self, household, available):
        if available:
            message = self.env._(
                "The avoir of %(member)s is %(available)s now.",
                member=household.name,
                available=self.currency_id.format(available),
            )
        else:
            message = self.env._("%(member)s has no avoir to use.", member=household.name)
        return Refusal("credit_none", message, self.env._("Choose another way to pay, for all or for the rest."))

    def _panier_refusal_amount(self):
        return Refusal(
            "credit_amount",
            self.env._("An avoir pays an amount that is due on the ticket."),
            self.env._("Take the avoir off the ticket and choose it again: the till asks for the right amount."),
        )

    def _panier_refusal_no_customer(self):
        return Refusal(
            "credit_customer",
            self.env._("The till does not know whose avoir this is."),
            self.env._("Choose the member first."),
        )

    def _panier_refusal_no_till(self):
        return Refusal(
            "credit_till",
            self.env._("Avoirs cannot be used at this till: its session is not open, or counts in another currency."),
            self.env._("Choose another way to pay."),
        )

    def _panier_refusal_ticket(self):
        return Refusal(
            "credit_ticket",
            self.env._("This ticket is already paid or cancelled."),
            self.env._("Open a new ticket."),
        )
