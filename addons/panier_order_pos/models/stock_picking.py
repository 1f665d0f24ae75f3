from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_assign(self):
        """Override: while tickets are saved, what was put into a basket stays what it is (see `stock.move.write`)."""
        if not self.env.context.get("panier_till_sync"):
            return super().action_assign()
        others = self.filtered(lambda picking: not picking.move_ids.sale_line_id.order_id.filtered("panier_state"))
        return super(StockPicking, others).action_assign() if others else True

    def _create_move_from_pos_order_lines(self, lines):
        """Override of `pos_sale`, which frees what the order has reserved: the ticket takes the goods now.

        A basket's moves are marked as picked, and Odoo frees nothing that is picked.
        """
        # sudo() is safe: a cashier may not read orders; the moves are those of the ticket that is being saved.
        sudo_lines = lines.sudo()
        moves = sudo_lines.sale_order_line_id.filtered("order_id.panier_state").move_ids
        if not moves:
            return super()._create_move_from_pos_order_lines(lines)
        moves.filtered(lambda move: move.state not in ("done", "cancel")).picked = False
        return super(StockPicking, self.sudo())._create_move_from_pos_order_lines(sudo_lines)
