from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAPPABLE_TYPES = ("selection", "char", "many2one", "boolean")


class ResCompany(models.Model):
    _inherit = "res.company"

    panier_status_field_id = fields.Many2one(
        "ir.model.fields",
        string="Status kept in",
        domain=[
            ("model", "=", "res.partner"),
            ("ttype", "in", MAPPABLE_TYPES),
            ("store", "=", True),
            ("name", "not =like", "panier_%"),
        ],
        ondelete="set null",
        help="The contact field where the co-op already keeps its members' status. Its value is read at each "
        "decision, nothing is copied. Empty: the status is kept in Panier.",
    )
    panier_status_mapping_ids = fields.One2many("panier.member.status.mapping", "company_id", string="Values")

    @api.constrains("panier_status_field_id")
    def _check_panier_status_field(self):
        """A member must not be able to write what decides on their rights (law 1)."""
        for field in self.panier_status_field_id:
            if (
                field.model != "res.partner"
                or field.ttype not in MAPPABLE_TYPES
                or not field.store
                or field.name.startswith("panier_")
            ):
                raise ValidationError(self.env._("%(field)s cannot hold a status.", field=field.field_description))
            if field.name in self.env["res.partner"]._get_frontend_writable_fields():
                raise ValidationError(
                    self.env._(
                        "Members can write %(field)s themselves in the portal: it cannot hold their status.",
                        field=field.field_description,
                    )
                )

    def _panier_status_of_values(self):
        """Mapping of this company, or None where statuses are kept in Panier.

        :return: (name of the partner field, {key of the value: status})
        :rtype: tuple[str, dict]|None
        """
        self.ensure_one()
        # sudo: settings that decide for everybody, read for whoever asks; nothing of them is shown.
        company = self.sudo()
        field = company.panier_status_field_id
        if not field:
            return None
        return field.name, {mapping.key: mapping.status_id for mapping in company.panier_status_mapping_ids}
