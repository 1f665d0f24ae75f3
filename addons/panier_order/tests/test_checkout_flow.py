from odoo.tests import tagged

from .common import PanierOrderHttpCase


@tagged("post_install", "-at_install")
class TestCheckoutFlow(PanierOrderHttpCase):
    """From a cart to a basket to prepare, request by request."""

    def test_a_member_chooses_a_slot_and_pays_at_the_till(self):
        order = self._fill_cart()
        page = self.url_open("/shop/checkout")
        self.assertShows(page, "o_panier_slot_panel")
        self.assertEqual(order.carrier_id, self.carrier)

        result, error = self._json("/panier/checkout/choose", slot_id=self.slot.id)
        self.assertIsNone(error)
        self.assertFalse(result["refusals"])
        self.assertTrue(result["held"])
        self.assertIn("data-held", result["html"])
        self.assertEqual(self.url_open("/shop/payment").url.split("?")[0], self.base_url() + "/shop/payment")

        result, error = self._start_payment(order, self.till)
        self.assertIsNone(error)
        self.url_open("/payment/custom/process", data={"reference": result["reference"]})
        self._json("/payment/status/poll")
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.panier_state, "to_prepare")
        self.assertTrue(order.panier_pay_at_till)
        self.assertRegex(order.panier_code, "^[2-9A-HJKMNP-Z]{6}$")
        self.assertPlaces(self.slot, 1)
        self.assertEqual(order.picking_ids.date_deadline, self.slot.start)
        self.assertFalse(order.invoice_ids)

        self.assertShows(self.url_open("/shop/payment/validate"), order.panier_code, self.slot._panier_label())

    def test_a_member_chooses_a_slot_and_pays_online(self):
        order = self._fill_cart()
        self.url_open("/shop/checkout")
        self._json("/panier/checkout/choose", slot_id=self.slot.id)
        result, error = self._start_payment(order, self.provider)
        self.assertIsNone(error)
        tx = order.transaction_ids
        self.assertEqual(tx.reference, result["reference"])
        self._money_arrives(tx)
        self.assertEqual(order.panier_state, "to_prepare")
        self.assertFalse(order.panier_pay_at_till)
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertEqual(order.invoice_ids.amount_total, order.amount_total)
        self.assertIn(order.invoice_ids.payment_state, ("paid", "in_payment"))
        self.assertPlaces(self.slot, 1)
