from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.panier_member.controllers.portal import PanierCustomerPortal
from odoo.addons.panier_order.controllers.portal import PanierPortal

from .shop import as_amount


class PanierCreditPortal(PanierPortal, PanierCustomerPortal):
    """Credit on the page of an order that is to be paid."""

    def _panier_to_pay(self, order_sudo):
        """Override of `panier_member`: beside the credit of whoever looks at the page."""
        return self._panier_for_viewer(order_sudo)._panier_amount_to_pay()

    def _get_payment_values(self, order_sudo, *args, **kwargs):
        """Override of `panier_member` to add what the page says about credit."""
        values = super()._get_payment_values(order_sudo, *args, **kwargs)
        order = self._panier_for_viewer(order_sudo)
        if order._panier_action() and (credit := order._panier_credit_page()):
            values |= {
                "panier_credit": credit,
                "panier_credit_route": f"/my/orders/{order.id}/credit",
                "amount": credit["rest"],
            }
        return values

    def _panier_for_viewer(self, order_sudo):
        """The page holds the order as the superuser's: who looks decides whose credit it is."""
        # sudo: `order_sudo` was checked by the route; only the user changes back to who looks.
        return order_sudo.with_user(request.env.user).sudo()

    @route("/my/orders/<int:order_id>/credit", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def panier_credit_post(self, order_id, kept=None, **_post):
        """Keep the credit for another time, or use it after all."""
        order = self._panier_credit_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        if order.state in ("draft", "sent"):
            order._panier_keep_credit(bool(kept))
        return self._panier_back(order)

    @route(
        "/my/orders/<int:order_id>/credit/pay", type="http", auth="user", website=True, sitemap=False, methods=["POST"]
    )
    def panier_credit_pay_post(self, order_id, amount=None, **_post):
        """Pay the order with credit alone."""
        order = self._panier_credit_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        if order._has_to_be_paid() or order.state == "sale":
            self._panier_try(lambda: order._panier_pay_as_shown(as_amount(amount)))
        return self._panier_back(order)

    def _panier_credit_order(self, order_id):
        """The order, sudoed as Odoo's portal does, when it is the household's and credit may pay it.

        Wider than `_panier_own_order`: an order of the rule need not be one that is collected.

        :rtype: sale.order
        """
        order = request.env["sale.order"].browse(order_id).exists()
        try:
            order.check_access("read")
        except AccessError:
            return order.browse()
        # sudo: a member has no write access on orders; what follows checks whose credit it is.
        order = order.sudo()
        own = order.partner_id.commercial_partner_id == request.env.user.partner_id.commercial_partner_id
        return order if own and order._panier_action() else order.browse()
