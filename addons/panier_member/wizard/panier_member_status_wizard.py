from odoo import fields, models
from odoo.exceptions import UserError


class PanierMemberStatusWizard(models.TransientModel):
    """The way staff change a status: never without a reason (law 5)."""

    _name = "panier.member.status.wizard"
    _description = "Change of member status"

    partner_ids = fields.Many2many("res.partner", string="Members", required=True)
    status_id = fields.Many2one("panier.member.status", string="New status", required=True)
    description = fields.Text(related="status_id.description", string="What members read")
    reason = fields.Char(required=True, help="Kept in the history. The co-op's staff read it, the member does not.")

    def action_apply(self):
        """Write the status on the households of the chosen members."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why."))
        members = self.partner_ids.commercial_partner_id.with_context(panier_status_reason=reason)
        members.write({"panier_status_id": self.status_id.id})
        return {"type": "ir.actions.act_window_close"}
