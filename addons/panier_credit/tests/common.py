"""Members with credit; the shop and its roles come from `panier_order`."""

from odoo import fields
from odoo.fields import Command

from odoo.addons.panier_capacity.tests.common import CapacityCase
from odoo.addons.panier_order.tests.common import PanierOrderCommon, PanierOrderHttpCase


class PanierCreditCommon(PanierOrderCommon):
    """The shop of `panier_order`, where members can have credit.

    :cvar other_member: an up-to-date member of another household
    :cvar accountant: an internal user who invoices, without any role of Panier
    :cvar credit_provider: the provider whose payments are credit
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_member = cls._create_member("other_member", "up_to_date")
        cls.accountant = cls._create_staff("accountant", "account.group_account_user,account.group_account_invoice")
        cls.credit_provider = cls.env.company._panier_credit_provider()

    @classmethod
    def _give_credit(cls, amount, partner=None, date=None, company=None, **values):
        """An avoir of the accountant's, posted.

        :param res.partner partner: the member's by default
        :rtype: account.move
        """
        note = (
            cls.env["account.move"]
            .with_company(company or cls.env.company)
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": (partner or cls.member.partner_id).id,
                    "invoice_date": date or fields.Date.today(),
                    "invoice_line_ids": [
                        Command.create({"name": "Given back", "quantity": 1, "price_unit": amount, "tax_ids": []})
                    ],
                    **values,
                }
            )
        )
        note.action_post()
        return note

    @classmethod
    def _as_member(cls, order, user=None):
        """The order as the portal's routes hold it: sudo, the user stays the member."""
        return order.with_user(user or cls.member).sudo()

    @classmethod
    def _pay_rest(cls, order, **values):
        """The card pays what the credit leaves.

        :rtype: payment.transaction
        """
        return cls._pay(order, amount=order._panier_amount_due(), **values)

    @classmethod
    def _available(cls, partner=None):
        """What the household can spend now."""
        partner = partner or cls.member.partner_id
        return partner._panier_credit_available(cls.env.company)

    @classmethod
    def _open(cls, partner=None):
        """What is left of the household's avoirs, held or not."""
        partner = partner or cls.member.partner_id
        return partner._panier_credit_open(cls.env.company)


class PanierCreditCase(CapacityCase, PanierCreditCommon):
    """Tests of the model."""


class PanierCreditHttpCase(PanierCreditCommon, PanierOrderHttpCase):
    """The same, through a browser's requests."""
