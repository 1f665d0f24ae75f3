"""What is true of members' credit after each step, asked of the ledger and of the transactions. Runs inside Odoo."""

from odoo.fields import Domain

CENT = 0.005


class Laws:
    """Mixin of `World`: `check_laws` raises AssertionError with a sentence."""

    def check_laws(self):
        """Every law, at this moment."""
        self.env.flush_all()
        self._law_no_avoir_is_used_beyond_its_amount()
        for household in (self.member.partner_id, self.other_member.partner_id):
            self._law_credit_is_the_ledger(household)
            self._law_no_more_is_held_than_there_is(household)
        for order in self.orders:
            self._law_each_cent_of_credit_is_matched_once(order)
            self._law_invoices_are_reconciled(order)
            self._law_the_ledger_says_what_was_delivered(order)
            self._law_nothing_is_held_for_what_is_over(order)
        self._law_control_report_is_zero()

    def _require(self, condition, sentence):
        assert condition, sentence

    def _equal(self, found, expected, sentence, give=0.0):
        self._require(abs(found - expected) < CENT + give, f"{sentence}: {found:.2f}, expected {expected:.2f}")

    def _sum(self, query, *parameters):
        self.env.cr.execute(query, parameters)
        return float(self.env.cr.fetchone()[0] or 0)

    def _open_note_lines(self):
        """Open receivable lines of all avoirs of these people."""
        people = self.member.partner_id | self.other_member.partner_id
        domain = Domain("partner_id.commercial_partner_id", "in", people.ids)
        domain &= Domain("move_id.move_type", "=", "out_refund") & Domain("parent_state", "=", "posted")
        domain &= Domain("account_type", "=", "asset_receivable") & Domain("reconciled", "=", False)
        return list(self.env["account.move.line"].search(domain, order="id"))

    def _invoices(self, order):
        """Those of the goods: what takes an avoir back is one too, for Odoo."""
        return order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice" and not move.reversed_entry_id)

    # === THE LAWS === #

    def _law_no_avoir_is_used_beyond_its_amount(self):
        self.env.cr.execute(
            """SELECT move.name, line.amount_residual FROM account_move_line line
                 JOIN account_move move ON move.id = line.move_id
                 JOIN account_account account ON account.id = line.account_id
                WHERE move.move_type = 'out_refund' AND account.account_type = 'asset_receivable'
                  AND line.parent_state = 'posted'
                  AND (line.amount_residual > 0.004 OR line.amount_residual < line.balance - 0.004)"""
        )
        wrong = self.env.cr.fetchall()
        self._require(not wrong, f"avoirs used beyond their amount: {wrong}")

    def _law_credit_is_the_ledger(self, household):
        ledger = self._sum(
            """SELECT -sum(line.amount_residual) FROM account_move_line line
                 JOIN account_move move ON move.id = line.move_id
                 JOIN account_account account ON account.id = line.account_id
                 JOIN res_partner partner ON partner.id = line.partner_id
                WHERE move.move_type = 'out_refund' AND account.account_type = 'asset_receivable'
                  AND line.parent_state = 'posted' AND partner.commercial_partner_id = %s""",
            household.id,
        )
        self._equal(self._open(household), ledger, f"open credit of {household.name} is not the ledger's")
        self._require(self._available(household) >= 0, f"credit of {household.name} is negative")

    def _law_no_more_is_held_than_there_is(self, household):
        if household in self.interfered:
            return
        held = sum(tx._panier_credit_weight() for tx in household._panier_credit_held(self.env.company))
        self._require(
            held <= self._open(household) + CENT,
            f"{household.name}: {held:.2f} is being spent of {self._open(household):.2f}",
        )
        self._equal(self._available(household), self._open(household) - held, "available is not open less held")

    def _law_each_cent_of_credit_is_matched_once(self, order):
        """What was spent on an order's invoices is what its avoirs paid of them."""
        spent = sum(order._panier_credit_transactions(("done",)).mapped("amount"))
        matched = self._sum(
            """SELECT sum(partial.debit_amount_currency) FROM account_partial_reconcile partial
                 JOIN account_move_line debit ON debit.id = partial.debit_move_id
                 JOIN account_move_line credit ON credit.id = partial.credit_move_id
                 JOIN account_move note ON note.id = credit.move_id AND note.move_type = 'out_refund'
                WHERE debit.move_id = ANY(%s)
                  AND (note.reversed_entry_id IS NULL OR note.reversed_entry_id <> debit.move_id)""",
            self._invoices(order).ids,
        )
        number = self.called(order)
        if order.partner_id.commercial_partner_id in self.interfered:
            self._require(matched <= spent + CENT, f"{number}: {matched:.2f} of avoirs used, {spent:.2f} spent")
        else:
            self._equal(matched, spent, f"{number}: avoirs matched with its invoice, against credit spent on it")

    def _law_invoices_are_reconciled(self, order):
        """Openly due only where an accountant has used the avoir meanwhile: then staff are told."""
        number = self.called(order)
        for invoice in self._invoices(order):
            self._require(invoice.state != "draft", f"{number}: its invoice is a draft")
            if invoice.state != "posted" or not invoice.amount_residual:
                continue
            self._require(
                order.partner_id.commercial_partner_id in self.interfered,
                f"{number}: {invoice.amount_residual:.2f} of its invoice is open",
            )
            told = order.activity_ids.filtered(lambda activity: "Avoir" in (activity.summary or ""))
            self._require(told, f"{number}: {invoice.amount_residual:.2f} is missing and nobody was told")

    def _law_the_ledger_says_what_was_delivered(self, order):
        """Invoices less credit notes of an order are the goods in the basket: no cent is made or lost."""
        moves = order.invoice_ids.filtered(lambda move: move.state == "posted")
        moves |= moves.reversal_move_ids.filtered(lambda move: move.state == "posted")
        receivable = moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        net = sum(receivable.mapped("balance"))
        number = self.called(order)
        if order.state == "cancel" or not order.panier_state:
            self._equal(net, 0, f"{number}: invoiced though not confirmed")
            return
        # What went back to a card was credit, which has its own laws.
        came = order.transaction_ids.filtered(
            lambda tx: tx.state in ("authorized", "done") and tx.operation != "refund"
        )
        received = sum(came.mapped("amount"))
        self._require(received > order.amount_total - CENT, f"{number}: confirmed, but only {received:.2f} was paid")
        if order.panier_state not in ("ready", "handed_over"):
            return
        short = [line for line in order._panier_lines() if line._panier_short()]
        # A cent for each line: the avoir rounds what is missing, this rounds what is there.
        goods = sum(
            line.currency_id.round(line.price_unit * line.panier_prepared_qty) for line in order._panier_lines()
        )
        claims = order.panier_claim_ids.filtered(lambda claim: claim.state in ("accepted", "adjusted"))
        goods -= sum(claims.mapped("amount"))
        give = 0.01 * len(short) + 0.001
        avoirs = moves.filtered(lambda move: move.move_type == "out_refund").mapped("name")
        told = " ".join(activity.summary or "" for activity in order.activity_ids)
        if any(avoir in told for avoir in avoirs):
            # The member had spent the avoir of what was found later: it stays theirs, and staff are told.
            self._require(net < goods + give + CENT, f"{number}: {net:.2f} invoiced for goods of {goods:.2f}")
        else:
            self._equal(net, goods, f"{number}: invoiced less credited, against the goods", give)

    def _law_nothing_is_held_for_what_is_over(self, order):
        if order.state == "cancel":
            left = order._panier_credit_transactions(("draft", "pending", "authorized"))
            self._require(not left, f"{self.called(order)}: cancelled, and {left.mapped('amount')} is still held")
        if order.state == "sale" and order.invoice_ids:
            left = order._panier_credit_transactions(("authorized",))
            self._require(not left, f"{self.called(order)}: invoiced, and {left.mapped('amount')} waits to be settled")

    def _law_control_report_is_zero(self):
        differences = self.env["panier.credit.control"]._differences()
        self._require(not differences, f"the control report is not zero: {differences}")
