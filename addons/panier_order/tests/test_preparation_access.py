from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .preparation_common import PreparationCommon

#: Every public action of people on duty, with arguments that would change something.
ACTIONS = {
    "action_panier_take": {},
    "action_panier_release_preparation": {},
    "action_panier_mark_line": {"line_id": 1, "mark": "done"},
    "action_panier_undo_mark": {},
    "action_panier_finish": {},
    "action_panier_reopen": {},
    "action_panier_hand_over": {"till_paid": True},
    "action_panier_undo_hand_over": {"reason": "x"},
    "action_panier_found_again": {},
    "action_panier_apply_uncollected_rule": {},
    "action_panier_open_preparation": {},
    "action_panier_open_hand_over": {},
}
STAFF_ONLY = ("action_panier_found_again", "action_panier_apply_uncollected_rule")


@tagged("post_install", "-at_install")
class TestPreparationAccess(PreparationCommon, HttpCase):
    """Each role and a stranger, in Python, over RPC and over HTTP: refused, and nothing changed."""

    def _state(self):
        self.env.invalidate_all()
        return self.env["sale.order"].search_read(
            [("id", "in", (self.paid_order + self.till_order).ids)],
            ["panier_state", "panier_preparer_id", "panier_till_paid_at", "panier_bags", "amount_total", "write_date"],
        )

    def _rpc(self, model, method, args, **kwargs):
        """:return: the error's class, ``None`` when it went through"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http"):
            answer = self.url_open("/web/dataset/call_kw", json={"jsonrpc": "2.0", "params": params}).json()
        return answer.get("error", {}).get("data", {}).get("name")

    def test_not_on_duty(self):
        before = self._state()
        for user in (self.member, self.suspended_member, self.stranger, self.employee, self.public_user):
            orders = self.paid_order.with_user(user)
            for action, arguments in ACTIONS.items():
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(orders, action)(**arguments)
            for refused in (
                lambda user=user: self.env["sale.order"].with_user(user).action_panier_find_code("ABC234"),
                lambda user=user: self.env["panier.preparation.tap"].with_user(user).action_send([]),
            ):
                with self.assertRaises(AccessError):
                    refused()
        self.assertEqual(self._state(), before)

    def test_preparer_is_no_staff(self):
        before = self._state()
        for action in STAFF_ONLY:
            with self.assertRaises(AccessError):
                getattr(self.paid_order.with_user(self.preparer), action)()
        self.assertEqual(self._state(), before)

    def test_orders_that_are_none_of_ours(self):
        foreign = self._create_order(website=False)
        for order in (foreign, foreign.browse(foreign.id + 10**6)):
            with self.assertRaises(AccessError):
                order.with_user(self.preparer).action_panier_take()

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Another co-op"})
        self.preparer.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.paid_order.with_user(self.preparer).action_panier_take()
        self.assertFalse(self.env["sale.order"].with_user(self.preparer)._panier_board()["baskets"])

    def test_preparer_has_no_rights_on_records(self):
        for model in ("sale.order", "account.move", "stock.picking", "panier.preparation.tap", "panier.code.attempt"):
            for mode in ("write", "create", "unlink"):
                self.assertFalse(self.env[model].with_user(self.preparer).has_access(mode), (model, mode))
        with self.assertRaises(AccessError):
            self.paid_order.with_user(self.preparer).read(["amount_total"])
        with self.assertRaises(UserError):
            self.paid_order.with_user(self.referent).write({"panier_state": "ready"})
        with self.assertRaises(UserError):
            self.paid_order.with_user(self.manager).write({"panier_bags": 3})

    def test_rpc_of_a_member(self):
        before = self._state()
        self.authenticate("member", "memberxx")
        for action, arguments in ACTIONS.items():
            error = self._rpc("sale.order", action, [self.paid_order.ids], **arguments)
            self.assertEqual(error, "odoo.exceptions.AccessError", action)
        self.assertEqual(self._rpc("panier.preparation.tap", "action_send", [[]]), "odoo.exceptions.AccessError")
        for method in ("_panier_move", "_panier_write", "_panier_for_preparer", "_panier_board"):
            self.assertTrue(self._rpc("sale.order", method, [self.paid_order.ids]), method)
        self.assertEqual(self._state(), before)

    def test_rpc_of_a_preparer(self):
        self.authenticate("preparer", "preparer")
        self.assertIsNone(self._rpc("sale.order", "action_panier_take", [self.paid_order.ids]))
        self.env.invalidate_all()
        self.assertEqual(self.paid_order.panier_preparer_id, self.preparer)
        for method, args in (("read", [["name"]]), ("write", [{"note": "x"}]), ("unlink", [])):
            self.assertEqual(
                self._rpc("sale.order", method, [self.paid_order.ids, *args]), "odoo.exceptions.AccessError", method
            )

    def test_pages_of_a_member(self):
        before = self._state()
        line = self._line(self.paid_order, self.soap)
        self.authenticate("member", "memberxx")
        token = Request.csrf_token(self)
        for page in (
            "",
            "/name",
            f"/{self.paid_order.id}",
            f"/{self.paid_order.id}/finish",
            f"/{self.paid_order.id}/slip",
            f"/image/{line.id}",
        ):
            with self.subTest(page=page):
                self.assertEqual(self.url_open(f"/panier/prepare{page}").status_code, 403)
        for page in (
            "prepare/{}/take",
            "prepare/{}/release",
            "prepare/{}/reopen",
            "prepare/{}/mark",
            "prepare/{}/undo",
            "prepare/{}/finish",
            "hand-over/{}",
            "hand-over/{}/undo",
        ):
            url = "/panier/" + page.format(self.paid_order.id)
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url, data={"csrf_token": token, "mark": "done"}).status_code, 403)
        with mute_logger("odoo.http"):
            answer = self.url_open("/panier/prepare/taps", json={"params": {"taps": []}}).json()
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        self.assertNotIn("/panier/prepare", self.url_open("/my").text)
        self.assertEqual(self._state(), before)

    def test_pages_of_a_stranger(self):
        self.authenticate(None, None)
        for page in ("prepare", "hand-over", f"prepare/{self.paid_order.id}"):
            answer = self.url_open(f"/panier/{page}", allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"])
        answer = self.url_open("/panier/prepare/taps", json={"params": {"taps": []}}).json()
        self.assertIn("SessionExpired", answer["error"]["data"]["name"])

    def test_pages_of_a_preparer(self):
        self._prepare(self.till_order, lentils=2)
        self.authenticate("preparer", "preparer")
        self.assertIn("/panier/prepare", self.url_open("/my").text)
        order = self.paid_order
        token = Request.csrf_token(self)
        self.url_open(f"/panier/prepare/{order.id}/take", data={"csrf_token": token})
        line = self._line(order, self.soap)
        self.assertEqual(self.url_open(f"/panier/prepare/image/{line.id}").status_code, 200)
        for page in (
            "prepare",
            f"prepare/{order.id}",
            f"prepare/{order.id}/finish",
            "hand-over",
            f"hand-over/{self.till_order.id}",
        ):
            text = self.url_open(f"/panier/{page}").text
            for secret in ("@example.com", "Lilas", "33 2 38"):
                self.assertNotIn(secret, text, page)
        self.assertEqual(self.url_open("/panier/prepare/999999999").status_code, 404)
        self.assertEqual(self.url_open("/panier/hand-over/999999999").status_code, 404)

    def test_plain_forms_do_it_all(self):
        """Without a script: take, mark, undo, finish, hand over by code."""
        order = self.paid_order
        self.authenticate("preparer", "preparer")
        token = Request.csrf_token(self)

        def send(path, **data):
            answer = self.url_open(f"/panier/{path}", data={"csrf_token": token, **data})
            self.env.invalidate_all()
            return answer

        send(f"prepare/{order.id}/take")
        self.assertEqual(order.panier_state, "preparing")
        soap, lentils, apples = (self._line(order, product) for product in (self.soap, self.lentils, self.apples))
        send(f"prepare/{order.id}/mark", line=soap.id, mark="done", quantity="0")
        send(f"prepare/{order.id}/mark?mark=missing", line=lentils.id, quantity="2", reason="Shelf empty")
        self.assertEqual(
            (soap.panier_mark, lentils.panier_mark, lentils.panier_mark_reason), ("done", "partial", "Shelf empty")
        )
        refused = send(f"prepare/{order.id}/mark", line=apples.id, mark="partial", quantity="a")
        self.assertIn("This is not a quantity", refused.text)
        send(f"prepare/{order.id}/undo", line=soap.id)
        self.assertFalse(soap.panier_mark)
        self.assertIn("Soap", send(f"prepare/{order.id}/finish", bags="1").text)
        self.assertEqual(order.panier_state, "preparing")
        for line in (soap, apples):
            send(f"prepare/{order.id}/mark", line=line.id, mark="done")
        send(f"prepare/{order.id}/finish", bags="2", stored_at="Shelf B", stored_cold_at="Fridge")
        self.assertEqual((order.panier_state, order.panier_bags), ("ready", 2))
        page = self.url_open(f"/panier/hand-over?code={order.panier_code.lower()}").text
        self.assertIn("Fridge", page)
        self.assertIn("NOCODE", self.url_open("/panier/hand-over?code=nocode").text.upper())
        send(f"hand-over/{order.id}", to="Marie")
        self.assertEqual((order.panier_state, order.panier_handed_over_to), ("handed_over", "Marie"))
        send(f"hand-over/{order.id}/undo", reason="Wrong one")
        self.assertEqual(order.panier_state, "ready")

    def test_second_taker_is_told_who_has_it(self):
        self.paid_order.with_user(self.other_preparer).action_panier_take()
        self.authenticate("preparer", "preparer")
        answer = self.url_open(
            f"/panier/prepare/{self.paid_order.id}/take", data={"csrf_token": Request.csrf_token(self)}
        )
        self.assertIn("Awa D.", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.paid_order.panier_preparer_id, self.other_preparer)

    def test_forms_need_their_token(self):
        self.authenticate("preparer", "preparer")
        with mute_logger("odoo.http"):
            self.assertEqual(
                self.url_open(f"/panier/prepare/{self.paid_order.id}/take", data={"a": 1}).status_code, 400
            )
        self.env.invalidate_all()
        self.assertEqual(self.paid_order.panier_state, "to_prepare")

    def test_tablet_asks_who_it_is(self):
        self.authenticate("tablet", "tabletxx")
        self.assertIn('name="name"', self.url_open("/panier/prepare").text)
        self.url_open("/panier/prepare/name", data={"csrf_token": Request.csrf_token(self), "name": "Inès"})
        self.assertIn("Inès", self.url_open("/panier/prepare").text)
        self.url_open(f"/panier/prepare/{self.paid_order.id}/take", data={"csrf_token": Request.csrf_token(self)})
        self.env.invalidate_all()
        self.assertEqual(self.paid_order.panier_preparer_name, "Inès")
