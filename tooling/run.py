"""Running other programs: their output to a log, its end shown when they fail."""

import subprocess
import time

from . import paths
from .errors import PanierError


def logged(command, log, **options):
    """Run to the end, output into `log`; on failure say which command and show the log's end.

    :raises PanierError: when the program cannot be started, fails or takes too long
    """
    options.setdefault("timeout", 1800)
    file = paths.log_file(log)
    with open(file, "w") as output:
        try:
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False, **options)
        except FileNotFoundError as error:
            raise PanierError(f"{command[0]}: not found on this machine") from error
        except subprocess.TimeoutExpired as error:
            raise PanierError(f"{command[0]}: no end after {error.timeout:.0f} s, see {file}") from error
    if done.returncode:
        raise PanierError(f"{_short(command)} failed ({done.returncode}), see {file}:\n{_tail(file)}")
    return file


def output(command, **options):
    """What a short command prints.

    :raises PanierError: with what it said on standard error
    """
    options.setdefault("timeout", 300)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    except FileNotFoundError as error:
        raise PanierError(f"{command[0]}: not found on this machine") from error
    if done.returncode:
        raise PanierError(f"{_short(command)} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _short(command):
    text = " ".join(str(word) for word in command)
    return text if len(text) < 160 else text[:157] + "..."


def _tail(file, lines=25):
    return "\n".join(f"    {line}" for line in file.read_text(errors="replace").splitlines()[-lines:])


class Step:
    """`with Step("Unpacking Odoo"):` prints the step as it starts and its time when it is done."""

    def __init__(self, what):
        self.what = what

    def __enter__(self):
        print(f"  - {self.what} ...", end="", flush=True)
        self.start = time.monotonic()
        return self

    def __exit__(self, kind, *_rest):
        state = "failed after" if kind else "done in"
        print(f" {state} {time.monotonic() - self.start:.1f} s", flush=True)
