from odoo.exceptions import UserError
from odoo.http import request, route
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.panier_order.controllers.portal import PanierPortal

#: A phone's photo is smaller; more is somebody trying something.
MAX_PHOTO = 10 * 1024 * 1024
PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")

MAX_WORDS = 2000


class PanierClaims(PanierPortal):
    """Members report a problem on a line of their own order. Plain HTML forms."""

    @route("/my/orders/<int:order_id>/problem", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def panier_problem_page(self, order_id, **_query):
        """What a problem can be reported on, and what was reported."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        return self._panier_problem_page(order)

    @route(
        "/my/orders/<int:order_id>/problem", type="http", auth="user", website=True, sitemap=False, methods=["POST"]
    )
    def panier_problem_post(self, order_id, line=None, kind=None, quantity=None, words=None, photo=None, **_post):
        """Report a problem; what was typed stays on the page when it is refused."""
        order = self._panier_own_order(order_id)
        if not order:
            return request.redirect("/my/orders")
        said = {
            "line": as_number(line, int),
            "kind": kind,
            # With a point: a field for numbers shows nothing else.
            "quantity": (quantity or "").strip().replace(",", "."),
            # The database keeps every character but this one.
            "words": (words or "").replace("\0", "")[:MAX_WORDS],
        }
        if not self._panier_try(lambda: self._panier_report(order, said, photo)):
            return self._panier_problem_page(order, said)
        self._panier_say(request.env._("Thank you. We look at it and write to you."))
        return request.redirect(f"/my/orders/{order.id}/problem")

    def _panier_report(self, order, said, photo):
        order._panier_report(
            said["line"],
            kind=said["kind"],
            quantity=as_number(said["quantity"], float),
            words=said["words"].strip() or False,
            photo=self._panier_read_photo(photo),
        )

    def _panier_problem_page(self, order, said=None):
        lines = order._panier_claim_lines()
        return request.render(
            "panier_credit.problem_page",
            {
                "order": order,
                "lines": lines,
                "claims": order._panier_claims_for_member(),
                "deadline": order._panier_claim_deadline(),
                "kinds": order.panier_claim_ids._fields["kind"]._description_selection(request.env),
                "said": said or {"line": lines.id if len(lines) == 1 else 0},
                "page_name": "order",
            },
        )

    def _panier_read_photo(self, photo):
        """The picture in base64, ``False`` where there is none.

        What it is, is read from what is in it: neither its name nor what the browser says counts. The model decodes
        and scales it down.

        :raise Refused: too large, or no picture
        """
        content = photo.read(MAX_PHOTO + 1) if hasattr(photo, "read") else b""
        if not content:
            return False
        if len(content) > MAX_PHOTO or guess_mimetype(content) not in PHOTO_TYPES:
            raise Refused([self._panier_refusal_photo()])
        try:
            return request.env["panier.credit.claim"]._panier_read_picture(content)
        except UserError as error:
            raise Refused([self._panier_refusal_photo()]) from error

    def _panier_refusal_photo(self):
        return Refusal(
            "claim_photo",
            request.env._("This photo cannot be read."),
            request.env._("Send a photo (JPEG, PNG or WebP) of at most 10 MB, or none."),
        )


def as_number(value, kind):
    """What a form says as a finite ``kind`` of number, 0 where it is none."""
    try:
        number = kind((value or "").strip().replace(",", "."))
    except (ValueError, OverflowError):
        return 0
    return number if abs(number) < 2**31 else 0
