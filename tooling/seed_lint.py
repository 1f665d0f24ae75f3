# Run in an Odoo shell on a database with our addons; ADDONS is set by odoo_lint.py.
import re
import unittest

from odoo.modules import Manifest

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_markers,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_routes,
    test_test_holes,
)

ours = [Manifest.for_addon(name) for name in ADDONS]
Manifest.all_addon_manifests = staticmethod(lambda: ours)
test_pofile.get_modules = lambda: ADDONS

# Not run: test_eslint and test_pylint (ours are stricter), test_checkers (tests of the checkers themselves),
# test_l10n (charts of accounts).
modules = (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_markers,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_routes,
    test_test_holes,
)
suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromModule(module) for module in modules)
env.cr.rollback()
outcome = unittest.TestResult()
suite.run(outcome)

# Some checks read every model in the database: what is said of other people's addons is left out.
ours_pattern = re.compile(rf"\b({'|'.join(ADDONS)})\b|\bpanier[._]")
for test, trace in outcome.failures + outcome.errors:
    said = f"{test}\n{trace[trace.rfind('  File ') :].partition(chr(10))[2]}"
    if ours_pattern.search(said):
        print(f"FOUND {said}\nEND")
print(f"RAN {outcome.testsRun}")
