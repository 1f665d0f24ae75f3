from odoo.tests import tagged

from .common import PanierOrderHttpCase


@tagged("post_install", "-at_install")
class TestPortalPages(PanierOrderHttpCase):
    """What members see of their orders and change in them, with plain HTML forms."""

    def setUp(self):
        super().setUp()
        self.order = self._create_paid_order()
        self.url = f"/my/orders/{self.order.id}"
        self.authenticate("member", "member")

    def test_the_page_says_where_when_and_the_code(self):
        page = self.url_open(self.url)
        self.assertShows(
            page,
            self.order.panier_code,
            self.slot._panier_label(),
            self.place.name,
            f"{self.url}/slot",
            f"{self.url}/cancel",
        )

    def test_the_slot_is_changed(self):
        self.assertShows(self.url_open(f"{self.url}/slot"), "o_panier_slot_panel", f'value="{self.other_slot.id}"')
        page = self._post_form(f"{self.url}/slot", slot_id=str(self.other_slot.id))
        self.assertShows(page, self.other_slot._panier_label(), 'name="panier_done"')
        self.assertUnchanged(self.order, self.other_slot, panier_state="to_prepare")
        self.assertPlaces(self.slot, 0)
        self.assertPlaces(self.other_slot, 1)

    def test_a_refused_change_changes_nothing(self):
        for slot_id in (str(self.foreign_slot.id), "abc", "", "-1", "99999999999999"):
            with self.subTest(slot_id=slot_id):
                page = self._post_form(f"{self.url}/slot", slot_id=slot_id)
                self.assertShows(page, 'name="panier_notice"')
                self.assertUnchanged(self.order, self.slot)

    def test_not_once_preparation_has_started(self):
        self.order._panier_move("preparing")
        page = self._post_form(f"{self.url}/slot", slot_id=str(self.other_slot.id))
        self.assertShows(page, 'name="panier_notice"')
        self.assertUnchanged(self.order, self.slot)
        self._post_form(f"{self.url}/cancel")
        self._post_form(f"{self.url}/wishes", note="Too late", substitution="call")
        self.assertUnchanged(self.order, self.slot, panier_state="preparing", panier_note=False)
        self.assertFalse("/cancel" in self.url_open(self.url).text)

    def test_the_wishes_are_changed(self):
        self._post_form(f"{self.url}/wishes", note="Ripe bananas", substitution="similar")
        self.assertUnchanged(self.order, self.slot, panier_note="Ripe bananas", panier_substitution="similar")

    def test_cancelled_after_a_question(self):
        self.assertShows(self.url_open(f"{self.url}/cancel"), self.slot._panier_label())
        self.assertEqual(self.order.panier_state, "to_prepare", "a GET changes nothing")
        page = self._post_form(f"{self.url}/cancel")
        self.order.invalidate_recordset()
        self.assertEqual(self.order.panier_state, "cancelled")
        self.assertShows(page, 'name="panier_done"')
        note = self.order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(note.amount_total, 10.0)
        self.assertPlaces(self.slot, 0)

    def test_cancelled_twice(self):
        for _click in range(2):
            self._post_form(f"{self.url}/cancel")
        self.order.invalidate_recordset()
        self.assertEqual(len(self.order.invoice_ids), 2)

    def test_ordered_again(self):
        order = self._create_cart(products=self.goods + self.more_goods)
        order.order_line.filtered(lambda line: line.product_id == self.more_goods).product_uom_qty = 3
        order.action_panier_choose_slot(self.other_slot.id)
        self._pay(order)
        self.goods.is_published = False
        page = self._post_form(f"/my/orders/{order.id}/again")
        self.assertEqual(page.url, self.base_url() + "/shop/cart")
        self.assertShows(page, "Apples", 'name="panier_notice"')
        cart = self.env["sale.order"].search(
            [("partner_id", "=", self.member.partner_id.id), ("state", "=", "draft")], limit=1
        )
        self.assertEqual(cart._panier_lines().mapped("product_id"), self.more_goods)
        self.assertEqual(cart._panier_lines().product_uom_qty, 3)
        self.assertFalse(cart.panier_slot_id)

    def test_another_member_changes_nothing(self):
        self._create_member("neighbour", "up_to_date")
        self.authenticate("neighbour", "neighbour")
        self._assert_nothing_can_be_done()

    def test_a_link_shows_and_changes_nothing(self):
        self.order._portal_ensure_token()
        link = self.order.get_portal_url()
        self._create_member("neighbour", "up_to_date")
        for login in ("neighbour", None):
            with self.subTest(login=login):
                self.authenticate(login, login)
                page = self.url_open(link)
                self.assertShows(page, self.order.name)
                self.assertNotIn(self.order.panier_code, page.text, "the code is the key to the basket")
                self.assertFalse('name="panier_order_actions"' in page.text)
                self._assert_nothing_can_be_done(access_token=self.order.access_token)

    def _assert_nothing_can_be_done(self, **data):
        for action in ("slot", "cancel", "wishes", "again"):
            with self.subTest(action=action):
                self._post_form(
                    f"{self.url}/{action}", slot_id=str(self.other_slot.id), note="x", substitution="call", **data
                )
                self.assertUnchanged(self.order, self.slot, panier_state="to_prepare", panier_note=False)
        self.assertPlaces(self.slot, 1)

    def test_a_household_shares_its_orders(self):
        partner = self.env["res.partner"].create({"name": "Other adult", "parent_id": self.member.partner_id.id})
        self._create_member("partner_user", None).partner_id.parent_id = partner.parent_id
        self.authenticate("partner_user", "partner_user")
        self._post_form(f"{self.url}/wishes", note="From the household", substitution="call")
        self.assertUnchanged(self.order, self.slot, panier_note="From the household")

    def test_an_order_that_is_none_of_ours_has_odoos_page(self):
        order = self._create_order(state="sent")
        self.carrier.is_published = False
        page = self.url_open(f"/my/orders/{order.id}")
        self.assertEqual(page.status_code, 200)
        self.assertFalse("o_panier_order_card" in page.text)
        self.assertEqual(self.url_open(f"/my/orders/{order.id}/slot").url, self.base_url() + "/my/orders")
