from uuid import uuid4

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditTillCase


@tagged("post_install", "-at_install")
class TestMultiCompany(CreditTillCase):
    """Credit is spent at the tills of the company that gave it, in its currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {
                "name": "Other co-op",
                "currency_id": cls.env.company.currency_id.id,
                "country_id": cls.env.company.country_id.id,
            }
        )
        cls.env.user.company_ids += cls.other_company
        cls.env["account.chart.template"].try_loading("generic_coa", cls.other_company, install_demo=False)
        cls.other_config = cls._create_till("Other till", company=cls.other_company)
        cls._open_till(cls.other_config)

    def test_every_company_has_its_method(self):
        method = self.other_company._panier_credit_pos_method()
        self.assertEqual((method.company_id, method.type), (self.other_company, "pay_later"))
        self.assertNotEqual(method, self.avoir)
        self.assertEqual(self.other_company._panier_credit_pos_method(), method)

    def test_a_session_of_another_company(self):
        session = self.other_config.current_session_id.with_user(self.cashier)
        with self.assertRaises(AccessError):
            session.panier_credit_hold(str(uuid4()), self.member.partner_id.id, 7)
        self.assertUntouched()

    def test_credit_of_another_company(self):
        self.cashier.company_ids += self.other_company
        session = self.other_config.current_session_id.with_user(self.cashier)
        session = session.with_context(allowed_company_ids=self.other_company.ids)
        with self.assertRefused("credit_none"):
            session.panier_credit_hold(str(uuid4()), self.member.partner_id.id, 7)
        uuid = str(uuid4())
        self._hold(uuid, 7)
        self.assertFalse(session.panier_credit_release(uuid), "nor released from there")
        self.assertEqual(self._available(), 0)

    def test_another_currency(self):
        currency = self.env["res.currency"].create({"name": "XTS", "symbol": "¤", "rate_ids": [(0, 0, {"rate": 2})]})
        journal = self.env["account.journal"].create(
            {"name": "Till in another currency", "code": "TXTS", "type": "sale", "currency_id": currency.id}
        )
        config = self.env["pos.config"].create(
            {
                "name": "Currency till",
                "journal_id": journal.id,
                "invoice_journal_id": journal.id,
                "use_pricelist": False,
                "payment_method_ids": [(6, 0, self.avoir.ids)],
            }
        )
        self._open_till(config)
        session = config.current_session_id.with_user(self.cashier)
        with self.assertRefused("credit_till"):
            session.panier_credit_hold(str(uuid4()), self.member.partner_id.id, 7)
        self.assertUntouched()
