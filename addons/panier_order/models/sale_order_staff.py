from odoo import models

from odoo.addons.panier_member.refusal import Refusal, Refused


class SaleOrder(models.Model):
    """Staff do for a member what the member can do online, under the same rules (law 8)."""

    _inherit = "sale.order"

    def action_panier_open_slot_choice(self):
        """Open the wizard that chooses how and when this order is collected."""
        self.ensure_one()
        self.check_access("write")
        return self._panier_open_wizard("panier.slot.choice", self.env._("Choose the slot"))

    def action_panier_open_cancel(self):
        """Open the wizard that cancels, with its reason."""
        self.ensure_one()
        self.check_access("write")
        return self._panier_open_wizard("panier.order.cancel", self.env._("Cancel the order"))

    def _panier_open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_panier_send_payment_link(self):
        """Send the member a link to pay this order; its place is kept for the time that links are given.

        :raise Refused: what the member would be told online
        """
        self.ensure_one()
        self.check_access("write")
        order = self.with_context(lang=self.partner_id._panier_lang())
        order._panier_check_payable()
        order._panier_check()
        if order.state == "draft":
            order.action_quotation_sent()
        if order._panier_needs_slot():
            order._panier_hold_slot(order.panier_slot_id, order._panier_hold_minutes())
            order._panier_forget_hold()
        order._portal_ensure_token()
        template = order.env.ref("panier_order.mail_template_payment_link", raise_if_not_found=False)
        order._send_order_notification_mail(template)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The payment link is sent to %(email)s.", email=self.partner_id.email),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _panier_check_payable(self):
        """Raise when there is nobody to send a link to, or nothing to pay.

        :raise Refused:
        """
        if not self._panier_is_ours() or self.state not in ("draft", "sent"):
            raise Refused(
                [
                    Refusal(
                        "not_payable",
                        self.env._("Only an order to be collected, not confirmed yet, is paid by a link."),
                        self.env._("Choose the slot first."),
                    )
                ]
            )
        if not self.partner_id.email:
            raise Refused(
                [
                    Refusal(
                        "no_email",
                        self.env._("%(member)s has no e-mail address.", member=self.partner_id.name),
                        self.env._("Add one, or confirm the order to be paid at the till."),
                    )
                ]
            )

    def action_draft(self):
        """Override of `sale`: a cancelled basket stays cancelled, its money is given back."""
        if self.filtered("panier_state"):
            raise Refused(
                [
                    Refusal(
                        "order_cancelled",
                        self.env._(
                            "A cancelled basket cannot be opened again: its place and its money were given back."
                        ),
                        self.env._("Duplicate the order."),
                    )
                ]
            )
        return super().action_draft()
