"""What is no longer valid although it has not expired: tokens that were revoked, and sessions that were signed out.

Each is a file in the data folder, and all workers that use the folder read it every two seconds. If instances with
different data folders use the same database, they share revocations through it: each instance adds those that the
database lacks, and keeps those that it finds there. So none is forgotten if the database is emptied, or is unavailable
for a while.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from graph.background import running
from graph.errors import BadInput, SightlineError
from graph.private_files import write_private
from graph.store import Store
from graph.store.revoked import read_revoked, write_revoked

REFRESH_SECONDS = 2.0
"""How long it may take until a revocation made elsewhere is known here."""

_FOLDER = "revoked"
_ID = re.compile(r"[0-9a-f]{16}")


class Revocations:
    """Knows what is revoked, by id; without a folder, only while the process runs."""

    def __init__(self, data: Path | None = None) -> None:
        self._folder = None if data is None else data / _FOLDER
        self._known: dict[str, float] = {}

    def __contains__(self, id_: object) -> bool:
        return id_ in self._known

    def revoke(self, id_: str, expires: float) -> None:
        """Revoke an id until it expires, in all processes of the data folder; raises `BadInput` if it is not stored."""
        self._known[id_] = expires
        if self._folder is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(self._folder / id_, str(expires))
        except OSError as error:
            raise BadInput(f"The folder {self._folder} cannot be written ({error.strerror}); mend that.") from error

    def refresh(self) -> None:
        """Read what other processes of the data folder have revoked, and forget what has expired."""
        now = time.time()
        for path in _files(self._folder):
            if path.name not in self._known:
                self._known[path.name] = _expiry(path)
        for id_ in [id_ for id_, expires in self._known.items() if expires < now]:
            del self._known[id_]
            if self._folder is not None:
                (self._folder / id_).unlink(missing_ok=True)

    async def share(self, store: Store) -> None:
        """Keep the revocations that the database has, and add those that it lacks; raises as the store does."""
        there = await read_revoked(store)
        now = time.time()
        for id_, expires in there.items():
            if id_ not in self._known and expires > now and _ID.fullmatch(id_):
                await asyncio.to_thread(self.revoke, id_, expires)
        lacking = {id_: expires for id_, expires in self._known.items() if id_ not in there and expires > now}
        if lacking:
            await write_revoked(store, lacking)

    @asynccontextmanager
    async def kept(self, store: Store | None) -> AsyncIterator[None]:
        """Stay up to date inside the `with` block; `store` is given if instances with other data folders use it."""
        with suppress(OSError):
            self.refresh()
        async with running(self._keep(store)):
            yield

    async def _keep(self, store: Store | None) -> None:
        while True:
            with suppress(SightlineError, OSError):
                await asyncio.to_thread(self.refresh)
                if store is not None:
                    await self.share(store)
            await asyncio.sleep(REFRESH_SECONDS)


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.exists():
        return []
    return [path for path in folder.iterdir() if _ID.fullmatch(path.name)]


def _expiry(path: Path) -> float:
    """Return when a revoked id expires; if its file cannot be read, it stays revoked."""
    try:
        return float(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return float("inf")
