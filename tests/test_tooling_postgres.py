"""The embedded PostgreSQL: shared, stopped by whoever leaves last, up again after any kind of end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tooling import paths, postgres, processes

PYTHON = Path(sys.prefix) / "bin" / "python"
USE = (
    "import sys, time; from pathlib import Path; from tooling import postgres\n"
    "with postgres.running(Path(sys.argv[1])): print('up', flush=True); time.sleep(60)"
)


@pytest.fixture
def server(monkeypatch, tmp_path):
    """An embedded server of its own, in a home of its own."""
    for name in ("PGHOST", "PGPORT", "PGSERVICE", "PGUSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PANIER_HOME", str(tmp_path / "home"))
    embedded = postgres.Embedded()
    yield embedded
    embedded.remove()
    assert not embedded.socket.exists()


def test_it_runs_while_it_is_used(server):
    with postgres.running(PYTHON) as client:
        assert client.sql("SELECT 1 + 1") == [["2"]]
        assert client.sql("SELECT lower('ÉTÉ')") == [["été"]], "French in lower case"
        with postgres.running(PYTHON):
            pass
        assert client.sql("SELECT 1") == [["1"]], "the first to leave does not stop it"
    assert not server.is_up()


def test_nobody_else_gets_in(server):
    with postgres.running(PYTHON):
        assert server.socket.stat().st_mode & 0o077 == 0
        assert "listen_addresses = ''" in (server.data / "postgresql.conf").read_text()


def test_it_comes_up_again_after_a_kill(server):
    with postgres.running(PYTHON) as client:
        client.sql("CREATE TABLE kept (name text)")
        client.sql("INSERT INTO kept VALUES ('here')")
        client.sql("CHECKPOINT")
        os.kill(server._pid(), signal.SIGKILL)
        _until(lambda: not server.is_up())
    with postgres.running(PYTHON) as client:
        assert client.sql("SELECT name FROM kept") == [["here"]]


def test_a_stale_pid_that_is_now_somebody_else(server):
    with postgres.running(PYTHON):
        pass
    lines = [str(os.getpid()), str(server.data), "1", "5432", str(server.socket), "", "0 0", "ready   "]
    (server.data / "postmaster.pid").write_text("\n".join(lines))
    assert not server.is_up()
    with postgres.running(PYTHON) as client:
        assert client.sql("SELECT 1") == [["1"]]


def test_the_keeper_stops_it_when_its_user_was_killed(server):
    command = [sys.executable, "-c", USE, PYTHON]
    user = processes.start(command, cwd=paths.PROJECT, stdout=subprocess.PIPE, text=True)
    while user.stdout.readline().strip() != "up":
        assert user.poll() is None
    assert server.is_up()
    user.kill()
    user.wait()
    _until(lambda: not server.is_up())


def _until(done, patience=20):
    deadline = time.monotonic() + patience
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
