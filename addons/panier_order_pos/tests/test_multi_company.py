from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestMultiCompany(TillCommon):
    """Two co-ops in one database do not see, nor pay, each other's baskets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {"name": "The other co-op", "currency_id": cls.env.company.currency_id.id}
        )
        cls.env["account.chart.template"].try_loading("generic_coa", cls.other_company, install_demo=False)
        cls.other_config = cls._create_till("Their till", cls.other_company)
        cls._open_till(cls.other_config)
        cls.other_cashier = cls._create_staff(
            "other_cashier",
            "base.group_user,point_of_sale.group_pos_user",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )

    def test_not_found_not_taken(self):
        till = self._till(self.other_cashier, self.other_config)
        for query in ("", self.till_basket.name, self.till_basket.panier_code, "memb"):
            self.assertEqual(till.action_panier_find_baskets(query)["baskets"], [])
        for attempt in (
            lambda: till.action_panier_take_basket(self.till_basket.id, "ticket"),
            lambda: till.action_panier_check_baskets("ticket", self.till_basket.ids),
            lambda: till.action_panier_hand_over(self.till_basket.id),
            lambda: self.till_basket.with_user(self.other_cashier).load_sale_order_from_pos(self.other_config.id),
            lambda: self.till_basket.order_line.with_user(self.other_cashier).read_converted(),
            lambda: self._till(self.other_cashier).action_panier_find_baskets(""),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertUnchanged(self.till_basket, self.slot, panier_state="ready", panier_ticket=False)

    def test_a_forged_ticket_settles_nothing(self):
        """A paid ticket is kept, as an ordinary one; the order of the other shop hears nothing of it."""
        values = self._ticket(self.till_basket, config=self.other_config)
        values["lines"] = [(0, 0, {**line[2], "tax_ids": []}) for line in values["lines"]]
        with mute_logger("odoo.addons.panier_order_pos.models.pos_order"):
            ticket = self._sync(values, user=self.other_cashier)
        self.assertEqual(ticket.company_id, self.other_company)
        self.assertFalse(ticket.lines.sale_order_line_id)
        self.assertEqual(self.till_basket.panier_state, "ready")
        self.assertFalse(self.till_basket.activity_ids)
