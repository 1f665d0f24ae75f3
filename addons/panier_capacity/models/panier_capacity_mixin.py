from contextlib import contextmanager

from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL

from ..exceptions import CapacityFull
from ..ledger import Ledger

# The caller holding the resource's row would be waited for forever: better an error that names it.
LOCK_TIMEOUT = "10s"
COUNTERS = ("reserved", "load_reserved")
LIMITS = ("capacity", "load_capacity")
# A context can bring values that no create was given.
NO_DEFAULTS = {f"default_{name}": 0 for name in COUNTERS}


class PanierCapacityMixin(models.AbstractModel):
    """A record with a number of places, and optionally a second measure, that cannot be oversold (law 2, ADR 0010).

    Always ``reserved = Σ quantity`` and ``load_reserved = Σ load`` of the holds that are held or taken.
    """

    _name = "panier.capacity.mixin"
    _description = "Places that cannot be oversold"

    capacity = fields.Integer(
        string="Places",
        required=True,
        default=0,
        help="How many can be taken (orders, parcels, units…).",
    )
    reserved = fields.Integer(
        string="Taken places",
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Held or taken, counted by the system.",
    )
    load_capacity = fields.Integer(
        string="Maximum load",
        required=True,
        default=0,
        help="A second measure, such as order lines or crates, taken by the same orders. 0 = unlimited.",
    )
    load_reserved = fields.Integer(
        string="Taken load",
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Held or taken, counted by the system.",
    )
    capacity_free = fields.Integer(
        string="Free places",
        compute="_compute_capacity_free",
        help="By the clock: a hold past its time no longer counts, whether or not the job has freed it.",
    )

    _capacity_enough = models.Constraint(
        "CHECK(reserved >= 0 AND reserved <= capacity)",
        "There cannot be fewer places than those already taken: release some first.",
    )
    _load_capacity_enough = models.Constraint(
        "CHECK(load_reserved >= 0 AND (load_capacity = 0 OR load_reserved <= load_capacity))",
        "The maximum load cannot be lower than the load already taken: release some first.",
    )
    _limits_positive = models.Constraint(
        "CHECK(capacity >= 0 AND load_capacity >= 0)",
        "A number of places or a load cannot be negative.",
    )

    @api.depends("capacity", "reserved")
    def _compute_capacity_free(self):
        room = self._capacity_room()
        for record in self:
            record.capacity_free = room[record.id][0] if record.id in room else record.capacity

    # -- what the ORM may not do ----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse the counters to everyone, RPC and imports included: only the SQL of `ledger.py` moves them."""
        self._capacity_refuse_counters(*vals_list)
        return super(PanierCapacityMixin, self.with_context(**NO_DEFAULTS)).create(vals_list)

    def write(self, vals):
        """As in `create`; before the limits change, places whose time is over are freed, for they no longer count."""
        self._capacity_refuse_counters(vals)
        if any(name in vals for name in LIMITS):
            self._capacity_settle()
        return super().write(vals)

    @api.model
    def _capacity_refuse_counters(self, *vals_list):
        if any(name in vals for vals in vals_list for name in COUNTERS):
            raise AccessError(self.env._("Places are counted by the system and cannot be changed by hand."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reserved(self):
        self._capacity_settle()
        # Read afresh: our transaction may be older than the last hold. One that comes later makes our DELETE fail, for
        # it changes the row, and Odoo tries again.
        with self._capacity_ledger() as ledger:
            in_use = ledger.in_use(self.ids)
        if in_use:
            raise UserError(self.env._("Places are held or taken here: it cannot be deleted."))

    # -- business -------------------------------------------------------------------------------------------

    def _capacity_hold(self, holder, quantity=1, load=0, minutes=20):
        """Hold places for a while, in a transaction of its own: committed at once, whatever becomes of the caller's.

        There is at most one standing hold per (holder, record). Asked again it is renewed, and resized by the
        difference, also once taken; what does not fit leaves the old hold as it was. The caller's transaction must not
        have written to this record before (its row lock would make us wait for ourselves).

        :param holder: record for which the places are held; it need not be committed yet
        :param int quantity: places, at least 1
        :param int load: of the second measure, at least 0
        :param int minutes: how long the places are kept if nobody takes them
        :return: the hold; its fields can be read although the caller's transaction may be too old to see the row
        :rtype: panier.capacity.hold
        :raise CapacityFull: not enough left
        :raise MissingError: the record was deleted meanwhile
        """
        self.ensure_one()
        holder.ensure_one()
        if quantity < 1 or load < 0:
            raise ValueError(f"cannot hold {quantity} places with a load of {load}")
        with self._capacity_ledger() as ledger:
            if not ledger.lock(self.ids):
                raise MissingError(self.env._("This no longer exists, please choose again."))
            ledger.settle(self.ids)
            # Not raised here: the places freed by the line above stay free.
            values, room = self._capacity_place(ledger, holder, quantity, load, minutes)
        self.invalidate_recordset([*COUNTERS, "capacity_free"], flush=False)
        if not values:
            raise self._capacity_full(room, quantity, load)
        # sudo: members have no access to holds; the caller has decided that this one may have the place.
        return self.env["panier.capacity.hold"].sudo()._remember(values)._hold_again()

    def _capacity_place(self, ledger, holder, quantity, load, minutes):
        """:return: ``(hold as a dict, None)``, or ``(None, (places, load) the holder could have)``"""
        hold = ledger.standing(self.id, holder._name, holder.id)
        old = (hold["quantity"], hold["load"]) if hold else (0, 0)
        delta = (quantity - old[0], load - old[1])
        if any(delta) and not ledger.reserve(self.id, *delta):
            places, rest = ledger.room(self.id)
            return None, (places + old[0], None if rest is None else rest + old[1])
        if hold:
            return ledger.renew(hold["id"], quantity, load, minutes), None
        return ledger.open(self.id, holder._name, holder.id, quantity, load, minutes), None

    def _capacity_full(self, room, quantity, load):
        """The refusal to raise. To be overridden where the places have a better name."""
        places, rest = room
        if quantity > places:
            message = self.env._("Places left: %(left)s.", left=places) if places else self.env._("Full.")
            return CapacityFull(message, "places", places, quantity)
        return CapacityFull(
            self.env._("Too much for what is left here: %(load)s asked, %(left)s left.", load=load, left=rest),
            "load",
            rest,
            load,
        )

    def _capacity_settle(self, skip_locked=True):
        """Carry out what was decided and free what has expired, in a transaction of its own; again changes nothing."""
        if not self.ids:
            return
        with self._capacity_ledger() as ledger:
            ledger.settle(ledger.lock(self.ids, skip_locked=skip_locked))
        self.invalidate_recordset([*COUNTERS, "capacity_free"], flush=False)

    def _capacity_room(self):
        """What can still be had now, as far as this transaction sees; two queries whatever the number of records.

        :return: ``{id: (places, load)}``, load None = without limit
        """
        self.flush_recordset([*LIMITS])
        rows = self.env.execute_query(
            SQL(
                """SELECT resource.id, resource.capacity - resource.reserved + COALESCE(over.quantity, 0),
                      CASE WHEN resource.load_capacity > 0
                           THEN resource.load_capacity - resource.load_reserved + COALESCE(over.load, 0) END
                 FROM %(table)s resource
                 LEFT JOIN (%(over)s) over ON over.resource_id = resource.id
                WHERE resource.id = ANY(%(ids)s)""",
                table=SQL.identifier(self._table),
                over=self._capacity_over_query(),
                ids=list(self.ids),
            )
        )
        return {resource_id: (places, load) for resource_id, places, load in rows}

    def _capacity_over_query(self):
        """Holds that still weigh on the counters but no longer count: expired, or released and not carried out yet."""
        return SQL(
            """SELECT hold.resource_id, SUM(hold.quantity) AS quantity, SUM(hold.load) AS load
                 FROM panier_capacity_hold hold
                 LEFT JOIN LATERAL (
                      SELECT decision FROM panier_capacity_decision
                       WHERE hold_id = hold.id ORDER BY id DESC LIMIT 1
                 ) last ON TRUE
                WHERE hold.resource_model = %(model)s AND hold.resource_id = ANY(%(ids)s)
                  AND hold.state IN ('held', 'taken')
                  AND (last.decision = 'released'
                       OR hold.state = 'held' AND hold.expires_at <= %(now)s
                          AND last.decision IS DISTINCT FROM 'taken')
             GROUP BY hold.resource_id""",
            model=self._name,
            ids=list(self.ids),
            now=fields.Datetime.now(),
        )

    @api.model
    def _capacity_check(self):
        """Records whose counters are not the sum of their holds; set-based, for tests and for an administrator.

        :return: ``[{"id", "reserved", "held", "load_reserved", "load_held"}]``, empty when all is well
        """
        self.env.cr.execute(
            SQL(
                """SELECT resource.id, reserved, COALESCE(SUM(hold.quantity), 0) AS held,
                      load_reserved, COALESCE(SUM(hold.load), 0) AS load_held
                 FROM %(table)s resource
                 LEFT JOIN panier_capacity_hold hold
                        ON hold.resource_model = %(model)s AND hold.resource_id = resource.id
                       AND hold.state IN ('held', 'taken')
             GROUP BY resource.id
               HAVING reserved <> COALESCE(SUM(hold.quantity), 0) OR load_reserved <> COALESCE(SUM(hold.load), 0)
             ORDER BY resource.id""",
                table=SQL.identifier(self._table),
                model=self._name,
            )
        )
        return self.env.cr.dictfetchall()

    # -- the transaction of its own -------------------------------------------------------------------------

    @contextmanager
    def _capacity_ledger(self):
        """A ledger of this model in a transaction of its own, committed at the end, rolled back by an exception."""
        with self._capacity_cursor() as cr:
            yield Ledger(cr, self._name, self._table, fields.Datetime.now(), self.env.uid)

    @api.model
    @contextmanager
    def _capacity_cursor(self):
        """A cursor of its own in READ COMMITTED: under REPEATABLE READ, waiting for a row ends in a failure.

        The connection's level is set back by Odoo when a cursor next borrows it (`odoo.sql_db.Cursor.__init__`). A
        cursor that shares a connection and its transaction, as Odoo's test cursors do, keeps the level it finds.
        """
        with self.env.registry.cursor() as cr:
            if isinstance(cr, Cursor):
                cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
                cr.execute(SQL("SET LOCAL lock_timeout = %s", LOCK_TIMEOUT))
            yield cr
