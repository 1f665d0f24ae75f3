from odoo.tests import HttpCase, tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestTours(TillCommon, HttpCase):
    """The till in a browser, as somebody who may use the point of sale and nothing else."""

    def test_till(self):
        # Only the soap is on the screen of the till: what is in a basket is loaded all the same.
        self.soap.available_in_pos = True
        self.till_basket._panier_write({"panier_code": "TEST22"})
        waiting = self._create_basket(till=True, slot=self.other_slot)
        self._prepare(self.paid_order)
        self.env.flush_all()
        self.start_tour(f"/pos/ui/{self.config.id}", "panier_till", login="cashier")
        self.env.invalidate_all()
        ticket = self.till_basket._panier_tickets()
        self.assertEqual((ticket.state, ticket.amount_total, len(ticket.lines)), ("paid", 33, 5))
        self.assertEqual(self.till_basket.panier_state, "handed_over")
        self.assertEqual(self._line(self.till_basket, self.lentils).qty_delivered, 2)
        self.assertEqual(self._in_stock(self.soap)[1], 100 - 1 - 1 - 1)
        self.assertEqual((self.paid_order.panier_state, waiting.panier_state), ("handed_over", "to_prepare"))
        self.assertFalse(self.paid_order._panier_tickets())
