from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestAccess(TillCommon):
    """Role × method; cashiers have no right on orders, before nor after."""

    def _methods(self, user):
        till, order = self._till(user), self.till_basket
        return {
            "find": lambda: till.action_panier_find_baskets(""),
            "take": lambda: till.action_panier_take_basket(order.id, "ticket"),
            "check": lambda: till.action_panier_check_baskets("ticket", order.ids),
            "leave": lambda: till.action_panier_leave_baskets("ticket"),
            "hand over": lambda: till.action_panier_hand_over(order.id),
            "load": lambda: order.with_user(user).load_sale_order_from_pos(self.config.id),
            "lines": lambda: order.order_line.with_user(user).read_converted(),
        }

    def test_only_cashiers(self):
        for user in (self.member, self.preparer, self.public_user, self.employee, self.referent):
            for name, method in self._methods(user).items():
                with self.subTest(user=user.login, method=name), self.assertRaises(AccessError):
                    method()
        self.assertUnchanged(self.till_basket, self.slot, panier_state="ready", panier_ticket=False)

    def test_the_cashier(self):
        for name, method in self._methods(self.cashier).items():
            with self.subTest(method=name):
                if name == "hand over":
                    with self.assertRefused("till_to_pay"):
                        method()
                else:
                    self.assertTrue(method())

    def test_cashiers_read_and_write_no_order(self):
        order = self.till_basket.with_user(self.cashier)
        for record in (
            order,
            self.till_basket.order_line.with_user(self.cashier),
            self.paid_order.with_user(self.cashier),
        ):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(record.has_access(operation))
        for attempt in (
            lambda: order.read(["name"]),
            lambda: order.web_search_read([], {"name": {}}),
            lambda: order.write({"panier_ticket": "mine"}),
            order.action_panier_hand_over,
            order.action_confirm,
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_lines_of_baskets_that_do_not_wait_are_not_read(self):
        with self.assertRaises(AccessError):
            self.paid_order.order_line.with_user(self.cashier).read_converted()
        self._sync(self._ticket(self.till_basket))
        with self.assertRaises(AccessError):
            self.till_basket.order_line.with_user(self.cashier).read_converted()

    def test_a_closed_till_finds_nothing(self):
        self.config.current_session_id.close_session_from_ui()
        for name, method in self._methods(self.cashier).items():
            with self.subTest(method=name), self.assertRaises(UserError):
                method()

    def test_nobody_writes_the_ticket_of_a_basket_by_hand(self):
        for values in ({"panier_ticket": "x"}, {"panier_ticket_session_id": self.config.current_session_id.id}):
            with self.assertRaises(UserError):
                self.till_basket.with_user(self.manager).write(values)

    def test_a_basket_opens_no_other_order(self):
        """Saving a ticket with a basket gives no right on an order that comes along."""
        quotation = self._create_order(website=False)
        values = self._ticket(self.till_basket + quotation)
        with self.assertRaises(AccessError):
            self._sync(values)
        self.env.invalidate_all()
        self.assertEqual((quotation.state, self.till_basket.panier_state), ("draft", "ready"))

    def test_who_is_no_cashier_saves_no_ticket(self):
        ticket = self._sync(self._ticket(self.till_basket))
        for user in (self.member, self.preparer, self.employee, self.referent):
            for values in (self._ticket(self.till_basket), {**self._ticket(self.till_basket), "uuid": ticket.uuid}):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self._sync(values, user=user)
        self.assertEqual(self.till_basket._panier_tickets(), ticket)

    def test_what_the_till_saves_is_saved_as_the_cashier(self):
        """No command hidden in a ticket does what the cashier may not."""
        values = self._ticket(self.till_basket)
        values["partner_id"] = self.member.partner_id.id
        values["relations_uuid_mapping"] = {}
        values["account_move"] = False
        values["lines"][0][2]["sale_order_line_id"] = self.till_basket.order_line[0].id
        order = {**values, "message_ids": [(0, 0, {"model": "sale.order", "res_id": self.paid_order.id, "body": "x"})]}
        with self.assertRaises(UserError):
            self._sync(order)
        self.assertEqual(self.till_basket.panier_state, "ready")
