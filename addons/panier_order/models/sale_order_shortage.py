from markupsafe import Markup

from odoo import models

from .. import journey


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _panier_apply_preparation(self):
        """What a finished preparation changes: the open delivery, then the amount at the till or what is owed back."""
        self.ensure_one()
        self._panier_fill_pickings()
        if self.panier_pay_at_till:
            self._panier_reduce_lines()
        elif short := self._panier_short_lines():
            self._panier_settle_shortage(short)

    def _panier_short_lines(self):
        """The lines of which something is missing."""
        return self._panier_lines().filtered(lambda line: not line.product_uom_id.is_zero(line._panier_short()))

    def _panier_open_moves(self):
        """The deliveries to the member that are still to be done."""
        return self.order_line.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.location_dest_usage == "customer"
        )

    def _panier_fill_pickings(self):
        """Put what is in the basket on the deliveries, which stay open until the hand-over: the till needs them."""
        for line in self._panier_lines():
            left = line.panier_prepared_qty
            for move in line.move_ids & self._panier_open_moves():
                demand = move.product_uom._compute_quantity(move.product_uom_qty, line.product_uom_id)
                taken = min(left, demand)
                left -= taken
                quantity = line.product_uom_id._compute_quantity(taken, move.product_uom)
                move.write({"quantity": quantity, "picked": bool(quantity)})

    def _panier_reduce_lines(self):
        """Reduce an order to be paid at the till to what is in the basket, at the same price a unit."""
        for line in self._panier_short_lines():
            self._panier_set_line_quantity(line, line.panier_prepared_qty, line._panier_ordered())

    def _panier_restore_lines(self):
        """Give the lines their quantity back: the basket is being prepared again."""
        for line in self.order_line.filtered("panier_ordered_qty"):
            self._panier_set_line_quantity(line, line.panier_ordered_qty, 0)

    def _panier_set_line_quantity(self, line, quantity, ordered):
        """Change a line without changing its price nor its delivery, which knows what is in the basket."""
        locked = line.order_id.locked
        line.order_id.locked = False
        line.with_env(line.order_id._panier_as_action().env).with_context(skip_procurement=True).write(
            {
                "product_uom_qty": quantity,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "panier_ordered_qty": ordered,
            }
        )
        line.order_id.locked = locked

    def _panier_shortage_amount(self, lines):
        """What is still to be credited for what these lines miss, tax included, in the currency of the order."""
        self.ensure_one()
        AccountTax = self.env["account.tax"]
        base_lines = [line._prepare_base_line_for_taxes_computation(quantity=line._panier_short()) for line in lines]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        totals = AccountTax._get_tax_totals_summary(base_lines, self.currency_id, self.company_id)
        return max(totals["total_amount_currency"] - self._panier_credited_for(lines), 0.0)

    def _panier_credited_for(self, lines):
        """What credit notes, drafts included, give back for these lines already: a basket may be finished twice."""
        # sudo: neither preparers nor members read all of accounting; only the sum of this order's leaves this method.
        notes = lines.sudo().invoice_lines.filtered(
            lambda line: line.move_id.move_type == "out_refund" and line.parent_state != "cancel"
        )
        return sum(notes.mapped("price_total"))

    def _panier_settle_shortage(self, lines):
        """Settle what was paid for and is not in the basket.

        Here staff are asked to credit the exact amount; an addon that makes the credit note overrides this.

        :param lines: the lines of which something is missing (`_panier_short`)
        """
        self.ensure_one()
        amount = self._panier_shortage_amount(lines)
        if self.currency_id.is_zero(amount):
            return
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Credit %(amount)s: short in the basket", amount=self.currency_id.format(amount)),
            activity="panier_order.preparation_activity_credit",
            note=", ".join(
                staff.env._(
                    "%(product)s: %(missing)s of %(ordered)s missing",
                    product=line.product_id.display_name,
                    missing=line._panier_number(line._panier_short()),
                    ordered=line._panier_number(line._panier_ordered()),
                )
                for line in lines
            ),
        )

    def _panier_shortage_notice(self, lines):
        """What the mail "your basket is ready" says about what was paid for and is missing.

        :param lines: the lines of which something is missing
        :return: HTML, in the language of the member
        :rtype: Markup
        """
        amount = self._panier_shortage_amount(lines)
        sentence = self.env._(
            "What you paid for and is missing will be credited to you: %(amount)s",
            amount=self.currency_id.format(amount),
        )
        return Markup("<p>%s</p>") % sentence

    def _panier_unsettle_shortage(self):
        """The basket is prepared again: what nobody has credited yet is asked again when it is finished."""
        self.activity_unlink(["panier_order.preparation_activity_credit"])

    def _panier_for_staff(self):
        """The order in the language of who will read the to-do, whoever or whatever causes it."""
        self.ensure_one()
        return self.with_context(lang=self._panier_referent().lang or self.env.lang)

    def _panier_ask_staff(self, summary, note="", activity="mail.mail_activity_data_todo"):
        """Leave a to-do on the order for a referent of its company."""
        self.ensure_one()
        self.activity_schedule(activity, summary=summary, note=note, user_id=self._panier_referent().id)

    def _panier_referent(self):
        """Who gets the to-dos of this order: its salesperson if a referent, else the first referent of the company."""
        groups = self.env.ref("panier_member.panier_member_group_referent") + self.env.ref(
            "panier_member.panier_member_group_manager"
        )
        # sudo(): a preparer cannot read users; only one id is used.
        referents = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", groups.ids),
                    ("share", "=", False),
                    ("company_ids", "in", self.company_id.ids),
                ],
                order="id",
            )
        )
        if self.user_id in referents:
            return self.user_id
        # Those who do the day's work before those who may do everything.
        manager = self.env.ref("panier_member.panier_member_group_manager")
        referents = referents.sorted(lambda user: (manager in user.all_group_ids, user.id))
        return referents[:1] or self.user_id or self.env.ref("base.user_admin")

    def action_panier_reopen(self, preparer=None):
        """Prepare a ready basket again: something was forgotten, or found after all."""
        for order in self._panier_for_preparer():
            name = order._panier_preparer_called(preparer)
            order._panier_move(
                journey.PREPARING,
                self.env._("Opened again by %(name)s", name=name),
                panier_preparer_id=self.env.user.id,
                panier_preparer_name=name,
                panier_ready_at=False,
            )
            order._panier_restore_lines()
            order._panier_unsettle_shortage()
        return True
