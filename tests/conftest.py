"""Fixtures and options of the tests that run from outside Odoo. How to use them: tests/support/."""

from pathlib import Path

import pytest

from tests.support import results
from tests.support.site import Site
from tooling import addons, browser, paths
from tooling.database import open_databases


def pytest_addoption(parser):
    parser.addoption("--addon", action="append", default=[], help="run only what concerns this addon")
    parser.addoption("--screenshots", type=Path, help="folder for screenshots (default: in PANIER_HOME)")


def pytest_configure(config):
    config.stash[results.KEY] = {}


def pytest_collection_modifyitems(config, items):
    """Keep what is marked with one of the chosen addons."""
    if not (chosen := set(config.getoption("--addon"))):
        return
    wanted = [item for item in items if chosen & {name for mark in item.iter_markers("addon") for name in mark.args}]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


def pytest_terminal_summary(terminalreporter, config):
    """What Odoo's own runner did inside each item of test_addons.py; its skips by name and reason."""
    if not (reports := config.stash[results.KEY]):
        return
    terminalreporter.section("Odoo tests")
    for addon, report in reports.items():
        failed = f", {len(report.failures)} failed" if report.failures else ""
        terminalreporter.line(f"{addon}: {len(report.started)} tests{failed}")
        for name, reason in report.skips.items():
            terminalreporter.line(f"    SKIPPED {name}: {reason}")


@pytest.fixture(scope="session")
def databases():
    """The databases of the running PostgreSQL (tooling/database.py)."""
    with open_databases(develop=True) as opened:
        yield opened


@pytest.fixture
def new_site(databases, request):
    """Make sites: `new_site()` is a running server on a fresh copy of the demo co-op, for this test alone.

    `new_site(demo=False, addons=["panier_slot"], workers=0, cron=True)` for other needs.
    """
    sites = []

    def make(demo=True, addons=(), **options):
        name = f"panier_test_{len(sites)}"
        databases.create(name, addons, demo=demo)
        sites.append(Site(databases, name, **options))
        return sites[-1].start()

    yield make
    for site in sites:
        site.stop()
        databases.drop(site.name)


@pytest.fixture(scope="module")
def site(databases):
    """A running server on a fresh copy of the demo co-op, shared by the tests of a file."""
    if "panier" not in addons.manifests():
        pytest.skip("there is no addon panier yet, hence no demo co-op")
    name = "panier_test_site"
    databases.create(name, demo=True)
    running = Site(databases, name)
    try:
        yield running.start()
    finally:
        running.stop()
        databases.drop(name)


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium."""
    if not browser.find():
        pytest.skip(browser.ADVICE)
    from tests.support.browsing import chromium as running

    with running() as started:
        yield started


@pytest.fixture
def window(chromium, request):
    """Open windows: `window(site.url, "phone")`; a failed test leaves a screenshot of each."""
    from tests.support.browsing import Window

    folder = request.config.getoption("--screenshots") or paths.folder("screenshots")
    opened = []

    def open_window(url, screen="desktop", lang="fr-FR"):
        opened.append(Window(chromium, url, screen, folder, lang))
        return opened[-1]

    failed_before = request.session.testsfailed
    yield open_window
    for number, each in enumerate(opened):
        if request.session.testsfailed > failed_before:
            each.screenshot(f"failed-{request.node.name}-{number}")
        each.close()


@pytest.fixture
def walk(site, window):
    """`walk("phone", "solene")`: somebody with a window; at the end it must have been without any error."""
    from tests.support.journey import Walk

    walks = []

    def start(screen, login):
        walks.append(Walk(window(site.url, screen)))
        walks[-1].window.login(login)
        return walks[-1]

    yield start
    for each in walks:
        each.assert_clean()
