import functools

from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

NAME_KEY = "panier_preparer"


def preparer_only(endpoint):
    """Pages for people on duty: anybody else is told no before anything is read."""

    @functools.wraps(endpoint)
    def checked(*args, **kwargs):
        if not request.env["res.users"]._panier_may_prepare():
            raise Forbidden(request.env._("Only members on duty may see this page."))
        return endpoint(*args, **kwargs)

    return checked


def as_id(value):
    """The id that a form or an address names, ``None`` where it is none."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else None


class PanierPage:
    """What the pages of people on duty share: their layout's values, and a sentence kept for the next page."""

    def _render(self, template, **values):
        user = request.env.user
        return request.render(
            template,
            {
                "preparer": self._preparer(),
                "shared": user.panier_shared_account,
                "decides": request.env["res.users"]._panier_may_decide(),
                "notice": request.session.pop("panier_notice", None),
                **values,
            },
        )

    def _preparer(self):
        """The name of whoever prepares: the one given on a shared account, the account's else; empty = ask."""
        user = request.env.user
        if user.panier_shared_account:
            return request.session.get(NAME_KEY, "")
        return request.env["sale.order"]._panier_preparer_called()

    def _notice(self, message, kind="refused"):
        request.session["panier_notice"] = {"kind": kind, "message": message}

    def _do(self, action, *args, **kwargs):
        """Call an action; a refusal becomes a sentence on the next page.

        :return: whether it was done
        """
        try:
            # A refusal leaves nothing half done; a serialization failure goes up to be retried.
            with request.env.cr.savepoint():
                action(*args, **kwargs)
        except UserError as error:
            self._notice(str(error.args[0]))
            return False
        return True


