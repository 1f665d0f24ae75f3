from odoo import fields, models


class Website(models.Model):
    _inherit = "website"

    panier_members_only = fields.Boolean(
        string="Sell to members only",
        help="Only members whose status allows it may order on this website, and they pay online in full.",
    )

    def write(self, vals):
        """Override of `website`: carts already open follow the new rule."""
        res = super().write(vals)
        if "panier_members_only" in vals:
            # sudo: the carts follow the website's setting whatever the rights on orders of who sets it.
            carts = (
                self.env["sale.order"]
                .sudo()
                .search([("website_id", "in", self.ids), ("state", "in", ("draft", "sent"))])
            )
            self.env.add_to_compute(carts._fields["require_payment"], carts)
            self.env.add_to_compute(carts._fields["prepayment_percent"], carts)
        return res
