from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import journey
from ..marks import MAX_TEXT

#: More bags than this is a typing mistake.
MAX_BAGS = 99


class SaleOrder(models.Model):
    _inherit = "sale.order"

    panier_touched_at = fields.Datetime(string="Last tap", copy=False, readonly=True)
    panier_bags = fields.Integer(string="Bags or crates", copy=False, readonly=True)
    panier_stored_at = fields.Char(string="Where it stands", copy=False, readonly=True)
    panier_stored_cold_at = fields.Char(string="Cold part", copy=False, readonly=True)

    @api.model
    def _panier_action_fields(self):
        """Override to protect what the preparation writes."""
        return super()._panier_action_fields() | {
            "panier_touched_at",
            "panier_bags",
            "panier_stored_at",
            "panier_stored_cold_at",
        }

    # ------------------------------------------------------------------ who may

    @api.model
    def _panier_check_preparer(self):
        """Refuse who neither prepares nor hands over baskets."""
        if not self.env["res.users"]._panier_may_prepare():
            raise AccessError(self.env._("Only members on duty may do this."))

    def _panier_for_preparer(self):
        """These baskets, for an action of a preparer, who has no access right on orders.

        sudo() is safe: the role is checked, the baskets are ours and of a company of the user, and what the actions
        return holds neither prices nor contact details.
        """
        self._panier_check_preparer()
        orders = self.sudo().exists()
        if orders != self or orders.company_id - self.env.user.company_ids or not all(orders.mapped("panier_state")):
            raise AccessError(self.env._("This basket does not exist or is not one of this shop."))
        return orders

    def _panier_for_referent(self):
        """These baskets, for an action of staff. sudo() is safe for the same reasons as for preparers."""
        orders = self._panier_for_preparer()
        if not self.env["res.users"]._panier_may_decide():
            raise AccessError(self.env._("Only a referent may do this."))
        return orders

    @api.model
    def _panier_preparer_called(self, name=None):
        """The name that this preparer goes by: the account's, or the one given on a shared account."""
        user = self.env.user
        if not user.panier_shared_account:
            return self._panier_short_name(user.name)
        name = " ".join(name.split())[:MAX_TEXT] if isinstance(name, str) else ""
        if not name:
            raise UserError(self.env._("What is your first name? This tablet is used by several people."))
        return name

    @api.model
    def _panier_short_name(self, name):
        """First name and initial: what people on duty may know of a member ("Awa D.")."""
        first, *others = (name or "").split() or [""]
        return f"{first} {others[-1][0]}." if others else first

    def _panier_is_prepared_by(self, name=None):
        """Whether the current user (called ``name`` on a shared account) is who prepares this basket."""
        self.ensure_one()
        if self.panier_preparer_id != self.env.user:
            return False
        return not self.env.user.panier_shared_account or self.panier_preparer_name == self._panier_preparer_called(
            name
        )

    def _panier_check_preparing(self, name=None):
        """Refuse unless the current user is preparing this basket, saying who has it or where it is."""
        self.ensure_one()
        if self.panier_state != journey.PREPARING:
            labels = dict(self._fields["panier_state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Basket %(order)s is “%(state)s”: it is not being prepared now.",
                    order=self.name,
                    state=labels[self.panier_state],
                )
            )
        if not self._panier_is_prepared_by(name):
            raise UserError(
                self.env._(
                    "%(name)s is preparing basket %(order)s: it was not changed.",
                    name=self.panier_preparer_name,
                    order=self.name,
                )
            )

    # ------------------------------------------------------------------ take, give back

    def action_panier_take(self, preparer=None, take_over=False):
        """Take a basket to prepare it. Asked again by the same person, nothing changes.

        Two people who take it at once update the same row: the second is retried by Odoo and then refused here. A
        ready basket is not taken by a list loaded before: it is reopened, which undoes what was settled.

        :param str preparer: first name, asked on an account that several people use
        :param bool take_over: a referent takes it from whoever has it
        """
        for order in self._panier_for_preparer():
            name = order._panier_preparer_called(preparer)
            values = {"panier_preparer_id": self.env.user.id, "panier_preparer_name": name}
            if order.panier_state == journey.TO_PREPARE:
                order._panier_move(
                    journey.PREPARING, self.env._("Taken by %(name)s", name=name), panier_ready_at=False, **values
                )
            elif order.panier_state != journey.PREPARING:
                order._panier_check_preparing(preparer)
            elif order._panier_is_prepared_by(preparer):
                continue
            elif take_over and self.env["res.users"]._panier_may_decide():
                order._message_log(
                    body=self.env._(
                        "%(name)s takes over from %(before)s", name=name, before=order.panier_preparer_name
                    )
                )
                order._panier_write(values)
            else:
                raise UserError(self.env._("%(name)s has already taken it.", name=order.panier_preparer_name))
        return True

    def action_panier_release_preparation(self, preparer=None):
        """Give the basket back, for somebody else: the marks stay. A referent may give back for another."""
        for order in self._panier_for_preparer():
            if not self.env["res.users"]._panier_may_decide():
                order._panier_check_preparing(preparer)
            order._panier_move(
                journey.TO_PREPARE,
                self.env._("Given back by %(name)s", name=order.panier_preparer_name),
                panier_preparer_id=False,
                panier_preparer_name=False,
            )
        return True

    # ------------------------------------------------------------------ finish

    def action_panier_finish(self, bags=1, stored_at=None, stored_cold_at=None, preparer=None):
        """The basket is ready: what is short is settled, the member is told. All lines must have been looked at.

        :param int bags: bags and crates to hand over
        :param str stored_at: where they stand
        :param str stored_cold_at: where the part stands that must be kept cold
        """
        for order in self._panier_for_preparer():
            if order.panier_state == journey.READY and order._panier_is_prepared_by(preparer):
                continue  # a second tap on the button
            order._panier_check_preparing(preparer)
            if waiting := order._panier_lines().filtered(lambda line: not line.panier_mark):
                raise UserError(
                    self.env._(
                        "%(count)s products have not been looked at yet: %(names)s",
                        count=len(waiting),
                        names=", ".join(waiting.product_id.mapped("name")),
                    )
                )
            order._panier_move(
                journey.READY,
                self.env._("Prepared by %(name)s", name=order.panier_preparer_name),
                panier_ready_at=fields.Datetime.now(),
                panier_bags=order._panier_clean_bags(bags),
                panier_stored_at=order._panier_clean_text(stored_at),
                panier_stored_cold_at=order._panier_clean_text(stored_cold_at),
            )
            order._panier_apply_preparation()
            order._panier_tell_ready()
        return True

    def _panier_clean_bags(self, bags):
        try:
            bags = int(bags)
        except (TypeError, ValueError, OverflowError):
            bags = -1
        if not 0 <= bags <= MAX_BAGS:
            raise UserError(self.env._("How many bags or crates? A number from 0 to %(most)s.", most=MAX_BAGS))
        return bags

    @api.model
    def _panier_clean_text(self, text):
        """One line of readable text of at most `MAX_TEXT` characters; ``False`` for anything else."""
        if not isinstance(text, str):
            return False
        text = "".join(char if char.isprintable() else " " for char in text)
        return " ".join(text.split())[:MAX_TEXT] or False

    def _panier_tell_ready(self):
        """Tell the member, through Odoo's queue of mails; staff tell those who have no address."""
        self._panier_tell("panier_order.preparation_mail_template_ready")

    def _panier_tell(self, template):
        """Queue the mail ``template`` for the member; without an address, ask staff to tell them (law 8)."""
        self.ensure_one()
        template = self.env.ref(template)
        if self.partner_id.email:
            template.send_mail(self.id, force_send=False)
        else:
            staff = self._panier_for_staff()
            staff._panier_ask_staff(
                staff.env._("Tell %(member)s: %(subject)s", member=self.partner_id.name, subject=template.name)
            )
