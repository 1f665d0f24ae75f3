from odoo.fields import Command
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestLoad(TillCommon):
    """Which basket goes on which ticket, whichever button asks."""

    def _load(self, order, user=None):
        return order.with_user(user or self.cashier).load_sale_order_from_pos(self.config.id)

    def _take(self, order, ticket="ticket-1", config=None, **kwargs):
        return self._till(config=config).action_panier_take_basket(order.id, ticket, **kwargs)

    def _check(self, order, ticket="ticket-1", config=None):
        return self._till(config=config).action_panier_check_baskets(ticket, order.ids)

    def test_what_is_loaded(self):
        self.soap.sudo().available_in_pos = False
        loaded = self._load(self.till_basket)
        self.assertEqual(loaded["sale.order"][0]["panier_state"], "ready")
        self.assertEqual(loaded["sale.order"][0]["partner_id"], self.member.partner_id.id)
        self.assertLessEqual(
            set(self.till_basket.order_line.product_id.ids), {product["id"] for product in loaded["product.product"]}
        )
        lines = self.till_basket.order_line.with_user(self.cashier).read_converted()
        quantities = {line["product_id"]: line["product_uom_qty"] - line["qty_invoiced"] for line in lines}
        self.assertEqual(quantities[self.lentils.id], 2)
        self.assertEqual(quantities[self.soap.id], 1)

    def test_a_fee_is_charged_also_when_invoiced_as_delivered(self):
        fee = self.carrier.product_id
        fee.invoice_policy = "delivery"
        order = self._create_basket(till=True, slot=self.other_slot)
        order._panier_as_action().order_line.filtered("is_delivery").price_unit = 3
        self._prepare(order)
        lines = order.order_line.with_user(self.cashier).read_converted()
        self.assertEqual([line["qty_to_invoice"] for line in lines if line["product_id"] == fee.id], [1])
        ticket = self._sync(self._ticket(order))
        self.assertEqual(ticket.amount_total, 42)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_refused_in_every_other_state(self):
        order = self.till_basket
        for state, code in (
            ("to_prepare", "till_not_ready"),
            ("preparing", "till_not_ready"),
            ("handed_over", "till_handed_over"),
            ("cancelled", "till_cancelled"),
        ):
            order._panier_write({"panier_state": state})
            for attempt in (self._load, self._take, self._check):
                with self.subTest(state=state, attempt=attempt.__name__), self.assertRefused(code):
                    attempt(order)
            self.assertFalse(order.panier_ticket)

    def test_an_unconfirmed_order_of_ours_is_refused(self):
        cart = self._create_ready_cart(slot=self.other_slot)
        with self.assertRefused("till_not_confirmed"):
            self._load(cart)
        self.assertEqual(cart.state, "draft")

    def test_the_second_ticket_is_refused(self):
        other_till = self._create_till("Other till B")
        self._open_till(other_till)
        order = self.till_basket
        self._take(order)
        self._take(order)
        self.assertEqual(self._check(order), True)
        with self.assertRefused("till_on_ticket") as caught:
            self._take(order, "ticket-2", other_till)
        self.assertIn("The till", str(caught.exception))
        self.assertEqual(order.panier_ticket, "ticket-1")
        with self.assertRefused("till_on_ticket"):
            self._check(order, "ticket-2", other_till)
        card = self._till(config=other_till).action_panier_find_baskets(order.name)["baskets"][0]
        self.assertEqual((bool(card["on_ticket"]), card["may_load"]), (True, True))

    def test_taken_over_the_first_ticket_is_refused_before_payment(self):
        order = self.till_basket
        self._take(order)
        self._take(order, "ticket-2", take_over=True)
        self.assertEqual(order.panier_ticket, "ticket-2")
        with self.assertRefused("till_on_ticket"):
            self._check(order, "ticket-1")
        self.assertTrue(self._check(order, "ticket-2"))
        for word in ("yes", 1):
            with self.assertRefused("till_on_ticket"):
                self._take(order, "ticket-3", take_over=word)

    def test_a_deleted_ticket_and_a_closed_till_hold_nothing(self):
        order = self.till_basket
        self._take(order)
        self._till().action_panier_leave_baskets("ticket-1")
        self.assertFalse(order.panier_ticket)
        self._take(order, "ticket-2")
        session = self.config.current_session_id
        session.close_session_from_ui()
        self.assertEqual(session.state, "closed")
        self._open_till(self.config)
        self.assertTrue(self._take(order, "ticket-3"))

    def test_opened_again_while_on_a_ticket(self):
        order = self.till_basket
        self._take(order)
        order.with_user(self.preparer).action_panier_reopen()
        with self.assertRefused("till_not_ready"):
            self._check(order)

    def test_paid_tickets_of_a_reloaded_till_find_their_basket(self):
        values = self._ticket(self.till_basket)
        self._sync({**values, "state": "draft", "payment_ids": []})
        session = self.config.current_session_id.with_user(self.cashier)
        data = session.load_data(["sale.order", "sale.order.line"])
        self.assertEqual([each["id"] for each in data["sale.order"]], self.till_basket.ids)
        self.assertEqual({each["id"] for each in data["sale.order.line"]}, set(self.till_basket.order_line.ids))

    def test_french(self):
        self._activate_french()
        self.env["ir.module.module"]._load_module_terms(
            ["panier_order_pos", "panier_order"], ["fr_FR"], overwrite=True
        )
        self.cashier.lang = "fr_FR"
        self._take(self.till_basket)
        config = self.config.with_user(self.cashier).with_context(lang="fr_FR")
        with self.assertRefused("till_on_ticket") as caught:
            config.action_panier_take_basket(self.till_basket.id, "ticket-2")
        self.assertIn("est déjà sur un ticket de la caisse", str(caught.exception))
        with self.assertRefused("till_not_ready") as caught:
            config.action_panier_take_basket(self.paid_order.id, "ticket-2")
        self.assertIn("n’est pas prêt", str(caught.exception))

    def test_a_pack_is_loaded_in_the_unit_of_its_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_cart(products=self.soap)
        order.order_line.filtered(lambda line: line.product_id == self.soap).write(
            {"product_uom_id": dozen.id, "price_unit": 48}
        )
        order.action_panier_choose_slot(self.other_slot.id)
        self._choose_till(order)
        order.with_user(self.preparer).action_panier_take()
        self._mark(order, self.soap, "done")
        order.with_user(self.preparer).action_panier_finish(bags=1)
        line = self._line(order, self.soap)
        self.assertEqual(line.with_user(self.cashier).read_converted()[0]["product_uom_qty"], 12)
        values = self._ticket(
            extra=[(self.soap, 12, {"sale_order_line_id": line.id, "sale_order_origin_id": order.id})]
        )
        self._sync(values)
        self.assertEqual((line.product_uom_qty, line.qty_delivered, line.qty_invoiced), (1, 1, 1))
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual(self._in_stock(self.soap)[1], 100 - 12)

    def test_a_section_is_no_product(self):
        order = self.till_basket
        order._panier_as_action().order_line = [
            Command.create({"display_type": "line_section", "name": "From the market", "product_uom_qty": 0})
        ]
        self._load(order)
        self.assertEqual(len(order.order_line.with_user(self.cashier).read_converted()), 4)
