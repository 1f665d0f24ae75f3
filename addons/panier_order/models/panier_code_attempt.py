from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Wrong codes one user may try within `WINDOW` before having to wait.
MAX_WRONG = 10
WINDOW = timedelta(minutes=10)


class PanierCodeAttempt(models.Model):
    """A wrong collection code that somebody tried: enough of them and this user has to wait."""

    _name = "panier.code.attempt"
    _description = "Wrong collection code"
    _log_access = False

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    tried_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    # Counted at each code that somebody types.
    _user_recent = models.Index("(user_id, tried_at)")

    @api.model
    def _count(self):
        # sudo(): nobody has access rights on this log.
        self.sudo().create({"user_id": self.env.uid})

    @api.model
    def _check_user(self):
        """Refuse who has tried too many wrong codes lately."""
        since = fields.Datetime.now() - WINDOW
        # sudo(): nobody has access rights on this log; only the user's own attempts are counted.
        recent = self.sudo().search_count([("user_id", "=", self.env.uid), ("tried_at", ">", since)], limit=MAX_WRONG)
        if recent >= MAX_WRONG:
            raise UserError(self.env._("Too many wrong codes: wait a few minutes, or pick the basket from the list."))

    @api.autovacuum
    def _gc_old(self):
        """Forget attempts once they no longer count."""
        self.search([("tried_at", "<", fields.Datetime.now() - WINDOW)]).unlink()
