from odoo.http import request

from odoo.addons.website_sale.controllers.main import WebsiteSale


class PanierWebsiteSale(WebsiteSale):
    def _check_cart(self, order_sudo):
        """Override of `website_sale`: a member who may not order is told why before filling in forms.

        Only what speaks against the member sends them away; what is wrong with the order (a slot…) is mended on the
        checkout pages themselves.
        """
        if redirection := super()._check_cart(order_sudo):
            return redirection
        refusals = order_sudo._panier_member_refusals()
        if not refusals:
            return None
        if request.env.user._is_public():
            return request.redirect(refusals[0].url or "/web/login?redirect=/shop/checkout")
        return request.redirect("/my/membership")

    def _get_shop_payment_errors(self, order):
        """Override of `website_sale`: no payment form for an order that would be refused.

        Not asked once the money is on its way: Odoo raises these errors after the payment too (law 3).
        """
        errors = super()._get_shop_payment_errors(order)
        if order.transaction_ids and order._panier_amount_due() <= 0:
            return errors
        return errors + [(r.message, r.advice) for r in order._panier_refusals()]
