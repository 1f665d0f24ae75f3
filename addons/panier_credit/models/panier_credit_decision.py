from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.panier_member.refusal import Refusal, Refused

#: Put into the context by `_by_action` alone. An object of our own cannot be sent over RPC.
_BY_ACTION = object()


class PanierCreditDecision(models.AbstractModel):
    """What staff decide once, and that makes an avoir: a member's claim, a gesture (law 5, ADR 0042).

    The state changes by named actions only; two who decide at once update the same row, so that one of them does.
    """

    _name = "panier.credit.decision"
    _description = "Something staff decide once"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Household", required=True, index=True, ondelete="restrict")
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="restrict")
    note_ids = fields.Many2many("account.move", string="Avoirs", readonly=True, copy=False, ondelete="restrict")
    amount = fields.Monetary(string="Credited", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False)
    decided_at = fields.Datetime(string="Decided on", readonly=True, copy=False)
    take_back_reason = fields.Char(string="Why it is taken back", copy=False, help="Told to the member.")

    # === WHAT IS SAID === #

    @api.model
    def _said_number(self, number):
        """A number as RPC may send it, if it is one.

        :rtype: float
        :raise Refused: text, nothing, not finite, or beyond all money
        """
        if isinstance(number, bool) or not isinstance(number, (int, float)) or not abs(number) < 2**31:
            message = self.env._("“%(number)s” is no number that can be counted with.", number=number)
            raise Refused([Refusal("no_number", message, self.env._("Correct it and try again."))])
        return number

    @api.model
    def _said_record(self, model, number):
        """The one record that a value names; none for an empty value.

        :raise UserError: it names none, or several
        """
        records = self.env[model]
        if not number:
            return records
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**31:
            raise UserError(self.env._("Choose one from the list."))
        return records.browse(number)

    @api.model
    def _said_text(self, text):
        """A sentence without spaces around, nor the one character that the database cannot keep."""
        return text.replace("\0", "").strip() if isinstance(text, str) else ""

    @api.model_create_multi
    def create(self, vals_list):
        """Override: texts as they can be kept."""
        return super().create([self._keepable(vals) for vals in vals_list])

    @api.model
    def _keepable(self, vals):
        return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in vals.items()}

    # === WHO WRITES WHAT === #

    @api.model
    def _open_fields(self):
        """What may be written by hand while nothing is decided."""
        return set()

    @api.model
    def _open_states(self):
        """The states in which nothing is decided."""
        return set()

    @api.model
    def _given_states(self):
        """The states in which there is an avoir that can be taken back."""
        return set()

    def write(self, vals):
        """Refuse what only a named action sets (law 5)."""
        if self.env.context.get("panier_decision") is not _BY_ACTION:
            allowed = {name for name in vals if name.startswith(("message_", "activity_"))}
            if vals.keys() - allowed and not self._may_write(vals.keys() - allowed):
                raise UserError(self.env._("This is changed by its buttons, not by writing its fields."))
        return super().write(self._keepable(vals))

    def _may_write(self, names):
        for record in self:
            if record.state in self._open_states() and names <= self._open_fields():
                continue
            if record.state in self._given_states() and names <= {"take_back_reason"}:
                continue
            return False
        return True

    def _by_action(self):
        return self.with_context(panier_decision=_BY_ACTION)

    def copy_data(self, default=None):
        """Refused: what was decided is not decided again by a copy."""
        raise UserError(self.env._("This cannot be duplicated."))

    # === ALONE === #

    def _is_of_household(self, users):
        """Whether the avoir would be of the household of one of these users.

        :rtype: bool
        """
        decision = self.sudo()  # sudo: a yes or no; whose the invoices are.
        moves = decision.order_id.invoice_ids
        partners = decision.partner_id | decision.order_id.partner_invoice_id | moves.partner_id
        return bool(partners.commercial_partner_id & users.sudo().partner_id.commercial_partner_id)

    def _is_beyond_alone(self, amount):
        """Whether this is more than one person may give this household within 24 hours, gestures and problems that
        they entered themselves together.

        :param float amount: what they are about to give
        :rtype: bool
        """
        company = self.company_id.currency_id
        total = self.currency_id._convert(amount, company, self.company_id, fields.Date.context_today(self))
        total += sum(
            given.currency_id._convert(given.amount, company, given.company_id, given.decided_at.date())
            for model in ("panier.credit.goodwill", "panier.credit.claim")
            for given in self.env[model].sudo()._given_alone(self)  # sudo: a sum that decides, whoever asks.
        )
        return company.compare_amounts(total, self.company_id.panier_goodwill_limit) > 0

    @api.model
    def _given_alone(self, decision):
        """What one person alone gave the same household within 24 hours, and was not taken back."""
        return self.search(
            [
                ("partner_id", "=", decision.partner_id.id),
                ("company_id", "=", decision.company_id.id),
                ("state", "in", list(self._given_states())),
                ("decided_at", ">", fields.Datetime.now() - timedelta(hours=24)),
            ]
        ).filtered(lambda given: given._is_alone())

    def _is_alone(self):
        """Whether nobody but the one who decided had a part in this."""
        raise NotImplementedError

    # === DECIDE === #

    def _check_staff(self):
        """The records in sudo, for an action of staff who may see them.

        sudo() is safe: role and record rules are checked; staff do not post accounting entries themselves.

        :raise AccessError:
        """
        if not self.env["res.users"]._panier_may_decide():
            raise AccessError(self.env._("Only a referent may do this."))
        self.check_access("write")
        return self.sudo()

    def _decide(self, state, **vals):
        """Bring an open record to ``state``: whoever comes second is refused.

        :param str state:
        :param vals: written with it
        :raise Refused: it was decided already
        """
        self.ensure_one()
        before = self.state
        self.flush_recordset()
        done = before in self._open_states() and self.env.execute_query(
            SQL(
                "UPDATE %s SET state = %s WHERE id = %s AND state = %s RETURNING id",
                SQL.identifier(self._table),
                state,
                self.id,
                before,
            )
        )
        self.invalidate_recordset(["state"], flush=False)
        if not done:
            raise Refused([self._refusal_decided()])
        self._by_action().write({"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now(), **vals})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self._message_log(body=self._state_label(state))

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _refusal_decided(self):
        return Refusal(
            "decided",
            self.env._("This was decided already: %(state)s.", state=self._state_label(self.state)),
            self.env._("Reload the page."),
        )

    def _give(self, notes):
        """Keep the avoirs that were made and tell the member.

        :param account.move notes:
        """
        self._by_action().write(
            {"note_ids": [fields.Command.set(notes.ids)], "amount": sum(notes.mapped("amount_total"))}
        )
        self._tell("panier_credit.mail_template_note", notes[:1])

    def _tell(self, template, record):
        """Queue a mail to the member; without an address, staff are asked to tell them (law 8)."""
        partner = self.order_id.partner_id or self.partner_id
        template = self.env.ref(template)
        if partner.email:
            template.send_mail(record.id, force_send=False, email_values={"recipient_ids": [(4, partner.id)]})
            return
        summary = self.env._("Tell %(member)s: %(subject)s", member=partner.name, subject=template.name)
        self.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=self.env.uid)

    # === TAKE BACK === #

    def action_take_back(self, reason=None):
        """Reverse the avoir, as long as the member has it: nothing is ever edited.

        :param str reason: told to the member; what was written into the form by default
        :raise Refused: no reason, or the member has used it
        """
        for record in self._check_staff():
            why = record._said_text(reason if isinstance(reason, str) else record.take_back_reason)
            if not why:
                raise Refused([record._refusal_no_reason()])
            if record.state not in self._given_states():
                raise Refused([record._refusal_decided()])
            for note in record.note_ids.filtered(lambda note: not note._panier_is_taken_back()):
                note._panier_take_back(why)
            record._close_taken_back(why)
            for note in record.note_ids[:1]:
                record._tell("panier_credit.mail_template_taken_back", note)
        return True

    def _close_taken_back(self, reason):
        """Say of those whose avoirs are all taken back that they are, whoever reversed them.

        :param str reason: why, as the member reads it
        """
        for record in self.filtered(lambda record: record.state in record._given_states()):
            if all(note._panier_is_taken_back() for note in record.note_ids):
                record._by_action().write({"state": "taken_back", "take_back_reason": reason})
                record._message_log(body=record.env._("Taken back: %(reason)s", reason=reason))

    def _refusal_no_reason(self):
        return Refusal("reason_missing", self.env._("Please say why: the member reads it."))
