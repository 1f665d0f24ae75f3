from odoo import api, fields, models

#: What says that it is the server; no browser can send this object.
_BY_SERVER = object()


class PosPayment(models.Model):
    _inherit = "pos.payment"

    panier_due_line_id = fields.Many2one(
        "account.move.line",
        string="Due in the closing entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="What the avoirs are matched with when the session is closed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a forged ticket does not say what its avoir is matched with."""
        return super().create(
            [{name: value for name, value in vals.items() if name != "panier_due_line_id"} for vals in vals_list]
        )

    def write(self, vals):
        """Override: as in `create`."""
        if self.env.context.get("panier_by_server") is not _BY_SERVER:
            vals = {name: value for name, value in vals.items() if name != "panier_due_line_id"}
        return super().write(vals)

    def _panier_remember_due_line(self, line):
        """What this payment left due in the closing entry.

        :param account.move.line line:
        """
        self.with_context(panier_by_server=_BY_SERVER).panier_due_line_id = line
