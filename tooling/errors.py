"""The one exception a person is meant to read."""


class PanierError(Exception):
    """Something the user can act on: printed without a traceback, exit status 1."""
