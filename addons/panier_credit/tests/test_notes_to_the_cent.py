from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.panier_member.refusal import Refused

from ..models.credit_note import Share
from ..split import largest_remainder, split
from .common import PanierCreditCase


@tagged("post_install", "-at_install")
class TestNotesToTheCent(PanierCreditCase):
    """Whatever the prices, the rates and the rounding: the amount asked, and the invoice's taxes when all is back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taxes = {
            (rate, included): cls.env["account.tax"].create(
                {
                    "name": f"{rate} % {included}",
                    "amount": rate,
                    "type_tax_use": "sale",
                    "price_include_override": "tax_included" if included else "tax_excluded",
                }
            )
            for rate in (5.5, 10.0, 20.0)
            for included in (True, False)
        }

    def _invoice(self, included, *lines):
        """A posted invoice of an order of these lines.

        :param lines: (price, quantity, rate)
        """
        products = [
            self._create_goods(
                name=f"{price} at {rate}", list_price=price, taxes_id=[Command.set(self.taxes[rate, included].ids)]
            )
            for price, _quantity, rate in lines
        ]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.member.partner_id.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity, "discount": 3.0})
                    for product, (_price, quantity, _rate) in zip(products, lines, strict=True)
                ],
            }
        )
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _give(self, line, amount, quantity=0.0):
        note = line.move_id._panier_make_note([Share(line, amount, quantity)], "goodwill", "Sorry")
        self.assertEqual(note.amount_total, amount)
        self.assertEqual(note.invoice_line_ids.price_total, amount)
        return note

    def test_every_cent_of_a_line(self):
        """0.03 with 20 % on top is no price in cents plus its tax: it is given back all the same."""
        for rounding in ("round_globally", "round_per_line"):
            self.env.company.tax_calculation_rounding_method = rounding
            for included in (True, False):
                line = self._invoice(included, (0.23, 1, 20.0)).invoice_line_ids
                paid, parts = line.move_id.amount_total, line.move_id.amount_tax
                notes = self.env["account.move"]
                for cents in (1, 3, 5, 7):
                    notes |= self._give(line, cents / 100)
                notes |= self._give(line, line.company_currency_id.round(paid - 0.16))
                self.assertEqual(round(sum(notes.mapped("amount_tax")), 2), parts, (rounding, included))
                with self.assertRaises(Refused):
                    self._give(line, 0.01)

    def test_an_invoice_given_back_in_pieces(self):
        rates = ((3.33, 3, 5.5), (7.77, 1, 10.0), (0.99, 7, 20.0), (1.21, 2, 20.0))
        for rounding in ("round_globally", "round_per_line"):
            self.env.company.tax_calculation_rounding_method = rounding
            for included in (True, False):
                invoice = self._invoice(included, *rates)
                parts = invoice._panier_parts(invoice.invoice_line_ids)
                self.assertEqual(round(sum(map(sum, (p.values() for p in parts.values()))), 2), invoice.amount_total)
                paid = {line: round(sum(amounts.values()), 2) for line, amounts in parts.items()}
                first = invoice._panier_make_note(
                    [Share(line, round(amount / 3, 2), 0.0) for line, amount in paid.items()], "claim", "Damaged"
                )
                rest = invoice._panier_make_note(
                    [Share(line, round(amount - round(amount / 3, 2), 2)) for line, amount in paid.items()],
                    "claim",
                    "Damaged",
                )
                notes = first + rest
                self.assertEqual(round(sum(notes.mapped("amount_total")), 2), invoice.amount_total)
                self.assertEqual(round(sum(notes.mapped("amount_tax")), 2), invoice.amount_tax)
                for tax in invoice.invoice_line_ids.tax_ids:
                    self.assertEqual(
                        round(sum(self._tax(note, tax) for note in notes), 2), -self._tax(invoice, tax), tax.name
                    )

    def _tax(self, move, tax):
        return round(sum(move.line_ids.filtered(lambda line: line.tax_line_id == tax).mapped("balance")), 2)

    def test_quantity_and_price_are_shown_where_they_are_right(self):
        line = self._invoice(True, (1.21, 3, 20.0)).invoice_line_ids
        note = self._give(line, 2.35, 2.0)
        self.assertEqual((note.invoice_line_ids.quantity, note.invoice_line_ids.price_unit), (2.0, 1.21))
        note = self._give(line, 0.5, 1.0)
        self.assertEqual((note.invoice_line_ids.quantity, note.invoice_line_ids.price_unit), (1.0, 0.5))

    def test_reversed_it_can_be_given_again(self):
        line = self._invoice(False, (1.21, 3, 20.0)).invoice_line_ids
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=line.move_id.ids
        ).create({})._create_payments()
        note = self._give(line, line.move_id.amount_total)
        note._panier_take_back("By mistake")
        self.assertEqual(self._available(), 0.0)
        self.assertEqual(note.reversal_move_ids.amount_tax, note.amount_tax)
        self._give(line, line.move_id.amount_total)

    def test_without_an_invoice(self):
        Move = self.env["account.move"]
        for (rate, included), tax in self.taxes.items():
            for amount in (0.01, 0.03, 4.99):
                line = {"product": self.goods, "amount": amount, "taxes": tax, "name": "Gesture"}
                note = Move._panier_make_free_note(
                    self.member.partner_id, self.env.company, [line], "goodwill", "Sorry"
                )
                self.assertEqual(note.amount_total, amount, (rate, included))
                self.assertAlmostEqual(note.amount_tax, amount * rate / (100 + rate), delta=0.01)

    def test_the_arithmetic(self):
        for price, tax in ((100, 20), (1, 0), (7, 3), (333, 18), (-100, -20), (0, 0)):
            parts, total = {None: price, "tax": tax}, price + tax
            step = 1 if total >= 0 else -1
            for cut in range(0, total + step, step):
                one, two = split(parts, 0, cut), split(parts, cut, total - cut)
                self.assertEqual((sum(one.values()), sum(two.values())), (cut, total - cut))
                self.assertEqual({key: one[key] + two[key] for key in parts}, parts)
        for before, amount in ((0, 121), (60, 61), (-1, 1), (121, 0)):
            with self.assertRaises(ValueError):
                split({None: 100, "tax": 20}, before, amount)
        self.assertEqual(largest_remainder(100, [1, 1, 1]), [34, 33, 33])
        self.assertEqual(largest_remainder(10, [0, 7, 3]), [0, 7, 3])
