from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CreditTillCase


@tagged("post_install", "-at_install")
class TestTours(CreditTillCase, HttpCase):
    """The till in a browser, as somebody who may use the point of sale and nothing else."""

    def test_avoir(self):
        self.member.partner_id.name = "Tilleul"
        self.other_member.partner_id.name = "Orme"
        with mute_logger("odoo.http"):  # the refusal the tour asks for
            self.start_tour(f"/pos/ui/{self.config.id}", "panier_credit_till", login="cashier")
        self.env.invalidate_all()
        ticket = self.env["pos.order"].search([("config_id", "=", self.config.id), ("state", "=", "paid")])
        self.assertEqual(sorted(ticket.payment_ids.mapped("amount")), [3, 7])
        self.assertEqual((ticket.panier_credit_used, ticket.panier_credit_left), (7, 0))
        self.assertEqual(self._held(ticket.uuid, "authorized").amount, 7)
        self.assertEqual((self._available(), self._open()), (0, 7))
