"""The secret that all processes of one installation share, and the keys made from it."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from filelock import FileLock, Timeout

from graph.errors import BadInput
from graph.settings import Settings

TOKENS = "tokens"
CURSORS = "cursors"
SESSIONS = "sessions"

_FILE = "secret.key"
_SHORTEST = 32
_PATIENCE = 10.0


def secret_key(settings: Settings) -> bytes:
    """Return the installation's secret: `SIGHTLINE_SECRET_KEY`, else a file in the data folder, made once.

    The file is readable by its owner alone. Processes that start together get the same one.
    Raises `BadInput` when the key is too short, or the file cannot be made, read or believed.
    """
    if settings.secret_key is not None:
        value = settings.secret_key.get_secret_value()
        if len(value) < _SHORTEST:
            raise BadInput(f"SIGHTLINE_SECRET_KEY has fewer than {_SHORTEST} characters; give it a longer random text.")
        return value.encode()
    return file_key(settings.data_dir / _FILE, instead="set SIGHTLINE_SECRET_KEY")


def file_key(path: Path, *, instead: str) -> bytes:
    """Return the secret that a file holds, made once; `instead` says what to do when it cannot be mended.

    Raises `BadInput` when the file cannot be made, read or believed.
    """
    try:
        return _read(path) if path.exists() else _create(path)
    except (OSError, Timeout) as error:
        reason = getattr(error, "strerror", None) or "it is locked by another process"
        raise BadInput(f"The secret key {path} cannot be used ({reason}); mend that or {instead}.") from error


def derived_key(secret: bytes, purpose: str) -> bytes:
    """Return the 32-byte key of one purpose (HKDF, RFC 5869), so that no key serves two."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sightline " + purpose.encode()).derive(secret)


def _create(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock", timeout=_PATIENCE):
        if not path.exists():
            descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
            try:
                with os.fdopen(descriptor, "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(_SHORTEST) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
    return _read(path)


def _read(path: Path) -> bytes:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadInput(f"The secret key {path} can be read by others; run chmod 600 on it.")
    value = path.read_bytes().strip()
    if len(value) < _SHORTEST:
        raise BadInput(f"The secret key {path} is damaged; delete it, and issue new tokens.")
    return value
