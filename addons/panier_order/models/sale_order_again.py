from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _panier_order_again(self, cart):
        """Put what was in this basket into the cart, as far as it is still sold.

        :param sale.order cart: the current cart, sudoed as Odoo's is
        :return: names of what is no longer sold, and warnings about what there is less of
        :rtype: tuple[list[str], list[str]]
        """
        self.ensure_one()
        gone, warnings = [], []
        for line in self._panier_lines():
            # As the visitor: what they may not see or buy (unpublished, archived, not for them) is not added.
            product = line.product_id.with_user(self.env.user)
            if not product.exists() or not product.active or not product._is_add_to_cart_allowed():
                gone.append(line.name_short)
                continue
            added = cart.with_context(skip_cart_verification=True)._cart_add(
                product_id=product.id, quantity=int(line.product_uom_qty), uom_id=line.product_uom_id.id
            )
            if added.get("warning"):
                warnings.append(added["warning"])
        cart._verify_cart_after_update()
        return gone, warnings
