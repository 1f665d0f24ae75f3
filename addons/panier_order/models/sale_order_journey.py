from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import journey

#: Put into the context by `_panier_write` alone. An object of our own cannot be sent over RPC.
_BY_ACTION = object()

#: What only a named action writes (law 5). Another addon's fields join by `_panier_action_fields`.
_ACTION_FIELDS = frozenset(
    {
        "panier_state",
        "panier_slot_id",
        "panier_slot_lost",
        "panier_code",
        "panier_pay_at_till",
        "panier_till_paid_at",
        "panier_preparer_id",
        "panier_preparer_name",
        "panier_ready_at",
        "panier_handed_over_at",
        "panier_handed_over_to",
    }
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_state = fields.Selection(
        selection=[
            (journey.TO_PREPARE, "To prepare"),
            (journey.PREPARING, "Being prepared"),
            (journey.READY, "Ready"),
            (journey.HANDED_OVER, "Handed over"),
            (journey.NOT_COLLECTED, "Not collected"),
            (journey.CANCELLED, "Cancelled"),
        ],
        string="Basket",
        copy=False,
        readonly=True,
        tracking=True,
        index="btree_not_null",
        help="Empty for orders that do not go through Panier.",
    )
    panier_preparer_id = fields.Many2one("res.users", string="Prepared by", copy=False, readonly=True)
    panier_preparer_name = fields.Char(string="Name of the preparer", copy=False, readonly=True)
    panier_ready_at = fields.Datetime(string="Ready since", copy=False, readonly=True)
    panier_handed_over_at = fields.Datetime(string="Handed over on", copy=False, readonly=True)
    panier_handed_over_to = fields.Char(string="Handed over to", copy=False, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Override to refuse what only an action may set (law 5)."""
        for vals in vals_list:
            self._panier_refuse_by_hand(vals)
        no_defaults = {f"default_{name}": False for name in self._panier_action_fields()}
        return super(SaleOrder, self.with_context(**no_defaults)).create(vals_list)

    def write(self, vals):
        """Override to refuse what only an action may set (law 5)."""
        self._panier_refuse_by_hand(vals)
        self._panier_refuse_to_leave_the_journey(vals)
        return super().write(vals)

    @api.model
    def _panier_action_fields(self):
        """The fields that only named actions write, through `_panier_write`."""
        return _ACTION_FIELDS

    @api.model
    def _panier_refuse_by_hand(self, vals):
        if self._panier_is_by_action():
            return
        # An empty value is harmless in `create` (web clients send every field) and is not in `write`.
        if any(self.ids or vals[name] for name in self._panier_action_fields() & vals.keys()):
            raise UserError(self.env._("A basket is changed by its buttons, not by writing its fields."))

    def _panier_refuse_to_leave_the_journey(self, vals):
        """What Odoo lets staff write, and would leave a basket without owner, credit note or free place."""
        on_their_way = {"state", "carrier_id", "partner_id"} & vals.keys() and self.filtered("panier_state")
        if not on_their_way or self._panier_is_by_action():
            return
        for order in on_their_way:
            if any(
                order._fields[name].convert_to_write(order[name], order) != vals[name]
                for name in ("state", "carrier_id", "partner_id")
                if name in vals
            ):
                raise UserError(
                    self.env._(
                        "Basket %(order)s is on its way: cancel it by its button, and make a new order.",
                        order=order.name,
                    )
                )

    @api.model
    def _panier_is_by_action(self):
        """Whether a named action of ours is at work: its context holds an object that no RPC can send."""
        return self.env.context.get("panier_by_action") is _BY_ACTION

    def _panier_as_action(self):
        """These orders, for what a named action does through Odoo's own methods."""
        return self.with_context(panier_by_action=_BY_ACTION)

    def _panier_write(self, vals):
        """Write as a named action. The caller has checked role, state and refusals."""
        return self._panier_as_action().write(vals)

    def _panier_move(self, state, reason=None, **values):
        """Bring each basket to ``state``, if the journey allows it, and leave who, when and why in the chatter.

        Two workers who move the same basket at once update the same row: under REPEATABLE READ the second is retried
        by Odoo and then meets the new state.

        :param str state: a state of `journey`
        :param str reason: why, in the language of staff
        :param values: other fields of the order to write with it
        :raise UserError: when the journey does not allow it; nothing is changed then
        """
        for order in self:
            if not journey.is_allowed(order.panier_state, state):
                labels = dict(self._fields["panier_state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "Basket %(order)s is “%(current)s”: it cannot become “%(next)s”.",
                        order=order.name,
                        current=labels.get(order.panier_state, self.env._("not confirmed")),
                        next=labels[state],
                    )
                )
            if reason:
                order._track_set_log_message(reason)
        self._panier_write({"panier_state": state, **values})
