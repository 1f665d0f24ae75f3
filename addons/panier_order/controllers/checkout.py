from odoo.http import request, route

from odoo.addons.panier_member.refusal import Refusal, Refused
from odoo.addons.website_sale.controllers.delivery import Delivery

from .. import wishes


class PanierDelivery(Delivery):
    """The slot panel of the checkout: one route for plain HTML forms, and its faster brothers for JavaScript."""

    @classmethod
    def _get_delivery_methods_express_checkout(cls, order_sudo):
        """Override of `website_sale` to leave out what needs a slot: express checkout has no page to choose it on."""
        rates = super()._get_delivery_methods_express_checkout(order_sudo)
        return {carrier: price for carrier, price in rates.items() if not carrier._panier_needs_slot()}

    @route("/panier/checkout/slot", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    def panier_checkout_slot(self, slot_id=None, carrier_id=None, **post):
        """Choose a slot, a delivery method or wishes from a plain HTML form, then back to the checkout.

        :param str slot_id: the slot to hold, if one was clicked
        :param str carrier_id: the delivery method to choose, if one was clicked
        :param dict post: wishes, see `wishes.read`
        """
        refusals = []
        cart = request.cart
        if cart and (carrier := self._panier_offered_carrier(cart, carrier_id)):
            cart._set_delivery_method(carrier)
        elif slot_id or not carrier_id:
            refusals = self._panier_apply(self._panier_number(slot_id), post)
        if refusals:
            request.session["panier_checkout_notice"] = [refusal._asdict() for refusal in refusals]
        return request.redirect("/shop/checkout#panier_slot")

    def _panier_offered_carrier(self, cart, carrier_id):
        """The delivery method, when it may be chosen for this cart."""
        return cart._get_delivery_methods().filtered(lambda carrier: carrier.id == self._panier_number(carrier_id))

    @route("/panier/checkout/choose", type="jsonrpc", auth="public", website=True)
    def panier_checkout_choose(self, slot_id=None, **post):
        """Choose a slot.

        :param int slot_id: a `panier.slot`
        :return: `refusals` (empty when done) and the panel as it is now, `html`
        :rtype: dict
        """
        return {"refusals": self._panier_as_json(self._panier_apply(slot_id, post)), **self.panier_checkout_panel()}

    @route("/panier/checkout/wishes", type="jsonrpc", auth="public", website=True)
    def panier_checkout_wishes(self, **post):
        """Keep what the member wishes when something is missing, and the note for whoever prepares the basket.

        :return: `refusals`, empty when done
        :rtype: dict
        """
        return {"refusals": self._panier_as_json(self._panier_apply(None, post))}

    @route("/panier/checkout/panel", type="jsonrpc", auth="public", website=True)
    def panier_checkout_panel(self):
        """The slot panel of the cart as it is now.

        :return: `html` (empty when no slot is to be chosen) and `held`, whether a chosen place stands
        :rtype: dict
        """
        cart = request.cart
        if not cart or not cart._panier_needs_slot():
            return {"html": "", "held": False}
        panel = cart._panier_slot_panel()
        html = request.env["ir.qweb"]._render(
            "panier_order.slot_panel", {"order": cart, "panel": panel, "request": request}
        )
        return {"html": html, "held": panel["held"]}

    # === WHAT COMES FROM OUTSIDE === #

    def _panier_apply(self, slot_id, post):
        """Hold the slot, if one is given, and keep the wishes, if any.

        :return: the refusals; nothing is changed by what they are about
        :rtype: list[Refusal]
        """
        cart = request.cart
        if not cart:
            return [self._panier_refusal_no_cart()]
        try:
            with request.env.cr.savepoint():
                if values := wishes.read(request.env, post):
                    cart.write(values)
                if slot_id is not None:
                    cart.action_panier_choose_slot(slot_id)
        except Refused as refused:
            return refused.refusals
        return []

    def _panier_refusal_no_cart(self):
        return Refusal(
            "cart_empty",
            request.env._("Your cart is empty."),
            request.env._("Fill it first, then choose a slot."),
            "/shop",
        )

    def _panier_number(self, text):
        """An id sent by a form; anything else is an id that no record has."""
        return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 10 else 0

    def _panier_as_json(self, refusals):
        return [refusal._asdict() for refusal in refusals]
