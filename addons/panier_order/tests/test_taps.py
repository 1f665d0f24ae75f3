from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..marks import BadMark, settle
from .preparation_common import PreparationCommon


@tagged("post_install", "-at_install")
class TestTaps(PreparationCommon):
    """Taps from an outbox: sent late, twice, in any shape."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.paid_order
        cls.order.with_user(cls.preparer).action_panier_take()
        cls.line = cls._line(cls.order, cls.lentils)
        cls.other_line = cls._line(cls.order, cls.soap)

    def _send(self, *taps, user=None):
        return self.env["panier.preparation.tap"].with_user(user or self.preparer).action_send(list(taps))

    def _tap(self, uuid, mark="done", line=None, **values):
        return {"uuid": uuid, "order": self.order.id, "line": (line or self.line).id, "mark": mark, **values}

    def _undo(self, uuid, undo="last", line=None):
        return {"uuid": uuid, "order": self.order.id, "line": (line or self.line).id, "undo": undo}

    def _verdicts(self, *taps, **kwargs):
        return [verdict["verdict"] for verdict in self._send(*taps, **kwargs)]

    def assertLine(self, mark, quantity, line=None):
        line = line or self.line
        self.assertEqual((line.panier_mark, line.panier_prepared_qty), (mark, quantity))

    def test_same_tap_counts_once(self):
        tap = self._tap("a", "partial", quantity=2)
        self.assertEqual(self._verdicts(tap, tap), ["done", "done"])
        self.assertEqual(self._verdicts(tap), ["done"])
        self.assertLine("partial", 2)
        self.assertEqual(self.env["panier.preparation.tap"].search_count([("order_id", "=", self.order.id)]), 1)

    def test_taps_count_in_order(self):
        self._send(
            self._tap("a"), self._tap("b", "missing", reason="Shelf empty"), self._tap("c", "partial", quantity=1)
        )
        self.assertLine("partial", 1)

    def test_undo_goes_back_one_by_one(self):
        self._send(self._tap("a", "partial", quantity=1), self._tap("b"), self._tap("x", line=self.other_line))
        self._send(self._undo("c"))
        self.assertLine("partial", 1)
        self._send(self._undo("d", undo="a"))
        self.assertLine(False, 0)
        self.assertLine("done", 1, self.other_line)
        self.assertEqual(self._verdicts(self._undo("e")), ["done"], "nothing left to undo is no error")

    def test_undo_of_the_last_tap_of_the_basket(self):
        self._send(self._tap("a"), self._tap("x", line=self.other_line))
        self.order.with_user(self.preparer).action_panier_undo_mark()
        self.assertLine(False, 0, self.other_line)
        self.assertLine("done", 3)

    def test_mark_again_after_undo(self):
        self._send(self._tap("a"), self._undo("b"), self._tap("c", "missing"), self._undo("d", undo="c"))
        self.assertLine(False, 0)

    def test_one_bad_tap_does_not_lose_the_others(self):
        verdicts = self._verdicts(self._tap("a"), self._tap("b", "eaten"), self._tap("c", line=self.other_line))
        self.assertEqual(verdicts, ["done", "refused", "done"])
        self.assertLine("done", 3)

    def test_line_of_another_basket(self):
        foreign = self._line(self.till_order, self.lentils)
        self.assertEqual(self._verdicts(self._tap("a", line=foreign)), ["refused"])
        self.assertFalse(foreign.panier_mark)

    def test_uuid_of_another_basket(self):
        self._send(self._tap("a"))
        self.till_order.with_user(self.preparer).action_panier_take()
        tap = self._tap("a", line=self._line(self.till_order, self.lentils)) | {"order": self.till_order.id}
        self.assertEqual(self._verdicts(tap), ["refused"])

    def test_undo_of_another_basket(self):
        self.till_order.with_user(self.preparer).action_panier_take()
        line = self._line(self.till_order, self.lentils)
        self._send(self._tap("a", line=line) | {"order": self.till_order.id})
        self._send(self._undo("b", undo="a"))
        self.assertEqual(line.panier_mark, "done")

    def test_tap_after_finish_is_refused_with_a_sentence(self):
        self._send(
            self._tap("a"),
            self._tap("b", line=self.other_line),
            self._tap("c", line=self._line(self.order, self.apples)),
        )
        self.order.with_user(self.preparer).action_panier_finish()
        late = self._send(self._tap("d", "missing"))[0]
        self.assertEqual(late["verdict"], "refused")
        self.assertIn("Ready", late["message"])
        self.assertLine("done", 3)
        self.assertEqual(self._verdicts(self._tap("a")), ["done"], "counted before: sent again, it is no refusal")

    def test_tap_after_take_over_names_who_has_it(self):
        self.order.with_user(self.referent).action_panier_take(take_over=True)
        late = self._send(self._tap("a"))[0]
        self.assertEqual(late["verdict"], "refused")
        self.assertIn(self.order.panier_preparer_name, late["message"])
        self.assertFalse(self.line.panier_mark)

    def test_quantities_that_are_none(self):
        for quantity in (-1, 1e9, "nan", "inf", "-inf", "x", True, [2], {"a": 1}, float("nan"), 10**400, "1" * 400):
            with self.subTest(quantity=quantity):
                self.assertEqual(self._verdicts(self._tap("q", "partial", quantity=quantity)), ["refused"])
        self.assertEqual(self._verdicts(self._tap("q", "partial")), ["refused"], "partial needs a quantity")
        self.assertFalse(self.line.panier_mark)

    def test_shapes_that_are_none(self):
        for tap in (
            {},
            {"uuid": ""},
            {"uuid": 3},
            self._tap("a") | {"line": "1"},
            self._tap("a") | {"line": True},
            self._tap("a") | {"order": None},
            self._tap("a") | {"order": 2**40},
            self._tap("x" * 300),
            self._tap("a", mark=["done"]),
            self._tap("a", reason={"a": 1}),
            self._undo("a", undo=["b"]),
            self._tap("a") | {"line": -1},
            self._tap("a") | {"preparer": 3},
            self._tap("a") | {"at": 3},
        ):
            with self.subTest(tap=tap):
                self.assertEqual(self._verdicts(tap), ["refused"])
        for taps in (None, "taps", {"a": 1}, [1], [None], [[]], [self._tap("a")] * 201):
            with self.subTest(taps=taps), self.assertRaises(UserError):
                self.env["panier.preparation.tap"].with_user(self.preparer).action_send(taps)
        self.assertFalse(self.line.panier_mark)

    def test_time_of_the_phone_is_taken_if_credible(self):
        earlier = fields.Datetime.now() - timedelta(hours=2)
        for uuid, at in {
            "a": f"{earlier.isoformat()}.123Z",
            "b": "2100-01-01T00:00:00Z",
            "c": "soon",
            "d": None,
        }.items():
            self._send(self._tap(uuid, at=at))
        taps = {tap.uuid: tap.tapped_at for tap in self.env["panier.preparation.tap"].search([])}
        self.assertEqual(taps["a"], earlier)
        for uuid in "bcd":
            self.assertAlmostEqual(taps[uuid], fields.Datetime.now(), delta=timedelta(minutes=1))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_log_says_who_and_cannot_be_changed(self):
        self._send(self._tap("a", "damaged", quantity=1, reason="Broken"))
        tap = self.env["panier.preparation.tap"].search([("uuid", "=", "a")])
        self.assertEqual((tap.user_id, tap.preparer_name, tap.reason), (self.preparer, "Preparer", "Broken"))
        self.assertLine("damaged", 1)
        for change in (lambda: tap.with_user(self.manager).write({"reason": "x"}), tap.with_user(self.manager).unlink):
            with self.assertRaises(UserError):
                change()

    def test_settle(self):
        self.assertEqual(settle("done", None, 3.0), ("done", 3.0))
        self.assertEqual(settle("partial", 3, 3.0), ("done", 3.0))
        self.assertEqual(settle("partial", 0, 3.0), ("missing", 0.0))
        self.assertEqual(settle("missing", "1,5", 3.0), ("partial", 1.5))
        self.assertEqual(settle("damaged", 1, 3.0), ("damaged", 1.0))
        self.assertEqual(settle("damaged", None, 3.0), ("damaged", 0.0))
        for mark, quantity in (("partial", 3.01), ("partial", None), ("", 1), ("missing", -0.001)):
            with self.assertRaises(BadMark):
                settle(mark, quantity, 3.0)
