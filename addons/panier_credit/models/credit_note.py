from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.panier_member.refusal import Refusal, Refused

from ..split import split


class Share(NamedTuple):
    """What is given back of one line of an invoice.

    :param account.move.line line: of a posted invoice
    :param float amount: tax included, in the currency of the invoice
    :param float quantity: what of the goods it stands for, in the unit of the line; 0 when the member keeps them
    :param str text: why, in the member's language; shown below the name of the product
    """

    line: models.Model
    amount: float
    quantity: float = 0.0
    text: str = ""


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    panier_credited_qty = fields.Float(
        string="Quantity given back",
        digits="Product Unit",
        readonly=True,
        help="Of the goods, in the unit of the line. 0 where the member keeps them: the avoir is a gesture.",
    )

    def _panier_before(self, paid):
        """What of this line of an invoice was given back already.

        Of an order line that several invoices charge, the older ones are given back first.

        :param float paid: what this line charges, tax included
        :rtype: float
        """
        self.ensure_one()
        sale_line = self.sale_line_ids[:1]
        if not sale_line:
            return 0.0
        before = sale_line._panier_given_back()
        older = sale_line._panier_invoiced_lines().filtered(lambda line: line.id < self.id)
        before -= sum(sum(parts.values()) for parts in older.move_id._panier_parts(older).values())
        return min(max(before, 0.0), paid) if paid > 0 else max(min(before, 0.0), paid)

    def _panier_quantity_correction(self, unit):
        """What makes Odoo's sum of invoiced quantities right for a line of an avoir of ours, or of its reversal.

        :param uom.uom unit: of the result
        :rtype: float
        """
        self.ensure_one()
        move = self.move_id
        kind = move.panier_credit_kind or move._panier_is_note_reversal() and move.reversed_entry_id.panier_credit_kind
        if not kind or kind == "cancellation":
            return 0.0
        wrong = self.product_uom_id._compute_quantity(self.quantity - self.panier_credited_qty, unit)
        return wrong if move.move_type == "out_refund" else -wrong


