from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .preparation_common import PreparationCommon


@tagged("post_install", "-at_install")
class TestNotCollected(PreparationCommon):
    """What the clock does with a basket nobody comes for, and what staff do then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._prepare(cls.paid_order)
        cls._prepare(cls.till_order)
        cls.orders = cls.paid_order + cls.till_order

    @contextmanager
    def _after_slot(self, **delay):
        with freeze_time(self.slot.stop + timedelta(**delay)):
            yield
        self.env.invalidate_all()

    def _run_job(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):  # a test does not commit
            self.env["sale.order"]._cron_not_collected()

    def _mails(self, subject):
        return self.env["mail.mail"].search_count([("res_id", "in", self.orders.ids), ("subject", "ilike", subject)])

    def _lose(self):
        """Nobody came."""
        with self._after_slot(hours=25):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["not_collected"] * 2)

    def test_nothing_before_the_end_of_the_slot(self):
        with self._after_slot(minutes=-1):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["ready"] * 2)
        self.assertFalse(self._mails("waiting"))

    def test_reminded_once(self):
        for minutes in (0, 15, 30):
            with self._after_slot(minutes=minutes):
                self._run_job()
        self.assertEqual(self._mails("waiting"), 2)
        self.assertEqual(self.orders.mapped("panier_state"), ["ready"] * 2)

    def test_not_collected_at_the_deadline(self):
        with self._after_slot(hours=23, minutes=59):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["ready"] * 2)
        with self._after_slot(hours=24):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["not_collected"] * 2)
        self.assertEqual(self._mails("not collected"), 2)

    def test_three_days_late_and_twice(self):
        for _run in range(2):
            with self._after_slot(days=3):
                self._run_job()
            self.assertEqual(self.orders.mapped("panier_state"), ["not_collected"] * 2)
            self.assertEqual(self._mails("not collected"), 2)
            self.assertFalse(self._mails("waiting"), "no reminder of a deadline that has passed")

    def test_ready_late_gives_the_same_time(self):
        late = self.slot.stop + timedelta(hours=10)
        self.paid_order._panier_write({"panier_ready_at": late})
        self.assertEqual(self.paid_order.panier_collect_by, late + timedelta(hours=24))
        with self._after_slot(hours=25):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["ready", "not_collected"])

    def test_hours_of_the_company(self):
        self.env.company.panier_collect_hours = 2
        with self._after_slot(hours=2):
            self._run_job()
        self.assertEqual(self.orders.mapped("panier_state"), ["not_collected"] * 2)

    def test_member_comes_after_all(self):
        self._lose()
        self.paid_order.with_user(self.preparer).action_panier_hand_over()
        self.assertEqual(self.paid_order.panier_state, "handed_over")

    def test_staff_keep_it_for_the_member(self):
        self._lose()
        with self._after_slot(hours=30):
            self.paid_order.with_user(self.referent).action_panier_found_again()
            self._run_job()
            self.assertEqual(self.paid_order.panier_state, "ready")
        with self._after_slot(hours=54):
            self._run_job()
        self.assertEqual(self.paid_order.panier_state, "not_collected")

    def test_rule_is_for_staff(self):
        self._lose()
        for user in (self.preparer, self.member, self.public_user):
            with self.assertRaises(AccessError):
                self.paid_order.with_user(user).action_panier_apply_uncollected_rule()
        self.assertFalse(self.paid_order.panier_uncollected_done_at)

    def test_rule_is_for_baskets_not_collected(self):
        with self.assertRaises(UserError):
            self.paid_order.with_user(self.referent).action_panier_apply_uncollected_rule()
        self.assertEqual(self.paid_order.panier_state, "ready")

    def test_keep_and_call(self):
        self._lose()
        for _tap in range(2):
            self.orders.with_user(self.referent).action_panier_apply_uncollected_rule()
        self.assertEqual(self.orders.mapped("panier_state"), ["not_collected"] * 2)
        self.assertEqual([len(order.activity_ids) for order in self.orders], [1, 1])

    def test_put_back_and_credit(self):
        self.env.company.panier_uncollected_rule = "credit"
        self._lose()
        for _tap in range(2):
            self.orders.with_user(self.referent).action_panier_apply_uncollected_rule()
        self.assertEqual(self.orders.mapped("panier_state"), ["cancelled"] * 2)
        self.assertEqual(set(self.orders.picking_ids.mapped("state")), {"cancel"})
        credit_notes = self.paid_order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(sum(credit_notes.mapped("amount_total")), self.paid_order.amount_total)

    def test_put_back_without_credit(self):
        self.env.company.panier_uncollected_rule = "no_credit"
        self._lose()
        self.orders.with_user(self.referent).action_panier_apply_uncollected_rule()
        self.assertEqual(self.orders.mapped("panier_state"), ["cancelled"] * 2)
        self.assertEqual(set(self.orders.picking_ids.mapped("state")), {"cancel"})
        self.assertFalse(self.paid_order.invoice_ids.filtered(lambda move: move.move_type == "out_refund"))
