from odoo import api, fields, models


class PanierMemberStatusMapping(models.Model):
    """Value of the partner field where a co-op already keeps its statuses → status (ADR 0002)."""

    _name = "panier.member.status.mapping"
    _description = "Mapping of a partner field to member statuses"
    _order = "company_id, value"
    _rec_name = "value"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    value = fields.Char(
        required=True,
        help="The value as the database has it: the key of a selection, the text itself, the name of the linked "
        "record in the source language (or its database id), true or false for a check box.",
    )
    key = fields.Char(compute="_compute_key", store=True, precompute=True)
    status_id = fields.Many2one("panier.member.status", required=True, ondelete="restrict")

    _value_uniq = models.Constraint("UNIQUE (company_id, key)", "This value is already mapped to a status.")

    @api.depends("value")
    def _compute_key(self):
        for mapping in self:
            mapping.key = self._panier_key(mapping.value)

    @api.model
    def _panier_key(self, value):
        """What two spellings of the same value have in common.

        :rtype: str
        """
        return (value or "").strip().casefold()
