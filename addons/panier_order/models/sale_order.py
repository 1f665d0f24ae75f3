from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_place_id = fields.Many2one(related="carrier_id.panier_place_id", string="Collection place")
    panier_slot_id = fields.Many2one(
        "panier.slot", string="Collection slot", copy=False, readonly=True, index="btree_not_null", ondelete="restrict"
    )
    panier_slot_start = fields.Datetime(
        related="panier_slot_id.start", string="Collection from", store=True, index=True
    )
    panier_slot_lost = fields.Boolean(
        string="Slot to choose again",
        copy=False,
        readonly=True,
        help="Paid after the place had gone to somebody else: the order stands, the member chooses another slot.",
    )
    panier_code = fields.Char(string="Collection code", copy=False, readonly=True, index="btree_not_null")
    panier_pay_at_till = fields.Boolean(string="To be paid at the till", copy=False, readonly=True)
    panier_till_paid_at = fields.Datetime(string="Paid at the till on", copy=False, readonly=True)
    panier_substitution = fields.Selection(
        selection=[
            ("none", "Nothing in its place"),
            ("similar", "Something similar"),
            ("call", "Call me"),
        ],
        string="When something is missing",
        default="none",
        copy=False,
    )
    panier_note = fields.Text(string="Note for the preparation", copy=False)
    panier_is_ours = fields.Boolean(
        compute="_compute_panier_is_ours", help="For the views: whether Panier prepares it."
    )

    # === COMPUTE METHODS === #

    @api.depends("carrier_id", "panier_state")
    def _compute_panier_is_ours(self):
        for order in self:
            order.panier_is_ours = order._panier_is_ours()

    def _compute_warehouse_id(self):
        """Override of `website_sale_stock` to take the goods from the warehouse of the place, if it has one."""
        from_place = self.filtered(lambda order: order.state in ("draft", "sent") and order._panier_place_warehouse())
        super(SaleOrder, self - from_place)._compute_warehouse_id()
        for order in from_place:
            order.warehouse_id = order._panier_place_warehouse()

    def _get_shop_warehouse_id(self):
        """Override of `website_sale_stock` to show what is free where the basket will be collected."""
        return self._panier_place_warehouse().id or super()._get_shop_warehouse_id()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to apply what the delivery method decides."""
        orders = super().create(vals_list)
        orders.filtered("carrier_id")._panier_apply_carrier()
        return orders

    def write(self, vals):
        """Override to apply what the delivery method decides."""
        res = super().write(vals)
        if "carrier_id" in vals:
            self._panier_apply_carrier()
        return res

    def _panier_apply_carrier(self):
        """Full payment, no signature, the warehouse of the place; orders that are not ours are left alone."""
        for order in self.filtered(lambda order: order.state in ("draft", "sent") and order._panier_is_ours()):
            if not order.require_payment or order.prepayment_percent != 1.0 or order.require_signature:
                order.write({"require_payment": True, "prepayment_percent": 1.0, "require_signature": False})
            if (warehouse := order._panier_place_warehouse()) and order.warehouse_id != warehouse:
                order.warehouse_id = warehouse

    # === WHAT IS OURS === #

    def _panier_is_ours(self):
        """Whether this order goes through Panier's journey: by its delivery method, or being on its way already."""
        self.ensure_one()
        return bool(self.panier_state) or (bool(self.carrier_id) and self.carrier_id._is_panier())

    def _panier_action(self):
        """Override of `panier_member`: whoever orders by a delivery method of ours asks to "order"."""
        return super()._panier_action() or ("order" if self._panier_is_ours() else False)

    def _panier_requires_full_payment(self):
        """Override of `panier_member`: also orders that staff make in the backend."""
        return super()._panier_requires_full_payment() or self._panier_is_ours()

    def _panier_lines(self):
        """The lines that are put into the basket: goods, neither services, sections nor the delivery."""
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_delivery
                and line.product_id.type == "consu"
                and line._panier_ordered() > 0  # a return by staff goes into no basket
            )
        )

    def _panier_place_warehouse(self):
        """The warehouse of the collection place, empty where the place has none.

        :rtype: stock.warehouse
        """
        self.ensure_one()
        # sudo: a member may not read places nor warehouses; the warehouse of a public place is no secret.
        return self.carrier_id.sudo().panier_place_id.warehouse_id

    def _panier_may_pay_at_till(self):
        """Whether the member may choose to pay in the shop: collection allows it and nothing was paid online yet."""
        self.ensure_one()
        return (
            self._panier_is_ours()
            and self.carrier_id.panier_till_allowed
            and bool(self._panier_lines())
            and not self._panier_amount_received()
        )
