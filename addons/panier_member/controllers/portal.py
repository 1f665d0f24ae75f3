from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class PanierCustomerPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        """Override of `portal` to add the membership card; reads only (the counters' route is read-only)."""
        values = super()._prepare_home_portal_values(counters)
        if not counters:
            values["panier_membership"] = self._panier_membership_values()
        return values

    def _panier_membership_values(self):
        """What a member is told about their membership.

        :return: status (empty when unknown), member (the household's main contact, sudo), household, refusals.
        :rtype: dict
        """
        partner = request.env.user.partner_id
        # sudo: portal users read their own household only; names, number and date are theirs.
        household = partner.commercial_partner_id.sudo()
        people = household.child_ids.filtered(lambda p: p.type == "contact" and p.name)
        return {
            "status": partner._panier_status(),
            "member": household,
            "partner": partner.sudo(),
            "household": household | people if people else people,
            "since": household.panier_status_since
            if not request.env.company._panier_status_of_values()
            else False,
            "refusals": partner._panier_refusals("order"),
        }

    @route("/my/membership", type="http", auth="user", website=True, readonly=True, sitemap=False)
    def panier_my_membership(self):
        """What the member's status is, what it means, what to do about it (mission A1, law 8)."""
        values = self._prepare_portal_layout_values()
        values.update(panier_membership=self._panier_membership_values(), page_name="panier_membership")
        return request.render("panier_member.portal_my_membership", values)

    def _get_payment_values(self, order_sudo, is_down_payment=False, payment_amount=None, **kwargs):
        """Override of `sale`: for our orders, propose exactly what the guard will accept (ADR 0003)."""
        if not order_sudo._panier_action():
            return super()._get_payment_values(
                order_sudo, is_down_payment=is_down_payment, payment_amount=payment_amount, **kwargs
            )
        if order_sudo.website_id:
            kwargs.setdefault("website_id", order_sudo.website_id.id)
        due = order_sudo._panier_amount_due()
        partly = order_sudo.currency_id.compare_amounts(due, order_sudo.amount_total) < 0
        return super()._get_payment_values(
            order_sudo, is_down_payment=partly, payment_amount=due if partly else None, **kwargs
        )
