from odoo import api, fields, models

_ROLES = ("preparer", "referent", "manager")


class ResUsers(models.Model):
    _inherit = "res.users"

    panier_shared_account = fields.Boolean(
        string="Shared preparation account",
        help="The shop's tablet: several people use this account, so each gives a first name before preparing.",
    )

    @api.model
    def _panier_has_role(self, *roles):
        """Whether the current user has one of these roles: ``preparer``, ``referent``, ``manager``."""
        return any(self.env.user.has_group(f"panier_member.panier_member_group_{role}") for role in roles)

    @api.model
    def _panier_may_prepare(self):
        """Whether the current user prepares and hands over baskets."""
        return self._panier_has_role(*_ROLES)

    @api.model
    def _panier_may_decide(self):
        """Whether the current user settles what a preparer cannot: takes a basket over, applies the co-op's rule."""
        return self._panier_has_role("referent", "manager")
