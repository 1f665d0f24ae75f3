import base64
from datetime import timedelta
from io import BytesIO

from PIL import Image

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.panier_member.refusal import Refused
from odoo.addons.panier_order.tests.preparation_common import PreparationCommon

from .common import PanierCreditCommon, PanierCreditHttpCase


def picture(kind="PNG"):
    """A small picture."""
    content = BytesIO()
    Image.new("RGB", (12, 8), "green").save(content, kind)
    return content.getvalue()


class ClaimCommon(PanierCreditCommon, PreparationCommon):
    """A basket handed over: 3 lentils at 10.00, 2 kg of apples at 2.50, 1 soap at 4.00, a delivery of 4.90."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carrier.product_id.list_price = 4.9
        cls.basket = cls._create_cart(products=cls.lentils)
        cls.basket.set_delivery_line(cls.carrier, 4.9)
        cls._line(cls.basket, cls.lentils).product_uom_qty = 3
        for product, quantity in ((cls.apples, 2), (cls.soap, 1)):
            cls.basket.order_line = [fields.Command.create({"product_id": product.id, "product_uom_qty": quantity})]
        cls.basket.action_panier_choose_slot(cls.slot.id)
        cls._pay(cls.basket)
        cls._prepare(cls.basket)
        cls.basket.with_user(cls.preparer).action_panier_hand_over()
        cls.invoice = cls.basket.invoice_ids
        cls.Claim = cls.env["panier.credit.claim"]

    def _report(self, product=None, user=None, order=None, **values):
        """What the portal's route does."""
        order = order or self.basket
        line = self._line(order, product or self.lentils)
        return self._as_member(order, user)._panier_report(line.id, **{"kind": "damaged", "quantity": 1.0, **values})

    def _notes(self):
        return self.basket.invoice_ids.filtered(lambda move: move.move_type == "out_refund")

    def _refused(self, code, action, *args, **kwargs):
        """Fails unless it is refused for this reason, and nothing changed."""
        before = (self.Claim.search([]).mapped("state"), sorted(self._notes().ids))
        with self.assertRaises(Refused) as caught, mute_logger("odoo.sql_db"), self.cr.savepoint():
            action(*args, **kwargs)
        self.assertEqual([refusal.code for refusal in caught.exception.refusals], [code])
        self.env.invalidate_all()
        after = (self.Claim.search([]).mapped("state"), sorted(self._notes().ids))
        self.assertEqual(before, after)


