from odoo.exceptions import AccessError
from odoo.http import request, route

from odoo.addons.panier_member.refusal import Refused
from odoo.addons.portal.controllers.portal import CustomerPortal

from .. import wishes


class PanierPortal(CustomerPortal):
    """What members do with their own orders. Reading by link is Odoo's; changing needs the account (ADR 0024)."""

    @route("/my/orders/<int:order_id>/slot", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def panier_slot_page(self, order_id, **_query):
        """Choose another slot."""
        order = self._panier_own_order(order_id)
        if not order or not order._panier_needs_slot():
            return request.redirect("/my/orders")
        if not order._panier_slot_may_change():
            return self._panier_back(order)
        return request.render(
            "panier_order.portal_slot_page",
            {"order": order, "panel": order._panier_slot_panel(), "page_name": "order"},
        )

    @route("/my/orders/<int:order_id>/slot", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def panier_slot_post(self, order_id, slot_id=None, **post):
        """Hold another slot, keep the wishes sent with it."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        number = int(slot_id) if slot_id and slot_id.isdecimal() and len(slot_id) < 10 else 0
        if not self._panier_try(lambda: order.action_panier_choose_slot(number)):
            return request.redirect(f"/my/orders/{order.id}/slot")
        self._panier_say(request.env._("Your slot is changed."))
        return self._panier_back(order)

    @route("/my/orders/<int:order_id>/wishes", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def panier_wishes_post(self, order_id, **post):
        """Change the note and the wish about what is missing, until preparation starts."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        if self._panier_try(lambda: order._panier_change_wishes(wishes.read(request.env, post))):
            self._panier_say(request.env._("Your wishes are noted."))
        return self._panier_back(order)

    @route("/my/orders/<int:order_id>/cancel", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def panier_cancel_page(self, order_id, **_query):
        """Ask before cancelling, and say what becomes of the money."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        if not order._panier_member_may_cancel():
            return self._panier_back(order)
        return request.render("panier_order.portal_cancel_page", {"order": order, "page_name": "order"})

    @route("/my/orders/<int:order_id>/cancel", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def panier_cancel_post(self, order_id, **_post):
        """Cancel."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        if self._panier_try(order._panier_cancel_by_member):
            self._panier_say(order._panier_cancelled_sentence())
        return self._panier_back(order)

    @route("/my/orders/<int:order_id>/again", type="http", auth="user", website=True, sitemap=False, methods=["POST"])
    def panier_again_post(self, order_id, **_post):
        """Put what was in this basket into the cart, and say what is no longer sold."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        cart = request.cart or request.website._create_cart()
        gone, warnings = order._panier_order_again(cart)
        if gone:
            warnings = [request.env._("No longer sold: %(products)s.", products=", ".join(gone)), *warnings]
        request.session["panier_checkout_notice"] = [{"message": text, "advice": "", "url": ""} for text in warnings]
        return request.redirect("/shop/cart")

    # === TOOLS === #

    def _panier_own_order(self, order_id):
        """The order, sudoed as Odoo's portal does, when it is one of ours and of the household of who is signed in.

        :rtype: sale.order
        """
        order = request.env["sale.order"].browse(order_id).exists()
        try:
            order.check_access("read")
        except AccessError:
            return order.browse()
        # sudo: a member has no write access on orders; theirs are changed by named actions, which check.
        order = order.sudo()
        own = order.partner_id.commercial_partner_id == request.env.user.partner_id.commercial_partner_id
        return order if own and order._panier_is_ours() else order.browse()

    def _panier_try(self, action):
        """:return: whether it was done; else the refusals are kept for the next page."""
        try:
            with request.env.cr.savepoint():
                action()
        except Refused as refused:
            request.session["panier_checkout_notice"] = [refusal._asdict() for refusal in refused.refusals]
            return False
        return True

    def _panier_say(self, text):
        request.session["panier_checkout_done"] = text

    def _panier_back(self, order):
        return request.redirect(f"/my/orders/{order.id}")
