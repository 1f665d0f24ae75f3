"""Locks and stamps, so that two runs at once, or one that was killed, leave nothing half done."""

import contextlib
import fcntl
import hashlib
import shutil
import tempfile
from pathlib import Path

from . import paths
from .errors import PanierError


@contextlib.contextmanager
def locked(name, refusal=None):
    """Hold the lock `name`. The kernel frees it when the process dies, however it dies.

    :param refusal: what to say instead of waiting when somebody else holds it
    :raises PanierError: with the refusal
    """
    with open(paths.folder("locks") / f"{name}.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (fcntl.LOCK_NB if refusal else 0))
        except BlockingIOError as error:
            raise PanierError(refusal) from error
        yield


def fingerprint(*texts):
    """A short hash of texts (of anything as text: a path is hashed as its name)."""
    return hashlib.sha256("\0".join(str(text) for text in texts).encode()).hexdigest()[:12]


def contents(path, but=()):
    """A short hash of a file, or of all files below a folder with their names.

    :param but: names of folders that do not count
    """
    digest = hashlib.sha256()
    for file in _files(path, {"__pycache__", *but}):
        digest.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(path, but):
    if path.is_file():
        return [path]
    files = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in files if not but & set(file.relative_to(path).parts))


@contextlib.contextmanager
def building(target):
    """Give an empty folder to fill; it takes the place of `target` only once it is complete."""
    paths.folder(target.parent.relative_to(paths.home()))
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    scratch.chmod(0o755)
    try:
        yield scratch
        remove(target)
        scratch.rename(target)
    except BaseException:
        remove(scratch)
        raise


def remove(path):
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
