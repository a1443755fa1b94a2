"""Signing in without a password: a token that works once, soon after it was made, for one installation.

The token is sealed by a key in the data folder, and using it makes a file there that only one process can make. So
whoever accepts a token also sees that it was used, however many processes serve; a token of another data folder
is none here, even when the two share `SIGHTLINE_SECRET_KEY`.
"""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import orjson
from cryptography.fernet import Fernet, InvalidToken

from api.keys import derived_key, file_key
from api.policy import ROLES, Actor
from graph.errors import BadInput, Unauthenticated

LIFETIME = timedelta(minutes=15)

_FOLDER = "sign-ins"
_KEY = "sign-in.key"
_LONGEST = 1_000
_AGAIN = "`sightline sign-in` prints another."


class SignIns:
    """Issues and redeems sign-in tokens; `folder` is the data folder."""

    def __init__(self, folder: Path) -> None:
        self._used = folder / _FOLDER
        self._key_file = folder / _KEY

    def issue(self, actor: Actor, *, lifetime: timedelta = LIFETIME) -> str:
        """Return a token that signs the actor in once, within 15 minutes at most.

        Raises `BadInput` when the data folder cannot be used.
        """
        claims = {
            "id": secrets.token_hex(16),
            "name": actor.name,
            "role": actor.role.name,
            "expires": time.time() + min(lifetime, LIFETIME).total_seconds(),
        }
        return self._fernet().encrypt(orjson.dumps(claims)).rstrip(b"=").decode()

    def redeem(self, token: str) -> Actor:
        """Return whom the token signs in, and use it up.

        Raises `Unauthenticated` when it is forged (compared in constant time), too old or used, and `BadInput`
        when the data folder cannot be used.
        """
        if len(token) > _LONGEST or not token.isascii():
            raise Unauthenticated(f"This sign-in address is not valid here. {_AGAIN}")
        try:
            claims = orjson.loads(self._fernet().decrypt(token + "=" * (-len(token) % 4)))
        except InvalidToken:
            raise Unauthenticated(f"This sign-in address is not valid here. {_AGAIN}") from None
        if time.time() >= claims["expires"] or claims["role"] not in ROLES:
            raise Unauthenticated(f"This sign-in address is too old. {_AGAIN}")
        self._use(claims["id"])
        return Actor(claims["name"], ROLES[claims["role"]])

    def _use(self, identity: str) -> None:
        """Note that a token was used, in a way that succeeds once among all processes of the data folder."""
        try:
            self._used.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._forget_old()
            if not _make(self._used / identity):
                raise Unauthenticated(f"This sign-in address was used already. {_AGAIN}")
        except OSError as error:
            raise BadInput(f"The folder {self._used} cannot be written ({error.strerror}); mend that.") from error

    def _forget_old(self) -> None:
        """Remove the notes of tokens that are too old to be tried again."""
        oldest = time.time() - 2 * LIFETIME.total_seconds()
        for note in self._used.iterdir():
            with suppress(FileNotFoundError):
                if note.stat().st_mtime < oldest:
                    note.unlink()

    def _fernet(self) -> Fernet:
        key = file_key(self._key_file, instead="set SIGHTLINE_DATA_DIR to another folder")
        return Fernet(urlsafe_b64encode(derived_key(key, "sign-in")))


def _make(path: Path) -> bool:
    """Make an empty file; returns whether it was this call that made it."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
