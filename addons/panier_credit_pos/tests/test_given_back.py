from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.panier_credit.tests.common import PanierCreditCommon
from odoo.addons.panier_order_pos.tests.common import TillCommon


@tagged("post_install", "-at_install")
class TestGivenBack(PanierCreditCommon, TillCommon):
    """A basket paid at the till is given back once: at the till, by the office, or as an avoir (laws 2 and 3).

    2 lentils at 10.00, 2 kg of apples at 2.50, 1 soap at 4.00: 29.00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.discount = cls._create_goods(name="Discount", list_price=1.0, taxes_id=[])

    def _pay_at_till(self, **values):
        return self._sync({**self._ticket(self.till_basket), **values})

    def _give_cash_back(self, ticket, state="paid", **quantities):
        """The cashier refunds the ticket, by default all of it.

        :param quantities: of the goods named
        """
        products = {getattr(self, name): quantity for name, quantity in quantities.items()}
        extra = []
        for line in ticket.lines:
            quantity = products.get(line.product_id, 0 if products else line.qty)
            if quantity:
                more = {
                    "refunded_orderline_id": line.id,
                    "price_unit": line.price_unit,
                    "tax_ids": [Command.set(line.tax_ids.ids)],
                }
                extra.append((line.product_id, -quantity, more))
        return self._sync_refund(self._ticket(extra=extra, is_refund=True, state=state))

    def _sync_refund(self, values):
        """The till is answered with the ticket that is refunded, too."""
        self._sync(values)
        return self.env["pos.order"].search([("uuid", "=", values["uuid"])])

    def _claimable(self, product=None):
        self.env.invalidate_all()
        lines = self._line(self.till_basket, product) if product else self.till_basket.order_line
        return [line._panier_claimable() for line in lines]

    def _report(self, product=None, quantity=1.0):
        line = self._line(self.till_basket, product or self.lentils)
        return self._as_member(self.till_basket)._panier_report(line.id, kind="damaged", quantity=quantity)

    def _gesture(self, amount):
        gestures = self.env["panier.credit.goodwill"].with_user(self.referent)
        return gestures.create({"order_id": self.till_basket.id, "wanted_amount": amount, "reason": "Sorry"})

    def assertNoAvoir(self):
        self.env.invalidate_all()
        self.assertFalse(self.till_basket.invoice_ids)
        self.assertEqual((self._available(), self._open()), (0, 0))

    # === THE TICKET IS REFUNDED === #

    def test_a_ticket_refunded_in_cash_leaves_nothing_to_give_back(self):
        ticket = self._pay_at_till()
        self.assertEqual(sum(self._claimable()), 29)
        claim = self._report()
        self._give_cash_back(ticket)
        self.assertEqual(sum(self._claimable()), 0)
        claim = claim.with_user(self.referent)
        self.assertEqual((claim.paid, claim.panier_given_back_at_till, claim.proposed_amount), (20, 20, 0))
        with self.assertRefused("claim_nothing"):
            claim.action_accept()
        with self.assertRefused("credit_too_much"):
            claim.action_adjust(0.01, "A gesture")
        with self.assertRefused("claim_credited"):
            self._report(self.soap)
        with self.assertRefused("credit_too_much"):
            self._gesture(0.01).action_give()
        self.assertNoAvoir()

    def test_a_part_refunded_in_cash(self):
        self._give_cash_back(self._pay_at_till(), lentils=1)
        self.assertEqual(self._claimable(self.lentils), [10])
        self.assertEqual(self._claimable(self.soap), [4])
        with self.assertRefused("claim_quantity"):
            self._report(quantity=2)
        claim = self._report()
        claim.with_user(self.referent).action_accept()
        self.assertEqual(claim.note_ids.amount_total, 10)
        self.assertEqual(self._claimable(self.lentils), [0])

    def test_a_refund_that_does_not_stand(self):
        ticket = self._pay_at_till()
        refund = self._give_cash_back(ticket, state="draft")
        self.assertEqual(sum(self._claimable()), 29)
        refund.with_user(self.cashier).action_pos_order_cancel()
        self.assertEqual((refund.state, sum(self._claimable())), ("cancel", 29))

    def test_refunded_from_the_office(self):
        ticket = self._pay_at_till()
        refund = ticket._refund()
        payment = {"amount": refund.amount_total, "payment_method_id": self.config.payment_method_ids[-1:].id}
        refund.payment_ids = [Command.create(payment)]
        refund._process_saved_order(False)
        self.assertEqual((refund.state, sum(self._claimable())), ("paid", 0))

    def test_refunded_after_the_avoir(self):
        """The till has given the money: staff are asked to see with the member."""
        ticket = self._pay_at_till()
        claim = self._report()
        claim.with_user(self.referent).action_accept()
        self._give_cash_back(ticket, lentils=1)
        self.assertFalse(self.till_basket.activity_ids, "one came back, the other was credited")
        self._give_cash_back(ticket, lentils=1)
        self.assertEqual(len(self.till_basket.activity_ids), 1)
        self.assertIn("10.00", self.till_basket.activity_ids.summary)
        self.assertEqual(self._claimable(self.lentils), [0])

    # === WHAT WAS CHARGED === #

    def test_a_discount_on_a_line(self):
        values = self._ticket(self.till_basket)
        for command in values["lines"]:
            line = command[2]
            line.update(
                discount=50,
                price_subtotal=line["price_subtotal"] / 2,
                price_subtotal_incl=line["price_subtotal_incl"] / 2,
            )
        values["payment_ids"][0][2]["amount"] = 14.5
        values |= {"amount_total": 14.5, "amount_paid": 14.5, "amount_tax": values["amount_tax"] / 2}
        ticket = self._sync(values)
        self.assertEqual((ticket.state, ticket.amount_total, self.till_basket.amount_total), ("paid", 14.5, 29))
        self.assertEqual(self._claimable(self.lentils), [10])
        self.assertEqual(self._report().proposed_amount, 5)
        with self.assertRefused("credit_too_much"):
            self._gesture(14.51).action_give()
        self._gesture(14.5).action_give()
        self.assertEqual((sum(self._claimable()), self._available()), (0, 14.5))

    def test_a_discount_on_the_whole_ticket(self):
        """It is on no line of the basket, and comes off all of them; refunded, it does again."""
        ticket = self._sync(self._ticket(self.till_basket, extra=[(self.discount, 1, {"price_unit": -9})]))
        self.assertEqual(ticket.amount_total, 20)
        self.assertEqual(self._claimable(self.lentils), [13.79])
        self.assertEqual(sum(self._claimable()), 20)
        self._give_cash_back(ticket)
        self.assertEqual(sum(self._claimable()), 0)
        self.assertFalse(self.till_basket.activity_ids)

    def test_what_was_scanned_besides_is_not_the_baskets(self):
        ticket = self._sync(self._ticket(self.till_basket, extra=[(self.lentils, 1)]))
        self.assertEqual((ticket.amount_total, sum(self._claimable())), (39, 29))

    def test_without_a_ticket_the_order_says_it(self):
        order = self.till_basket
        order.with_user(self.preparer).action_panier_hand_over(till_paid=True)
        self.assertEqual(self._claimable(self.lentils), [20])

    # === INVOICED === #

    def test_an_invoiced_ticket_is_charged_once(self):
        ticket = self._pay_at_till(to_invoice=True)
        self.assertEqual(ticket.account_move.amount_total, 29)
        self.assertEqual(sum(self._claimable()), 29)
        refund = self._ticket(
            extra=[
                (line.product_id, -line.qty, {"refunded_orderline_id": line.id, "price_unit": line.price_unit})
                for line in ticket.lines.filtered(lambda line: line.product_id == self.soap)
            ],
            is_refund=True,
            to_invoice=True,
            partner_id=ticket.partner_id.id,
        )
        self.assertEqual(self._sync_refund(refund).account_move.move_type, "out_refund")
        self.assertEqual(self._claimable(self.soap), [0])
        self.assertEqual(sum(self._claimable()), 25)

    def test_an_invoice_credited_by_the_accountant(self):
        """What the till advises for a return on an avoir: it is given back, too."""
        ticket = self._pay_at_till(to_invoice=True)
        invoice = ticket.account_move
        note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        note.invoice_line_ids.filtered(lambda line: line.product_id != self.lentils).unlink()
        note.invoice_line_ids.quantity = 1
        self.assertEqual(self._claimable(self.lentils), [10], "a draft already counts")
        note.action_post()
        self.assertEqual(self._claimable(self.lentils), [10])
        self.assertEqual(sum(self._claimable()), 19)
        note._reverse_moves(cancel=True)
        self.assertEqual(sum(self._claimable()), 29)
