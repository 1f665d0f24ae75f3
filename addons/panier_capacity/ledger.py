"""Every SQL statement that moves a place: plain Python over a cursor, no ORM (law 2, ADR 0010).

The cursor is that of a short READ COMMITTED transaction. Locks are taken in one order: rows of the resource by
ascending id, then holds; the advisory locks of transactions that are deciding about a hold are tried, never
waited for.
"""

from collections import defaultdict
from datetime import timedelta

from odoo.tools import SQL

# First half of the advisory lock's key, the second is the hold's id: "panier.capacity.hold is being decided about".
LOCK_CLASS = 0x50414E49

COLUMNS = SQL(
    "id, resource_model, resource_id, holder_model, holder_id, quantity, load, state,"
    " expires_at, taken_at, released_at, create_uid, create_date"
)


def read_holds(cr, condition):
    """:return: the holds that meet an SQL condition, as dicts, oldest first"""
    cr.execute(SQL("SELECT %s FROM panier_capacity_hold WHERE %s ORDER BY id", COLUMNS, condition))
    return cr.dictfetchall()


class Ledger:
    """Holds and counters of the records of one model.

    :param cr: a cursor in a READ COMMITTED transaction that does nothing else
    :param str model: name of the model of the resources
    :param str table: its table
    :param datetime now: the clock, naive UTC
    :param int uid: who is asking
    """

    def __init__(self, cr, model, table, now, uid):
        self.cr = cr
        self.model = model
        self.table = SQL.identifier(table)
        self.now = now
        self.uid = uid

    def lock(self, ids, skip_locked=False):
        """Lock the resources; all the rest of this class needs it done.

        ``NO KEY``: an order that refers to the resource and is not committed yet does not make us wait.

        :return: ids of the resources that exist (and, with `skip_locked`, that nobody else is moving)
        """
        self.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE %s",
                self.table,
                list(ids),
                SQL("SKIP LOCKED") if skip_locked else SQL(),
            )
        )
        return [row[0] for row in self.cr.fetchall()]

    def settle(self, ids):
        """Carry out what was decided and free what has expired."""
        due = self._due(ids)
        if not due:
            return
        freed = self._carry_out(due) + self._expire(due)
        places, load = defaultdict(int), defaultdict(int)
        for resource_id, hold_quantity, hold_load in freed:
            places[resource_id] += hold_quantity
            load[resource_id] += hold_load
        for resource_id in places:
            self.reserve(resource_id, -places[resource_id], -load[resource_id])

    def _due(self, ids):
        self.cr.execute(
            SQL(
                """SELECT id FROM panier_capacity_hold
                WHERE resource_model = %(model)s AND resource_id = ANY(%(ids)s)
                  AND state = 'held' AND expires_at <= %(now)s
                UNION
               SELECT hold.id FROM panier_capacity_decision decision
                 JOIN panier_capacity_hold hold ON hold.id = decision.hold_id
                WHERE hold.resource_model = %(model)s AND hold.resource_id = ANY(%(ids)s)""",
                model=self.model,
                ids=list(ids),
                now=self.now,
            )
        )
        return [row[0] for row in self.cr.fetchall()]

    def _carry_out(self, hold_ids):
        """The last decision counts. One statement, so that a decision committed meanwhile is not lost.

        :return: ``[(resource_id, quantity, load)]`` that became free
        """
        self.cr.execute(
            SQL(
                """WITH decided AS (
                    DELETE FROM panier_capacity_decision WHERE hold_id = ANY(%(ids)s)
                    RETURNING id, hold_id, decision
               ), last AS (
                    SELECT DISTINCT ON (hold_id) hold_id, decision FROM decided ORDER BY hold_id, id DESC
               )
               UPDATE panier_capacity_hold hold
                  SET state = last.decision,
                      expires_at = CASE WHEN last.decision = 'released' THEN hold.expires_at END,
                      taken_at = CASE WHEN last.decision = 'taken' THEN COALESCE(hold.taken_at, %(now)s)
                                      ELSE hold.taken_at END,
                      released_at = CASE WHEN last.decision = 'released' THEN %(now)s::timestamp END,
                      write_date = %(now)s
                 FROM last
                WHERE hold.id = last.hold_id AND hold.state IN ('held', 'taken') AND last.decision <> 'held'
            RETURNING hold.resource_id, hold.quantity, hold.load, hold.state""",
                ids=hold_ids,
                now=self.now,
            )
        )
        return [row[:3] for row in self.cr.fetchall() if row[3] == "released"]

    def _expire(self, hold_ids):
        """Free what is past its time, save a hold that a transaction is deciding about right now.

        The lock is tried in a statement before the one that looks for decisions: once it is ours, whoever was
        deciding has committed (the row is seen) or rolled back (there is none).

        :return: ``[(resource_id, quantity, load)]`` that became free
        """
        self.cr.execute(
            SQL(
                "SELECT id FROM unnest(%s::int[]) AS id WHERE pg_try_advisory_xact_lock(%s, id)",
                hold_ids,
                LOCK_CLASS,
            )
        )
        undisturbed = [row[0] for row in self.cr.fetchall()]
        self.cr.execute(
            SQL(
                """UPDATE panier_capacity_hold hold
                  SET state = 'expired', released_at = %(now)s, write_date = %(now)s
                WHERE id = ANY(%(ids)s) AND state = 'held' AND expires_at <= %(now)s
                  AND NOT EXISTS (SELECT FROM panier_capacity_decision WHERE hold_id = hold.id)
            RETURNING resource_id, quantity, load""",
                ids=undisturbed,
                now=self.now,
            )
        )
        return self.cr.fetchall()

    def reserve(self, resource_id, quantity, load):
        """Move the counters by `quantity` and `load` (either may be negative) if both fit.

        The condition is what keeps the promise; the CHECK constraint of the table backs it.

        :return: whether it fitted; if not, nothing has changed
        """
        self.cr.execute(
            SQL(
                """UPDATE %(table)s
                  SET reserved = reserved + %(quantity)s, load_reserved = load_reserved + %(load)s
                WHERE id = %(id)s
                  AND (%(quantity)s <= 0 OR reserved + %(quantity)s <= capacity)
                  AND (%(load)s <= 0 OR load_capacity = 0 OR load_reserved + %(load)s <= load_capacity)
            RETURNING id""",
                table=self.table,
                id=resource_id,
                quantity=quantity,
                load=load,
            )
        )
        return bool(self.cr.rowcount)

    def room(self, resource_id):
        """:return: ``(places left, load left)``; None for a load without limit"""
        self.cr.execute(
            SQL(
                """SELECT capacity - reserved, CASE WHEN load_capacity > 0 THEN load_capacity - load_reserved END
                 FROM %s WHERE id = %s""",
                self.table,
                resource_id,
            )
        )
        return self.cr.fetchone()

    def in_use(self, ids):
        """:return: whether a place of any of these resources is held or taken"""
        self.cr.execute(
            SQL(
                "SELECT EXISTS (SELECT FROM %s WHERE id = ANY(%s) AND reserved > 0)",
                self.table,
                list(ids),
            )
        )
        return self.cr.fetchone()[0]

    def standing(self, resource_id, holder_model, holder_id):
        """:return: the hold of this holder on this resource as a dict, or None"""
        holds = read_holds(
            self.cr,
            SQL(
                """resource_model = %s AND resource_id = %s AND holder_model = %s AND holder_id = %s
               AND state IN ('held', 'taken')""",
                self.model,
                resource_id,
                holder_model,
                holder_id,
            ),
        )
        return holds[0] if holds else None

    def open(self, resource_id, holder_model, holder_id, quantity, load, minutes):
        """Write down a new hold. :return: the hold as a dict"""
        self.cr.execute(
            SQL(
                """INSERT INTO panier_capacity_hold (resource_model, resource_id, holder_model, holder_id,
                      quantity, load, state, expires_at, create_uid, create_date, write_uid, write_date)
               VALUES (%(model)s, %(resource_id)s, %(holder_model)s, %(holder_id)s, %(quantity)s, %(load)s,
                      'held', %(until)s, %(uid)s, %(now)s, %(uid)s, %(now)s)
            RETURNING %(columns)s""",
                model=self.model,
                resource_id=resource_id,
                holder_model=holder_model,
                holder_id=holder_id,
                quantity=quantity,
                load=load,
                until=self.now + timedelta(minutes=minutes),
                uid=self.uid,
                now=self.now,
                columns=COLUMNS,
            )
        )
        return self.cr.dictfetchone()

    def renew(self, hold_id, quantity, load, minutes):
        """Resize a hold and give it `minutes` from now, or what it had if that is longer.

        :return: the hold as a dict
        """
        self.cr.execute(
            SQL(
                """UPDATE panier_capacity_hold
                  SET quantity = %(quantity)s, load = %(load)s,
                      expires_at = CASE WHEN state = 'held' THEN GREATEST(expires_at, %(until)s) END,
                      write_uid = %(uid)s, write_date = %(now)s
                WHERE id = %(id)s
            RETURNING %(columns)s""",
                id=hold_id,
                quantity=quantity,
                load=load,
                until=self.now + timedelta(minutes=minutes),
                uid=self.uid,
                now=self.now,
                columns=COLUMNS,
            )
        )
        return self.cr.dictfetchone()

    def keep(self, hold_id, minutes):
        """Make sure that a hold about to be taken has its place.

        One that the clock ended gets its place back if nobody has taken it since, so that the answer does not
        depend on when the job last ran. Needs the hold's advisory lock held by the caller.

        :return: whether it has its place
        """
        hold = read_holds(self.cr, SQL("id = %s", hold_id))[0]
        if hold["state"] != "expired":
            return hold["state"] != "released"
        if self.standing(hold["resource_id"], hold["holder_model"], hold["holder_id"]):
            return False
        if not self.reserve(hold["resource_id"], hold["quantity"], hold["load"]):
            return False
        self.cr.execute(
            SQL(
                """UPDATE panier_capacity_hold
                  SET state = 'held', expires_at = %s, released_at = NULL, write_date = %s WHERE id = %s""",
                self.now + timedelta(minutes=minutes),
                self.now,
                hold_id,
            )
        )
        return True
