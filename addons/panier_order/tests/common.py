"""Factories for baskets; users of least privilege come from `panier_member`."""

from datetime import timedelta

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from odoo.addons.panier_capacity.tests.common import CapacityCase
from odoo.addons.panier_member.tests.common import PanierMemberCommon


class PanierOrderCommon(PanierMemberCommon):
    """A place with four slots in two days, a delivery method to collect there, two goods.

    :cvar slot, other_slot: free slots of `place`, two days ahead; `next_day_slot` a day later
    :cvar foreign_slot: a slot of another place
    :cvar goods, more_goods: products to put into a basket, 10.00 and 2.50
    :cvar till: the provider "pay at the till"; `provider`: any provider that brings money
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ensure_accounting()
        cls.website.company_id = cls.env.company
        cls.place = cls._create_place()
        cls.carrier = cls._create_carrier(cls.place)
        cls.goods = cls._create_goods(name="Apples", list_price=10.0)
        cls.more_goods = cls._create_goods(name="Bread", list_price=2.5)
        cls.slot = cls._create_slot(hours=48)
        cls.other_slot = cls._create_slot(hours=49)
        cls.next_day_slot = cls._create_slot(hours=72)
        cls.foreign_slot = cls._create_slot(hours=48, place=cls._create_place(name="Elsewhere"))
        cls.till = cls.env["payment.provider"].search(
            [("custom_mode", "=", "panier_till"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.till.write({"state": "enabled", "is_published": True})
        cls.till.payment_method_ids.active = True
        cls.provider = cls._create_provider()
        cls._give_journal(cls.provider)

    @classmethod
    def _ensure_accounting(cls):
        """Invoices can be posted: the company has a chart of accounts."""
        if not cls.env["account.journal"].search_count(
            [("type", "=", "sale"), ("company_id", "=", cls.env.company.id)]
        ):
            cls.env["account.chart.template"].try_loading("generic_coa", cls.env.company, install_demo=False)

    @classmethod
    def _create_provider(cls, **values):
        """Override: with a payment method of its own, active once the provider is."""
        method = cls.env["payment.method"].create(
            {
                "name": "Test card",
                "code": "panier_test_card",
                "image": cls.env.ref("payment.payment_method_unknown").image,
            }
        )
        form = cls.env["ir.ui.view"].create(
            {"name": "Test redirect form", "type": "qweb", "arch": "<form action='dummy' method='post'/>"}
        )
        provider = cls.env["payment.provider"].create(
            {
                "name": "Test provider",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.env.company.id,
                "redirect_form_view_id": form.id,
                "payment_method_ids": [Command.set(method.ids)],
                **values,
            }
        )
        method.active = True
        return provider

    @classmethod
    def _give_journal(cls, provider):
        """Payments of this provider are booked as those of a bank."""
        bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", provider.company_id.id)], limit=1
        )
        cls.env["account.payment.method.line"].create(
            {
                "name": provider.name,
                "journal_id": bank.id,
                "payment_method_id": cls.env.ref("account.account_payment_method_manual_in").id,
                "payment_provider_id": provider.id,
                "payment_account_id": provider.company_id.transfer_account_id.id,
            }
        )

    # === FACTORIES === #

    @classmethod
    def _create_place(cls, **values):
        """:rtype: panier.place"""
        values = {"name": "The shop", "capacity": 3, "company_id": cls.env.company.id, "tz": "Europe/Paris", **values}
        return cls.env["panier.place"].create(values)

    @classmethod
    def _create_slot(cls, hours=48, place=None, **values):
        """A slot of half an hour, so many hours from now.

        :rtype: panier.slot
        """
        start = fields.Datetime.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        return cls.env["panier.slot"].create(
            {
                "place_id": (place or cls.place).id,
                "start": start,
                "stop": start + timedelta(minutes=30),
                "order_before": start - timedelta(hours=4),
                **values,
            }
        )

    @classmethod
    def _create_carrier(cls, place, **values):
        """A published delivery method to collect at the place.

        :rtype: delivery.carrier
        """
        product = cls.env["product.product"].create(
            {"name": "Collection", "type": "service", "list_price": 0.0, "taxes_id": [Command.clear()]}
        )
        return cls.env["delivery.carrier"].create(
            {
                "name": "Click and collect",
                "delivery_type": "panier_pickup",
                "product_id": product.id,
                "panier_place_id": place.id,
                "is_published": True,
                "sequence": -10,
                **values,
            }
        )

    @classmethod
    def _create_goods(cls, **values):
        """Something to put into a basket, always in stock, without tax.

        :rtype: product.product
        """
        return cls._create_product(type="consu", is_storable=False, invoice_policy="order", **values)

    @classmethod
    def _create_cart(cls, user=None, products=None, **values):
        """A cart of the website of 10.00 to be collected at the place, no slot chosen yet.

        :rtype: sale.order
        """
        order = cls.env["sale.order"].create(
            {
                "partner_id": (user or cls.member).partner_id.id,
                "website_id": cls.website.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 1})
                    for product in products or cls.goods
                ],
                **values,
            }
        )
        order.set_delivery_line(cls.carrier, 0.0)
        return order

    @classmethod
    def _create_ready_cart(cls, slot=None, **values):
        """A cart with its slot chosen.

        :rtype: sale.order
        """
        order = cls._create_cart(**values)
        order.action_panier_choose_slot((slot or cls.slot).id)
        return order

    @classmethod
    def _pay(cls, order, **values):
        """Money arrives for the order.

        :rtype: payment.transaction
        """
        tx = cls._create_transaction(order, cls.provider, user=cls.member, **values)
        cls._money_arrives(tx)
        return tx

    @classmethod
    def _money_arrives(cls, tx):
        """What a provider's notification does, then Odoo's post-processing."""
        tx._set_done()
        tx._post_process()
        tx.sale_order_ids.invalidate_recordset(["amount_paid"])

    @classmethod
    def _choose_till(cls, order):
        """The member chooses the till on the payment page.

        :rtype: payment.transaction
        """
        tx = cls._create_transaction(order, cls.till, user=cls.member)
        tx._set_pending()
        tx._post_process()
        return tx

    @classmethod
    def _create_paid_order(cls, **values):
        """:rtype: sale.order"""
        order = cls._create_ready_cart(**values)
        cls._pay(order)
        return order

    @classmethod
    def _create_till_order(cls, **values):
        """:rtype: sale.order"""
        order = cls._create_ready_cart(**values)
        cls._choose_till(order)
        return order

    # === ASSERTIONS === #

    def assertPlaces(self, slot, count):
        """Fails unless so many places of the slot are taken or held, once decisions are carried out."""
        self.commit()
        slot._capacity_settle(skip_locked=False)
        self.assertEqual(slot.reserved, count)
        self.assertCountersRight()

    def assertShows(self, page, *texts):
        """Fails unless the page was found and shows each text."""
        self.assertEqual(page.status_code, 200, page.url)
        for text in texts:
            self.assertTrue(text in page.text, f"{text!r} is not on {page.url}")

    def assertUnchanged(self, order, slot, **values):
        """Fails unless the order has these values still, and keeps its one place on the slot (or none)."""
        order.invalidate_recordset()
        for name, value in values.items():
            self.assertEqual(order[name], value, name)
        self.assertEqual(order.panier_slot_id, slot)


class PanierOrderCase(CapacityCase, PanierOrderCommon):
    """Tests of the model."""


class PanierOrderHttpCase(CapacityCase, PanierOrderCommon, HttpCase):
    """The same, through a browser's requests."""

    def _json(self, route, **params):
        """:return: (result, error data)"""
        with mute_logger("odoo.http"):
            answer = self.url_open(route, json={"jsonrpc": "2.0", "id": 0, "params": params}).json()
        return answer.get("result"), answer.get("error", {}).get("data")

    def _post_form(self, route, **data):
        """Send a plain HTML form.

        :return: the answer, after redirections
        """
        return self.url_open(route, data={"csrf_token": http.Request.csrf_token(self), **data})

    def _fill_cart(self, login="member", products=None):
        """Sign in and put goods into the cart.

        :rtype: sale.order
        """
        self.authenticate(login, login)
        for product in products or self.goods:
            _result, error = self._json(
                "/shop/cart/add",
                product_template_id=product.product_tmpl_id.id,
                product_id=product.id,
                quantity=1,
            )
            self.assertIsNone(error)
        partner = self.env["res.users"].search([("login", "=", login)]).partner_id
        return self.env["sale.order"].search([("partner_id", "=", partner.id), ("state", "=", "draft")], limit=1)

    def _start_payment(self, order, provider, **params):
        """What the payment form sends.

        :return: (result, error data)
        """
        order._portal_ensure_token()
        return self._json(
            f"/shop/payment/transaction/{order.id}",
            **{
                "access_token": order.access_token,
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id,
                "token_id": None,
                "amount": order.amount_total,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": "/shop/payment/validate",
                **params,
            },
        )
