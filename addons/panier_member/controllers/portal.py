from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class PanierCustomerPortal(CustomerPortal):
    # === MEMBERSHIP === #

    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to add the membership card to the page (its counters come by another request)."""
        values = super()._prepare_home_portal_values(counters)
        if not counters and self._panier_shows_membership():
            values["panier_membership"] = self._panier_membership_values()
        return values

    def _panier_shows_membership(self):
        """Suppliers and other contacts who are no members see Odoo's own portal home.

        :rtype: bool
        """
        partner = request.env.user.partner_id
        return bool(request.website.panier_members_only or partner.panier_member_number or partner._panier_status())

    def _panier_membership_values(self):
        """What a member is told about their membership.

        :return: status (empty when unknown), refusals (the status's own), others (what addons have against the
            member or their cart), rights, partner (sudo), since, household (sudo, empty for a member alone), changes
            (read as the member)
        :rtype: dict
        """
        partner = request.env.user.partner_id
        # sudo: names and numbers of one's own household, the date of one's own status.
        household = partner.commercial_partner_id.sudo()
        others = household.child_ids.filtered(lambda p: p.type == "contact" and p.name)
        mapped = request.env.company._panier_status_of_values()
        refusals = partner._panier_refusals("order")
        in_cart = request.cart._panier_member_refusals() if request.cart else []
        return {
            "status": partner._panier_status(),
            "refusals": [r for r in refusals if r.code.startswith("status_")],
            "others": [r for r in in_cart or refusals if not r.code.startswith("status_")],
            "rights": self._panier_rights(partner),
            "partner": partner.sudo(),
            "since": not mapped and household.panier_status_since,
            "household": others and household | others,
            "changes": request.env["panier.member.status.change"].browse(),
        }

    def _panier_rights(self, partner):
        """What the member may do. Addons append the privileges they add to the status.

        :return: [{"label", "allowed"}]
        :rtype: list[dict]
        """
        return [
            {
                "label": request.env._("Order online"),
                "allowed": not partner._panier_refusals("order"),
            }
        ]

    @route("/my/membership", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def panier_my_membership(self):
        """What the member's status is, what it means and what to do about it (mission A1, law 8)."""
        membership = self._panier_membership_values()
        household = request.env.user.partner_id.commercial_partner_id
        changes = request.env["panier.member.status.change"]
        if changes.has_access("read"):
            membership["changes"] = changes.search([("partner_id", "=", household.id)], limit=5)
        values = self._prepare_portal_layout_values()
        values.update(panier_membership=membership, page_name="panier_membership")
        return request.render("panier_member.portal_my_membership", values)

    # === PAYMENT === #

    def _get_payment_values(self, order_sudo, is_down_payment=False, payment_amount=None, **kwargs):
        """Override of `sale`: for our orders, propose exactly what the guard accepts (ADR 0003)."""
        if not order_sudo._panier_action():
            return super()._get_payment_values(
                order_sudo, is_down_payment=is_down_payment, payment_amount=payment_amount, **kwargs
            )
        if order_sudo.website_id:
            kwargs.setdefault("website_id", order_sudo.website_id.id)
        due = self._panier_to_pay(order_sudo)
        partly = order_sudo.currency_id.compare_amounts(due, order_sudo.amount_total) < 0
        return super()._get_payment_values(
            order_sudo, is_down_payment=partly, payment_amount=due if partly else None, **kwargs
        )

    def _panier_to_pay(self, order_sudo):
        """What the page of an order of ours asks for. Extend it for what pays a part of it otherwise.

        :rtype: float
        """
        return order_sudo._panier_amount_due()
