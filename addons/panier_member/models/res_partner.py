import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# What decides on a member's rights. Guarded by the user's groups, not by access rights: the portal's and the shop's
# address controllers write with sudo() (env.su), yet env.uid stays the member's (ADR 0001).
GUARDED_FIELDS = frozenset({"panier_status_id", "panier_status_since", "panier_member_number"})
HOUSEHOLD_FIELDS = frozenset({"parent_id", "is_company"})
REFERENT = "panier_member.panier_member_group_referent"
MANAGER = "panier_member.panier_member_group_manager"


class ResPartner(models.Model):
    _inherit = "res.partner"

    panier_status_id = fields.Many2one(
        "panier.member.status",
        string="Member status",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Kept on the household's main contact; its other contacts have the same.",
    )
    panier_status_since = fields.Date(string="Status since", copy=False)
    panier_member_number = fields.Char(string="Member number", copy=False)
    panier_household_id = fields.Many2one(
        related="parent_id",
        string="Household",
        readonly=False,
        help="The household's main contact, whose status counts. Empty for the main contact itself.",
    )
    panier_status_change_ids = fields.One2many(
        "panier.member.status.change", "partner_id", string="Status history", groups=REFERENT
    )
    panier_effective_status_id = fields.Many2one(
        "panier.member.status",
        string="Effective status",
        compute="_compute_panier_effective_status_id",
        search="_search_panier_effective_status_id",
        help="The status that counts: that of the household, through the mapping where there is one.",
    )
    panier_effective_status_color = fields.Integer(related="panier_effective_status_id.color")

    _panier_member_number_uniq = models.UniqueIndex(
        "(panier_member_number) WHERE panier_member_number <> ''",
        "Another contact already has this member number.",
    )

    # === COMPUTE METHODS === #

    @api.depends("commercial_partner_id.panier_status_id")
    @api.depends_context("company")
    def _compute_panier_effective_status_id(self):
        statuses = self._panier_statuses()
        for partner in self:
            partner.panier_effective_status_id = statuses[partner.id]

    def _search_panier_effective_status_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        status_of_values = self.env.company._panier_status_of_values()
        if not status_of_values:
            return Domain("commercial_partner_id.panier_status_id", "in", value)
        # The mapping is decided in Python on normalised values: ask it for the members it concerns.
        fname, _status_of_value = status_of_values
        partners = self.sudo().with_context(active_test=False).search([(fname, "!=", False)])
        statuses = partners._panier_statuses()
        found = [partner_id for partner_id, status in statuses.items() if status.id in value]
        domain = Domain("commercial_partner_id", "in", found)
        if False in value:
            known = [partner_id for partner_id, status in statuses.items() if status]
            domain |= Domain("commercial_partner_id", "not in", known)
        return domain

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to guard and to record the status.

        Checked on the created records, so that a default (context, user default) is no way in.
        """
        partners = super().create(vals_list)
        marked = partners.filtered(lambda p: any(p[fname] for fname in sorted(GUARDED_FIELDS)))
        if marked:
            marked._panier_check_may_edit()
            marked._panier_check_household()
            undated = marked.filtered(lambda p: p.panier_status_id and not p.panier_status_since)
            undated.write({"panier_status_since": fields.Date.context_today(self)})
            marked._panier_record_status(dict.fromkeys(marked, self.env["panier.member.status"]))
        return partners

    def write(self, vals):
        """Override of `base` to guard and to record the status."""
        if not GUARDED_FIELDS.isdisjoint(vals):
            self._panier_check_may_edit()
        # A contact cannot be slipped into a household to get its status (ADR 0001).
        moves = not HOUSEHOLD_FIELDS.isdisjoint(vals) and not self._panier_may_edit()
        effective = self._panier_statuses() if moves else {}
        before = {p: p.panier_status_id for p in self} if "panier_status_id" in vals else {}
        if before and "panier_status_since" not in vals:
            self._panier_date_status(vals["panier_status_id"])
        res = super().write(vals)
        if moves and self._panier_statuses() != effective:
            self._panier_raise_may_not_edit()
        if before:
            self._panier_check_household()
            self._panier_record_status(before)
        return res

    def _panier_date_status(self, status_id):
        """Date the partners whose status is about to become another one."""
        changed = self.filtered(lambda partner: partner.panier_status_id.id != status_id)
        changed.write({"panier_status_since": status_id and fields.Date.context_today(self)})

    # === GUARDS === #

    def _panier_may_edit(self):
        """Whether the user may edit what decides on a member's rights; sudo() changes nothing to it.

        :rtype: bool
        """
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(REFERENT)

    def _panier_check_may_edit(self):
        """Raise where the user may not edit statuses and member numbers.

        :raise AccessError:
        """
        if not self._panier_may_edit():
            self._panier_raise_may_not_edit()

    def _panier_raise_may_not_edit(self):
        _logger.warning("User %s tried to change the membership of partners %s", self.env.uid, self.ids)
        raise AccessError(self.env._("Only the co-op's staff can change a membership."))

    def _panier_check_household(self):
        """The status is that of the household: refuse one set on another of its contacts.

        :raise UserError:
        """
        for partner in self:
            household = partner.commercial_partner_id
            if partner.panier_status_id and partner != household:
                raise UserError(
                    self.env._(
                        "%(partner)s belongs to the household of %(household)s: change the status there.",
                        partner=partner.display_name,
                        household=household.display_name,
                    )
                )

    # === HISTORY === #

    def _panier_status_reason(self):
        """Why the status changes: what the wizard asked, or how it came (managers and jobs only).

        :rtype: str
        :raise UserError: a referent gave no reason.
        """
        if reason := (self.env.context.get("panier_status_reason") or "").strip():
            return reason
        if self.env.uid != SUPERUSER_ID and not self.env.user.has_group(MANAGER):
            raise UserError(self.env._("Please use “Change status” and say why."))
        if self.env.context.get("import_file"):
            return self.env._("Import")
        return self.env._("Edited directly")

    def _panier_record_status(self, before):
        """Leave who, when and why, in the history and in the chatter (law 5).

        :param dict before: {partner: its former status}
        """
        changed = self.filtered(lambda partner: partner.panier_status_id != before[partner])
        if not changed:
            return
        reason = self._panier_status_reason()
        # sudo: nobody has the right to create history by hand; author and date are set here.
        self.env["panier.member.status.change"].sudo().create(
            [
                {
                    "partner_id": partner.id,
                    "from_status_id": before[partner].id,
                    "to_status_id": partner.panier_status_id.id,
                    "reason": reason,
                    "author_id": self.env.uid,
                }
                for partner in changed
            ]
        )
        changed._message_log_batch(
            bodies={
                partner.id: self.env._(
                    "Member status: %(before)s → %(after)s. %(reason)s",
                    before=before[partner].name or "–",
                    after=partner.panier_status_id.name or "–",
                    reason=reason,
                )
                for partner in changed
            }
        )

    # === SEARCH === #

    @api.model
    def _search_display_name(self, operator, value):
        """Override of `base`: members are also found by their number, exactly (imports name the household by it)."""
        domain = super()._search_display_name(operator, value)
        if not value or operator in Domain.NEGATIVE_OPERATORS:
            return domain
        values = [value] if isinstance(value, str) else value
        return Domain(domain) | Domain("panier_member_number", "in", list(values))

    # === ACTIONS === #

    def action_panier_change_status(self):
        """Open the wizard that changes the status of these members, with its mandatory reason."""
        self.commercial_partner_id.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change status"),
            "res_model": "panier.member.status.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.commercial_partner_id.ids},
        }
