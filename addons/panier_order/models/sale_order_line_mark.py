from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    panier_ordered_qty = fields.Float(
        string="Ordered before the preparation",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="What the member had asked for, when a basket to be paid at the till was reduced to what is in it.",
    )

    def _panier_ordered(self):
        """What the member asked for, in the unit of the line, whatever the preparation has reduced the line to."""
        self.ensure_one()
        return self.panier_ordered_qty or self.product_uom_qty

    def _panier_short(self):
        """What is missing from what the member asked for; 0 as long as nobody has looked."""
        self.ensure_one()
        return max(self._panier_ordered() - self.panier_prepared_qty, 0.0) if self.panier_mark else 0.0

    def _panier_number(self, quantity):
        """A quantity as people write it in the language of the context: no zeros that say nothing."""
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        return f"{quantity:.3f}".rstrip("0").rstrip(".").replace(".", point)

    def _panier_marks(self):
        """The marks put on this line, the last one first."""
        # sudo(): preparers have no access right on the log; the callers have checked role and basket.
        return self.env["panier.preparation.tap"].sudo().search([("line_id", "=", self.id), ("mark", "!=", False)])

    def _panier_set_mark(self, tap):
        """Put the line in the state this mark leaves it in; an empty ``tap`` is a line nobody has looked at."""
        self.write(
            {
                "panier_mark": tap.mark,
                "panier_prepared_qty": tap.quantity,
                "panier_mark_reason": tap.reason,
            }
        )

    def _panier_mark_payload(self):
        """What the preparation screen knows of the state of a line."""
        self.ensure_one()
        return {
            "id": self.id,
            "mark": self.panier_mark or "",
            "quantity": self.panier_prepared_qty,
            "reason": self.panier_mark_reason or "",
        }

    def _panier_line_payload(self):
        """What the preparation screen shows of a line: neither price nor member."""
        self.ensure_one()
        product = self.product_id
        unit = self.env.ref("uom.product_uom_unit")
        return self._panier_mark_payload() | {
            "name": product.with_context(display_default_code=False).display_name,
            "shelf": product.panier_shelf or "",
            "barcode": product.barcode or "",
            "ordered": self._panier_ordered(),
            "ordered_text": self._panier_number(self._panier_ordered()),
            "quantity_text": self._panier_number(self.panier_prepared_qty),
            "unit": self.product_uom_id.name if self.product_uom_id != unit else "",
            "step": 1 if self.product_uom_id._has_common_reference(unit) else 0.1,
            "image": f"/panier/prepare/image/{self.id}?unique={product.write_date:%Y%m%d%H%M%S}",
        }
