from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .preparation_common import PreparationCommon


@tagged("post_install", "-at_install")
class TestPreparationTours(PreparationCommon, HttpCase):
    """The screens in a browser the size of a tablet."""

    browser_size = "820x1180"
    touch_enabled = True

    def test_tablet(self):
        # One basket, late, so that it is on the first page whatever the clock says.
        (self.till_order)._panier_write({"panier_state": "cancelled"})
        self.env["sale.order"].search([("panier_state", "!=", False)]).flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET panier_slot_start = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=1), self.paid_order.id],
        )
        self.env.invalidate_all()
        self.start_tour("/panier/prepare", "panier_preparation", login="preparer")
        self.env.invalidate_all()
        self.assertEqual(self.paid_order.panier_state, "handed_over")
        line = self._line(self.paid_order, self.lentils)
        self.assertEqual((line.panier_mark, line.panier_prepared_qty, line.qty_delivered), ("partial", 1, 1))
        self.assertEqual(self.paid_order.panier_stored_at, "Shelf B")
        self.assertEqual(self.paid_order.panier_bags, 2)
