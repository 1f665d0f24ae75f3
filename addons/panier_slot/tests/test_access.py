from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.panier_member.tests.common import PanierMemberCommon

from .common import SlotCase

MODELS = ("panier.place", "panier.place.opening", "panier.place.exception", "panier.slot")
MACHINERY = ("panier.capacity.hold", "panier.capacity.decision")


@tagged("post_install", "-at_install")
class TestAccess(SlotCase, PanierMemberCommon):
    """Role by model by operation; what a role may do it does as itself."""

    # (user, {model: operations})
    def _expected(self):
        every = "read write create unlink"
        referent = {
            "panier.place": "read",
            "panier.place.opening": "read",
            "panier.place.exception": every,
            "panier.slot": "read",
        }
        manager = dict.fromkeys(MODELS, every)
        nothing = {}
        return [
            (self.public_user, nothing),
            (self.member, nothing),
            (self.suspended_member, nothing),
            (self.stranger, nothing),
            (self.preparer, nothing),
            (self.employee, nothing),
            (self.referent, referent),
            (self.manager, manager),
        ]

    def test_matrix(self):
        for user, allowed in self._expected():
            for model in MODELS + MACHINERY:
                granted = allowed.get(model, "").split()
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(user=user.login, model=model, operation=operation):
                        self.assertEqual(self.env[model].with_user(user).has_access(operation), operation in granted)

    def test_strangers_read_nothing(self):
        slot = self._slot()
        for user in (self.public_user, self.member, self.preparer, self.employee):
            with self.assertRaises(AccessError):
                slot.with_user(user).read(["start"])
            for action in ("action_close", "action_reopen", "action_ask_close"):
                with self.assertRaises(AccessError):
                    getattr(slot.with_user(user), action)()
        self.assertFalse(slot.closed)

    def test_a_referent_closes_and_reopens_and_no_more(self):
        slot = self._slot().with_user(self.referent)
        wizard = (
            self.env["panier.slot.close"].with_user(self.referent).create({"slot_ids": slot.ids, "reason": "Works"})
        )
        wizard.action_close()
        self.assertEqual((slot.closed, slot.closed_reason, slot.closed_uid), (True, "Works", self.referent))
        slot.action_reopen()
        self.assertFalse(slot.closed)
        for vals in ({"capacity": 99}, {"closed": True}, {"order_before": datetime(2030, 1, 1)}):
            with self.assertRaises(AccessError):
                slot.write(vals)

    def test_a_referent_adds_an_exceptional_day_and_slots_follow(self):
        self.env["panier.place.exception"].with_user(self.referent).create(
            {
                "place_id": self.place.id,
                "date_from": date(2026, 1, 13),
                "reason": "Storm",
            }
        )
        self.assertTrue(self._slot().closed)

    def test_a_manager_makes_a_place(self):
        place = (
            self.env["panier.place"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Second",
                    "opening_ids": [(0, 0, {"weekday": "2", "hour_from": 9, "hour_to": 10})],
                }
            )
        )
        self.assertEqual(len(place.slot_ids), 4)
        self.assertIn("slots", place.preview)
        place.slot_ids[0].capacity = 3
        self.assertTrue(place.action_open_slots()["domain"])

    def test_nobody_counts_places_by_hand(self):
        slot = self._slot()
        hold = slot._capacity_hold(self.holders[0])
        for user in (self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                slot.with_user(user).write({"reserved": 0})
            with self.assertRaises(AccessError):
                hold.with_user(user).write({"state": "released"})
        for name in (
            "_capacity_hold",
            "_capacity_settle",
            "_take",
            "_release",
            "_generate_slots",
            "_cron_sweep",
            "_cron_generate",
        ):
            self.assertTrue(name.startswith("_"), "RPC refuses what begins with an underscore")
        self.assertTrue(hold.with_user(self.env.ref("base.user_admin")).state)
