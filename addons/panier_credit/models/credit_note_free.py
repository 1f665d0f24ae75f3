from odoo import api, fields, models

from .credit_note import Share


class AccountMove(models.Model):
    """Avoirs without an invoice to reverse: a gesture, or an order that was paid at the till."""

    _inherit = "account.move"

    @api.model
    def _panier_make_free_note(self, partner, company, lines, kind, reason, **values):
        """Give back amounts by a posted credit note that reverses no invoice.

        The caller has checked who may, and how much.

        :param res.partner partner: whoever is invoiced
        :param res.company company:
        :param list[dict] lines: ``product``, ``amount`` (tax included), ``taxes``, ``name`` and, where there is one,
            ``sale_line``
        :param str kind: see `panier_credit_kind`
        :param str reason: told to the member, in their language
        :rtype: account.move
        """
        # As in `_panier_make_note`: what is left is counted one after the other.
        partner._panier_credit_serialize(company)
        today = fields.Date.context_today(self)
        currency = values.pop("currency", None) or company.currency_id
        note = self.with_company(company).create(
            {
                "move_type": "out_refund",
                "company_id": company.id,
                "partner_id": partner.id,
                "currency_id": currency.id,
                "date": today,
                "invoice_date": today,
                "ref": f"{values['invoice_origin']}: {reason}" if values.get("invoice_origin") else reason,
                "panier_credit_kind": kind,
                "panier_credit_reason": reason,
                "invoice_line_ids": [
                    fields.Command.create(self._panier_free_line(company, currency, line)) for line in lines
                ],
                **values,
            }
        )
        note.action_post()
        return note

    @api.model
    def _panier_free_line(self, company, currency, line):
        """The values of one line, its amount with tax exact; see `_panier_note_taxes`."""
        taxes = line["taxes"].filtered(lambda tax: tax.company_id in company.parent_ids)
        details = taxes._get_tax_details(
            price_unit=line["amount"],
            quantity=1.0,
            precision_rounding=currency.rounding,
            rounding_method="round_per_line",
            product=line["product"],
            special_mode="total_included",
        )
        amounts = {
            str(tax["tax"].id): currency.round(tax["tax_amount"])
            for tax in details["taxes_data"]
            if not tax["is_reverse_charge"]
        }
        amounts = {None: currency.round(line["amount"] - sum(amounts.values()))} | amounts
        included = taxes.flatten_taxes_hierarchy().filtered("price_include")
        price = currency.round(amounts[None] + sum(amounts.get(str(tax.id), 0.0) for tax in included))
        values = {
            "product_id": line["product"].id,
            "name": line["name"],
            "quantity": 1.0,
            "price_unit": price,
            "tax_ids": [fields.Command.set(taxes.ids)],
        }
        if sale_line := line.get("sale_line"):
            values["sale_line_ids"] = [fields.Command.set(sale_line.ids)]
        if len(amounts) > 1:
            exact = {"price_unit": price, "quantity": 1.0, "discount": 0.0}
            key = f"panier_credit,{line['product'].id},{line.get('sale_line', self).id}"
            values["extra_tax_data"] = self._panier_exact_amounts(key, currency, exact, amounts)
        return values

    # === AN ORDER, WHATEVER IT WAS PAID WITH === #

    @api.model
    def _panier_make_order_note(self, order, amounts, kind, reason):
        """Give back amounts of an order: by reversing a part of its invoice, or without one where the till was paid.

        :param sale.order order:
        :param dict amounts: {line of the order: amount, tax included}
        :param str kind: see `panier_credit_kind`
        :param str reason: told to the member, in their language
        :return: one credit note for each invoice
        :rtype: account.move
        """
        shares, free = {}, []
        for line, amount in amounts.items():
            if invoice_line := line._panier_invoiced_lines()[-1:]:
                shares.setdefault(invoice_line.move_id, []).append(Share(invoice_line, amount))
            else:
                name = line.product_id.with_context(display_default_code=False).display_name
                free.append(
                    {
                        "product": line.product_id,
                        "amount": amount,
                        "taxes": line.tax_ids,
                        "name": name,
                        "sale_line": line,
                    }
                )
        notes = self.browse()
        for invoice, of_invoice in shares.items():
            maker = invoice.with_env(self.env)
            notes |= maker._panier_make_note(of_invoice, kind, reason, invoice_origin=order.name)
        if free:
            notes |= self._panier_make_free_note(
                order.partner_invoice_id,
                order.company_id,
                free,
                kind,
                reason,
                currency=order.currency_id,
                invoice_origin=order.name,
            )
        return notes
