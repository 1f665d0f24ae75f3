"""A till, its cashier, and the tickets that the till's screen would send."""

from uuid import uuid4

from odoo import fields
from odoo.fields import Command

from odoo.addons.panier_order.tests.preparation_common import PreparationCommon


class TillCommon(PreparationCommon):
    """An open till with cash and bank.

    :cvar cashier: may use the point of sale, and nothing else
    :cvar till_basket: a basket to be paid at the till, prepared with 2 lentils of 3: 20.00 + 5.00 + 4.00 = 29.00
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = cls._create_staff("cashier", "base.group_user,point_of_sale.group_pos_user")
        cls.config = cls._create_till("The till")
        cls._open_till(cls.config)
        cls.till_basket = cls.till_order
        cls._prepare(cls.till_basket, lentils=2)

    # === FACTORIES === #

    @classmethod
    def _create_till(cls, name, company=None):
        """:rtype: pos.config"""
        company = company or cls.env.company
        journals = cls.env["account.journal"].with_company(company)
        methods = cls.env["pos.payment.method"].with_company(company)
        letter = name[-1].upper() + str(cls.env["pos.config"].search_count([]))
        cash = journals.create({"name": f"Cash {name}", "code": f"C{letter}", "type": "cash"})
        bank = journals.search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)
        return (
            cls.env["pos.config"]
            .with_company(company)
            .create(
                {
                    "name": name,
                    "company_id": company.id,
                    "payment_method_ids": [
                        Command.set(
                            (
                                methods.create({"name": "Cash", "journal_id": cash.id})
                                + methods.create({"name": "Bank", "journal_id": bank.id})
                            ).ids
                        )
                    ],
                }
            )
        )

    @classmethod
    def _open_till(cls, config):
        config.open_ui()
        config.current_session_id.set_opening_control(0, None)

    @classmethod
    def _ticket(cls, baskets=None, sold=None, extra=(), config=None, **values):
        """What the till sends for a paid ticket: the lines of the baskets as they are now, then others.

        :param dict sold: {product: quantity}, where it is not what was prepared; 0: taken off the ticket
        :param list extra: (product, quantity) that were scanned besides, and other values of the line if any
        """
        config = config or cls.config
        baskets = baskets or cls.env["sale.order"]
        lines = [cls._ticket_line(line.product_id, line.product_uom_qty, line) for line in baskets.order_line]
        lines = [vals | {"qty": (sold or {}).get(vals["product"], vals["qty"])} for vals in lines]
        lines += [
            cls._ticket_line(product, quantity) | more
            for product, quantity, *others in extra
            for more in others or [{}]
        ]
        lines = [cls._with_amounts(vals) for vals in lines if vals["qty"]]
        total = sum(vals["price_subtotal_incl"] for vals in lines)
        state = values.get("state", "paid")
        payment = {
            "amount": total,
            "name": fields.Datetime.to_string(fields.Datetime.now()),
            "payment_method_id": config.payment_method_ids[-1:].id,
        }
        return {
            "uuid": str(uuid4()),
            "state": state,
            "access_token": False,
            "amount_paid": total,
            "amount_return": 0,
            "amount_tax": total - sum(vals["price_subtotal"] for vals in lines),
            "amount_total": total,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "fiscal_position_id": False,
            "last_order_preparation_change": "{}",
            "lines": [Command.create({**vals, "uuid": str(uuid4())}) for vals in lines],
            "partner_id": baskets.partner_id.id,
            "payment_ids": [Command.create(payment)] if state == "paid" else [],
            "session_id": config.current_session_id.id,
            "to_invoice": False,
            "user_id": cls.cashier.id,
            **values,
        }

    @classmethod
    def _ticket_line(cls, product, quantity, line=None):
        return {
            "product": product,
            "product_id": product.id,
            "qty": quantity,
            "price_unit": line.price_unit if line else product.lst_price,
            "discount": 0,
            "tax_ids": [Command.set((line.tax_ids if line else product.taxes_id).ids)],
            "pack_lot_ids": [],
            "sale_order_line_id": line.id if line else False,
            "sale_order_origin_id": line.order_id.id if line else False,
        }

    @classmethod
    def _with_amounts(cls, vals):
        product = vals.pop("product")
        taxes = cls.env["account.tax"].browse(vals["tax_ids"][0][2])
        amounts = taxes.compute_all(vals["price_unit"], cls.env.company.currency_id, vals["qty"], product=product)
        return vals | {
            "price_subtotal": amounts["total_excluded"],
            "price_subtotal_incl": amounts["total_included"],
        }

    # === ACTIONS AS THE CASHIER === #

    @classmethod
    def _till(cls, user=None, config=None):
        return (config or cls.config).with_user(user or cls.cashier)

    @classmethod
    def _sync(cls, *tickets, user=None):
        """Save tickets as the till does.

        :rtype: pos.order
        """
        cls.env.flush_all()
        cls.env.invalidate_all()
        data = cls.env["pos.order"].with_user(user or cls.cashier).sync_from_ui(list(tickets))
        cls.env.invalidate_all()
        return cls.env["pos.order"].browse(data["pos.order"][0]["id"])

    # === WHAT MUST BE TRUE === #

    @classmethod
    def _in_stock(cls, product):
        location = cls.config.picking_type_id.default_location_src_id
        return cls.env["stock.quant"]._get_available_quantity(product, location), sum(
            cls.env["stock.quant"]
            .search([("product_id", "=", product.id), ("location_id", "child_of", location.id)])
            .mapped("quantity")
        )

    def assertHandedOverOnce(self, order, ticket, lentils):
        """Fails unless the order is closed by this ticket: delivered once, invoiced once, its place still taken."""
        self.assertEqual(order.panier_state, "handed_over")
        self.assertEqual(order.panier_handed_over_by_id, self.cashier)
        self.assertTrue(order.panier_handed_over_at and order.panier_till_paid_at)
        line = self._line(order, self.lentils)
        self.assertEqual((line.product_uom_qty, line.qty_delivered, line.qty_invoiced), (lentils, lentils, lentils))
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})
        self.assertEqual(ticket.picking_ids.mapped("state"), ["done"])
        self.assertEqual(self._in_stock(self.lentils), (100 - lentils - self.reserved, 100 - lentils))
        self.assertEqual(order.amount_unpaid, 0)
        self.assertEqual(set(self._till_states(order)), {"cancel"})
        self.assertTrue(order._panier_hold())

    #: Lentils that other baskets have reserved: those of the paid order of `PreparationCommon`.
    reserved = 3

    def _till_states(self, order):
        return order._panier_till_transactions().mapped("state")
