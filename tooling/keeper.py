"""Stops the embedded PostgreSQL when the last process that used it is gone, also when it was killed."""

from .postgres import Embedded

if __name__ == "__main__":
    Embedded().stop_if_unused(wait=True)
