"""Baskets to prepare, and whoever prepares them."""

from odoo.fields import Command

from odoo.addons.panier_capacity.tests.common import CapacityCase

from .common import PanierOrderCommon


class PreparationCommon(CapacityCase, PanierOrderCommon):
    """Two baskets to prepare, one paid for and one to be paid at the till: 3 lentils, 2 kg of apples, 1 soap each.

    :cvar preparer, other_preparer: portal users on duty; `tablet`: an account that several people use
    :cvar lentils, apples, soap: goods in stock, at 10.00 (20 % tax in it), 2.50 and 4.00
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_preparer = cls._create_duty("other_preparer", name="Awa Diallo")
        cls.tablet = cls._create_duty("tablet", name="Tablette", panier_shared_account=True)
        cls.tax = cls.env["account.tax"].create(
            {"name": "20 %", "amount": 20.0, "price_include_override": "tax_included"}
        )
        cls.lentils = cls._create_stocked(
            name="Lentils",
            list_price=10.0,
            panier_shelf="B2-10",
            barcode="3760000000017",
            taxes_id=[Command.set(cls.tax.ids)],
        )
        cls.apples = cls._create_stocked(
            name="Golden apples", list_price=2.5, panier_shelf="A10-1", uom_id=cls.env.ref("uom.product_uom_kgm").id
        )
        cls.soap = cls._create_stocked(name="Soap", list_price=4.0, panier_shelf="A2-3", barcode="3760000000024")
        cls.paid_order = cls._create_basket()
        cls.till_order = cls._create_basket(till=True)

    @classmethod
    def _create_duty(cls, login, **values):
        user = cls._create_member(
            login, "up_to_date", groups="base.group_portal,panier_member.panier_member_group_preparer"
        )
        user.write(values)
        return user

    @classmethod
    def _create_stocked(cls, **values):
        """Goods of which there are 100 in the warehouse."""
        product = cls._create_goods(**values)
        product.is_storable = True
        location = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, 100)
        return product

    @classmethod
    def _create_basket(cls, till=False, slot=None, user=None, **values):
        """A confirmed order of the three goods."""
        order = cls._create_cart(user=user, products=cls.lentils, **values)
        order.order_line.filtered(lambda line: line.product_id == cls.lentils).product_uom_qty = 3
        order.order_line = [
            Command.create({"product_id": cls.apples.id, "product_uom_qty": 2}),
            Command.create({"product_id": cls.soap.id, "product_uom_qty": 1}),
        ]
        order.action_panier_choose_slot((slot or cls.slot).id)
        if till:
            cls._choose_till(order)
        else:
            cls._pay(order)
        return order

    @classmethod
    def _line(cls, order, product):
        return order.order_line.filtered(lambda line: line.product_id == product)

    @classmethod
    def _mark(cls, order, product, mark, quantity=None, reason=None, user=None, **kwargs):
        """A tap of the preparer (or ``user``)."""
        return order.with_user(user or cls.preparer).action_panier_mark_line(
            cls._line(order, product).id, mark, quantity, reason, **kwargs
        )

    @classmethod
    def _prepare(cls, order, lentils=3, user=None, **values):
        """Take, mark and finish; so many lentils are found."""
        user = user or cls.preparer
        order.with_user(user).action_panier_take()
        cls._mark(order, cls.lentils, "done" if lentils == 3 else "missing", lentils, "Shelf empty", user=user)
        cls._mark(order, cls.apples, "done", user=user)
        cls._mark(order, cls.soap, "done", user=user)
        order.with_user(user).action_panier_finish(**{"bags": 2, "stored_at": "Shelf B", **values})
