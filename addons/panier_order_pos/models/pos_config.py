from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.panier_member.refusal import Refusal, Refused

from ..browser import is_id, is_ticket


class PosConfig(models.Model):
    """What a till asks about baskets. Cashiers have no right on orders: they get plain values, from here only."""

    _inherit = "pos.config"

    def _panier_check_till(self):
        """Refuse whoever is no cashier, another company's till, and a till that is not open.

        :raise AccessError:
        :raise UserError: the till is not open
        """
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(self.env._("Only cashiers may do this."))
        self.check_access("read")
        if self.current_session_id.state != "opened":
            raise UserError(self.env._("Open the till “%(till)s” first.", till=self.name))

    def _panier_named_baskets(self, ids):
        """The baskets that a browser names, of this till's company.

        :param ids: a list of ids, or anything else
        :rtype: sale.order
        :raise AccessError: no such baskets here
        """
        if not isinstance(ids, list) or not all(is_id(each) for each in ids):
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        return self.env["sale.order"].browse(dict.fromkeys(ids))._panier_for_till(self)

    def _panier_check_ticket(self, ticket):
        """:raise Refused: what the browser sent is no ticket's number"""
        if not is_ticket(ticket):
            raise Refused(
                [
                    Refusal(
                        "till_ticket",
                        self.env._("The till does not say which ticket it is about."),
                        self.env._("Reload the till and try again."),
                    )
                ]
            )

    def action_panier_find_baskets(self, query=""):
        """The baskets that wait for their member, or those that ``query`` names.

        :param str query: part of a name, a member number, a collection code or the number of an order
        :return: dict ``baskets`` (see `sale.order._panier_till_card`) and ``more``: whether there are others
        :rtype: dict
        """
        self._panier_check_till()
        return self.env["sale.order"]._panier_till_search(self, query)

    def action_panier_take_basket(self, order_id, ticket, take_over=False):
        """Put the basket on a ticket of this till, which no other ticket then holds. Asked again, nothing changes.

        :param int order_id: a basket to be paid at the till
        :param str ticket: uuid of the ticket
        :param bool take_over: take it from another ticket that holds it; that one is refused at its payment
        :raise Refused: it cannot be paid here and now
        """
        self._panier_check_till()
        self._panier_check_ticket(ticket)
        order = self._panier_named_baskets([order_id])
        order._panier_take_to_ticket(self, ticket, take_over is True)
        return True

    def action_panier_check_baskets(self, ticket, order_ids):
        """Refuse before any money is taken what the ticket could no longer honour.

        :param str ticket: uuid of the ticket
        :param list order_ids: the baskets on it
        :raise Refused: one of them was taken by another ticket, handed over, opened again, cancelled or paid meanwhile
        """
        self._panier_check_till()
        self._panier_check_ticket(ticket)
        orders = self._panier_named_baskets(order_ids)
        if refusals := [each for order in orders for each in order._panier_till_refusals(self, ticket)]:
            raise Refused(refusals)
        return True

    def action_panier_leave_baskets(self, ticket):
        """The ticket is deleted: the baskets on it may go on another one."""
        self._panier_check_till()
        self._panier_check_ticket(ticket)
        self.env["sale.order"]._panier_leave_ticket(self, ticket)
        return True

    def action_panier_hand_over(self, order_id):
        """Hand over a basket that is paid for, without a ticket. A second tap changes nothing.

        :raise Refused: it is not ready, or to be paid first
        """
        self._panier_check_till()
        self._panier_named_baskets([order_id])._panier_hand_over_at_till(self)
        return True
