from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TillCommon

#: What no screen sends for the id of a record.
NO_IDS = ("1", "x", [], [1], None, True, 0, -1, 2**31, 10**30, 1.5, {"id": 1})

#: What no screen sends for a ticket's number.
NO_TICKETS = (None, 7, [], ["ticket"], {}, "", "a\x00b", "x" * 65)


@tagged("post_install", "-at_install")
class TestForged(TillCommon):
    """Whatever a cashier's browser sends is answered with a sentence, and changes nothing."""

    def assertNothingHappened(self):
        self.env.invalidate_all()
        self.assertUnchanged(self.till_basket, self.slot, panier_state="ready", panier_ticket=False)

    def test_what_is_no_id(self):
        till, order = self._till(), self.till_basket.with_user(self.cashier)
        for value in NO_IDS:
            for name, method in {
                "take": lambda value=value: till.action_panier_take_basket(value, "ticket"),
                "check": lambda value=value: till.action_panier_check_baskets("ticket", [value]),
                "hand over": lambda value=value: till.action_panier_hand_over(value),
                "load": lambda value=value: order.load_sale_order_from_pos(value),
            }.items():
                with self.subTest(value=value, method=name), self.assertRaises(AccessError):
                    method()
        for value in (None, "12", self.till_basket.id, {}):
            with self.subTest(value=value), self.assertRaises(AccessError):
                till.action_panier_check_baskets("ticket", value)
        for value in ("x", 10**30):
            for method in (
                lambda value=value: order.browse([value]).load_sale_order_from_pos(self.config.id),
                lambda value=value: order.order_line.browse([value]).read_converted(),
            ):
                with self.subTest(value=value), self.assertRaises(AccessError):
                    method()
        self.assertNothingHappened()

    def test_what_is_no_ticket(self):
        till, order = self._till(), self.till_basket
        for value in NO_TICKETS:
            for name, method in {
                "take": lambda value=value: till.action_panier_take_basket(order.id, value),
                "check": lambda value=value: till.action_panier_check_baskets(value, order.ids),
                "leave": lambda value=value: till.action_panier_leave_baskets(value),
            }.items():
                with self.subTest(value=value, method=name), self.assertRefused("till_ticket"):
                    method()
        self.assertNothingHappened()

    def test_what_is_no_query(self):
        for value in (None, 7, ["x"], {}, "a\x00b", "x" * 5000):
            with self.subTest(value=str(value)[:20]):
                self.assertIn("baskets", self._till().action_panier_find_baskets(value))

    def test_named_twice_is_named_once(self):
        self.assertTrue(self._till().action_panier_check_baskets("ticket", self.till_basket.ids * 2))

    def test_tickets_that_no_screen_sends(self):
        def ticket(**changes):
            values = self._ticket(self.till_basket)
            values["lines"][0][2].update(changes)
            return values

        cases = [
            ticket(**{name: value})
            for name in ("sale_order_line_id", "sale_order_origin_id", "refunded_orderline_id")
            for value in ("x", [1], {"id": 1}, 2**31, -1, True)
        ]
        cases += [{**ticket(), "lines": lines} for lines in ("x", [7], {"a": 1})]
        cases += [{**ticket(), "uuid": uuid} for uuid in NO_TICKETS]
        cases += [{**ticket(), "session_id": value} for value in ("x", [1], 10**30)]
        for number, values in enumerate(["x", None, *cases]):
            with self.subTest(number=number), self.assertRefused("till_unreadable"), self.env.cr.savepoint():
                self._sync(values)
        for values in ("x", None, {}):
            with self.subTest(values=values), self.assertRefused("till_unreadable"):
                self.env["pos.order"].with_user(self.cashier).sync_from_ui(values)
        self.assertNothingHappened()

    def test_what_is_not_there_any_more_is_an_ordinary_sale(self):
        values = self._ticket(
            extra=[(self.soap, 1, {"sale_order_line_id": 2**31 - 1, "sale_order_origin_id": 2**31 - 1})]
        )
        with self.assertLogs("odoo.addons.panier_order_pos.models.pos_order", "WARNING"):
            ticket = self._sync(values)
        self.assertEqual(ticket.state, "paid")
        self.assertFalse(ticket.lines.sale_order_line_id or ticket.lines.sale_order_origin_id)
        self.assertNothingHappened()

    def test_a_browser_does_not_say_what_we_say_to_ourselves(self):
        """Neither that a ticket was paid for some basket as well, nor that deliveries are not to be followed."""
        forged = self.env["pos.order"].with_user(self.cashier)
        forged = forged.with_context(panier_gone={self.paid_order.id: "Forged"}, panier_till_sync=True)
        forged.sync_from_ui([self._ticket(extra=[(self.soap, 1)])])
        self.assertFalse(self.paid_order.activity_ids)

    # === A DATE FOR LATER === #

    def test_a_date_for_later_is_not_kept(self):
        """Forged, or paid offline: the basket is handed over at once, as without the date, and staff are told."""
        order = self.till_basket
        ticket = self._sync(self._ticket(order, extra=[(self.soap, 1)], shipping_date="2030-01-15"))
        self.assertFalse(ticket.shipping_date)
        self.assertHandedOverOnce(order, ticket, lentils=2)
        self.assertEqual(len(order.activity_ids), 1)
        self.assertIn("2030", order.activity_ids.summary)

    def test_a_date_on_a_draft(self):
        order = self.till_basket
        values = self._ticket(order)
        draft = self._sync({**values, "state": "draft", "payment_ids": [], "shipping_date": "2030-01-15"})
        ticket = self._sync({**values, "lines": [], "id": draft.id})
        self.assertFalse(ticket.shipping_date)
        self.assertHandedOverOnce(order, ticket, lentils=2)

    def test_without_a_basket_a_date_is_kept(self):
        ticket = self._sync(
            self._ticket(extra=[(self.soap, 1)], shipping_date="2030-01-15", partner_id=self.member.partner_id.id)
        )
        self.assertEqual(ticket.shipping_date, date(2030, 1, 15))

    # === A REFUND FROM THE OFFICE === #

    def test_a_refund_made_in_the_backend_counts_once(self):
        order = self.till_basket
        ticket = self._sync(self._ticket(order))
        refund = ticket._refund()
        self.assertFalse(refund.lines.sale_order_line_id or refund.lines.sale_order_origin_id)
        payment = {
            "pos_order_id": refund.id,
            "amount": refund.amount_total,
            "payment_method_id": self.config.payment_method_ids[-1:].id,
        }
        refund.payment_ids = [Command.create(payment)]
        refund.with_user(self.cashier)._process_saved_order(False)
        line = self._line(order, self.lentils)
        self.assertEqual(line.qty_delivered, 0)
        self.assertEqual(self._in_stock(self.lentils)[1], 100)
        self.assertFalse(order.activity_ids, "nobody is asked about a refund")
