from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from .. import journey

#: How a deadline is written to a member: "Wednesday 25 November, 17:00".
DEADLINE = "EEEE d MMMM, HH:mm"

#: Baskets a job handles before it commits.
BATCH = 50


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_reminded_at = fields.Datetime(string="Reminded on", copy=False, readonly=True)
    panier_collect_by = fields.Datetime(
        string="To be collected by",
        compute="_compute_panier_collect_by",
        help="The end of the slot, or when it was ready if that is later, and the hours that the company gives.",
    )
    panier_uncollected_done_at = fields.Datetime(string="Rule applied on", copy=False, readonly=True)

    @api.model
    def _panier_action_fields(self):
        """Override to protect what the follow-up of baskets not collected writes."""
        return super()._panier_action_fields() | {"panier_reminded_at", "panier_uncollected_done_at"}

    @api.depends("panier_slot_id.stop", "panier_ready_at", "company_id.panier_collect_hours")
    def _compute_panier_collect_by(self):
        for order in self:
            late = max(filter(None, [order.panier_slot_id.stop, order.panier_ready_at]), default=False)
            order.panier_collect_by = (
                late and order.panier_slot_id and late + timedelta(hours=order.company_id.panier_collect_hours)
            )

    @api.model
    def _panier_collect_domain(self):
        """Baskets that members collect themselves; another delivery method looks after its own."""
        return Domain("carrier_id.delivery_type", "=", "panier_pickup") & Domain("panier_slot_id", "!=", False)

    def _panier_mail_slot(self):
        """The slot as the mails say it, in the language of the context and the time of the place."""
        return self.panier_slot_id._panier_label()

    def _panier_mail_deadline(self):
        """The deadline as the mails say it."""
        return format_datetime(
            self.env,
            self.panier_collect_by,
            tz=self._panier_zone(self.panier_slot_id.place_id).zone,
            dt_format=DEADLINE,
        )

    # ------------------------------------------------------------------ job

    @api.model
    def _cron_not_collected(self):
        """Everything due and not yet done: remind at the end of the slot, “not collected” at the deadline (law 4).

        Run twice it changes nothing; stopped for days it catches up, without reminding of a deadline that has passed.
        """
        for company in self.env["res.company"].search([]):
            self._panier_each_due(company, timedelta(hours=company.panier_collect_hours), "_panier_not_collected")
            self._panier_each_due(company, timedelta(), "_panier_remind", [("panier_reminded_at", "=", False)])

    @api.model
    def _panier_each_due(self, company, delay, method, domain=()):
        """Call ``method`` on each ready basket of ``company`` whose slot ended ``delay`` ago, ready then."""
        limit = fields.Datetime.now() - delay
        orders = self.search(
            self._panier_collect_domain()
            & Domain(domain)
            & Domain(
                [
                    ("company_id", "=", company.id),
                    ("panier_state", "=", journey.READY),
                    ("panier_slot_id.stop", "<=", limit),
                    ("panier_ready_at", "<=", limit),
                ]
            ),
            order="id",
        )
        for start in range(0, len(orders), BATCH):
            for order in orders[start : start + BATCH]:
                getattr(order, method)()
            self.env["ir.cron"]._commit_progress(BATCH, remaining=max(len(orders) - start - BATCH, 0))

    def _panier_remind(self):
        """The slot is over and the basket still here: tell the member until when."""
        self.ensure_one()
        self._panier_write({"panier_reminded_at": fields.Datetime.now()})
        self._panier_tell("panier_order.preparation_mail_template_reminder")

    def _panier_not_collected(self):
        """The deadline is over: onto the list of staff, and the member is told."""
        self.ensure_one()
        self._panier_move(
            journey.NOT_COLLECTED,
            self.env._("Not collected by the deadline"),
            panier_uncollected_done_at=False,
        )
        self._panier_tell("panier_order.preparation_mail_template_not_collected")

    # ------------------------------------------------------------------ staff

    def action_panier_found_again(self):
        """The member comes after all: the basket is ready for them once more."""
        for order in self._panier_for_referent():
            order._panier_move(
                journey.READY,
                self.env._("Kept for the member"),
                panier_ready_at=fields.Datetime.now(),
                panier_reminded_at=False,
                panier_uncollected_done_at=False,
            )
        return True

    def action_panier_apply_uncollected_rule(self):
        """Do what the company does with baskets nobody came for; those it was done for already are left alone."""
        orders = self._panier_for_referent()
        if orders.filtered(lambda order: order.panier_state not in (journey.NOT_COLLECTED, journey.CANCELLED)):
            raise UserError(self.env._("The rule is for baskets that were not collected."))
        for order in orders.filtered(
            lambda order: order.panier_state == journey.NOT_COLLECTED and not order.panier_uncollected_done_at
        ):
            getattr(order, f"_panier_uncollected_{order.company_id.panier_uncollected_rule}")()
            order._panier_write({"panier_uncollected_done_at": fields.Datetime.now()})
        return True

    def _panier_uncollected_keep(self):
        staff = self._panier_for_staff()
        staff._panier_ask_staff(
            staff.env._("Call %(member)s: basket not collected", member=self.partner_id.display_name)
        )

    def _panier_uncollected_credit(self):
        self._panier_put_back(credit=True)

    def _panier_uncollected_no_credit(self):
        self._panier_put_back(credit=False)

    def _panier_put_back(self, credit):
        """The goods go back to the shelf and the order is over, what was paid given back as credit or kept.

        :param bool credit: without, an order that was paid stays sold: only its delivery is cancelled
        """
        self.ensure_one()
        reason = self.env._("Not collected: put back on the shelf")
        if credit or self.panier_pay_at_till:
            self.with_context(panier_cancel_reason=reason)._action_cancel()
            return
        self._panier_open_moves().picking_id.action_cancel()
        self._panier_holds()._release()
        self._panier_move(journey.CANCELLED, reason)
        order = self._panier_for_member()
        order._panier_tell_member(
            order.env._(
                "Nobody came for your order %(order)s: it was put back on the shelf. By the rules of the shop it is "
                "not credited. Please contact us if something is wrong.",
                order=order.name,
            )
        )
