from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .preparation import PanierPage, as_id, preparer_only


class HandOver(PanierPage, http.Controller):
    """The hand-over: by the collection code, typed or scanned, or from the list of what is ready."""

    @http.route("/panier/hand-over", type="http", auth="user", website=True, sitemap=False)
    @preparer_only
    def ready(self, code=None, slot=None, page=None, **kwargs):
        """Type the code, or pick from the list."""
        if code:
            return self._find(code)
        board = request.env["sale.order"]._panier_board(
            "ready", request.session.get("panier_place"), as_id(slot), as_id(page) or 1
        )
        return self._render("panier_order.hand_over_list", board=board, slot=as_id(slot))

    def _find(self, code):
        try:
            order_id = request.env["sale.order"].action_panier_find_code(code)
        except UserError as error:
            self._notice(str(error.args[0]))
            return request.redirect("/panier/hand-over")
        if order_id:
            return request.redirect(f"/panier/hand-over/{order_id}")
        self._notice(request.env._("No basket is ready under the code “%(code)s”.", code=code[:20]))
        return request.redirect("/panier/hand-over")

    @http.route(
        "/panier/hand-over/<int:order_id>",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    @preparer_only
    def basket(self, order_id, to=None, till_paid=None, **kwargs):
        """Who, how many bags, where, what is missing, what is to pay; then it is handed over."""
        order = request.env["sale.order"].browse(order_id)
        if request.httprequest.method == "POST":
            self._do(order.action_panier_hand_over, to=to, till_paid=bool(till_paid))
            return request.redirect(f"/panier/hand-over/{order_id}")
        try:
            basket = order._panier_for_preparer()._panier_hand_over_basket()
        except UserError as error:
            raise request.not_found() from error
        return self._render("panier_order.hand_over_basket", basket=basket)

    @http.route("/panier/hand-over/<int:order_id>/undo", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def undo(self, order_id, reason=None, **kwargs):
        """Take back a hand-over made by mistake."""
        self._do(request.env["sale.order"].browse(order_id).action_panier_undo_hand_over, reason)
        return request.redirect(f"/panier/hand-over/{order_id}")
