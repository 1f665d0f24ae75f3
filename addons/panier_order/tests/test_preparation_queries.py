import logging
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from ..models.sale_order_board import PAGE
from .preparation_common import PreparationCommon

_logger = logging.getLogger(__name__)

FEW, MANY = 10, 1000


@tagged("post_install", "-at_install")
class TestPreparationQueries(PreparationCommon, HttpCase):
    """The board costs the same for ten baskets and for a thousand that all wait for the same product."""

    def _add_baskets(self, count):
        """Baskets like the paid one, straight into the tables: a thousand confirmations would take minutes."""
        self.env.flush_all()
        columns = {
            table: ", ".join(
                f'"{name}"'
                for name, field in self.env[model]._fields.items()
                if field.store and field.column_type and name not in ("id", *keys)
            )
            for table, model, keys in (
                ("sale_order", "sale.order", ("name", "panier_code", "access_token")),
                ("sale_order_line", "sale.order.line", ("order_id",)),
                ("stock_move", "stock.move", ("sale_line_id",)),
            )
        }
        self.env.cr.execute(
            f"""
            WITH orders AS (
                INSERT INTO sale_order (name, panier_code, {columns["sale_order"]})
                SELECT 'MANY' || n, 'MANY' || n, {columns["sale_order"]}
                  FROM sale_order, generate_series(1, %s) n WHERE id = %s
                RETURNING id
            ), lines AS (
                INSERT INTO sale_order_line (order_id, {columns["sale_order_line"]})
                SELECT orders.id, {columns["sale_order_line"]}
                  FROM sale_order_line line, orders WHERE order_id = %s
                RETURNING id
            )
            INSERT INTO stock_move (sale_line_id, {columns["stock_move"]})
            SELECT lines.id, {columns["stock_move"]}
              FROM lines, (SELECT * FROM stock_move WHERE sale_line_id IS NOT NULL LIMIT 1) move
            """,
            [count, self.paid_order.id, self.paid_order.id],
        )
        self.env.invalidate_all()

    def _count(self, call):
        """Queries of a call, caches of the registry warm and those of records cold."""
        call()
        self.env.invalidate_all()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def _grow(self, measure):
        """What ``measure`` returns with few and with many baskets."""
        self._add_baskets(FEW - 2)
        few = measure()
        self._add_baskets(MANY - FEW)
        self.assertEqual(self.env["sale.order"].search_count([("panier_slot_id", "=", self.slot.id)]), MANY)
        return few, measure()

    def test_board(self):
        orders = self.env["sale.order"].with_user(self.preparer)

        def measure():
            board = orders._panier_board()
            self.assertEqual(len(board["baskets"]), min(board["counts"]["today"], PAGE))
            return self._count(orders._panier_board)

        with freeze_time(self.slot.start - timedelta(hours=1)):
            few, many = self._grow(measure)
        _logger.info("preparation board: %s queries for %s baskets, %s for %s", few, FEW, many, MANY)
        self.assertEqual(few, many)

    def test_page(self):
        """The whole page, as the browser gets it."""
        self.authenticate("preparer", "preparer")

        def measure():
            return self._count(lambda: self.assertIn("MANY", self.url_open("/panier/prepare").text))

        self.slot.flush_recordset()
        # The server has its own clock: the baskets are late instead of today's.
        self.env.cr.execute("UPDATE sale_order SET panier_slot_start = now() - interval '1 day'")
        few, many = self._grow(measure)
        _logger.info("preparation page: %s queries for %s baskets, %s for %s", few, FEW, many, MANY)
        self.assertEqual(few, many)

    def test_backend_list(self):
        """The list of staff: progress of a page of baskets in one query."""
        orders = self.env["sale.order"].with_user(self.referent)
        specification = {
            name: {}
            for name in ("name", "panier_state", "panier_done_count", "panier_line_count", "panier_collect_by")
        } | {"panier_slot_id": {"fields": {"display_name": {}}}, "partner_id": {"fields": {"display_name": {}}}}

        def measure():
            return self._count(
                lambda: orders.web_search_read([("panier_state", "!=", False)], specification, limit=FEW)
            )

        few, many = self._grow(measure)
        self.assertEqual(few, many)
