from odoo import api, models

from ..refusal import Refused, refusals_text


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === COMPUTE METHODS === #

    @api.depends("website_id")
    def _compute_require_payment(self):
        """Override of `sale`: orders of members-only websites are paid online before they are confirmed."""
        super()._compute_require_payment()
        self.filtered(lambda order: order._panier_requires_full_payment()).require_payment = True

    def _compute_prepayment_percent(self):
        """Override of `sale`: in full."""
        super()._compute_prepayment_percent()
        self.filtered(lambda order: order._panier_requires_full_payment()).prepayment_percent = 1.0

    # === THE ONE RULE === #

    def _panier_action(self):
        """Which of our actions this order is; the privilege asked of the member is `may_<action>`.

        :return: "order" on a website that sells to members only, False when the order is none of ours. Extend it for
            other kinds of orders of ours.
        :rtype: str|bool
        """
        self.ensure_one()
        return "order" if self.website_id.panier_members_only else False

    def _panier_requires_full_payment(self):
        """Whether the order is confirmed by a payment in full only (odoo19.md, finding 4).

        :rtype: bool
        """
        self.ensure_one()
        return bool(self._panier_action() and self.website_id)

    def _panier_member_refusals(self):
        """What speaks against this member ordering at all, whatever is in the order.

        :rtype: list[Refusal]
        """
        self.ensure_one()
        action = self._panier_action()
        if not action:
            return []
        partner = self.partner_id.with_company(self.company_id)
        return partner._panier_refusals(action, order=self)

    def _panier_refusals(self):
        """Everything that speaks against this order now: the member's refusals, and what addons append.

        :return: empty when the order may go on, or is none of ours.
        :rtype: list[Refusal]
        """
        return self._panier_member_refusals()

    def _panier_check(self):
        """Raise when something speaks against the order.

        :raise Refused:
        """
        if refusals := self._panier_refusals():
            raise Refused(refusals)

    def _panier_open_refusals(self):
        """What the member is told on the order's own page: nothing once it is confirmed, paid for or given up.

        :rtype: list[Refusal]
        """
        self.ensure_one()
        if self.state not in ("draft", "sent") or not self._panier_action() or self._panier_is_settled():
            return []
        return self._panier_refusals()

    # === ODOO'S QUESTIONS === #

    def _confirmation_error_message(self):
        """Override of `sale`: the rule is asked on every confirmation but that of an order paid for (law 3)."""
        return super()._confirmation_error_message() or self._panier_confirmation_error()

    def _panier_confirmation_error(self):
        if not self._panier_action() or self._panier_is_settled():
            return False
        return refusals_text(self._panier_refusals()) or False

    def _get_prepayment_required_amount(self):
        """Override of `sale`: in full, also where the cart is older than the setting."""
        if self._panier_requires_full_payment():
            return self.amount_total
        return super()._get_prepayment_required_amount()

    def _is_cart_ready(self):
        """Override of `website_sale`: the cart's button is dead for who may not order; the cart says why."""
        return super()._is_cart_ready() and not self._panier_member_refusals()

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale`: say what is wrong before Odoo says that something is."""
        self._panier_check()
        return super()._check_cart_is_ready_to_be_paid()
