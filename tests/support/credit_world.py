"""What members, preparers, accountants, banks and jobs do to a household's credit. Runs inside Odoo, not in pytest.

Each public method of `World` is one step of a sequence: its arguments are small numbers that choose among what there
is at that moment, so that any list of steps is a story; a step that has nothing to act on does nothing. What happened
is written into `story`, for whoever has to understand a failure.
"""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.panier_credit.tests.common import PanierCreditCase

from .credit_laws import Laws
from .credit_staff import GIFTS, Staff

#: Prices that divide badly, taxes included.
GOODS = (("lentils", 3.33, 5.5), ("soap", 7.77, 20.0), ("cheese", 13.49, 5.5), ("bread", 0.99, 20.0))
QUANTITIES = (1, 2, 3, 7)
MINUTES = (5, 31, 40, 3 * 24 * 60)
#: No chatter, no stock: what is asked here is where the money goes.
QUICK = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_notrack": True, "skip_procurement": True}


class World(Laws, Staff, PanierCreditCase):
    """A household of two, another member, and everybody who touches their money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **QUICK})
        cls.associate = cls._create_member("associate", None, parent_id=cls.member.partner_id.id)
        # A job commits after each record; a story is rolled back as a whole.
        cls.startClassPatcher(patch.object(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 0))
        for name in ("message_post", "message_post_with_source", "_message_log"):
            cls.startClassPatcher(patch.object(type(cls.env["mail.thread"]), name, cls._no_mail))
        cls.startClassPatcher(patch.object(type(cls.env["mail.template"]), "send_mail", lambda *_args, **_kw: False))
        cls.slot = cls._create_slot(hours=100, place=cls.place, capacity=1000)
        cls.provider.support_refund = "partial"
        taxes = {rate: cls._tax(rate) for rate in {rate for _name, _price, rate in GOODS}}
        cls.products = [
            cls._create_goods(name=name, list_price=price, taxes_id=[Command.set(taxes[rate].ids)])
            for name, price, rate in GOODS
        ]

    @staticmethod
    def _no_mail(record, *_args, **_kwargs):
        return record.env["mail.message"]

    @classmethod
    def _tax(cls, rate):
        values = {"name": f"{rate} % in it", "amount": rate, "price_include_override": "tax_included"}
        return cls.env["account.tax"].create(values)

    def set_the_scene(self):
        """What every story begins with: three avoirs and three baskets."""
        self.begin(orders=(), notes=())
        for who, amount, *lines in ((0, 3, (0, 2), (1, 0)), (1, 2, (2, 0), (3, 3)), (2, 4, (1, 1))):
            self.gift(who, amount)
            self.order(who, *lines)
        self.env.flush_all()
        self.scene = {"orders": self.orders, "notes": self.notes, "story": self.story}

    def begin(self, **scene):
        """A new story. The clock is the teller's, moved as time passes."""
        scene = scene or self.scene
        self.orders, self.notes = list(scene["orders"]), list(scene["notes"])
        self.story = list(scene.get("story", ()))
        self.cards, self.by_hand, self.decided = [], [], []
        #: Households whose avoirs an accountant used while they were held: what is missing is told to staff.
        self.interfered = set()

    # === WHAT A STEP MAY SAY === #

    def step(self, name, *arguments):
        """One step, then every law; a refusal is part of the story, and changes nothing.

        :raise AssertionError: a law is broken
        """
        before = len(self.story)
        try:
            with self.env.cr.savepoint():
                getattr(self, name)(*arguments)
                self.env.flush_all()
        except UserError as refusal:
            self.say(f"{name}{arguments} refused: {str(refusal).splitlines()[0]}")
        self.env.invalidate_all()
        if len(self.story) > before:
            self.check_laws()
        return len(self.story) > before

    def say(self, sentence):
        self.story.append(sentence)

    def one_of(self, records, number):
        """The record chosen by the number, counted from the last; None when there is none."""
        return records[-1 - number % len(records)] if records else None

    def called(self, order):
        return f"#{self.orders.index(order)}"

    def household(self, who):
        return (self.member, self.associate, self.other_member)[who]

    def as_owner(self, order):
        users = (self.member, self.associate, self.other_member)
        owner = next(user for user in users if user.partner_id == order.partner_id)
        return self._as_member(order, owner)

    # === THE MEMBER === #

    def order(self, who, *lines):
        user = self.household(who)
        order = self.env["sale.order"].create(
            {
                "partner_id": user.partner_id.id,
                "website_id": self.website.id,
                "order_line": [
                    Command.create({"product_id": self.products[product].id, "product_uom_qty": QUANTITIES[quantity]})
                    for product, quantity in lines
                ],
            }
        )
        order.set_delivery_line(self.carrier, 0.0)
        order.action_panier_choose_slot(self.slot.id)
        self.orders.append(order)
        self.say(f"{self.called(order)}: {user.login} fills a basket of {order.amount_total}")

    def change(self, number, quantity):
        order = self.one_of([order for order in self.orders if order.state == "draft"], number)
        if order:
            line = order.order_line.filtered(lambda line: not line.is_delivery)[0]
            line.product_uom_qty = QUANTITIES[quantity]
            self.say(f"{self.called(order)}: the basket changes, {order.amount_total}")

    def hold(self, number):
        if order := self.one_of(self.orders, number):
            held = self.as_owner(order)._panier_hold_credit()
            self.say(f"{self.called(order)}: {held.amount or 'nothing'} of credit is held")

    def keep(self, number, kept):
        if order := self.one_of(self.orders, number):
            self.as_owner(order)._panier_keep_credit(kept)
            self.say(f"{self.called(order)}: the member {'keeps' if kept else 'uses'} the credit")

    def pay(self, number, answer):
        """All that the credit leaves is paid by card, as the payment page does it."""
        if not (order := self.one_of([order for order in self.orders if order.state in ("draft", "sent")], number)):
            return
        user = self.as_owner(order).env.user
        held = self.as_owner(order)._panier_hold_credit()
        due = order._panier_amount_due()
        if order.currency_id.compare_amounts(due, 0) <= 0:
            return
        card = self._create_transaction(order, self.provider, user=user, amount=due)
        self.cards.append(card)
        self.say(f"{self.called(order)}: {held.amount or 'no'} credit, card {len(self.cards) - 1} pays {due}")
        if answer != "nothing":
            self._bank_says(card, answer)

    def pay_with_credit(self, number):
        order = self.one_of([order for order in self.orders if order.state in ("draft", "sent")], number)
        if order:
            tx = self.as_owner(order)._panier_pay_with_credit()
            self.say(f"{self.called(order)}: paid with {tx.amount} of credit")

    def cancel(self, number, staff):
        order = self.one_of([order for order in self.orders if order.state != "cancel"], number)
        if order and staff:
            order.with_user(self.referent).action_panier_cancel("Closed that day")
        elif order:
            self.as_owner(order)._panier_cancel_by_member()
        if order:
            self.say(f"{self.called(order)}: cancelled by {'staff' if staff else 'the member'}")

    # === THE BANK === #

    def bank(self, number, answer):
        """It answers late, again, or another thing than before."""
        if card := self.one_of(self.cards, number):
            self._bank_says(card, answer)

    def _bank_says(self, card, answer):
        self.say(f"card {self.cards.index(card)}: the bank says {answer}")
        getattr(card, f"_set_{answer}")(**({"state_message": "No"} if answer == "error" else {}))
        card._post_process()

    def refund(self, number, part):
        """Staff give money back to the card."""
        done = [card for card in self.cards if card.state == "done"]
        if card := self.one_of(done, number):
            amount = card.currency_id.round(card.amount * part / 4)
            refund = card._create_child_transaction(amount, is_refund=True)
            self.say(f"card {self.cards.index(card)}: {amount} is refunded")
            refund._set_done()
            refund._post_process()

    # === THE SHOP === #

    def prepare(self, number, *found):
        """The basket is prepared; of each line so many quarters are found. A ready one is opened again first."""
        states = ("to_prepare", "preparing", "ready")
        if not (order := self.one_of([order for order in self.orders if order.panier_state in states], number)):
            return
        duty = order.with_user(self.preparer)
        if order.panier_state == "ready":
            duty.action_panier_reopen()
        duty.action_panier_take()
        marks = []
        for line, quarters in zip(order._panier_lines(), found * 4):
            quantity = line._panier_ordered() * quarters // 4
            whole = quantity == line._panier_ordered()
            duty.action_panier_mark_line(
                line.id, "done" if whole else "partial" if quantity else "missing", quantity, "" if whole else "Empty"
            )
            marks.append(f"{quantity:g}/{line._panier_ordered():g}")
        duty.action_panier_finish()
        self.say(f"{self.called(order)}: ready with {', '.join(marks)}")

    def hand_over(self, number):
        order = self.one_of([order for order in self.orders if order.panier_state == "ready"], number)
        if order:
            order.with_user(self.preparer).action_panier_hand_over(to="", till_paid=True)
            self.say(f"{self.called(order)}: handed over")

    def gift(self, who, amount):
        user = self.household(who)
        note = self._give_credit(GIFTS[amount], partner=user.partner_id)
        self.notes.append(note)
        self.say(f"avoir {len(self.notes) - 1} of {GIFTS[amount]} to {user.login}")

    # === TIME === #

    def wait(self, minutes):
        self.clock.tick(timedelta(minutes=MINUTES[minutes]))
        self.say(f"{MINUTES[minutes]} minutes pass: {fields.Datetime.now()}")

    def job(self):
        self.env["payment.transaction"]._cron_panier_credit()
        self.say("the job runs")
