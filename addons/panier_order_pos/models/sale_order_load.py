from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.panier_member.refusal import Refused

from ..browser import is_id


class SaleOrder(models.Model):
    """What the till loads of a basket; the cashier who loads it has no right on orders."""

    _inherit = "sale.order"

    @api.model
    def _load_pos_data_fields(self, config):
        """Override of `pos_sale` to tell our baskets from other orders."""
        return [*super()._load_pos_data_fields(config), "panier_state"]

    def load_sale_order_from_pos(self, config_id):
        """Override of `pos_sale`: whichever button asks, a basket of ours is loaded when it may be paid here.

        :raise Refused: it cannot be paid here and now
        """
        if not all(is_id(each) for each in [config_id, *self.ids]):
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        # sudo: to know whose rule applies; nothing of the order leaves before that rule has said yes.
        if len(self) != 1 or not self.sudo().exists()._panier_any_ours():
            return super().load_sale_order_from_pos(config_id)
        config = self.env["pos.config"].browse(config_id).exists()
        if not config:
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        config._panier_check_till()
        order = self._panier_for_till(config)
        if refusals := [each for each in order._panier_till_refusals(config) if each.code != "till_on_ticket"]:
            raise Refused(refusals)
        return super(SaleOrder, order).load_sale_order_from_pos(config_id)

    def _panier_any_ours(self):
        return any(order._panier_is_ours() for order in self)

    @api.model
    def _load_pos_data_search_read(self, data, config):
        """Override of `point_of_sale`: a cashier who may not read orders finds the baskets of unpaid tickets again."""
        if self.has_access("read"):
            return super()._load_pos_data_search_read(data, config)
        # sudo() is safe: only what is on the unpaid tickets of this till, which the cashier reads anyway.
        orders = self.sudo()
        baskets = orders.search(
            [
                ("panier_state", "!=", False),
                ("company_id", "=", config.company_id.id),
                ("pos_order_line_ids.order_id", "any", [("state", "=", "draft"), ("config_id", "=", config.id)]),
            ]
        )
        return orders._load_pos_data_read(baskets, config)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _load_pos_data_search_read(self, data, config):
        """Override of `point_of_sale`: the lines of the baskets that the override above let through."""
        if self.has_access("read"):
            return super()._load_pos_data_search_read(data, config)
        # sudo() is safe: `data` is what the server itself has just read for this till.
        return super(SaleOrderLine, self.sudo())._load_pos_data_search_read(data, config)