@tagged("post_install", "-at_install")
class TestClaims(ClaimCommon):
    """A problem reported after the hand-over is decided once, by staff, in one step."""

    # === REPORT === #

    def test_a_member_reports_and_staff_have_a_to_do(self):
        claim = self._report(words="All broken", photo=base64.b64encode(picture()))
        self.assertEqual((claim.state, claim.partner_id), ("open", self.member.partner_id))
        self.assertEqual(claim.reported_by_id, self.member)
        self.assertEqual((claim.paid, claim.given_back, claim.proposed_amount), (30.0, 0.0, 10.0))
        self.assertEqual(claim.activity_ids.user_id, self.basket._panier_referent())
        self.assertTrue(claim.photo)

    def test_before_the_hand_over_nothing_can_be_reported(self):
        self._refused("claim_incomplete", self._report, order=self.basket, product=self.goods)
        self._prepare(self.paid_order)
        self._refused("claim_not_handed_over", self._report, order=self.paid_order)

    def test_by_the_clock_and_the_setting(self):
        self.basket._panier_write({"panier_handed_over_at": fields.Datetime.now() - timedelta(days=7, seconds=1)})
        self._refused("claim_too_late", self._report)
        self.env.company.panier_claim_days = 8
        self.assertTrue(self._report())
        self.env.company.panier_claim_days = 0
        self._refused("claim_too_late", self._report, product=self.soap)

    def test_reported_twice_counts_once(self):
        self._report()
        self._refused("claim_twice", self._report)

    def test_no_more_than_was_in_the_basket(self):
        for quantity in (0, -1, 3.01):
            self._refused("claim_quantity", self._report, quantity=quantity)

    def test_another_households_line_cannot_be_reported(self):
        claims = self.Claim.search_count([])
        with self.assertRaises(AccessError):
            self.basket.with_user(self.other_member).check_access("read")
        line = self._line(self.basket, self.lentils)
        # On an order of their own, a line of somebody else's is none of it.
        own = self._create_ready_cart(user=self.other_member, slot=self.other_slot)
        self._refused(
            "claim_incomplete", self._as_member(own, self.other_member)._panier_report, line.id, kind="other"
        )
        for user in (self.other_member, self.member):
            with self.assertRaises(AccessError):
                self.Claim.with_user(user).create({"line_id": line.id, "kind": "other"})
        self.assertEqual(self.Claim.search_count([]), claims)

    def test_a_household_sees_its_own_only(self):
        claim = self._report()
        self.assertEqual(claim.with_user(self.member).state, "open")
        with self.assertRaises(AccessError):
            claim.with_user(self.other_member).read(["state"])
        with self.assertRaises(AccessError):
            claim.with_user(self.member).read(["adjusted_amount"])
        self.assertFalse(self.Claim.with_user(self.other_member).search([]))
        with self.assertRaises(AccessError):
            claim.with_user(self.employee).read(["state"])
        self.assertEqual(claim.with_user(self.accountant).paid, 30.0)

    def test_staff_report_for_a_member(self):
        line = self._line(self.basket, self.soap)
        claim = self.Claim.with_user(self.referent).create({"line_id": line.id, "kind": "spoiled"})
        self.assertEqual((claim.partner_id, claim.reported_by_id), (self.member.partner_id, self.referent))
        claim.action_accept()
        self.assertEqual(self._notes().amount_total, 4.0)

    def test_forged_values_are_refused(self):
        line = self._line(self.basket, self.soap)
        for name, value in (
            ("amount", 99.0),
            ("decided_by_id", self.manager.id),
            ("note_ids", [(4, self.invoice.id)]),
        ):
            with self.assertRaises(UserError):
                self.Claim.with_user(self.referent).create({"line_id": line.id, "kind": "other", name: value})
        claim = (
            self.Claim.with_user(self.referent)
            .with_context(default_state="accepted", default_amount=99)
            .create({"line_id": line.id, "kind": "other", "state": "accepted"})
        )
        self.assertEqual((claim.state, claim.amount), ("open", 0.0))

    # === DECIDE === #

    def test_accepted_is_an_avoir_of_the_proposed_amount(self):
        claim = self._report(words="Broken")
        claim.with_user(self.referent).action_accept()
        note = self._notes()
        self.assertEqual((claim.state, claim.amount, claim.note_ids), ("accepted", 10.0, note))
        self.assertEqual((note.state, note.panier_credit_kind, note.amount_total), ("posted", "claim", 10.0))
        self.assertEqual((note.amount_tax, note.reversed_entry_id), (1.67, self.invoice))
        self.assertIn("Damaged", note.panier_credit_reason)
        self.assertEqual(self._available(), 10.0)
        self.assertFalse(claim.activity_ids)
        line = self._line(self.basket, self.lentils)
        self.assertEqual((line.qty_invoiced, self.basket.invoice_status), (3, "invoiced"))
        mail = self.env["mail.mail"].search([("model", "=", "account.move"), ("res_id", "=", note.id)])
        self.assertEqual(mail.recipient_ids, self.member.partner_id)
        for text in (note.name, "Damaged", "/my/credit", self.basket.currency_id.format(10.0)):
            self.assertIn(text, mail.body_html)

    def test_adjusted_needs_a_word_and_no_more_than_was_paid(self):
        claim = self._report().with_user(self.referent)
        self._refused("reason_missing", claim.action_adjust, 3.0)
        self._refused("credit_too_much", claim.action_adjust, 30.01, "All of it")
        self._refused("claim_nothing", claim.action_adjust, 0.0, "Nothing")
        self._refused("claim_nothing", claim.action_adjust, -5.0, "Less")
        claim.write({"adjusted_amount": 3.33, "answer": "A third of it"})
        claim.action_adjust()
        self.assertEqual((claim.state, self._notes().amount_total), ("adjusted", 3.33))
        self.assertIn("A third of it", self._notes().panier_credit_reason)

    def test_refused_needs_a_sentence_and_tells_it(self):
        claim = self._report().with_user(self.referent)
        self._refused("reason_missing", claim.action_refuse)
        claim.action_refuse("It was fresh this morning.")
        self.assertEqual((claim.state, self._notes()), ("refused", self.env["account.move"]))
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.member.partner_id.ids)], order="id")[-1]
        self.assertIn("It was fresh this morning.", mail.body_html)
        self._refused("claim_refused", self._report)

    def test_decided_once(self):
        claim = self._report()
        claim.with_user(self.referent).action_accept()
        self._refused("decided", claim.with_user(self.manager).action_accept)
        self._refused("decided", claim.with_user(self.manager).action_refuse, "No")
        self.assertEqual(len(self._notes()), 1)

    def test_the_delivery_comes_back_only_where_staff_say_so(self):
        self._report(self.soap).with_user(self.referent).action_accept()
        self.assertEqual(self._notes().amount_total, 4.0)
        claim = self._report().with_user(self.referent)
        claim.with_delivery = True
        claim.action_accept()
        self.assertEqual(claim.amount, 14.9)
        self.assertEqual(self.basket.order_line.filtered("is_delivery")._panier_creditable(), 0.0)

    def test_never_more_than_was_paid_for_the_line(self):
        self._report(quantity=2.0).with_user(self.referent).action_accept()
        claim = self._report(quantity=3.0)
        self.assertEqual(claim.proposed_amount, 10.0)
        claim.with_user(self.referent).action_accept()
        self._refused("claim_credited", self._report)
        self.assertEqual(sum(self._notes().mapped("amount_total")), 30.0)
        self.assertEqual(sum(self._notes().mapped("amount_tax")), 5.0)

    def test_nobody_else_decides_and_no_field_is_written(self):
        claim = self._report()
        for user in (self.member, self.preparer, self.employee, self.accountant):
            for action in ("action_accept", "action_adjust", "action_refuse", "action_take_back"):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    getattr(claim.with_user(user), action)()
        for name, value in (("state", "accepted"), ("amount", 9.0), ("note_ids", [(4, self.invoice.id)])):
            with self.assertRaises(UserError):
                claim.with_user(self.manager).write({name: value})
        with self.assertRaises(AccessError):
            claim.with_user(self.manager).unlink()
        claim.with_user(self.referent).action_accept()
        with self.assertRaises(UserError):
            claim.with_user(self.referent).write({"adjusted_amount": 5.0})
        self.assertEqual((claim.state, claim.amount), ("accepted", 10.0))

    # === TAKE BACK === #

    def test_an_avoir_is_taken_back_by_reversing_it(self):
        claim = self._report().with_user(self.referent)
        claim.action_accept()
        self._refused("reason_missing", claim.action_take_back)
        claim.action_take_back("Credited by mistake")
        self.assertEqual(claim.state, "taken_back")
        self.assertEqual(self._available(), 0.0)
        self.assertEqual(self._line(self.basket, self.lentils)._panier_creditable(), 30.0)
        self.assertEqual(self.basket.invoice_status, "invoiced")

    def test_an_avoir_that_was_used_stays_the_members(self):
        claim = self._report().with_user(self.referent)
        claim.action_accept()
        self._as_member(self._create_ready_cart(slot=self.other_slot))._panier_pay_with_credit()
        self._refused("credit_spent", claim.action_take_back, "Credited by mistake")
        self.assertEqual(claim.state, "accepted")

    # === PAID AT THE TILL, ANOTHER COMPANY === #

    def test_a_basket_paid_at_the_till(self):
        self._prepare(self.till_order)
        self.till_order.with_user(self.preparer).action_panier_hand_over(till_paid=True)
        claim = self._report(order=self.till_order)
        self.assertEqual(claim.proposed_amount, 10.0)
        claim.with_user(self.referent).action_accept()
        note = claim.note_ids
        self.assertEqual((note.amount_total, note.amount_tax), (10.0, 1.67))
        self.assertIn(self.till_order.name, note.ref)
        self.assertEqual(self._line(self.till_order, self.lentils)._panier_claimable(), 20.0)

    def test_staff_of_another_company_do_not_see_it(self):
        company = self.env["res.company"].create({"name": "Another co-op"})
        stranger = self._create_staff(
            "stranger_referent",
            "panier_member.panier_member_group_referent",
            company_id=company.id,
            company_ids=[fields.Command.set(company.ids)],
        )
        claim = self._report()
        with self.assertRaises(AccessError), self.cr.savepoint():
            claim.with_user(stranger).action_accept()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.Claim.with_user(stranger).create({"line_id": self._line(self.basket, self.soap).id, "kind": "other"})
        self.assertEqual(claim.state, "open")


