"""The secret that all processes of an installation share, and the keys derived from it."""

from __future__ import annotations

import os
import secrets
import stat
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from filelock import FileLock, Timeout

from graph.errors import BadInput
from graph.private_files import write_private
from graph.settings import Settings

TOKENS = "tokens"
CURSORS = "cursors"
SESSIONS = "sessions"

_FILE = "secret.key"
_SHORTEST = 32
_LARGEST = 10_000
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FEWEST_CHARACTERS = 7
_PATIENCE = 10.0


def secret_key(settings: Settings) -> bytes:
    """Return the installation's secret: `SIGHTLINE_SECRET_KEY` if set, or else that of a file in the data folder.

    The file is made once, and only its owner can read it. Processes that start at the same time get the same secret.
    Raises `BadInput` if the key is too short or easy to guess, or if the file cannot be made, read or trusted.
    """
    if settings.secret_key is not None:
        value = settings.secret_key.get_secret_value()
        if len(value) < _SHORTEST:
            raise BadInput(f"SIGHTLINE_SECRET_KEY has fewer than {_SHORTEST} characters; give it a longer random text.")
        if is_weak(value):
            raise BadInput("SIGHTLINE_SECRET_KEY repeats itself or is easily guessed; give it a random text.")
        return value.encode()
    return file_key(settings.data_dir / _FILE, instead="set SIGHTLINE_SECRET_KEY")


def file_key(path: Path, *, instead: str) -> bytes:
    """Return the secret in a file, which is made once; `instead` says what to do if the file cannot be fixed.

    Raises `BadInput` if the file cannot be made, read or trusted.
    """
    try:
        return _read(path) if path.exists() or path.is_symlink() else _create(path)
    except (OSError, Timeout) as error:
        reason = getattr(error, "strerror", None) or "it is locked by another process"
        raise BadInput(f"The secret key {path} cannot be used ({reason}); mend that or {instead}.") from error


def derived_key(secret: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for a purpose (HKDF, RFC 5869), so that no key serves two purposes."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sightline " + purpose.encode()).derive(secret)


def is_weak(value: str) -> bool:
    """Tell whether a text is clearly not random: few different characters, few different steps, or one part repeated.

    A step is the difference between a character and the next.
    """
    steps = {ord(after) - ord(before) for before, after in pairwise(value)}
    repeats = any(value[part:] == value[:-part] for part in range(1, len(value) // 2 + 1))
    return repeats or len({*value}) < _FEWEST_CHARACTERS or len(steps) < _FEWEST_CHARACTERS


def _create(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock", timeout=_PATIENCE):
        if not path.exists():
            write_private(path, secrets.token_urlsafe(_SHORTEST) + "\n", durable=True)
    return _read(path)


def _read(path: Path) -> bytes:
    """Return the key in a file; nobody else may have been able to put the file there or to read it."""
    if path.is_symlink():
        raise BadInput(f"The secret key {path} is a link to elsewhere; put the file itself there, or delete the link.")
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        _check_owner(path, os.fstat(file.fileno()))
        value = file.read(_LARGEST).strip()
    if len(value) < _SHORTEST or is_weak(value.decode("latin-1")):
        raise BadInput(f"The secret key {path} is damaged; delete it, and issue new tokens.")
    return value


def _check_owner(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(f"The secret key {path} is not a file; delete it, and issue new tokens.")
    if os.name != "posix":
        return
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise BadInput(f"The secret key {path} can be read or changed by others; run chmod 600 on it.")
    if status.st_uid not in (os.geteuid(), 0):
        raise BadInput(f"The secret key {path} belongs to another user; delete it, and issue new tokens.")
