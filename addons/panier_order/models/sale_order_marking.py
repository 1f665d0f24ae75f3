from odoo import fields, models
from odoo.exceptions import UserError

from ..marks import BadMark, settle


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_panier_mark_line(self, line_id, mark, quantity=None, reason=None, uuid=None, preparer=None, at=None):
        """Say what was found for a line.

        :param str mark: ``done``, ``partial``, ``missing`` or ``damaged``
        :param float quantity: what is in the basket, in the unit of the line; may be left out except for ``partial``
        :param str reason: why it is not all there
        :param str uuid: of the tap, made by the client; sent again it counts once
        :param str preparer: first name, on an account that several people use
        :param str at: when the tap was made (ISO), by the client's clock
        :return: the line as it is now
        """
        order = self._panier_for_preparer()
        order.ensure_one()
        if tap := order._panier_known_tap(uuid):
            return tap.line_id._panier_mark_payload()
        order._panier_check_preparing(preparer)
        line = order._panier_lines().filtered(lambda line: line.id == line_id)
        if not line:
            raise UserError(self.env._("This product is not in basket %(order)s.", order=order.name))
        mark, quantity = order._panier_settle_mark(line, mark, quantity)
        tap = order._panier_log_tap(
            line, uuid, preparer, at, mark=mark, quantity=quantity, reason=order._panier_clean_text(reason)
        )
        line._panier_set_mark(tap)
        return line._panier_mark_payload()

    def action_panier_undo_mark(self, line_id=None, undo=None, uuid=None, preparer=None, at=None):
        """Undo a mark: the tap whose uuid is ``undo``, or the last of a line, or the last of the basket.

        :return: the line as it is now, ``False`` when there is nothing to undo
        """
        order = self._panier_for_preparer()
        order.ensure_one()
        if tap := order._panier_known_tap(uuid):
            return tap.line_id._panier_mark_payload()
        order._panier_check_preparing(preparer)
        domain = [("order_id", "=", order.id), ("mark", "!=", False)]
        if undo:
            domain.append(("uuid", "=", undo))
        if line_id:
            domain.append(("line_id", "=", line_id))
        # sudo(): preparers have no access right on the log; the basket is theirs, checked above.
        standing = self.env["panier.preparation.tap"].sudo().search(domain)._standing()
        if not standing:
            return False
        line = standing[0].line_id
        order._panier_log_tap(line, uuid, preparer, at, undoes_id=standing[0].id)
        line._panier_set_mark(line._panier_marks()._standing()[:1])
        return line._panier_mark_payload()

    def _panier_known_tap(self, uuid):
        """The tap of this basket that was counted under ``uuid``."""
        # sudo(): see `action_panier_undo_mark`; only the line of a basket that the caller may prepare is told.
        tap = (
            self.env["panier.preparation.tap"].sudo().search([("uuid", "=", uuid)])
            if uuid
            else self.env["panier.preparation.tap"]
        )
        if tap.order_id - self:
            raise UserError(self.env._("This tap has already been counted for another basket."))
        return tap

    def _panier_log_tap(self, line, uuid, preparer, at, **values):
        """Log the tap and touch the order, so that a tap and a change of state at the same moment cannot both pass."""
        now = fields.Datetime.now()
        self._panier_write({"panier_touched_at": now})
        self.flush_recordset(["panier_touched_at"])  # before the tap: two with the same uuid meet here and are retried
        Tap = self.env["panier.preparation.tap"].sudo()  # sudo(): see `action_panier_undo_mark`
        return Tap.create(
            {
                "uuid": uuid or Tap._new_uuid(),
                "order_id": self.id,
                "line_id": line.id,
                "tapped_at": Tap._tap_time(at),
                "user_id": self.env.user.id,
                "preparer_name": self._panier_preparer_called(preparer),
                **values,
            }
        )

    def _panier_settle_mark(self, line, mark, quantity):
        """`marks.settle` for this line, its refusals worded."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        try:
            return settle(mark, quantity, line._panier_ordered(), digits)
        except BadMark as error:
            messages = {
                "mark": self.env._("This mark does not exist."),
                "quantity": self.env._("This is not a quantity."),
                "too_much": self.env._(
                    "%(ordered)s %(unit)s was ordered: no more can be put into the basket.",
                    ordered=line._panier_number(line._panier_ordered()),
                    unit=line.product_uom_id.name,
                ),
            }
            raise UserError(messages[error.args[0]]) from error
