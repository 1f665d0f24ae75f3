"""Users of least privilege and factories; the addons above import them from here."""

from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests.common import new_test_user

from odoo.addons.base.tests.common import BaseCommon

from ..refusal import Refused


class PanierMemberCommon(BaseCommon):
    """A co-op that sells to members only, one user per role.

    :cvar member, suspended_member, stranger, preparer: portal users; the stranger has no status
    :cvar referent, manager, employee: internal users; the employee has no group of Panier
    :cvar status: {code: panier.member.status}
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        statuses = cls.env["panier.member.status"].search([])
        cls.status = {status.code: status for status in statuses}
        cls.website = cls.env["website"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.website.panier_members_only = True
        cls._speak_english()
        cls.member = cls._create_member("member", "up_to_date")
        cls.suspended_member = cls._create_member("suspended_member", "suspended")
        cls.stranger = cls._create_member("stranger", None)
        cls.preparer = cls._create_member(
            "preparer", "up_to_date", groups="base.group_portal,panier_member.panier_member_group_preparer"
        )
        cls.referent = cls._create_staff("referent", "panier_member.panier_member_group_referent")
        cls.manager = cls._create_staff("manager", "panier_member.panier_member_group_manager")
        cls.employee = cls._create_staff("employee", "base.group_user,base.group_partner_manager")
        cls.public_user = cls.website.user_id
        cls.product = cls._create_product()

    @classmethod
    def setup_main_company(cls, currency_code="EUR"):
        super().setup_main_company(currency_code)

    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "lang": "en_US"}

    @classmethod
    def _speak_english(cls):
        """Tests read sentences: whatever the language of the database, the website's is English."""
        english = cls.env["res.lang"]._activate_lang("en_US")
        cls.website.language_ids += english
        cls.website.default_lang_id = english

    @classmethod
    def _user_values(cls, login):
        return {"email": f"{login}@example.com", "lang": "en_US"}

    # === FACTORIES === #

    @classmethod
    def _create_member(cls, login, status_code, groups="base.group_portal", **values):
        """A portal user; login and password are the same.

        :param str|None status_code: code of the status of their own household.
        :param values: of the partner.
        :rtype: res.users
        """
        user = new_test_user(cls.env, login, groups, name=login.replace("_", " ").title(), **cls._user_values(login))
        status = cls.status[status_code] if status_code else cls.env["panier.member.status"]
        user.partner_id.write(
            {
                "panier_status_id": status.id,
                "street": "1 rue des Lilas",
                "zip": "45000",
                "city": "Orléans",
                "country_id": cls.env.ref("base.fr").id,
                "phone": "+33 2 61 91 00 00",
                **values,
            }
        )
        return user

    @classmethod
    def _create_staff(cls, login, groups, **values):
        """An internal user; login and password are the same.

        :rtype: res.users
        """
        return new_test_user(cls.env, login, groups, **{**cls._user_values(login), **values})

    @classmethod
    def _create_product(cls, **values):
        """A published service at 10.00 without tax: no delivery, no stock, no accounting needed.

        :rtype: product.product
        """
        return cls.env["product.product"].create(
            {
                "name": "Basket",
                "type": "service",
                "list_price": 10.0,
                "taxes_id": [Command.clear()],
                "is_published": True,
                "sale_ok": True,
                **values,
            }
        )

    @classmethod
    def _create_order(cls, partner=None, quantity=2, website=True, **values):
        """A draft order of 20.00 on the members-only website (`website=False`: made by staff, none of ours).

        :rtype: sale.order
        """
        partner = partner or cls.member.partner_id
        if website:
            values.setdefault("website_id", cls.website.id)
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": cls.product.id, "product_uom_qty": quantity})],
                **values,
            }
        )

    @classmethod
    def _create_provider(cls, **values):
        """A published way to pay that needs neither network nor journal.

        :rtype: payment.provider
        """
        redirect_form = cls.env["ir.ui.view"].create(
            {
                "name": "Test redirect form",
                "type": "qweb",
                "arch": "<form action='dummy' method='post'/>",
            }
        )
        method = cls.env.ref("payment.payment_method_unknown")
        provider = cls.env["payment.provider"].create(
            {
                "name": "Test provider",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.env.company.id,
                "redirect_form_view_id": redirect_form.id,
                "payment_method_ids": [Command.set(method.ids)],
                **values,
            }
        )
        method.active = True  # refused by Odoo as long as no provider has it
        return provider

    @classmethod
    def _prepare_transaction(cls, order, provider, **values):
        """Values of an honest payment in full of the order.

        :rtype: dict
        """
        return {
            "provider_id": provider.id,
            "payment_method_id": provider.payment_method_ids[:1].id,
            "amount": order.amount_total,
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id,
            "operation": "online_redirect",
            "sale_order_ids": [Command.set(order.ids)],
            **values,
        }

    @classmethod
    def _create_transaction(cls, order, provider, state=None, user=None, **values):
        """A payment as the portal makes it: sudo, the user stays who they are.

        :rtype: payment.transaction
        """
        transactions = cls.env["payment.transaction"].with_user(user or cls.env.user).sudo()
        transaction = transactions.create(cls._prepare_transaction(order, provider, **values))
        if state:
            # Computed and not stored: what a provider that authorizes first would say.
            transaction.provider_id.support_manual_capture = "full_only"
            transaction.state = state
        return transaction

    # === ASSERTIONS === #

    @contextmanager
    def assertRefused(self, *codes):
        """Fails unless `Refused` is raised with exactly these codes."""
        with self.assertRaises(Refused) as caught:
            yield caught
        self.assertEqual([refusal.code for refusal in caught.exception.refusals], list(codes))

    def assertRefusals(self, refusals, *codes):
        """Fails unless the refusals have exactly these codes, each with a sentence and an advice."""
        self.assertEqual([refusal.code for refusal in refusals], list(codes))
        for refusal in refusals:
            self.assertTrue(refusal.message and refusal.advice, refusal)

    # === LANGUAGES === #

    @classmethod
    def _activate_french(cls):
        """French on screen, with this addon's translations."""
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["panier_member"], ["fr_FR"], overwrite=True)
