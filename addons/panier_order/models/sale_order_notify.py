from odoo import models


class SaleOrder(models.Model):
    """What the member is told, in their language; staff are asked by `_panier_ask_staff`."""

    _inherit = "sale.order"

    def _panier_for_member(self):
        """The order in the language of its member, for what they are going to read later."""
        self.ensure_one()
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

    def _panier_tell_member(self, body):
        """Write to the member about their order; it is kept in the chatter and on the portal page.

        The mail goes through Odoo's queue: no mail server is waited for (law 6).

        :param str body: a sentence in the member's language, see `_panier_for_member`
        """
        self.ensure_one()
        company = self.company_id.sudo()  # sudo: the sender's name and address are public.
        # sudo: the member is told whoever caused it, also by a job or by a visitor who only has the link.
        self.sudo().with_context(mail_notify_force_send=False).message_post(
            body=body,
            author_id=company.partner_id.id,
            email_from=company.email_formatted or None,
            partner_ids=self.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
