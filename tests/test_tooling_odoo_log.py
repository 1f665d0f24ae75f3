"""Odoo's log is read for what it says, also when Odoo's exit status is friendlier."""

from tooling import odoo_log

STAMP = "2026-11-22 00:29:29,768 10372"
TEST = "odoo.addons.panier_slot.tests.test_slot"
LOG = f"""\
{STAMP} INFO db {TEST}: Starting TestSlot.test_full ...
{STAMP} INFO db {TEST}: ======================================================================
{STAMP} ERROR db {TEST}: FAIL: TestSlot.test_full
Traceback (most recent call last):
AssertionError: 10 != 11
{STAMP} INFO db {TEST}: Starting TestSlot.test_tour ...
{STAMP} INFO db {TEST}: skipped TestSlot.test_tour : Chrome executable not found
{STAMP} INFO db {TEST}: Starting TestSlot.test_broken ...
{STAMP} ERROR db {TEST}: ERROR: TestSlot.test_broken
Traceback (most recent call last):
ZeroDivisionError
{STAMP} WARNING db odoo.modules.loading: The models ['panier.slot'] have no access rules
{STAMP} ERROR db odoo.sql_db: bad query: SELECT
more of it
{STAMP} ERROR db odoo.tests.result: 1 failed, 1 error(s) of 3 tests when loading database 'db'
"""


def test_failures_skips_and_complaints_are_told_apart():
    report = odoo_log.read(LOG)
    assert report.started == ["TestSlot.test_full", "TestSlot.test_tour", "TestSlot.test_broken"]
    assert list(report.failures) == ["TestSlot.test_full", "TestSlot.test_broken"]
    assert "10 != 11" in report.failures["TestSlot.test_full"]
    assert report.skips == {"TestSlot.test_tour": "Chrome executable not found"}
    assert [complaint.split(":")[0] for complaint in report.complaints] == [
        "WARNING odoo.modules.loading",
        "ERROR odoo.sql_db",
    ]
    assert "more of it" in report.complaints[1]


def test_a_quiet_log_is_clean():
    report = odoo_log.read(f"{STAMP} INFO db odoo.modules.loading: loading 5 modules...\nnot a log line\n")
    assert not (report.started or report.failures or report.skips or report.complaints)
