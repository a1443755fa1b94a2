"""Records of the tokens made with a data folder, for listing and revoking them; the tokens are not stored."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from api.access.tokens import Grant
from graph.private_files import write_private

_FOLDER = "tokens"


@dataclass(frozen=True, slots=True)
class Issued:
    """What is known about a token. Times are in seconds since 1970."""

    id: str
    name: str
    role: str
    issued: float
    expires: float
    agency: str = ""


class IssuedTokens:
    """Records tokens until they expire, in a folder of the data folder that only its owner can read."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def note(self, grant: Grant) -> None:
        """Record a token that was just made; raises `OSError`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        actor = grant.actor
        noted = Issued(grant.id, actor.name, actor.role.name, time.time(), grant.expires, actor.agency)
        write_private(self._folder / f"{grant.id}.json", orjson.dumps(asdict(noted)).decode())

    def all(self) -> list[Issued]:
        """Return the tokens that have not expired, newest first, and forget the others; raises `OSError`."""
        found = []
        for path in self._folder.glob("*.json"):
            with suppress(orjson.JSONDecodeError, TypeError, FileNotFoundError):
                one = Issued(**orjson.loads(path.read_bytes()))
                if one.expires > time.time():
                    found.append(one)
                else:
                    path.unlink(missing_ok=True)
        return sorted(found, key=lambda one: -one.issued)
