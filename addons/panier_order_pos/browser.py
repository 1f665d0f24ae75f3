"""What a browser sends, before anything is asked of the database. Plain Python."""

#: The largest id PostgreSQL's `integer` holds.
_MAX_ID = 2**31 - 1

#: A ticket's number is a UUID; nothing longer is kept.
_MAX_TICKET = 64


def is_id(value):
    """Whether this can be the id of a record.

    :rtype: bool
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_ID


def is_ticket(value):
    """Whether this can be a ticket's number.

    :rtype: bool
    """
    return isinstance(value, str) and 0 < len(value) <= _MAX_TICKET and value.isprintable()


def is_readable_ticket(ticket, links):
    """Whether a ticket has the shape that a till's screen sends, as far as baskets are concerned.

    :param ticket: anything
    :param tuple links: fields of its lines that name one record
    :rtype: bool
    """
    if not isinstance(ticket, dict) or not is_ticket(ticket.get("uuid")):
        return False
    commands = ticket.get("lines") or []
    if not isinstance(commands, list) or not all(isinstance(command, list | tuple) for command in commands):
        return False
    values = line_values(ticket)
    ids = [ticket.get("session_id"), *(vals.get(name) for vals in values for name in links)]
    return all(value is None or value is False or is_id(value) for value in ids)


def line_values(ticket):
    """The values of the lines that a till sends for a ticket, for reading and changing.

    :param dict ticket:
    :rtype: list[dict]
    """
    return [
        command[2]
        for command in ticket.get("lines") or []
        if len(command) > 2 and command[0] in (0, 1) and isinstance(command[2], dict)
    ]
