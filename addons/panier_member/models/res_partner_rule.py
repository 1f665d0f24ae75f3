import logging

from odoo import SUPERUSER_ID, models
from odoo.http import request

from ..refusal import Refusal

_logger = logging.getLogger(__name__)


class ResPartner(models.Model):
    """The one rule (law 1): may this member do this, now, and if not, why not."""

    _inherit = "res.partner"

    # === THE STATUS THAT COUNTS === #

    def _panier_status(self):
        """The status that counts: the household's, through the mapping of the current company where it has one.

        :return: read with sudo, so that whoever serves the member can say what it means; empty when unknown.
        :rtype: panier.member.status
        """
        self.ensure_one()
        return self._panier_statuses()[self.id]

    def _panier_statuses(self):
        """Same for many partners, in a constant number of queries.

        :return: {id of the partner: status, empty when unknown}
        :rtype: dict
        """
        # sudo: what a member may do does not depend on who asks. Only the status leaves this method.
        partners = self.sudo()
        status_of_values = self.env.company._panier_status_of_values()
        if not status_of_values:
            return {p.id: p.commercial_partner_id.panier_status_id for p in partners}
        return {p.id: p.commercial_partner_id._panier_mapped_status(*status_of_values) for p in partners}

    def _panier_mapped_status(self, fname, status_of_value):
        """The status the mapping gives for the value of a partner field, read now.

        :param str fname: name of the field.
        :param dict status_of_value: {key: status}
        :rtype: panier.member.status
        """
        self.ensure_one()
        value = self[fname]
        candidates = [value]
        if self._fields[fname].type == "boolean":
            candidates = ["true" if value else "false"]
        elif self._fields[fname].type == "many2one":
            # Source language: what a member may do must not depend on the language of the reader.
            candidates = [value.with_context(lang=None).display_name, str(value.id or "")]
        keys = [self.env["panier.member.status.mapping"]._panier_key(v) for v in candidates]
        for key in keys:
            if key in status_of_value:
                return status_of_value[key]
        if keys[0]:
            _logger.warning("Partner %s: value %r of field %s is mapped to no member status", self.id, keys[0], fname)
        return self.env["panier.member.status"]

    # === THE QUESTION === #

    def _panier_lang(self):
        """Language of who reads the refusal: the page's, that of the staff who serve the member, else the member's.

        :rtype: str
        """
        user = self.env.user
        if request and getattr(request, "is_frontend", False):
            return request.env.lang
        if user._is_internal() and user.id != SUPERUSER_ID:
            return self.env.lang
        return self.sudo().lang or self.env.lang

    def _panier_refusals(self, action, **context):
        """May this member do this, now? The one rule (law 1). Addons extend it and append, they never remove.

        :param str action: "order"…; the status has a boolean `may_<action>`.
        :param context: what the question is about, e.g. `order=` a `sale.order`.
        :return: the reasons against, in the language of the reader; empty = yes.
        :rtype: list[Refusal]
        """
        self.ensure_one()
        partner = self.with_context(lang=self._panier_lang())
        status = partner._panier_status()
        if not status:
            return [partner._panier_refusal_no_status()]
        if not status._panier_allows(action):
            return [partner._panier_refusal_status(status)]
        return []

    def _panier_refusal_no_status(self):
        """Nobody signed in, or a member whose status is not known: both are a no, with a different way out."""
        if self.env.user._is_public():
            return Refusal(
                "not_logged_in",
                self.env._("Only members can order here."),
                self.env._("Please sign in with your member account."),
                "/web/login?redirect=/shop/checkout",
            )
        return Refusal(
            "status_unknown",
            self.env._("We do not know your member status."),
            self.env._("Please contact your co-op's members' office: they can put it right."),
            "/my/membership",
        )

    def _panier_refusal_status(self, status):
        status = status.with_context(lang=self.env.lang)
        return Refusal(
            f"status_{status.code}",
            self.env._(
                "Your status is “%(status)s”. %(meaning)s",
                status=status.name,
                meaning=status.description or self.env._("You cannot do this for now."),
            ),
            status.advice or self.env._("Please contact your co-op's members' office."),
            "/my/membership",
        )
