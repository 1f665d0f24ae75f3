from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Override of `http_routing` to send the sentences of the checkout's JavaScript in the member's language."""
        return [*super()._get_translation_frontend_modules_name(), "panier_order"]
