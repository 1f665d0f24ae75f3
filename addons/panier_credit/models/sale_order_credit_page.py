from odoo import models

from odoo.addons.panier_member.refusal import Refusal, Refused


class SaleOrder(models.Model):
    """Credit on the payment pages of the shop and of the portal: what they show, and what starts a payment."""

    _inherit = "sale.order"

    # === WHAT IS SHOWN === #

    def _panier_credit_page(self):
        """What a payment page says about credit to whoever looks at it.

        :return: empty when there is nothing to say: no credit, nothing to pay, not signed in with the household's
            account, or money on its way that the credit waits for. Else that of `_panier_credit_offer`, and `covered`
            (no card is needed), `left` (of the credit, for another time), `at_till` (it can be used there too)
        :rtype: dict
        """
        self.ensure_one()
        if not self._panier_credit_is_shown():
            return {}
        offer = self._panier_credit_offer()
        compare = self.currency_id.compare_amounts
        if compare(offer["available"], 0) <= 0 or compare(offer["used"] + offer["rest"], 0) <= 0:
            return {}
        return {
            **offer,
            "covered": compare(offer["used"], 0) > 0 and compare(offer["rest"], 0) <= 0,
            "left": self.currency_id.round(offer["available"] - offer["used"]),
            "at_till": self._panier_credit_at_till(),
        }

    def _panier_credit_is_shown(self):
        """Staff use their own button: on the pages of a payment credit is the household's alone, link or not."""
        household = self.partner_id.commercial_partner_id
        if self.env.user._is_public() or self.env.user.partner_id.commercial_partner_id != household:
            return False
        on_its_way = self._panier_money_is_coming() and self._panier_credit_transactions(("draft",))
        return not on_its_way or self.currency_id.compare_amounts(self._panier_amount_due(), 0) > 0

    def _panier_credit_at_till(self):
        """Whether credit can be used at the till too. The addon of the till says so.

        :rtype: bool
        """
        return False

    def _panier_amount_to_pay(self):
        """What whoever looks at the page pays without credit, or beside theirs.

        :return: in the order's currency
        :rtype: float
        """
        self.ensure_one()
        if page := self._panier_credit_page():
            return page["rest"]
        # Held by the household in another window: not for somebody who only has the link.
        held = self.env["payment.transaction"]
        if not self._panier_money_is_coming():
            held = self._panier_credit_transactions(("draft",))
        return self._panier_amount_due(but=held)

    def _panier_paid_with(self):
        """Override of `panier_order`: the credit and what came beside it, once credit paid some of the order."""
        states = ("draft", "authorized", "done") if self._panier_money_is_coming() else ("authorized", "done")
        credit = self._panier_credit_transactions(states).filtered(
            lambda tx: tx.state == "done" or tx._panier_credit_stands()
        )
        if not credit:
            return super()._panier_paid_with()
        # sudo: members may not read transactions; how they paid their own order is theirs to know.
        others = self.sudo().transaction_ids.filtered(
            lambda tx: (
                tx.state in ("pending", "authorized", "done")
                and tx.operation != "refund"
                and not tx._panier_is_credit()
                and not tx.provider_id._is_panier_till()
            )
        )
        parts = [{"label": self.env._("Credit used"), "amount": sum(credit.mapped("amount"))}]
        for method, paid in others.grouped("payment_method_id").items():
            name = method.with_context(lang=self.env.lang).name
            parts.append({"label": name, "amount": sum(paid.mapped("amount"))})
        return parts

    # === A PAYMENT STARTS === #

    def _panier_ready_to_pay(self, provider, amount):
        """Hold the credit beside a payment that is being started, or give it back where that pays everything.

        In the transaction of the payment: where that is refused, nothing stays held.

        :param payment.provider provider: the way to pay that was chosen
        :param float amount: what the page showed; none where it has no room for credit (express checkout)
        :return: what is to be paid this way
        :rtype: float
        :raise Refused: the page showed something else than what is to be paid
        """
        self.ensure_one()
        self._panier_check_nobody_pays()
        page, shown = self._panier_credit_page(), self._panier_amount_to_pay()
        at_till = provider._is_panier_till()
        if page and amount and not at_till:
            self._panier_hold_credit()
        elif not self._panier_money_is_coming():
            self._panier_release_credit(self.env._("Paid without it."))
        due = self._panier_amount_due()
        compare = self.currency_id.compare_amounts
        changed = amount and compare(amount, due) and (not at_till or compare(amount, shown))
        # Nothing due without credit: the guard says better that it is paid.
        if changed and (page or compare(due, 0) > 0):
            raise Refused([self._panier_refusal_amount_changed(due)])
        return due

    def _panier_check_nobody_pays(self):
        """Raise where somebody else, with the link, would take the credit from under the household's payment.

        :raise Refused:
        """
        held = self._panier_credit_transactions(("draft",)).filtered(lambda tx: tx._panier_credit_stands())
        household = self.partner_id.commercial_partner_id
        if held and self.env.user.partner_id.commercial_partner_id != household:
            raise Refused(
                [
                    Refusal(
                        "payment_in_progress",
                        self.env._("The member is paying this order just now."),
                        self.env._("Please come back in half an hour if it is still to be paid."),
                    )
                ]
            )

    def _panier_pay_as_shown(self, amount):
        """Pay with credit alone, if it covers what the page showed.

        :param float amount: of credit, as shown on the page
        :raise Refused:
        """
        self.ensure_one()
        if self._panier_is_settled():
            return  # A second tap: it is paid.
        page = self._panier_credit_page()
        if not page.get("covered") or self.currency_id.compare_amounts(page["used"], amount):
            raise Refused([self._panier_refusal_amount_changed(self._panier_amount_to_pay())])
        self._panier_pay_with_credit()

    def _panier_refusal_amount_changed(self, due):
        return Refusal(
            "payment_amount",
            self.env._("Your basket or your credit has changed: %(due)s is to be paid.", due=self._panier_price(due)),
            self.env._("Reload the page, check the amount, and pay again."),
        )

    def _panier_price(self, amount):
        return self.currency_id.format(max(amount, 0.0))
