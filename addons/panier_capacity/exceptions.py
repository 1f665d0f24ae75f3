from odoo.exceptions import UserError


class CapacityFull(UserError):
    """No room for what was asked; nothing has changed.

    :param str message: sentence for the member, in the member's language
    :param str measure: the measure that is short, ``"places"`` or ``"load"``
    :param int left: how much of that measure could still be had by this holder, counting what it holds already
    :param int asked: how much was asked
    """

    def __init__(self, message, measure, left, asked):
        super().__init__(message)
        self.measure = measure
        self.left = left
        self.asked = asked
