"""What staff and accountants do to a household's credit, beside preparing baskets. Runs inside Odoo: see `World`."""

from odoo.fields import Command

GIFTS = (0.01, 1.0, 4.57, 10.0, 33.33, 80.0)


class Staff:
    """Mixin of `World`: steps of a story."""

    # === STAFF === #

    def complain(self, number, cents):
        """After the hand-over the member reports a problem, and staff accept it, as proposed or another amount."""
        over = [order for order in self.orders if order.panier_state == "handed_over"]
        if not (order := self.one_of(over, number)):
            return
        line = order._panier_lines()[:1]
        claim = self.as_owner(order)._panier_report(line.id, kind="damaged", quantity=1.0, words=False, photo=False)
        claim = claim.with_user(self.referent)
        if cents:
            claim.action_adjust(cents / 100, "A little")
        else:
            claim.action_accept()
        self.decided.append(claim)
        self.say(f"{self.called(order)}: {claim.amount} for a problem with {line.product_id.name}")

    def gesture(self, who, amount):
        """Staff give credit for no order; beyond the limit it waits for a second person."""
        partner = self.household(who).partner_id.commercial_partner_id
        values = {"partner_id": partner.id, "wanted_amount": GIFTS[amount], "reason": "Sorry"}
        gesture = self.env["panier.credit.goodwill"].with_user(self.referent).create(values)
        gesture.action_give()
        if gesture.state == "waiting":
            gesture.with_user(self.manager).action_approve()
        self.decided.append(gesture)
        self.say(f"a gesture of {gesture.amount} to {partner.name}")

    def take_back(self, number):
        """A gesture or a claim was a mistake: refused once the member has used it."""
        if decided := self.one_of(self.decided, number):
            decided.with_user(self.referent).action_take_back("A mistake")
            self.say(f"{decided.amount} given by mistake is taken back")

    # === THE ACCOUNTANT === #

    def match_by_hand(self, number, amount):
        """An open avoir pays an invoice of the accountant's own, whether or not it is held."""
        lines = self._open_note_lines()
        if not (line := self.one_of(lines, number)):
            return
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": line.partner_id.id,
                "invoice_line_ids": [
                    Command.create({"name": "By hand", "price_unit": GIFTS[amount], "tax_ids": [Command.clear()]})
                ],
            }
        )
        invoice.action_post()
        self.by_hand.append(invoice)
        household = line.partner_id.commercial_partner_id
        available = self._available(household)
        used = min(-line.amount_residual, GIFTS[amount])
        if line.currency_id.compare_amounts(used, available) > 0:
            self.interfered.add(household)
        invoice.with_user(self.accountant).js_assign_outstanding_line(line.id)
        self.say(f"the accountant matches {used} of {line.move_id.name} with an invoice of {GIFTS[amount]}")

    def unpost(self, number):
        """An avoir nobody has used goes back to draft, held or not."""
        notes = [note for note in self.notes if note.state == "posted" and note.amount_residual == note.amount_total]
        if note := self.one_of(notes, number):
            if note.currency_id.compare_amounts(note.amount_total, self._available(note.partner_id)) > 0:
                self.interfered.add(note.commercial_partner_id)
            note.with_user(self.accountant).button_draft()
            self.say(f"the accountant takes avoir {self.notes.index(note)} back to draft")
