from odoo import api, fields, models
from odoo.exceptions import AccessError


class PanierCapacityDecision(models.Model):
    """What a business transaction decided about a hold, until it is carried out (ADR 0010).

    A row is inserted by the transaction that confirms or cancels, hence is there exactly when that transaction was
    committed. It is carried out (the hold updated, the counter lowered, the row deleted) in a transaction of its own
    right after the commit, else by whoever asks for a place next, else by the job: a process killed in between loses
    nothing. Rows are only ever inserted and deleted, so that a REPEATABLE READ transaction never conflicts with one.
    """

    _name = "panier.capacity.decision"
    _description = "Decision about a hold, not carried out yet"
    _log_access = False
    _order = "id"
    _rec_name = "hold_id"

    # No foreign key: the transaction that decides may be older than the hold, which it then cannot see.
    hold_id = fields.Integer(required=True, readonly=True)
    decision = fields.Selection(
        [("held", "Keep"), ("taken", "Take"), ("released", "Release")],
        required=True,
        readonly=True,
    )

    # Serves "the last decision of this hold": Ledger.settle, the free places, _is_standing.
    _hold_idx = models.Index("(hold_id, id)")

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refused to everyone: rows are written by SQL, in ``panier.capacity.hold`` alone."""
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))
