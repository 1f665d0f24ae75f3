from odoo.tests import tagged

from .common import PanierOrderHttpCase

PAGES = ("/shop/cart", "/shop/checkout", "/shop/payment")


@tagged("post_install", "-at_install")
class TestCheckoutQueries(PanierOrderHttpCase):
    """What the slot panel costs, in queries, beside the checkout of an order that is none of ours."""

    def _count(self, page):
        self.url_open(page)  # Warm.
        self.env.flush_all()
        before = self.cr.sql_log_count
        answer = self.url_open(page)
        self.assertEqual(answer.url.split("#")[0].split("?")[0], self.base_url() + page)
        return self.cr.sql_log_count - before

    def _count_pages(self):
        return {page: self._count(page) for page in PAGES}

    def test_checkout_pages_cost_at_most_a_tenth_more(self):
        self._fill_cart()
        ordinary = self.env.ref("delivery.free_delivery_carrier")
        ordinary.is_published = True
        self.carrier.is_published = False
        self.website.panier_members_only = False
        self.url_open("/shop/checkout")
        bare = self._count_pages()

        self.website.panier_members_only = True
        self.carrier.is_published = True
        ordinary.is_published = False
        self.url_open("/shop/checkout")
        self._json("/panier/checkout/choose", slot_id=self.slot.id)
        ours = self._count_pages()
        for page in PAGES:
            self.assertLessEqual(ours[page], bare[page] * 1.1, f"{page}: {ours} beside {bare}")

    def test_the_panel_costs_the_same_for_many_slots(self):
        self._fill_cart()
        self.url_open("/shop/checkout")
        few = self._count("/shop/checkout")
        for hours in range(73, 173):
            self._create_slot(hours=hours)
        self.assertEqual(self._count("/shop/checkout"), few)
