from odoo.fields import Command
from odoo.tests import tagged

from .common import PanierMemberCommon


@tagged("post_install", "-at_install")
class TestQueries(PanierMemberCommon):
    def _members(self, count):
        return self.env["res.partner"].create(
            [{"name": f"Member {i}", "panier_status_id": self.status["alert"].id, "ref": "ok"} for i in range(count)]
        )

    def _count(self, function, records):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(records)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _assert_constant(self, function):
        few, many = self._members(3), self._members(30)
        function(self._members(1))  # warm the registry's caches
        self.assertEqual(self._count(function, few), self._count(function, many))

    def test_the_status_of_ten_times_more_members_costs_the_same(self):
        self._assert_constant(lambda members: members._panier_statuses())

    def test_the_list_of_members_costs_the_same(self):
        self._assert_constant(lambda members: members.mapped("panier_effective_status_id.name"))

    def test_so_does_a_mapped_status(self):
        self.env.company.write(
            {
                "panier_status_field_id": self.env["ir.model.fields"]._get("res.partner", "ref").id,
                "panier_status_mapping_ids": [
                    Command.create({"value": "ok", "status_id": self.status["up_to_date"].id})
                ],
            }
        )
        self._assert_constant(lambda members: members._panier_statuses())

    def test_changing_many_statuses_costs_the_same(self):
        few, many = self._members(3), self._members(30)
        change = self.status["delay"].id

        def function(members):
            return members.write({"panier_status_id": change})

        function(self._members(1))
        self.assertEqual(self._count(function, few), self._count(function, many))

    def test_the_question_is_cheap(self):
        partner = self.member.partner_id
        partner._panier_refusals("order")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            partner._panier_refusals("order")
        with self.assertQueryCount(0):
            partner._panier_refusals("order")