@tagged("post_install", "-at_install")
class TestClaimsHttp(ClaimCommon, PanierCreditHttpCase):
    """The portal's page."""

    def _post_problem(self, files=None, **values):
        values = {"line": self._line(self.basket, self.lentils).id, "kind": "damaged", "quantity": "1,5", **values}
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(f"/my/orders/{self.basket.id}/problem", data=data, files=files)

    def test_a_member_reports_with_a_photo(self):
        self.authenticate("member", "member")
        page = self.url_open(f"/my/orders/{self.basket.id}")
        self.assertShows(page, "Report a problem")
        page = self._post_problem({"photo": ("a.png", picture(), "image/png")}, words="Broken <b>bag</b>")
        self.assertShows(page, "Thank you", "We look at it", "Broken &lt;b&gt;bag&lt;/b&gt;")
        claim = self.Claim.search([])
        self.assertEqual((claim.quantity, claim.kind), (1.5, "damaged"))
        image = self.url_open(f"/web/image/panier.credit.claim/{claim.id}/photo")
        self.assertEqual(image.headers["Content-Type"], "image/png")
        # Sent again: nothing changes, and the member is told.
        self.assertShows(self._post_problem(), "already reported")
        self.assertEqual(self.Claim.search([]), claim)
        claim.with_user(self.referent).action_adjust(3.0, "Half of them were good")
        page = self.url_open(f"/my/orders/{self.basket.id}/problem")
        self.assertShows(page, "Half of them were good", "3.00")

    def test_nobody_else_reports_nor_sees_the_photo(self):
        claim = self._report(photo=base64.b64encode(picture()))
        self.authenticate("other_member", "other_member")
        self.assertNotIn("problem", self._post_problem(line=self._line(self.basket, self.soap).id).url)
        self.assertEqual(self.Claim.search([]), claim)
        image = self.url_open(f"/web/image/panier.credit.claim/{claim.id}/photo")
        self.assertNotEqual(Image.open(BytesIO(image.content)).size, (12, 8))
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(f"/my/orders/{self.basket.id}/problem").url)

    def test_what_is_no_photo_is_refused_and_the_words_stay(self):
        self.authenticate("member", "member")
        for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nnot really", b"MZ" * 100):
            page = self._post_problem({"photo": ("a.png", content, "image/png")}, words="Broken bag")
            self.assertShows(page, "photo cannot be read", "Broken bag")
        self.assertFalse(self.Claim.search([]))

    def test_the_page_has_a_title(self):
        self.authenticate("member", "member")
        page = self.url_open(f"/my/orders/{self.basket.id}/problem")
        self.assertIn("<title>Report a problem |", page.text)

    def test_what_was_typed_stays_on_the_page(self):
        self.authenticate("member", "member")
        for quantity, shown in (("0,000000001", "0.000000001"), ("4", "4")):
            page = self._post_problem(quantity=quantity, words="Broken bag")
            self.assertEqual(page.status_code, 200)
            self.assertShows(page, "How much of it is concerned?", "Broken bag", f'value="{shown}"')
        self.assertFalse(self.Claim.search([]))

    def test_the_character_the_database_cannot_keep(self):
        self.authenticate("member", "member")
        for values in ({"kind": "damaged\0"}, {"quantity": "1\0"}, {"line": "1\0"}):
            self.assertEqual(self._post_problem(**values).status_code, 200)
            self.assertFalse(self.Claim.search([]))
        self.assertShows(self._post_problem(words="Broken\0 bag"), "Thank you", "Broken bag")
        self.assertEqual(self.Claim.search([]).words, "Broken bag")

    def test_nonsense_is_refused(self):
        self.authenticate("member", "member")
        for values in ({"line": "x"}, {"kind": "free"}, {"quantity": "nan"}, {"quantity": "1e99"}, {"quantity": ""}):
            self.assertEqual(self._post_problem(**values).status_code, 200)
        self.assertFalse(self.Claim.search([]))
