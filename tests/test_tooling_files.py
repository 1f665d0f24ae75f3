"""Locks, unfinished folders, hashes; and what must not be written into the project."""

import json
import re
import signal
import subprocess
import sys
import time

import pytest

from tooling import locks, paths, processes

HOLD = "import time; from tooling.locks import locked\nwith locked('here'): print('held', flush=True); time.sleep(60)"
WAIT = "from tooling.locks import locked\nwith locked('here'): print('mine')"


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("PANIER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_home_follows_the_environment(monkeypatch):
    monkeypatch.delenv("PANIER_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert str(paths.home()) == "/somewhere/panier"
    monkeypatch.setenv("PANIER_HOME", "/elsewhere")
    assert str(paths.home()) == "/elsewhere"


def test_unfinished_folder_never_takes_the_place(home):
    target = paths.folder() / "target"
    with pytest.raises(RuntimeError), locks.building(target) as scratch:
        (scratch / "file").write_text("half")
        raise RuntimeError
    assert not target.exists()
    with locks.building(target) as scratch:
        (scratch / "file").write_text("whole")
    assert (target / "file").read_text() == "whole"
    assert [path.name for path in home.iterdir()] == ["target"]


def test_second_process_waits_until_the_first_is_gone_even_by_kill(home):
    first = processes.start([sys.executable, "-c", HOLD], cwd=paths.PROJECT, stdout=subprocess.PIPE, text=True)
    assert first.stdout.readline() == "held\n"
    second = processes.start([sys.executable, "-c", WAIT], cwd=paths.PROJECT, stdout=subprocess.PIPE, text=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(1)
        first.send_signal(signal.SIGKILL)
        assert second.communicate(timeout=20)[0] == "mine\n"
    finally:
        processes.stop(first)
        processes.stop(second)


def test_contents_see_names_and_text_but_no_bytecode(tmp_path):
    (tmp_path / "one").write_text("1")
    before = locks.contents(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_text("compiled")
    assert locks.contents(tmp_path) == before
    (tmp_path / "one").rename(tmp_path / "two")
    assert locks.contents(tmp_path) != before


def test_child_ends_with_its_parent_even_by_kill(tmp_path):
    """What ./panier starts never outlives it."""
    script = (
        "import sys, time; from tooling import processes\n"
        "child = processes.start([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = processes.start([sys.executable, "-c", script], cwd=paths.PROJECT, stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < deadline, "the child is still there"
        time.sleep(0.05)


def _runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    "lock",
    [*paths.REQUIREMENTS.glob("*.lock"), paths.PROJECT / "deploy/requirements.lock"],
    ids=lambda path: path.stem,
)
def test_python_locks_name_no_address_and_hash_everything(lock):
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^--|index-url|find-links|extra-index", text.replace("    --hash", ""), re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_node_lock_names_no_address():
    packages = json.loads((paths.PROJECT / "package-lock.json").read_text())["packages"]
    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]
