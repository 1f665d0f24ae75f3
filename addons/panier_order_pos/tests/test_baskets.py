from odoo.tests import tagged

from odoo.addons.panier_order.models.panier_code_attempt import MAX_WRONG

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestBaskets(TillCommon):
    """What the cashier finds: by name, number, code or order; what can be taken first, the rest with its reason."""

    def _find(self, query="", user=None):
        return self._till(user).action_panier_find_baskets(query)["baskets"]

    def _names(self, query):
        return [basket["name"] for basket in self._find(query)]

    def test_found_by_whatever_the_member_says(self):
        order = self.till_basket
        self.member.partner_id.panier_member_number = "1234"
        code = order.panier_code
        for query in ("memb", "1234", code, f" {code[:3].lower()}-{code[3:]} ", order.name, order.name.lower()):
            self.assertIn(order.name, self._names(query), query)
        for query in ("123", code[:5], "Nobody"):
            self.assertNotIn(order.name, self._names(query), query)

    def test_ready_first_and_the_others_with_their_reason(self):
        ready, waiting = self._find()
        self.assertEqual((ready["name"], waiting["name"]), (self.till_basket.name, self.paid_order.name))
        self.assertEqual((ready["may_load"], ready["may_hand_over"], ready["why"]), (True, False, ""))
        self.assertEqual((ready["amount"], ready["items"], ready["bags"]), ("29.00\xa0€", 3, 2))
        self.assertEqual((waiting["may_load"], waiting["may_hand_over"]), (False, False))
        self.assertIn("is not ready", waiting["why"])

    def test_paid_online_is_handed_over_without_a_ticket(self):
        order = self.paid_order
        self._prepare(order, lentils=2)
        card = self._find(order.name)[0]
        self.assertEqual((card["may_load"], card["may_hand_over"], card["amount"]), (False, True, ""))
        self.assertFalse(card["code_seen"])
        self.assertTrue(self._find(order.panier_code)[0]["code_seen"])
        till = self._till()
        with self.assertRefused("till_nothing_to_pay"):
            till.action_panier_take_basket(order.id, "ticket")
        with self.assertRefused("till_nothing_to_pay"):
            order.with_user(self.cashier).load_sale_order_from_pos(self.config.id)
        till.action_panier_hand_over(order.id)
        till.action_panier_hand_over(order.id)
        self.assertEqual((order.panier_state, order.panier_handed_over_by_id), ("handed_over", self.cashier))
        self.assertEqual(self._line(order, self.lentils).qty_delivered, 2)
        self.assertEqual(order.picking_ids.mapped("state"), ["done"])
        self.assertFalse(order.panier_till_paid_at)

    def test_to_pay_or_not_ready_is_not_handed_over(self):
        for order, code in ((self.till_basket, "till_to_pay"), (self.paid_order, "till_not_ready")):
            before = order.panier_state
            with self.assertRefused(code):
                self._till().action_panier_hand_over(order.id)
            self.assertEqual(order.panier_state, before)

    def test_nothing_was_found_nothing_is_to_pay(self):
        order = self._create_basket(till=True, slot=self.other_slot)
        order.with_user(self.preparer).action_panier_take()
        for product in (self.lentils, self.apples, self.soap):
            self._mark(order, product, "missing")
        order.with_user(self.preparer).action_panier_finish(bags=0)
        self.assertTrue(self._find(order.name)[0]["may_hand_over"])
        self._till().action_panier_hand_over(order.id)
        self.assertEqual(order.panier_state, "handed_over")
        self.assertTrue(order.panier_till_paid_at)
        self.assertEqual(order.picking_ids.mapped("state"), ["cancel"])

    def test_not_collected_in_time_is_served(self):
        self.till_basket._panier_not_collected()
        self.assertTrue(self._find(self.till_basket.name)[0]["may_load"])
        ticket = self._sync(self._ticket(self.till_basket))
        self.assertEqual((ticket.state, self.till_basket.panier_state), ("paid", "handed_over"))

    def test_handed_over_already_is_told(self):
        self._sync(self._ticket(self.till_basket))
        self.assertNotIn(self.till_basket.name, self._names(""))
        card = self._find(self.till_basket.name)[0]
        self.assertEqual((card["may_load"], card["may_hand_over"]), (False, False))
        self.assertIn("was handed over", card["why"])

    def test_guessing_codes_is_slowed_down_names_are_not(self):
        for _try in range(MAX_WRONG):
            self.assertFalse(self._find("WRQNG2"))
        with self.assertRaisesRegex(Exception, "Too many"):
            self._find("WRQNG3")
        self.assertTrue(self._find("memb"))

    def test_constant_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._find()
            return self.env.cr.sql_log_count - start

        queries()
        few = queries()
        self.slot.capacity = 20
        for _each in range(4):
            self._prepare(self._create_basket(till=True))
        self.assertLessEqual(queries(), few + 4)