class AccountMove(models.Model):
    """The one maker of avoirs: a posted credit note that reverses a part of an invoice, to the cent (ADR 0042)."""

    _inherit = "account.move"

    # === MAKE === #

    def _panier_make_note(self, shares, kind, reason, **values):
        """Give back parts of this invoice by a posted credit note.

        The caller has checked who may, and passes the invoice in sudo where they may not post entries.

        :param list[Share] shares: of lines of this invoice; those of nothing are left out
        :param str kind: see `panier_credit_kind`
        :param str reason: told to the member, in their language
        :param values: other values of the credit note
        :return: the credit note, empty when there is nothing to give back
        :rtype: account.move
        :raise UserError: it cannot be made: more than was invoiced, a locked period…
        """
        self.ensure_one()
        shares = [share for share in shares if not self.currency_id.is_zero(share.amount)]
        if not shares:
            return self.browse()
        # Two who give back the same line at the same moment come one after the other: the second sees what is left.
        self.partner_id._panier_credit_serialize(self.company_id)
        self._panier_check_shares(shares)
        parts = self._panier_parts(self.invoice_line_ids)
        today = fields.Date.context_today(self)
        move = self.with_company(self.company_id)
        note = move._reverse_moves(
            [
                {
                    "date": today,
                    "invoice_date": today,
                    "invoice_origin": self.invoice_origin,
                    "ref": self.env._("%(invoice)s: %(reason)s", invoice=self.name, reason=reason),
                    "panier_credit_kind": kind,
                    "panier_credit_reason": reason,
                    "line_ids": [
                        fields.Command.create(self._panier_note_line(share, parts[share.line])) for share in shares
                    ],
                    **values,
                }
            ]
        )
        note.action_post()
        wanted = self.currency_id.round(sum(share.amount for share in shares))
        if self.currency_id.compare_amounts(note.amount_total, wanted):
            raise UserError(
                self.env._(
                    "The avoir would be of %(amount)s instead of %(wanted)s.",
                    amount=self.currency_id.format(note.amount_total),
                    wanted=self.currency_id.format(wanted),
                )
            )
        return note

    def _panier_check_shares(self, shares):
        """Raise when more would be given back than was invoiced, for one line or for the whole."""
        if self.state != "posted" or self.move_type != "out_invoice" or self._panier_is_note_reversal():
            raise UserError(self.env._("Only a posted invoice can be given back."))
        parts = self._panier_parts(self.invoice_line_ids)
        for share in shares:
            paid = sum(parts[share.line].values())
            left = self.currency_id.round(paid - share.line._panier_before(paid))
            # Of a discount, hence of a negative line, less is more.
            if self.currency_id.compare_amounts(share.amount if paid > 0 else -share.amount, abs(left)) > 0:
                raise Refused([self._panier_refusal_too_much(left)])
        left = self.currency_id.round(self.amount_total - self._panier_given_back_in_all())
        if self.currency_id.compare_amounts(sum(share.amount for share in shares), left) > 0:
            raise Refused([self._panier_refusal_too_much(left)])

    def _panier_given_back_in_all(self):
        """What avoirs of this invoice give back already, drafts included, less what was taken back.

        :rtype: float
        """
        notes = self.reversal_move_ids.filtered(lambda move: move.move_type == "out_refund" and move.state != "cancel")
        taken_back = notes.reversal_move_ids.filtered(lambda move: move.state == "posted")
        return sum(notes.mapped("amount_total")) - sum(taken_back.mapped("amount_total"))

    def _panier_refusal_too_much(self, left):
        return self._panier_refusal_over(left, self)

    def _panier_refusal_over(self, left, document):
        """
        :param document: the invoice or the order, for its currency
        """
        return Refusal(
            "credit_too_much",
            self.env._("No more than %(left)s can be given back here.", left=document.currency_id.format(left)),
            self.env._("See the avoirs this order has already."),
        )

    def _panier_note_line(self, share, parts):
        """The values of a line of the credit note, its price and its taxes exactly what `share.amount` is made of.

        :param dict parts: see `_panier_parts`
        :rtype: dict
        """
        line, currency = share.line, self.currency_id
        unit = 10**currency.decimal_places
        cents = split(
            {key: round(part * unit) for key, part in parts.items()},
            round(line._panier_before(sum(parts.values())) * unit),
            round(share.amount * unit),
        )
        amounts = {key: part / unit for key, part in cents.items()}
        values = line.with_context(include_business_fields=True).copy_data(self._panier_note_price(share, amounts))[0]
        values.pop("move_id", None)
        text = f"{line.name or ''}\n{share.text}".strip()
        exact = self._panier_exact_amounts(f"panier_credit,{line.id}", currency, values, amounts)
        return values | {
            "name": text,
            "panier_credited_qty": share.quantity,
            "extra_tax_data": exact if len(amounts) > 1 else False,
        }

    def _panier_note_price(self, share, amounts):
        """Quantity × unit price where that gives the right amount, else once the amount.

        :param dict amounts: the parts of `share.amount`
        """
        line = share.line
        AccountTax = self.env["account.tax"]
        base_line = self._prepare_product_base_line_for_taxes_computation(line)
        natural = AccountTax._prepare_base_line_for_taxes_computation(
            base_line, quantity=share.quantity, manual_tax_amounts=None, manual_total_excluded_currency=None
        )
        AccountTax._add_tax_details_in_base_line(natural, self.company_id)
        AccountTax._round_base_lines_tax_details([natural], self.company_id)
        total = natural["tax_details"]["total_included_currency"]
        if share.quantity and not self.currency_id.compare_amounts(total, share.amount):
            return {"quantity": share.quantity, "price_unit": line.price_unit, "discount": line.discount}
        included = line.tax_ids.flatten_taxes_hierarchy().filtered("price_include")
        price = amounts[None] + sum(amounts.get(str(tax.id), 0.0) for tax in included)
        return {"quantity": 1.0, "price_unit": self.currency_id.round(price), "discount": 0.0}

    def _panier_exact_amounts(self, key, currency, values, amounts):
        """What tells Odoo's taxes the exact amounts of a line, as its own down payments do.

        With prices without tax, an amount with tax may be one that no price gives: 0.03 with 20 %.

        :param str key: of its own for each line: amounts are exact already, hence not rounded together with others
        :param dict values: ``price_unit``, ``quantity``, ``discount`` of the line: changed by hand, it is free again
        :param dict amounts: {None: price without tax, id of a tax: its amount}
        :return: the value of `extra_tax_data`
        :rtype: dict
        """
        return {
            "computation_key": key,
            "manual_total_excluded_currency": amounts[None],
            "manual_tax_amounts": {
                tax: {"tax_amount_currency": amount, "base_amount_currency": amounts[None]}
                for tax, amount in amounts.items()
                if tax
            },
            "currency_id": currency.id,
            **{name: values[name] for name in ("price_unit", "quantity", "discount")},
        }

    # === WHAT AN INVOICE IS MADE OF === #

    def _panier_parts(self, lines):
        """What each of these lines is made of, with the cents that rounding the whole invoice gave it.

        :param account.move.line lines: of these invoices
        :return: {line: {None: price without tax, id of a tax: its amount}}; they add up to the invoice
        :rtype: dict
        """
        parts = {}
        for move in self:
            for base_line in move._get_rounded_base_and_tax_lines()[0]:
                line, details = base_line["record"], base_line["tax_details"]
                if line not in lines:
                    continue
                price = details["total_excluded_currency"] + details["delta_total_excluded_currency"]
                parts[line] = {None: move.currency_id.round(price)} | {
                    str(tax["tax"].id): move.currency_id.round(tax["tax_amount_currency"])
                    for tax in details["taxes_data"]
                }
        return parts

    def _panier_note_lines(self):
        """What an avoir is for, as a mail says it.

        :rtype: list[dict]
        """
        return [
            {
                "product": line.product_id.with_context(display_default_code=False).display_name or line.name,
                "text": (line.name or "").partition("\n")[2],
                "amount": line.price_total,
            }
            for line in self.invoice_line_ids
            if line.display_type == "product"
        ]

    def _panier_is_note_reversal(self):
        """Whether this takes back a credit note, rather than charging anything."""
        self.ensure_one()
        return self.move_type == "out_invoice" and self.reversed_entry_id.move_type == "out_refund"
