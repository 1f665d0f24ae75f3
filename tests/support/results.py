"""Where test_addons.py leaves what Odoo's runner did, for the summary at the end."""

import pytest

KEY = pytest.StashKey()
