"""A running Odoo: started, waited for, stopped."""

import time
import urllib.error
import urllib.request

from . import odoo, paths, ports, processes
from .errors import PanierError


class Server:
    """Odoo serving one database.

    :param databases: an open `database.Databases`
    :param name: the database
    :param workers: 0 for one process with threads (the websocket is on the same port), else worker
        processes as in production (the websocket is on `gevent_port`)
    :param port: where to listen, any free port by default
    """

    def __init__(self, databases, name, *, workers=0, port=None, cron=True, options=(), variables=None):
        self.databases = databases
        self.name = name
        self.workers = workers
        free, self.gevent_port = ports.free(2)
        self.port = port or free
        self.cron = cron
        self.options = options
        self.variables = variables or {}
        self.log = paths.log_file(f"odoo-{name}")
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, patience=120):
        """Start and wait until it answers.

        :raises PanierError: when it ends or does not answer in time
        """
        options = {
            "--http-port": self.port,
            "--gevent-port": self.gevent_port,
            "--workers": self.workers,
            "--max-cron-threads": 1 if self.cron else 0,
            "--db-filter": f"^{self.name}$",
        }
        words = [f"{key}={value}" for key, value in options.items()]
        command = odoo.command(self.databases.python, "-d", self.name, *words, *self.options)
        env = {**odoo.environment(self.databases.client), **self.variables}
        with open(self.log, "a") as log:
            self.process = processes.start(command, env=env, stdout=log, stderr=log)
        try:
            self._wait(patience)
        except BaseException:
            self.stop()
            raise
        return self

    def _wait(self, patience):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise PanierError(f"Odoo ended at once, see {self.log}")
            try:
                return self.fetch("/web/health")
            except OSError:
                time.sleep(0.2)
        raise PanierError(f"Odoo does not answer after {patience} s, see {self.log}")

    def fetch(self, path, timeout=60):
        """The body of a page, as a stranger sees it."""
        with urllib.request.urlopen(self.url + path, timeout=timeout) as answer:
            return answer.read()

    def warm_up(self, paths_=("/web/login", "/", "/shop")):
        """Ask for pages once, so that the first visitor does not wait for style sheets to be compiled."""
        for path in paths_:
            try:
                self.fetch(path, timeout=180)
            except urllib.error.HTTPError as error:
                raise PanierError(f"{path} answers {error.code}, see {self.log}") from error

    def stop(self):
        if self.process:
            processes.stop(self.process)

    def kill9(self):
        """End every process of the server at once, without warning."""
        processes.kill_group(self.process)

    def restart(self):
        self.stop()
        return self.start()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_error):
        self.stop()
