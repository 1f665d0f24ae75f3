import re
from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..marks import MAX_TEXT

#: Taps sent in one request. A basket has far fewer lines; the rest follows in the next request.
MAX_BATCH = 200

#: What a tap undoes: the last mark of its line, where the client does not know which that was.
LAST = "last"

#: What a client may call a tap: a UUID, or the name of another client's liking, without anything a database refuses.
UUID = re.compile(r"[\w-]{1,64}", re.ASCII)


class PanierPreparationTap(models.Model):
    """One tap of a preparer, never changed afterwards: what was done, by whom, and what an undo goes back to.

    The phone makes the ``uuid`` when the tap happens and sends it until it gets an answer, so the same tap may arrive
    several times and counts once.
    """

    _name = "panier.preparation.tap"
    _description = "Tap of a preparer"
    _order = "id desc"

    uuid = fields.Char(required=True, readonly=True)
    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="cascade")
    line_id = fields.Many2one("sale.order.line", required=True, readonly=True, index=True, ondelete="cascade")
    mark = fields.Selection(
        selection=lambda self: self.env["sale.order.line"]._fields["panier_mark"].selection,
        readonly=True,
        help="Empty: this tap undoes another.",
    )
    quantity = fields.Float(string="Prepared quantity", digits="Product Unit", readonly=True)
    reason = fields.Char(readonly=True)
    undoes_id = fields.Many2one("panier.preparation.tap", readonly=True, ondelete="cascade")
    tapped_at = fields.Datetime(string="Tapped on", required=True, readonly=True, help="By the clock of the phone.")
    user_id = fields.Many2one("res.users", string="Account", required=True, readonly=True, index=True)
    preparer_name = fields.Char(readonly=True)

    _uuid_unique = models.Constraint("UNIQUE(uuid)", "This tap has already been counted.")
    # An undone tap cannot be undone again; also finds the undo of a tap.
    _undone_once = models.UniqueIndex("(undoes_id) WHERE undoes_id IS NOT NULL", "This tap has already been undone.")

    @api.model
    def action_send(self, taps):
        """Count taps in the order they were made. Called by the preparation screen with what its outbox holds.

        :param list taps: at most `MAX_BATCH` dicts: ``uuid``, ``order``, ``line`` and either ``mark`` (with
            ``quantity`` and ``reason``) or ``undo`` (the uuid of a tap, or ``last`` of the line); also ``at`` (ISO
            time) and ``preparer``
        :return: one dict a tap: ``uuid``, ``verdict`` (``done`` or ``refused``), ``message`` and the ``line`` as it is
        """
        if not isinstance(taps, list) or len(taps) > MAX_BATCH or not all(isinstance(tap, dict) for tap in taps):
            raise UserError(self.env._("These taps cannot be read."))
        self.env["sale.order"]._panier_check_preparer()
        return [self._send_one(tap) for tap in taps]

    @api.model
    def _send_one(self, tap):
        """One tap of `action_send`. A refusal leaves nothing of this tap and does not disturb the others."""
        uuid = tap.get("uuid")
        try:
            with self.env.cr.savepoint():
                values = self._read_tap(tap)
                order = self.env["sale.order"].browse(values.pop("order"))
                if "mark" not in values:
                    state = order.action_panier_undo_mark(**values)
                else:
                    state = order.action_panier_mark_line(**values)
        except UserError as error:  # AccessError and MissingError too; a serialization failure is left to Odoo's retry
            return {"uuid": uuid, "verdict": "refused", "message": str(error.args[0])}
        return {"uuid": uuid, "verdict": "done", "message": "", "line": state}

    @api.model
    def _read_tap(self, tap):
        """The arguments of the action for this tap, types checked."""

        def is_id(value):
            return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31

        texts = [tap.get(name) for name in ("uuid", "undo", "mark", "reason", "preparer", "at")]
        if (
            not isinstance(tap.get("uuid"), str)
            or not UUID.fullmatch(tap["uuid"])
            or not UUID.fullmatch(str(tap.get("undo") or LAST))
            or not is_id(tap.get("order"))
            or not all(text is None or (isinstance(text, str) and len(text) <= MAX_TEXT) for text in texts)
            or not is_id(tap.get("line"))
        ):
            raise UserError(self.env._("This tap cannot be read."))
        values = {name: tap.get(name) for name in ("uuid", "order", "preparer", "at")} | {"line_id": tap["line"]}
        if tap.get("undo"):
            return values | {"undo": tap["undo"] if tap["undo"] != LAST else None}
        return values | {name: tap.get(name) for name in ("mark", "quantity", "reason")}

    @api.model
    def _new_uuid(self):
        """For a tap made without a client of ours: a plain HTML form."""
        return str(uuid4())

    @api.model
    def _tap_time(self, at):
        """When the tap was made, by the phone's clock if that is credible: neither in the future nor a month ago."""
        now = fields.Datetime.now()
        try:
            tapped_at = fields.Datetime.to_datetime((at or "").replace("T", " ")[:19])
        except ValueError:
            tapped_at = None
        return tapped_at if tapped_at and now - timedelta(days=30) < tapped_at <= now else now

    def _standing(self):
        """Of these marks, those that no later tap has undone."""
        undone = self.search([("undoes_id", "in", self.ids)]).undoes_id
        return self - undone
