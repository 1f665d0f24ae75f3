from odoo import api, models
from odoo.tools import SQL

from ..refusal import Refusal, Refused


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment`: the guard no route can walk around (law 1, ADR 0003).

        Checked on the created record (defaults and provider values included); a refusal rolls the creation back.
        """
        transactions = super().create(vals_list)
        for transaction in transactions:
            transaction._panier_check_orders()
        return transactions

    def _panier_check_orders(self):
        """Raise when this transaction may not pay the orders it is linked to.

        Refunds, captures and voids are money that already moved: they have a source transaction and are not asked.

        :raise Refused:
        """
        self.ensure_one()
        # sudo: every order the transaction is linked to counts, not only those its author may read.
        orders = self.sudo().sale_order_ids
        ours = orders.filtered(lambda order: order._panier_action())
        if not ours or self.operation == "refund" or self.source_transaction_id:
            return
        if len(orders) > 1:
            raise Refused([self._panier_refusal_several_orders()])
        self._panier_serialize(ours)
        ours._panier_check_payment(self)

    def _panier_refusal_several_orders(self):
        return Refusal(
            "payment_several_orders",
            self.env._("Several orders cannot be paid at once."),
            self.env._("Please pay each order on its own page."),
        )

    def _panier_serialize(self, orders):
        """Two payments of one order started at the same time come one after the other.

        An UPDATE, not a lock: under REPEATABLE READ a lock lets the second request read the past, an update makes
        Odoo retry it on the new state (law 2).
        """
        self.env.execute_query(
            SQL(
                "UPDATE sale_order SET write_date = write_date WHERE id = ANY(%s) RETURNING id",
                list(orders.ids),
            )
        )
