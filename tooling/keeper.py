"""Stops the embedded PostgreSQL when the last process that used it is gone, also when it was killed."""

import sys
from pathlib import Path

from .postgres import Embedded

if __name__ == "__main__":
    Embedded(Path(sys.argv[1])).stop_if_unused(wait=True)
