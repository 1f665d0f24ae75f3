import logging
from contextlib import nullcontext

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import split_every

from ..ledger import LOCK_CLASS, Ledger, read_holds

_logger = logging.getLogger(__name__)

# Resources settled in one transaction by the job: a few milliseconds of locks.
SWEEP_BATCH = 100
# How long a place that the clock had freed, and that is being taken after all, is kept for that transaction.
KEEP_MINUTES = 20
# Key of `cr.postcommit.data`: ids of the holds decided about by this transaction.
DECIDED = "panier_capacity.decided"
# Key of `cr.cache`: (model, id) of those for whom this transaction has made holds, which it may be too old to see.
HOLDERS = "panier_capacity.holders"


class PanierCapacityHold(models.Model):
    """Places of a resource kept for a holder: ``held → taken → released``, or ``held → expired`` by the clock.

    Rows are written by `ledger.py` alone, in transactions of their own, so that no business transaction ever conflicts
    with one; a business transaction only adds decisions (ADR 0010).
    """

    _name = "panier.capacity.hold"
    _description = "Places held or taken"
    _order = "id desc"

    resource_model = fields.Char(required=True, readonly=True)
    resource_id = fields.Many2oneReference(model_field="resource_model", required=True, readonly=True)
    holder_model = fields.Char(required=True, readonly=True)
    holder_id = fields.Many2oneReference(model_field="holder_model", required=True, readonly=True)
    quantity = fields.Integer(string="Places", required=True, readonly=True)
    load = fields.Integer(required=True, readonly=True, help="Of the second measure, such as order lines.")
    state = fields.Selection(
        [("held", "Held"), ("taken", "Taken"), ("released", "Released"), ("expired", "Expired")],
        required=True,
        readonly=True,
    )
    expires_at = fields.Datetime(
        readonly=True, help="A hold that is not taken by then counts no more. Empty once taken."
    )
    taken_at = fields.Datetime(readonly=True)
    released_at = fields.Datetime(readonly=True, help="When the place became free, by a decision or by the clock.")
    decision = fields.Char(
        compute="_compute_decision", help="Decided by a committed transaction or by this one, not carried out yet."
    )

    _positive = models.Constraint("CHECK(quantity > 0 AND load >= 0)", "A hold has at least one place.")

    # At most one standing hold per holder and resource; also serves Σ of a resource (_capacity_check) and what is
    # free.
    _standing_uniq = models.UniqueIndex(
        "(resource_model, resource_id, holder_model, holder_id) WHERE state IN ('held', 'taken')",
        "These places are already held.",
    )
    # Serves "what has expired", of one resource (Ledger._due) and of all (_cron_sweep).
    _expiry_idx = models.Index("(resource_model, resource_id, expires_at) WHERE state = 'held'")
    # Serves "was a place of this resource ever held": what panier_slot must not delete.
    _resource_idx = models.Index("(resource_model, resource_id)")
    # Serves "the holds of this order": _of_holder.
    _holder_idx = models.Index("(holder_model, holder_id) WHERE state IN ('held', 'taken')")

    def _compute_decision(self):
        self.env.cr.execute(
            SQL(
                """SELECT DISTINCT ON (hold_id) hold_id, decision FROM panier_capacity_decision
                WHERE hold_id = ANY(%s) ORDER BY hold_id, id DESC""",
                list(self.ids),
            )
        )
        decisions = dict(self.env.cr.fetchall())
        for hold in self:
            hold.decision = decisions.get(hold.id, False)

    # -- what the ORM may not do ----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refused to everyone: `panier.capacity.mixin._capacity_hold` is the only way in."""
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    # -- business -------------------------------------------------------------------------------------------

    @api.model
    def _of_holder(self, holders):
        """The holds of some holders that are held or taken, also those made by this very request; two queries for all.

        One held past its time is among them until it is swept: ask `_is_standing`.

        :param holders: records of one model
        :rtype: panier.capacity.hold
        """
        # A transaction that has made a hold may be too old to see it: then read in one of its own.
        ours = self.env.cr.cache.get(HOLDERS, ())
        is_ours = any((holders._name, holder_id) in ours for holder_id in holders.ids)
        with self._cursor() if is_ours else nullcontext(self.env.cr) as cr:
            rows = read_holds(
                cr,
                SQL(
                    "holder_model = %s AND holder_id = ANY(%s) AND state IN ('held', 'taken')",
                    holders._name,
                    list(holders.ids),
                ),
            )
        # sudo: members have no access to holds; what is done with these is for the caller to decide.
        holds = self.sudo().union(*(self.sudo()._remember(row) for row in rows))
        return holds.filtered(lambda hold: hold.decision != "released")

    def _is_on(self, resource):
        """Whether this hold is one on that record."""
        self.ensure_one()
        return (self.resource_model, self.resource_id) == (resource._name, resource.id)

    def _is_standing(self):
        """Whether these places are the holder's now: taken, or held and not past their time. By the clock."""
        self.ensure_one()
        if self.state not in ("held", "taken") or self.decision == "released":
            return False
        return "taken" in (self.state, self.decision) or self.expires_at > fields.Datetime.now()

    def _take(self):
        """Make these places the holder's for good, exactly if the caller's transaction is committed.

        Call it in the transaction that confirms. It holds the advisory lock of each hold until the end of that
        transaction, so that the clock cannot free a place which is being taken. A hold that has expired gets its place
        back if nobody has it. Again changes nothing.

        :return: the holds that stood and are now taken; the others have lost their place
        """
        self._lock()
        # One transaction each: never two resources locked at once.
        standing = self.browse([hold_id for hold_id in sorted(self.ids) if self._keep(hold_id)])
        standing._decide("taken")
        return standing

    def _release(self):
        """Give these places back, exactly if the caller's transaction is committed; they are free right after.

        Again changes nothing.
        """
        self._lock()
        self._decide("released")

    def _keep(self, hold_id):
        """:return: whether the hold has, or could be given back, its place"""
        with self._cursor() as cr:
            row = read_holds(cr, SQL("id = %s", hold_id))[0]
            table = self.env[row["resource_model"]]._table
            ledger = Ledger(cr, row["resource_model"], table, fields.Datetime.now(), self.env.uid)
            if not ledger.lock([row["resource_id"]]):
                return False
            ledger.settle([row["resource_id"]])
            return ledger.keep(hold_id, KEEP_MINUTES)

    # -- how --------------------------------------------------------------------------------------------------

    @api.model
    def _cursor(self):
        return self.env["panier.capacity.mixin"]._capacity_cursor()

    @api.model
    def _remember(self, values):
        """The hold with its values in cache: this transaction may be too old to find the row.

        :param dict values: as the ledger returns them
        """
        hold = self.browse(values["id"])
        for name, value in values.items():
            if name != "id":
                field = self._fields[name]
                field._update_cache(hold, field.convert_to_cache(value, hold, validate=False))
        return hold

    def _hold_again(self):
        """Take back a release by this same transaction, which the ledger could not see. :return: self"""
        self.env.cr.cache.setdefault(HOLDERS, set()).add((self.holder_model, self.holder_id))
        if self.id in self.env.cr.postcommit.data.get(DECIDED, ()) and self.decision == "released":
            self._decide(self.state)
        return self

    def _lock(self):
        """Until the end of the transaction, the clock does not end these holds and nobody else decides on them."""
        for hold_id in sorted(self.ids):
            self.env.cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK_CLASS, hold_id))

    def _decide(self, decision):
        """Write the decision in the caller's transaction and carry it out after the commit."""
        if not self:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO panier_capacity_decision (hold_id, decision) SELECT unnest(%s::int[]), %s",
                sorted(self.ids),
                decision,
            )
        )
        self.invalidate_recordset(["decision"], flush=False)
        postcommit = self.env.cr.postcommit
        if DECIDED not in postcommit.data:
            postcommit.data[DECIDED] = set()
            postcommit.add(self.browse()._after_commit)
        postcommit.data[DECIDED].update(self.ids)

    def _after_commit(self):
        """Carry out what the transaction just committed has decided.

        It is written down: what fails here is done by whoever asks for a place next, or by the job.
        """
        ids = sorted(self.env.cr.postcommit.data[DECIDED])
        try:
            with self._cursor() as cr:
                rows = read_holds(cr, SQL("id = ANY(%s)", ids))
            resources = {}
            for row in rows:
                resources.setdefault(row["resource_model"], set()).add(row["resource_id"])
            for model, resource_ids in resources.items():
                self.env[model].browse(sorted(resource_ids))._capacity_settle(skip_locked=False)
        except Exception:  # pylint: disable=broad-except
            _logger.warning("the decisions on holds %s are left to the job", ids, exc_info=True)

    # -- the job --------------------------------------------------------------------------------------------

    @api.model
    def _cron_sweep(self):
        """Carry out everything decided and free everything expired, however long ago (law 4)."""
        self._lost()._release()
        self.env["ir.cron"]._commit_progress()
        due = self._due()
        remaining = sum(len(ids) for ids in due.values())
        for model, ids in due.items():
            for batch in split_every(SWEEP_BATCH, ids, list):
                self.env[model].browse(batch)._capacity_settle()
                remaining -= len(batch)
                self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining)

    @api.model
    def _due(self):
        """:return: ``{model: [ids of resources]}`` with something to settle"""
        rows = self.env.execute_query(
            SQL(
                """SELECT resource_model, resource_id FROM panier_capacity_hold
                WHERE state = 'held' AND expires_at <= %(now)s
                UNION
               SELECT hold.resource_model, hold.resource_id FROM panier_capacity_hold hold
                 JOIN panier_capacity_decision decision ON decision.hold_id = hold.id
             ORDER BY 1, 2""",
                now=fields.Datetime.now(),
            )
        )
        due = {}
        for model, resource_id in rows:
            # The addon that had this model may have been uninstalled.
            if model in self.env:
                due.setdefault(model, []).append(resource_id)
        return due

    @api.model
    def _lost(self):
        """Taken places whose holder was deleted. One that is only held has its expiry."""
        taken = self.sudo()  # sudo: the job's own book-keeping
        lost = taken.browse()
        for (model,) in self.env.execute_query(
            SQL("SELECT DISTINCT holder_model FROM panier_capacity_hold WHERE state = 'taken'")
        ):
            if model in self.env:
                rows = self.env.execute_query(
                    SQL(
                        """SELECT id FROM panier_capacity_hold hold WHERE state = 'taken' AND holder_model = %s
                          AND NOT EXISTS (SELECT FROM %s holder WHERE holder.id = hold.holder_id)""",
                        model,
                        SQL.identifier(self.env[model]._table),
                    )
                )
                lost |= taken.browse([row[0] for row in rows])
        return lost

    @api.model
    def _check_all(self):
        """`_capacity_check` of every model with places. :return: ``{model: [differences]}``, empty when all is well"""
        mixin = self.env.registry["panier.capacity.mixin"]
        found = {}
        for name, cls in self.env.registry.items():
            if not cls._abstract and issubclass(cls, mixin):
                differences = self.env[name]._capacity_check()
                if differences:
                    found[name] = differences
        return found
