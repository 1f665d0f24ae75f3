from odoo import fields, models

from odoo.addons.panier_member.refusal import Refusal, Refused


class AccountMove(models.Model):
    _inherit = "account.move"

    panier_credit_kind = fields.Selection(
        selection=[
            ("shortage", "Short in the basket"),
            ("claim", "Problem reported by the member"),
            ("goodwill", "Gesture"),
            ("delivery", "Delivery not done"),
            ("cancellation", "Order cancelled"),
            ("other", "Other"),
        ],
        string="Why this avoir",
        copy=False,
        readonly=True,
    )
    panier_credit_reason = fields.Text(
        string="Reason told to the member", copy=False, readonly=True, help="In the member's language."
    )

    def _post(self, soft=True):
        """Override of `sale`: credit that waited for its invoice is settled."""
        posted = super()._post(soft)
        orders = posted.filtered(lambda move: move.move_type == "out_invoice").line_ids.sale_line_ids.order_id
        orders._panier_settle_credit()
        return posted

    def _compute_payment_state(self):
        """Override of `account`: paid with credit is paid, where Odoo says "reversed"."""
        super()._compute_payment_state()
        reversed_ones = self.filtered(
            lambda move: move.move_type == "out_invoice" and move.payment_state == "reversed"
        )
        # sudo: who may read an invoice need not be able to read its payments; a yes or no.
        for move in reversed_ones.sudo():
            if any(tx._panier_is_credit() and tx.state == "done" for tx in move.transaction_ids):
                move.payment_state = "paid"

    def button_draft(self):
        """Override of `account`: an avoir of Panier's is not edited, it is reversed; the member may be spending it.

        :raise Refused:
        """
        if avoirs := self.filtered(lambda move: move.move_type == "out_refund" and move.panier_credit_kind):
            raise Refused([avoirs[0]._panier_refusal_edited()])
        return super().button_draft()

    def _panier_refusal_edited(self):
        return Refusal(
            "credit_edited",
            self.env._("Avoir %(note)s was told to the member: it is not edited.", note=self.name),
            self.env._("Reverse it, and make another if needed."),
        )

    def _panier_tell_staff_unmatched(self, amount):
        """This invoice had been paid with an avoir, which was taken off it by hand: the member has the credit again.

        :param float amount: in the currency of the company
        """
        self.ensure_one()
        for order in self.line_ids.sale_line_ids.order_id:
            staff = order._panier_for_staff()
            staff._panier_ask_staff(
                staff.env._(
                    "Avoir taken off an invoice: %(amount)s is due again",
                    amount=self.company_currency_id.format(amount),
                ),
                staff.env._(
                    "Invoice %(invoice)s had been paid with an avoir, which was unmatched by hand. The member has "
                    "that credit again: match it with the invoice, or ask for the amount.",
                    invoice=self.name or "",
                ),
            )
