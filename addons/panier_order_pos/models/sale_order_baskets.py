from odoo import api, models
from odoo.fields import Domain

from odoo.addons.panier_order import journey
from odoo.addons.panier_order.models.sale_order_confirm import CODE_ALPHABET, CODE_LENGTH

#: Baskets the till shows at once; whoever looks for another one types.
PAGE = 40

#: In this order. What can be taken comes first.
SHOWN = ([journey.READY], [journey.NOT_COLLECTED], [journey.PREPARING, journey.TO_PREPARE])


class SaleOrder(models.Model):
    """The baskets as the till shows them: plain values."""

    _inherit = "sale.order"

    @api.model
    def _panier_till_search(self, config, query):
        """The baskets of this company, ready ones first; those that a query names exactly also once handed over.

        Whoever tries too many wrong codes waits a while, as on the preparation screen.

        :param pos.config config: an open till of the user, checked by the caller
        :return: dict ``baskets``, ``more``
        """
        query = self._panier_clean_text(query) or ""
        code = self._panier_typed_code(query)
        # sudo() is safe: only baskets of the company of the till are found, and only their cards leave this method.
        orders = self.sudo()
        scope = Domain("company_id", "=", config.company_id.id)
        wanted = scope & orders._panier_till_domain(query, code) if query else scope
        found = orders.browse()
        for states in SHOWN:
            found += orders.search(
                wanted & Domain("panier_state", "in", states),
                order="panier_slot_start, id",
                limit=PAGE + 1 - len(found),
            )
            if len(found) > PAGE:
                break
        if query and not found:
            exactly = Domain("name", "=ilike", query) | Domain("panier_code", "=", code or "-")
            found = orders.search(
                scope & exactly & Domain("panier_state", "=", journey.HANDED_OVER), order="id desc", limit=1
            )
        if code and not found:
            self.env["panier.code.attempt"]._check_user()
            self.env["panier.code.attempt"]._count()
        return {
            "baskets": [order._panier_till_card(config, code) for order in found[:PAGE]],
            "more": len(found) > PAGE,
        }

    @api.model
    def _panier_typed_code(self, query):
        """The collection code that was typed, whatever its case, spaces and dashes; empty when it cannot be one."""
        code = "".join(char for char in query.upper() if char.isalnum())
        return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""

    @api.model
    def _panier_till_domain(self, query, code):
        household = "partner_id.commercial_partner_id"
        domains = [
            Domain("name", "ilike", query),
            Domain("partner_id.name", "ilike", query),
            Domain(f"{household}.name", "ilike", query),
            Domain(f"{household}.panier_member_number", "=", query),
        ]
        if code:
            domains.append(Domain("panier_code", "=", code))
        return Domain.OR(domains)

    def _panier_till_card(self, config, code=""):
        """What the till shows of a basket.

        ``may_load``: its lines may go on a ticket; ``may_hand_over``: nothing is to be paid; ``on_ticket``: the
        sentence that says which other ticket holds it; ``why``: why neither is possible.
        """
        self.ensure_one()
        to_collect = self.panier_state in (journey.READY, journey.NOT_COLLECTED)
        refusals = self._panier_till_refusals(config)
        held = [refusal for refusal in refusals if refusal.code == "till_on_ticket"]
        may_hand_over = to_collect and not self._panier_to_pay_at_till()
        labels = dict(self._fields["panier_state"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "member": self.partner_id.name or "",
            "member_number": self.partner_id.commercial_partner_id.panier_member_number or "",
            "state": self.panier_state,
            "state_label": labels[self.panier_state],
            "slot": self._panier_slot_label(self.panier_slot_id),
            "items": self._panier_till_items(),
            "bags": self.panier_bags,
            "where": self._panier_where(),
            "amount": self.currency_id.format(self.amount_total) if self._panier_to_pay_at_till() else "",
            "code_seen": bool(code) and code == self.panier_code,
            "may_load": not refusals or bool(held),
            "may_hand_over": may_hand_over,
            "on_ticket": held[0].message if held else "",
            "why": "" if held or may_hand_over else " ".join(str(refusal) for refusal in refusals),
        }

    def _panier_till_items(self):
        """How many lines are in the basket; as long as it is not ready, how many were ordered."""
        lines = self._panier_lines()
        if self.panier_state in (journey.READY, journey.NOT_COLLECTED):
            lines = lines.filtered("panier_prepared_qty")
        return len(lines)
