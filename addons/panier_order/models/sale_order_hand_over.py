from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import journey


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_handed_over_by_id = fields.Many2one("res.users", string="Handed over by", copy=False, readonly=True)
    panier_till_paid_by_id = fields.Many2one(
        "res.users", string="Payment at the till seen by", copy=False, readonly=True
    )

    @api.model
    def _panier_action_fields(self):
        """Override to protect what the hand-over writes."""
        return super()._panier_action_fields() | {"panier_handed_over_by_id", "panier_till_paid_by_id"}

    def _panier_owes_at_till(self):
        """Whether this basket is still to be paid at the till."""
        self.ensure_one()
        return self.panier_pay_at_till and not self.panier_till_paid_at

    @api.model
    def action_panier_find_code(self, code):
        """The basket with this collection code, that waits for its member.

        Upper or lower case, spaces and dashes do not matter. Whoever tries too many wrong codes waits a while.

        :return: id of the order, ``False`` when there is none
        """
        self._panier_check_preparer()
        Attempt = self.env["panier.code.attempt"]
        Attempt._check_user()
        order = self._panier_search_code(code) if isinstance(code, str) else None
        if not order:
            Attempt._count()
            return False
        return order.id

    @api.model
    def _panier_search_code(self, code):
        code = "".join(char for char in code.upper() if char.isalnum())
        if not code:
            return self.browse()
        # sudo() is safe: the caller has the role, and only baskets of the user's companies are found.
        return self.sudo().search(
            [
                ("panier_code", "=", code),
                ("panier_state", "in", [journey.READY, journey.NOT_COLLECTED]),
                ("company_id", "in", self.env.user.company_ids.ids),
            ],
            limit=1,
        )

    def action_panier_hand_over(self, to=None, till_paid=False):
        """Give the basket to the member, or to the person named ``to``. A second tap on the button changes nothing.

        :param str to: who took it, when it is not the member
        :param bool till_paid: the person handing over has seen that it was paid at the till
        """
        for order in self._panier_for_preparer():
            if order.panier_state == journey.HANDED_OVER and order.panier_handed_over_by_id == self.env.user:
                continue
            values = {}
            if order._panier_owes_at_till():
                if till_paid is not True:
                    raise UserError(self.env._("Basket %(order)s is to be paid at the till first.", order=order.name))
                values = {"panier_till_paid_at": fields.Datetime.now(), "panier_till_paid_by_id": self.env.user.id}
            to = order._panier_clean_text(to) or order._panier_short_name(order.partner_id.name)
            order._panier_move(
                journey.HANDED_OVER,
                self.env._("Handed over to %(name)s", name=to),
                panier_handed_over_at=fields.Datetime.now(),
                panier_handed_over_to=to,
                panier_handed_over_by_id=self.env.user.id,
                **values,
            )
            order._panier_deliver()
        return True

    def _panier_deliver(self):
        """Validate the open deliveries with what is in the basket; what is short is not delivered later."""
        self.ensure_one()
        for picking in self._panier_open_moves().picking_id:
            if any(picking.move_ids.mapped("quantity")):
                picking.with_context(
                    skip_backorder=True, picking_ids_not_to_backorder=picking.ids, skip_sms=True
                ).button_validate()
            else:
                picking.action_cancel()

    def action_panier_undo_hand_over(self, reason):
        """Take back a hand-over made by mistake, within the company's minutes; a referent at any time.

        The goods come back by a return, and wait again on a new delivery.
        """
        decides = self.env["res.users"]._panier_may_decide()
        for order in self._panier_for_preparer():
            reason = order._panier_clean_text(reason)
            if not reason:
                raise UserError(self.env._("Say why the hand-over is taken back."))
            minutes = order.company_id.panier_undo_minutes
            if not decides and not order._panier_just_handed_over(minutes):
                raise UserError(
                    self.env._(
                        "It is more than %(minutes)s minutes since the hand-over: ask a referent.", minutes=minutes
                    )
                )
            values = {"panier_till_paid_at": False, "panier_till_paid_by_id": False}
            order._panier_move(
                journey.READY,
                self.env._("Hand-over taken back: %(reason)s", reason=reason),
                panier_handed_over_at=False,
                panier_handed_over_to=False,
                panier_handed_over_by_id=False,
                **(values if order.panier_till_paid_by_id else {}),
            )
            order._panier_take_back()
        return True

    def _panier_just_handed_over(self, minutes):
        self.ensure_one()
        at = self.panier_handed_over_at
        return bool(at) and at + timedelta(minutes=minutes) >= fields.Datetime.now()

    def _panier_take_back(self):
        """Return what was delivered and open its delivery again, with what is in the basket."""
        self.ensure_one()
        done = self.picking_ids.filtered(lambda picking: picking.state == "done" and not picking.return_ids)
        for picking in done.filtered(lambda picking: picking.location_dest_id.usage == "customer"):
            wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
            for line in wizard.product_return_moves:
                line.write({"quantity": line.move_id.quantity, "to_refund": True})
            returned = wizard._create_return()
            returned.move_ids.picked = True
            returned.with_context(skip_backorder=True, skip_sms=True).button_validate()
        locked = self.locked
        self.locked = False
        self.order_line._action_launch_stock_rule()
        self.locked = locked
        self._panier_fill_pickings()

    def _panier_hand_over_basket(self):
        """What the hand-over screen shows. The amount is there only when it is still to be paid at the till."""
        self.ensure_one()
        decides = self.env["res.users"]._panier_may_decide()
        return self._panier_basket() | {
            "bags": self.panier_bags,
            "owes": self._panier_owes_at_till() and self.currency_id.format(self.amount_total),
            "paid_at_till": bool(self.panier_till_paid_at),
            "handed_over_to": self.panier_handed_over_to or "",
            "may_undo": self.panier_state == journey.HANDED_OVER
            and (decides or self._panier_just_handed_over(self.company_id.panier_undo_minutes)),
            "member_number": self.partner_id.commercial_partner_id.panier_member_number or "",
        }
