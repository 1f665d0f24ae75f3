from odoo import api, fields, models


class PanierMemberStatus(models.Model):
    """What a member may do, as data set by the co-op's staff (mission A1, B1)."""

    _name = "panier.member.status"
    _description = "Member status"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True, help="As members know it.")
    code = fields.Char(
        required=True,
        copy=False,
        help="Stable technical name, used by imports and other programs.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    description = fields.Text(translate=True, help="What this status means, said to the member in plain words.")
    advice = fields.Text(translate=True, help="What the member can do about it.")
    may_order = fields.Boolean(
        string="May order online",
        help="Members with this status may order on the websites that sell to members only.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "There is already a status with this code.")

    @api.depends("code")
    @api.depends_context("panier_status_code")
    def _compute_display_name(self):
        """Override of `base` to add the code where the context asks for it (settings)."""
        if not self.env.context.get("panier_status_code"):
            return super()._compute_display_name()
        for status in self:
            status.display_name = f"{status.name} ({status.code})"

    def _panier_allows(self, action):
        """Whether a member of this status may do the action.

        :param str action: "order" reads `may_order`; an addon adds its own action with its own boolean `may_<action>`.
        :raise ValueError: the action has no boolean: a mistake in the code that asks, never a "yes".
        :rtype: bool
        """
        self.ensure_one()
        privilege = f"may_{action}"
        if privilege not in self._fields:
            raise ValueError(f"No privilege {privilege!r} on {self._name}")
        return self[privilege]
