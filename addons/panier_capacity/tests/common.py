"""For the tests of addons whose records have places: mix it in, and holds are seen by the test that made them."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.panier_capacity.models.panier_capacity_mixin import PanierCapacityMixin


class CapacityCase:
    """Mixin for `TransactionCase` (put it first) and `HttpCase`.

    Holds are made in a transaction of their own, which cannot see what a test has not committed. Odoo's registry test
    mode gives them the test's own connection; this adds what a request does by itself: pending writes are flushed
    before, the cache is fresh after, and `commit()` carries out decisions as the end of a request would.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls._registry_patched:
            cls.registry_enter_test_mode_cls()
        genuine = PanierCapacityMixin._capacity_cursor

        @contextmanager
        def flushed(record):
            record.env.flush_all()
            with genuine(record) as cr:
                yield cr
            record.env.invalidate_all(flush=False)

        cls.startClassPatcher(patch.object(PanierCapacityMixin, "_capacity_cursor", flushed))

    def commit(self):
        """What a commit does beside committing: decisions are carried out."""
        self.env.flush_all()
        self.env.cr.postcommit.run()
        self.env.invalidate_all()

    def assertCountersRight(self):
        """`reserved = Σ held and taken`, for every model with places (law 2)."""
        self.env.flush_all()
        self.assertEqual(self.env["panier.capacity.hold"]._check_all(), {})