class Preparation(PanierPage, http.Controller):
    """The preparation screen. Works as plain HTML forms; the script makes it work without network too."""

    @http.route("/panier/prepare", type="http", auth="user", website=True, sitemap=False)
    @preparer_only
    def board(self, day="today", place=None, slot=None, page=None, **kwargs):
        """The baskets to prepare, or those that are ready."""
        if request.env.user.panier_shared_account and not self._preparer():
            return self._render("panier_order.preparation_name")
        day = day if day in ("today", "tomorrow", "ready") else "today"
        if place is not None:
            request.session["panier_place"] = as_id(place)
        board = request.env["sale.order"]._panier_board(
            day, request.session.get("panier_place"), as_id(slot), as_id(page) or 1
        )
        return self._render("panier_order.preparation_board", board=board, day=day, slot=as_id(slot))

    @http.route("/panier/prepare/name", type="http", auth="user", website=True, sitemap=False, methods=["GET", "POST"])
    @preparer_only
    def name(self, name=None, **kwargs):
        """Who is holding this tablet."""
        if request.httprequest.method == "GET":
            return self._render("panier_order.preparation_name")
        try:
            request.session[NAME_KEY] = request.env["sale.order"]._panier_preparer_called(name)
        except UserError as error:
            self._notice(str(error.args[0]))
        return request.redirect("/panier/prepare")

    @http.route("/panier/prepare/<int:order_id>", type="http", auth="user", website=True, sitemap=False)
    @preparer_only
    def basket(self, order_id, **kwargs):
        """One basket, lines in the order of the walk."""
        order = self._basket(order_id)
        basket = order._panier_basket()
        mine = basket["state"] == "preparing" and self._preparer() and order._panier_is_prepared_by(self._preparer())
        return self._render("panier_order.preparation_basket", basket=basket, mine=mine)

    def _basket(self, order_id):
        try:
            return request.env["sale.order"].browse(order_id)._panier_for_preparer()
        except UserError as error:
            raise request.not_found() from error

    def _act(self, order_id, action, follow, **kwargs):
        """Do an action of a form on a basket, then show ``follow`` of it; stay on the basket if it was refused."""
        order = request.env["sale.order"].browse(order_id)
        done = self._do(getattr(order, action), preparer=self._preparer(), **kwargs)
        return request.redirect(follow if done else f"/panier/prepare/{order_id}")

    @http.route("/panier/prepare/<int:order_id>/take", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def take(self, order_id, take_over=None, **kwargs):
        """Take a basket; who comes second is sent back to the list, told who has it."""
        order = request.env["sale.order"].browse(order_id)
        done = self._do(order.action_panier_take, preparer=self._preparer(), take_over=bool(take_over))
        return request.redirect(f"/panier/prepare/{order_id}" if done else "/panier/prepare")

    @http.route("/panier/prepare/<int:order_id>/release", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def release(self, order_id, **kwargs):
        """Give a basket back."""
        return self._act(order_id, "action_panier_release_preparation", "/panier/prepare")

    @http.route("/panier/prepare/<int:order_id>/reopen", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def reopen(self, order_id, **kwargs):
        """Prepare a ready basket again."""
        return self._act(order_id, "action_panier_reopen", f"/panier/prepare/{order_id}")

    @http.route("/panier/prepare/<int:order_id>/mark", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def mark(self, order_id, line=None, mark=None, quantity=None, reason=None, **kwargs):
        """Mark a line, where there is no script to send taps."""
        quantity = None if mark == "done" else quantity or None
        return self._act(
            order_id,
            "action_panier_mark_line",
            f"/panier/prepare/{order_id}#line-{as_id(line)}",
            line_id=as_id(line),
            mark=mark,
            quantity=quantity,
            reason=reason,
        )

    @http.route("/panier/prepare/<int:order_id>/undo", type="http", auth="user", website=True, methods=["POST"])
    @preparer_only
    def undo(self, order_id, line=None, **kwargs):
        """Undo the last mark of a line, or of the basket."""
        return self._act(
            order_id, "action_panier_undo_mark", f"/panier/prepare/{order_id}#line-{as_id(line)}", line_id=as_id(line)
        )

    @http.route(
        "/panier/prepare/<int:order_id>/finish",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    @preparer_only
    def finish(self, order_id, bags=None, stored_at=None, stored_cold_at=None, **kwargs):
        """What is short, how many bags and where they stand; then the basket is ready."""
        order = self._basket(order_id)
        if request.httprequest.method == "GET":
            return self._render("panier_order.preparation_finish", basket=order._panier_basket())
        order = request.env["sale.order"].browse(order_id)
        values = {"bags": bags, "stored_at": stored_at, "stored_cold_at": stored_cold_at}
        if self._do(order.action_panier_finish, preparer=self._preparer(), **values):
            self._notice(request.env._("Basket %(order)s is ready. Thank you!", order=order.sudo().name), "done")
            return request.redirect("/panier/prepare")
        return request.redirect(f"/panier/prepare/{order_id}/finish")

    @http.route("/panier/prepare/<int:order_id>/slip", type="http", auth="user", website=True, sitemap=False)
    @preparer_only
    def slip(self, order_id, **kwargs):
        """The basket on paper, printed by the browser: no need to wait for a PDF."""
        order = self._basket(order_id)
        # sudo() is safe: the role is checked, the basket is one of this shop, the slip holds what the screen shows.
        html, _kind = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_html("panier_order.preparation_slip_report", order.ids)
        )
        return request.make_response(html + b"<script>window.print()</script>", [("Content-Type", "text/html")])

    @http.route("/panier/prepare/taps", type="jsonrpc", auth="user", website=True)
    def taps(self, taps=None, **kwargs):
        """What the outbox of a phone holds (`panier.preparation.tap.action_send`)."""
        return request.env["panier.preparation.tap"].action_send(taps)

    @http.route("/panier/prepare/image/<int:line_id>", type="http", auth="user", readonly=True)
    @preparer_only
    def image(self, line_id, **kwargs):
        """The picture of a product of a basket; it may be one that the website does not publish."""
        # sudo() is safe: the line is one of a basket that this preparer may see, and only a picture is returned.
        line = request.env["sale.order.line"].sudo().browse(line_id).exists()
        self._basket(line.order_id.id)
        stream = request.env["ir.binary"].sudo()._get_image_stream_from(line.product_id, "image_512")
        return stream.get_response(max_age=http.STATIC_CACHE_LONG)
