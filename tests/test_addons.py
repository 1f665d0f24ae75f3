"""Every addon installs alone on a shop without demo data, and its own Odoo tests pass."""

import pytest

from tests.support import results
from tooling import addons, odoo, odoo_log, paths, ports, processes

PATIENCE = 1200  # seconds for one addon


def _all():
    return [pytest.param(name, marks=pytest.mark.addon(name)) for name in addons.closure(addons.manifests())]


@pytest.mark.timeout(PATIENCE + 60)
@pytest.mark.parametrize("addon", _all())
def test_odoo_tests(addon, databases, request):
    """Installs silently (no warning in the log), has tests, and they pass."""
    name = f"panier_test_{addon}"
    databases.create(name)
    try:
        status, log = _run(databases, name, addon)
    finally:
        databases.drop(name)
    report = odoo_log.read(log.read_text(errors="replace"))
    request.config.stash[results.KEY][addon] = report
    problems = [f"{test}\n{details}" for test, details in report.failures.items()]
    problems += [f"in Odoo's log: {complaint}" for complaint in report.complaints]
    if any((paths.ADDONS / addon / "tests").glob("test_*.py")) and not report.started:
        problems.append("the addon has tests, and no test ran")
    if status and not problems:
        problems.append("Odoo ended without saying why")
    if problems:
        pytest.fail(f"{addon}, log {log}:\n\n" + "\n\n".join(problems), pytrace=False)


def _run(databases, name, addon):
    words = ["-i", addon, "--test-tags", f"/{addon}", "--stop-after-init", f"--http-port={ports.free()[0]}"]
    log = paths.log_file(f"test-{addon}")
    with open(log, "w") as output:
        command = odoo.command(databases.python, "-d", name, *words, "--max-cron-threads=0")
        process = processes.start(command, env=odoo.environment(databases.client), stdout=output, stderr=output)
        try:
            return process.wait(PATIENCE), log
        finally:
            processes.stop(process)
