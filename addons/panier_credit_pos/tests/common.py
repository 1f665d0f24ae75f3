"""A till where members pay with their avoirs, and the tickets that its screen would send."""

from uuid import uuid4

from odoo import fields
from odoo.fields import Command

from odoo.addons.panier_credit.tests.common import PanierCreditCase


class CreditTillCase(PanierCreditCase):
    """An open till with cash and the avoir; a member who has 7.00 of it.

    :cvar cashier: may use the point of sale, and nothing else
    :cvar apples: 10.00, without tax
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = cls._create_staff("cashier", "base.group_user,point_of_sale.group_pos_user")
        cls.config = cls._create_till("The till")
        cls.cash, cls.avoir = cls.config.payment_method_ids.sorted("is_cash_count", reverse=True)
        cls._open_till()
        cls.apples = cls._create_goods(name="Till apples", list_price=10.0, available_in_pos=True)
        cls.note = cls._give_credit(7)

    # === FACTORIES === #

    @classmethod
    def _create_till(cls, name, company=None, **values):
        """:rtype: pos.config"""
        company = company or cls.env.company
        number = cls.env["account.journal"].search_count([])
        journal = cls.env["account.journal"].create(
            {"name": f"Cash {name}", "code": f"K{number}", "type": "cash", "company_id": company.id}
        )
        cash = cls.env["pos.payment.method"].create(
            {"name": "Cash", "journal_id": journal.id, "company_id": company.id}
        )
        methods = cash + company._panier_credit_pos_method()
        return (
            cls.env["pos.config"]
            .with_company(company)
            .create(
                {
                    "name": name,
                    "company_id": company.id,
                    "payment_method_ids": [Command.set(methods.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def _open_till(cls, config=None):
        config = config or cls.config
        config.with_company(config.company_id).open_ui()
        config.current_session_id.set_opening_control(0, None)
        return config.current_session_id

    @property
    def open_session(self):
        """The open session, as the cashier's browser calls it."""
        return self.config.current_session_id.with_user(self.cashier)

    def _hold(self, uuid, amount, partner=None):
        """:return: the answer to the till"""
        return self.open_session.panier_credit_hold(uuid, (partner or self.member.partner_id).id, amount)

    def _confirm(self, uuid, amount, partner=None):
        return self.open_session.panier_credit_confirm(uuid, (partner or self.member.partner_id).id, amount)

    def _held(self, uuid, *states):
        """The payments of a ticket, in any state."""
        domain = [("panier_pos_uuid", "=", uuid)]
        return self.env["payment.transaction"].search(domain + ([("state", "in", states)] if states else []))

    def _values(self, uuid=None, avoir=0.0, cash=None, quantity=1, partner=None, **values):
        """What the till sends for a ticket of apples, paid.

        :param float cash: the rest by default
        :rtype: dict
        """
        total = 10.0 * quantity
        cash = total - avoir if cash is None else cash
        config = values.pop("config", self.config)
        method = values.pop("method", self.avoir)
        payments = [(self.cash, cash), (method, avoir)]
        return {
            "uuid": uuid or str(uuid4()),
            "access_token": False,
            "state": "paid",
            "amount_paid": cash + avoir,
            "amount_return": 0,
            "amount_tax": 0,
            "amount_total": total,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "fiscal_position_id": False,
            "last_order_preparation_change": "{}",
            "lines": [
                Command.create(
                    {
                        "uuid": str(uuid4()),
                        "product_id": self.apples.id,
                        "price_unit": 10.0,
                        "qty": quantity,
                        "price_subtotal": total,
                        "price_subtotal_incl": total,
                        "tax_ids": [],
                    }
                )
            ],
            "partner_id": (self.member.partner_id if partner is None else partner).id,
            "payment_ids": [
                Command.create({"amount": amount, "name": "Payment", "payment_method_id": paid_by.id})
                for paid_by, amount in payments
                if amount
            ],
            "session_id": config.current_session_id.id,
            "to_invoice": False,
            "user_id": self.cashier.id,
            **values,
        }

    def _sync(self, values):
        """The till saves a ticket.

        :rtype: pos.order
        """
        uuid = values["uuid"]
        self.env["pos.order"].with_user(self.cashier).sync_from_ui([values])
        self.env.invalidate_all()
        return self.env["pos.order"].search([("uuid", "=", uuid)])

    def _sell(self, avoir, **values):
        """Held, confirmed, saved, as the screen does it.

        :rtype: pos.order
        """
        uuid = str(uuid4())
        self._hold(uuid, avoir)
        self._confirm(uuid, avoir)
        return self._sync(self._values(uuid, avoir=avoir, **values))

    def _close(self, counted=None):
        """The cashier counts and closes.

        :rtype: pos.session
        """
        session = self.open_session
        session.post_closing_cash_details(session.cash_register_balance_end if counted is None else counted)
        answer = session.close_session_from_ui()
        self.assertTrue(answer["successful"], answer)
        self.env.invalidate_all()
        self.assertEqual(session.state, "closed")
        return session.with_env(self.env)

    def _run_job(self):
        """What the scheduler does for credit, every ten minutes."""
        self.env.ref("panier_credit.ir_cron_credit_tidy").method_direct_trigger()
        self.env.invalidate_all()

    # === ASSERTIONS === #

    def assertNothingMissing(self):
        """Fails unless the ledger and the members' credit agree, to the cent."""
        self.env.flush_all()
        self.assertFalse(self.env["panier.credit.control"]._differences())

    def assertUntouched(self, amount=7.0):
        """Fails unless the member's credit is what it was, and nothing of it is being spent."""
        self.env.invalidate_all()
        self.assertEqual((self._available(), self._open()), (amount, amount))
