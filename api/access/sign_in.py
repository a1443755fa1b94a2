"""Signing in without a password: a token that works once, soon after it was made, for one installation.

It is a token like any other, but made with a separate key that is kept in the data folder. Using it creates a file
there, which only one process can do. So every process that might accept a token sees whether it was used, however many
there are. A token of another data folder is not valid here, even if both use the same `SIGHTLINE_SECRET_KEY`.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from api.access.keys import derived_key, file_key
from api.access.policy import Actor
from api.access.tokens import Grant, issue_token, open_token
from graph.errors import BadInput, Unauthenticated

LIFETIME = timedelta(minutes=15)

_FOLDER = "sign-ins"
_KEY = "sign-in.key"
_AGAIN = "`sightline sign-in` prints another."
_USED = f"This sign-in address was used already. {_AGAIN}"


class SignIns:
    """Issues and redeems sign-in tokens; `folder` is the data folder."""

    def __init__(self, folder: Path) -> None:
        self._used = folder / _FOLDER
        self._key_file = folder / _KEY

    def issue(self, actor: Actor, *, lifetime: timedelta = LIFETIME) -> str:
        """Return a token that signs the actor in once, within 15 minutes at most.

        Raises `BadInput` if the data folder cannot be used, or the actor's name is too long.
        """
        return issue_token(self._key(), actor, min(lifetime, LIFETIME))

    def redeem(self, token: str) -> Actor:
        """Return the actor whom the token signs in, and use it up; raises as `look` does."""
        grant = self._open(token)
        self._use(grant.id)
        return grant.actor

    def look(self, token: str) -> Actor:
        """Return the actor whom the token would sign in, without using it up.

        Raises `Unauthenticated` if it is forged (compared in constant time), too old or used, and `BadInput` if the
        data folder cannot be used.
        """
        grant = self._open(token)
        if (self._used / grant.id).exists():
            raise Unauthenticated(_USED)
        return grant.actor

    def _open(self, token: str) -> Grant:
        try:
            grant = open_token(self._key(), token)
        except Unauthenticated:
            raise Unauthenticated(f"This sign-in address is not valid here. {_AGAIN}") from None
        if grant.is_over():
            raise Unauthenticated(f"This sign-in address is too old. {_AGAIN}")
        return grant

    def _use(self, identity: str) -> None:
        """Record that a token was used; among all processes of the data folder, this succeeds only once."""
        try:
            self._used.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._forget_old()
            if not _make(self._used / identity):
                raise Unauthenticated(_USED)
        except OSError as error:
            raise BadInput(f"The folder {self._used} cannot be written ({error.strerror}); mend that.") from error

    def _forget_old(self) -> None:
        """Remove the records of tokens that are too old to be used again."""
        oldest = time.time() - 2 * LIFETIME.total_seconds()
        for note in self._used.iterdir():
            with suppress(FileNotFoundError):
                if note.stat().st_mtime < oldest:
                    note.unlink()

    def _key(self) -> bytes:
        secret = file_key(self._key_file, instead="set SIGHTLINE_DATA_DIR to another folder")
        return derived_key(secret, "sign-in")


def _make(path: Path) -> bool:
    """Create an empty file; returns whether this call created it."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
