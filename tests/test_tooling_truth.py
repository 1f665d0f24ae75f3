"""`./panier test` tells the truth: run on small projects that are wrong on purpose."""

import os
import shutil
import subprocess
import sys

import pytest

from tooling import paths

MANIFEST = """{
    "name": "Truth", "version": "19.0.1.0.0", "license": "AGPL-3", "author": "Panier", "depends": ["base"],
    "data": [%s],
}
"""
TEST = """\
from odoo.tests import TransactionCase


class TestTruth(TransactionCase):
    def test_truth(self):
        %s
"""
MODEL = "from odoo import models\n\n\nclass Open(models.Model):\n    _name = 'panier.open'\n    _description = 'x'\n"


@pytest.fixture
def project(tmp_path):
    """A copy of the project with one addon of its own; gives a function that runs `./panier test` there."""
    for name in ("panier", "pyproject.toml"):
        shutil.copy(paths.PROJECT / name, tmp_path)
    for name in ("tooling", "requirements", "tests/support"):
        shutil.copytree(paths.PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("conftest.py", "test_addons.py"):
        shutil.copy(paths.PROJECT / "tests" / name, tmp_path / "tests")
    addon = tmp_path / "addons" / "panier_truth"
    (addon / "tests").mkdir(parents=True)

    def run(body, init="", manifest_data="", tests="from . import test_truth\n", name="panier_truth"):
        (addon / "__manifest__.py").write_text(MANIFEST % manifest_data)
        (addon / "__init__.py").write_text(init)
        (addon / "tests" / "__init__.py").write_text(tests)
        (addon / "tests" / "test_truth.py").write_text(TEST % body)
        command = [sys.executable, "panier", "test", name]
        # The parent pytest's own settings must not reach the child.
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.slow
def test_status_and_words_follow_what_happened(project):
    status, text = project("self.assertEqual(1 + 1, 2)")
    assert status == 0, text
    assert "panier_truth: 1 tests" in text
    assert "1 passed" in text.splitlines()[-1]

    status, text = project("self.assertEqual(1 + 1, 3)")
    assert status == 1
    assert "TestTruth.test_truth" in text
    assert "2 != 3" in text
    assert "1 failed" in text.splitlines()[-1]

    status, text = project("self.skipTest('no scales here')")
    assert status == 0
    assert "SKIPPED TestTruth.test_truth: no scales here" in text


@pytest.mark.slow
def test_what_odoo_only_mentions_fails_too(project):
    status, text = project("pass", tests="")
    assert status == 1
    assert "no test ran" in text

    status, text = project("pass", init=MODEL)
    assert status == 1
    assert "have no access rules" in text

    status, text = project("pass", manifest_data="'missing.xml'")
    assert status == 1
    assert "missing.xml" in text

    status, text = project("import logging; logging.getLogger('odoo.addons.panier_truth').warning('odd')")
    assert status == 1
    assert "odd" in text


def test_an_addon_that_does_not_exist(project):
    status, text = project("pass", name="panier_nowhere")
    assert status == 1
    assert "No such addon: panier_nowhere" in text
