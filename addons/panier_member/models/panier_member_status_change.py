from odoo import api, fields, models
from odoo.exceptions import UserError


class PanierMemberStatusChange(models.Model):
    """Who changed which member's status, when and why: append-only (law 5)."""

    _name = "panier.member.status.change"
    _description = "Change of a member's status"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        # The history goes with the person when personal data is erased (done by PostgreSQL, not by unlink()).
        ondelete="cascade",
    )
    from_status_id = fields.Many2one("panier.member.status", string="From", readonly=True, ondelete="restrict")
    to_status_id = fields.Many2one("panier.member.status", string="To", readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    # Said among staff, not to the member: who may read these two is decided on the field, not only in views.
    reason = fields.Char(required=True, readonly=True, groups="panier_member.panier_member_group_referent")
    author_id = fields.Many2one(
        "res.users",
        string="Changed by",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
        groups="panier_member.panier_member_group_referent",
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Override of `base`: a change is a fact, it is not edited, whoever asks."""
        raise UserError(self.env._("The history of statuses cannot be modified."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """A change is a fact, it is not deleted, whoever asks."""
        raise UserError(self.env._("The history of statuses cannot be modified."))
