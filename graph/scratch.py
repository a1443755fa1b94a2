"""Temporary folders: if a process is killed and leaves one, the next process removes it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = ".in-use"
_YOUNG = 60.0
"""Seconds within which a new folder may not have its lock yet."""


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a new folder that only its owner can read, and remove it at the end.

    The kernel releases its lock when the process ends, however it ends; then `remove_abandoned` removes the folder.
    """
    remove_abandoned(parent, prefix)
    path, lock = _new_folder(parent, prefix)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        lock.release()


def remove_abandoned(parent: Path, prefix: str) -> None:
    """Remove the folders with that prefix whose process has ended; those of other users stay."""
    with suppress(OSError):
        for path in parent.glob(f"{prefix}*"):
            with suppress(OSError):
                if _is_abandoned(path):
                    shutil.rmtree(path, ignore_errors=True)


def _new_folder(parent: Path, prefix: str) -> tuple[Path, FileLock]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        lock = _lock(path)
        with suppress(Timeout):
            lock.acquire()
            if (path / _LOCK).exists():
                return path, lock


def _is_abandoned(path: Path) -> bool:
    status = path.lstat()
    if not path.is_dir() or path.is_symlink() or status.st_uid != os.getuid():
        return False
    if not (path / _LOCK).exists():
        return time.time() - status.st_mtime > _YOUNG
    lock = _lock(path)
    try:
        lock.acquire()
    except Timeout:
        return False
    lock.release()
    return True


def _lock(path: Path) -> FileLock:
    return FileLock(path / _LOCK, blocking=False, thread_local=False)
