"""Child processes that never outlive us."""

import contextlib
import ctypes
import os
import signal
import subprocess

PR_SET_PDEATHSIG = 1  # see prctl(2)
LIBC = ctypes.CDLL(None, use_errno=True)


def start(command, **options):
    """Start a program in a process group of its own; the kernel ends it when we die, even by kill -9."""
    return _popen(command, start_new_session=True, **options)


def _popen(command, **options):
    return subprocess.Popen(command, preexec_fn=_die_with_parent, **options)  # noqa: PLW1509 we have no threads


def _die_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(process, patience=20, number=signal.SIGTERM):
    """Ask the program to end; after `patience` seconds, end it and everything it started."""
    if process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    kill_group(process)


def kill_group(process):
    """End the program and all it started at once, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop_on_signals():
    """Let a closed terminal or a polite `kill` unwind like Ctrl-C, so that everything is stopped.

    Ctrl-C itself is said too: a shell starts what it puts in the background with SIGINT ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def foreground(command, env):
    """Run a program on our terminal and give its exit status; Ctrl-C is its own business."""
    with _popen(command, env=env) as process:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return process.wait()
        except KeyboardInterrupt:  # a polite kill of ourselves
            process.terminate()
            return process.wait()
        finally:
            signal.signal(signal.SIGINT, before)
