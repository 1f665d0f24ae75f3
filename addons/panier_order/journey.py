"""The journey of a basket: which state may follow which (design, law 5). No ORM here."""

TO_PREPARE = "to_prepare"
PREPARING = "preparing"
READY = "ready"
HANDED_OVER = "handed_over"
NOT_COLLECTED = "not_collected"
CANCELLED = "cancelled"

#: From each state, the states an action may lead to. ``False`` is an order that has not been confirmed yet.
TRANSITIONS = {
    False: {TO_PREPARE, CANCELLED},
    TO_PREPARE: {PREPARING, CANCELLED},
    PREPARING: {TO_PREPARE, READY, CANCELLED},
    READY: {PREPARING, HANDED_OVER, NOT_COLLECTED, CANCELLED},
    NOT_COLLECTED: {READY, HANDED_OVER, CANCELLED},
    HANDED_OVER: {READY},
    CANCELLED: set(),
}

#: The member may still change the slot or cancel (issue of click & collect: "until preparation starts").
MEMBER_MAY_CHANGE = {TO_PREPARE}

#: Staff may still change the slot, or cancel for the member.
STAFF_MAY_CHANGE = {TO_PREPARE, PREPARING, READY, NOT_COLLECTED}

#: The place in the slot is in use.
ACTIVE = {TO_PREPARE, PREPARING, READY}


def is_allowed(current, following):
    """Whether a basket in state ``current`` (or ``False``) may go to ``following``."""
    return following in TRANSITIONS[current or False]
