"""The command line as a newcomer meets it."""

import subprocess
import sys

import pytest

from tooling import addons, cli, demo, ports
from tooling.errors import PanierError

COMMANDS = ("demo", "serve", "shell", "reset", "test", "lint", "i18n", "dev-db", "odoo", "psql")


def panier(*words):
    command = [sys.executable, "panier", *words]
    return subprocess.run(command, cwd=cli.paths.PROJECT, capture_output=True, text=True, timeout=60)


def test_help_names_every_command_and_variable():
    done = panier("--help")
    assert done.returncode == 0
    for word in (*COMMANDS, "PANIER_HOME", "ODOO_HOME", "PGHOST"):
        assert word in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    done = panier(command, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 4


def test_mistakes_are_told_without_a_traceback():
    for words in (["nonsense"], ["test", "panier_nonsense"], ["demo", "--port", "many"], []):
        done = panier(*words)
        assert done.returncode in {1, 2}, words
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr


def test_odoo_home_that_is_no_odoo_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    done = panier("odoo", "--", "--version")
    assert done.returncode == 1
    assert "it is not a checkout of Odoo" in done.stderr


def test_taken_port_is_told():
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PanierError, match="is taken"):
            ports.require_free(other.getsockname()[1])


def test_free_ports_are_all_different():
    assert len(set(ports.free(5))) == 5


def test_dependencies_come_first():
    ordered = addons.closure(addons.manifests())
    for name, manifest in addons.manifests().items():
        for dependency in manifest.get("depends", ()):
            if dependency in ordered:
                assert ordered.index(dependency) < ordered.index(name)


def test_welcome_shows_every_login():
    text = demo.welcome("http://127.0.0.1:8069")
    assert "http://127.0.0.1:8069/shop" in text
    for _role, login, password, _what in demo.logins():
        assert any(login in line and password in line for line in text.splitlines())
