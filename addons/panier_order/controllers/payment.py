from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.http import request, route


class PanierShop(WebsiteSale):
    """The steps around the payment."""

    @route()
    def shop_payment(self, **post):
        """Override of `website_sale` to ask for the slot again, before the payment page, where it was lost."""
        cart = request.cart
        if cart and cart.state == "draft" and cart._panier_is_ours() and (refusals := cart._panier_delivery_refusals() or cart._panier_slot_refusals()):
            request.session["panier_checkout_notice"] = [refusal._asdict() for refusal in refusals]
            return request.redirect("/shop/checkout#panier_slot")
        return super().shop_payment(**post)

    @route()
    def shop_payment_validate(self, sale_order_id=None, **post):
        """Override of `website_sale`: a choice of the till that was refused leads back to the checkout, with the reason."""
        order = request.cart or request.env["sale.order"].sudo().browse(request.session.get("sale_last_order_id"))
        # sudo: Odoo's own page shows the last order of this session the same way.
        tx = order.exists() and order.get_portal_last_transaction()
        if tx and order.state == "draft" and tx.state == "cancel" and tx.provider_id._is_panier_till():
            request.session["panier_checkout_notice"] = [{"message": tx.state_message, "advice": "", "url": ""}]
            return request.redirect("/shop/checkout")
        return super().shop_payment_validate(sale_order_id=sale_order_id, **post)
