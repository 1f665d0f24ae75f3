from odoo import fields, models


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
