from odoo.http import request, route

from odoo.addons.panier_member.refusal import Refusal
from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.models.website import CART_SESSION_CACHE_KEY


class PanierShop(WebsiteSale):
    """The steps around the payment."""

    @route()
    def shop_payment(self, **post):
        """Override of `website_sale` to ask for the slot again, before the payment page, where it was lost."""
        cart = request.cart
        is_ours = cart and cart.state == "draft" and cart._panier_is_ours()
        if is_ours and (refusals := cart._panier_delivery_refusals() or cart._panier_slot_refusals()):
            return self._panier_back_to_checkout(refusals)
        return super().shop_payment(**post)

    @route()
    def shop_payment_validate(self, sale_order_id=None, **post):
        """Override of `website_sale`: a choice of the till that was refused leads back, with the reason."""
        # sudo: Odoo's own page shows the last order of this session the same way.
        order = request.cart or request.env["sale.order"].sudo().browse(request.session.get("sale_last_order_id"))
        tx = order.exists() and order.get_portal_last_transaction()
        if tx and order.state == "draft" and tx.state == "cancel" and tx.provider_id._is_panier_till():
            # Odoo dropped the cart while the choice was pending; it is the cart again.
            request.session[CART_SESSION_CACHE_KEY] = order.id
            request.session.pop("website_sale_cart_quantity", None)
            return self._panier_back_to_checkout([Refusal("till_refused", tx.state_message)])
        if order.exists() and order.amount_total and not tx:
            # Back from an older payment, with another basket since: nothing of this one was paid, nothing is wrong.
            return request.redirect("/shop/cart")
        return super().shop_payment_validate(sale_order_id=sale_order_id, **post)

    def _get_shop_payment_errors(self, order):
        """Override of `website_sale`: an order whose payment is on its way is not refused any more (law 3)."""
        if order._panier_is_ours() and order._panier_amount_received(("pending", "authorized", "done")):
            return []
        return super()._get_shop_payment_errors(order)

    def _panier_back_to_checkout(self, refusals):
        request.session["panier_checkout_notice"] = [refusal._asdict() for refusal in refusals]
        return request.redirect("/shop/checkout#panier_slot")
