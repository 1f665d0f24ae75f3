import math

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order.controllers.payment import PanierShop
from odoo.addons.website_sale.models.website import CART_SESSION_CACHE_KEY


def as_amount(text):
    """An amount sent by a form; anything else is one that is never due.

    :rtype: float
    """
    try:
        amount = float(text)
    except (TypeError, ValueError):
        return -1.0
    return amount if math.isfinite(amount) else -1.0


class PanierCreditShop(PanierShop):
    """Credit on the payment page of the shop."""

    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale`: what is left to pay, where credit pays some of it."""
        values = super()._get_shop_payment_values(order, **kwargs)
        if credit := order._panier_credit_page():
            values |= {
                "panier_credit": credit,
                "panier_credit_route": "/panier/checkout/credit",
                "amount": credit["rest"],
            }
        return values

    @route("/panier/checkout/credit", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def panier_checkout_credit(self, kept=None, **post):
        """Keep the credit for another time, or use it after all."""
        if cart := request.cart:
            cart._panier_keep_credit(bool(kept))
        return request.redirect("/shop/payment")

    @route("/panier/checkout/credit/pay", type="http", auth="user", website=True, methods=["POST"], sitemap=False)
    def panier_checkout_credit_pay(self, amount=None, **post):
        """Pay the cart with credit alone."""
        cart = request.cart
        if not cart:
            # Sent twice: the first one has paid.
            return request.redirect("/shop/confirmation")
        if redirection := self._check_cart_and_addresses(cart):
            return redirection
        try:
            # A refusal leaves nothing held; a serialization failure goes up to be tried again.
            with request.env.cr.savepoint():
                cart._check_cart_is_ready_to_be_paid()
                cart._panier_pay_as_shown(as_amount(amount))
        except Refused as refused:
            return self._panier_back_to_payment(refused.refusals)
        except UserError as error:
            return self._panier_back_to_payment([Refusal("not_ready", str(error))])
        request.session["sale_last_order_id"] = cart.id
        request.website.sale_reset()
        return request.redirect("/shop/confirmation")

    @route()
    def shop_payment_validate(self, sale_order_id=None, **post):
        """Override of `website_sale`: a payment that failed leads back to the cart, which is as it was."""
        # sudo: Odoo's own page shows the last order of this session the same way.
        order = request.cart or request.env["sale.order"].sudo().browse(request.session.get("sale_last_order_id"))
        tx = order.exists() and order.get_portal_last_transaction()
        if tx and self._panier_failed(order, tx):
            order._panier_release_stranded_credit()
            request.session[CART_SESSION_CACHE_KEY] = order.id
            request.session.pop("website_sale_cart_quantity", None)
            return self._panier_back_to_payment([self._panier_refusal_failed(order, tx)])
        return super().shop_payment_validate(sale_order_id=sale_order_id, **post)

    def _panier_failed(self, order, tx):
        """Whether this last payment of a cart of ours brought nothing, and the cart waits for another one."""
        return (
            order.state == "draft"
            and order.website_id == request.website
            and order._panier_action()
            and tx.state in ("cancel", "error")
            and not tx.provider_id._is_panier_till()
            and not order._panier_money_is_coming()
        )

    def _panier_refusal_failed(self, order, tx):
        message = request.env._("The payment did not go through: your basket is as it was.")
        advice = request.env._("Try again, or pay another way.")
        if order._panier_credit_page():
            advice = request.env._("Your credit is available again. Try again, or pay another way.")
        if tx.state_message and not tx._panier_is_credit():
            message = f"{message} ({tx.state_message})"
        return Refusal("payment_failed", message, advice)

    def _panier_back_to_payment(self, refusals):
        request.session["panier_checkout_notice"] = [refusal._asdict() for refusal in refusals]
        return request.redirect("/shop/payment")
