from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.panier_member.refusal import Refused
from odoo.addons.sale.controllers import portal as sale_portal
from odoo.addons.website_sale.controllers import payment as website_sale_payment


class PanierPaymentPortal(website_sale_payment.PaymentPortal, sale_portal.PaymentPortal):
    """The two routes that start a payment: credit is held first, the card pays what it leaves.

    Comfort only: the guards are in `payment.transaction.create` (law 1).
    """

    @route()
    def shop_payment_transaction(self, order_id, access_token, **kwargs):
        """Override of `website_sale`, which insists on the whole total: what is due goes around it."""
        if order := self._panier_order_to_pay(order_id, access_token):
            due = self._panier_prepare_payment(order, kwargs)
            request.update_context(panier_amount_due=due)
            kwargs["amount"] = order.amount_total
        return super().shop_payment_transaction(order_id, access_token, **kwargs)

    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: the same on the order's own page."""
        if order := self._panier_order_to_pay(order_id, access_token):
            due = self._panier_prepare_payment(order, kwargs)
            if kwargs.get("amount"):
                kwargs["amount"] = due
        return super().portal_order_transaction(order_id, access_token, **kwargs)

    def _create_transaction(self, *args, **kwargs):
        """Override of `payment`: the amount that is due beside the credit; credit itself has no form of its own."""
        # sudo: as Odoo's own method; only the kind of the provider is looked at.
        provider = request.env["payment.provider"].sudo().browse(kwargs.get("provider_id")).exists()
        if provider and provider._is_panier_credit():
            raise Refused([request.env["sale.order"]._panier_refusal_no_credit()])
        if "panier_amount_due" in request.env.context:
            kwargs["amount"] = request.env.context["panier_amount_due"]
        return super()._create_transaction(*args, **kwargs)

    def _panier_prepare_payment(self, order, kwargs):
        """Hold or release the order's credit for what the browser sent.

        :return: what is to be paid
        :rtype: float
        """
        # sudo: as Odoo does to make the transaction; only the kind of the provider is looked at.
        provider = request.env["payment.provider"].sudo().browse(kwargs.get("provider_id"))
        return order._panier_ready_to_pay(provider, kwargs.get("amount"))

    def _panier_order_to_pay(self, order_id, access_token):
        """The order of ours, sudoed for whoever asks; empty when `super()` is to say what is wrong.

        :rtype: sale.order
        """
        orders = request.env["sale.order"].sudo()
        try:
            # It comes back as the superuser's: who asks decides whose credit it is.
            order = orders.browse(self._document_check_access("sale.order", order_id, access_token).id)
        except (AccessError, MissingError):
            return orders
        return order if order._panier_action() and order.state != "cancel" else orders
