"""What a store of the embedded database asks before it writes, and tells when the database can no longer write."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Iterable

from graph.engine.control import Control
from graph.engine.folder import Folder
from graph.errors import StoreUnavailable

logger = logging.getLogger("sightline.engine")

FLOOR = 128 << 20
"""Bytes that must be free for a write: two transaction logs, because a new one is begun before the old one ends."""
TELL_AGAIN_SECONDS = 10.0
_BROKEN = frozenset({"TransactionLogError", "TransactionStartFailed"})
"""What a database answers once a write to its files has failed; it answers nothing else until it is restarted."""
_NOT_WRITTEN = "TransactionCommitFailed"
"""The answer to the write that failed; while there is space, it can have other reasons too."""
_NOT_OPEN = "DatabaseUnavailable"


class Guard:
    """Guards the database of one data folder, in any process; it keeps nothing open."""

    alone = True

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._full = False
        self._told = (-1, 0.0)

    def check_write(self) -> None:
        """Raise `StoreUnavailable`, in one sentence, while the disk of the folder has too little space for a write."""
        full = self._is_full()
        if full != self._full:
            self._full = full
            if full:
                logger.error("less than %d MB are free for the database: nothing is written until more is", FLOOR >> 20)
            else:
                logger.warning("the database's disk has space again: writing goes on")
        if full:
            raise StoreUnavailable(
                f"nothing was written, because the database's disk has less than {FLOOR >> 20} MB left; "
                "free some space and try again"
            )

    def notice(self, kinds: Iterable[str], code: str) -> None:
        """Take note of an error's codes; a server that can no longer write is restarted by its supervisor."""
        signs = {*kinds, code.rpartition(".")[2]}
        broken = not _BROKEN.isdisjoint(signs) or (_NOT_WRITTEN in signs and self._is_full())
        if not broken and _NOT_OPEN not in signs:
            return
        state = self._folder.state()
        pid = state.server_pid if state else 0
        told, when = self._told
        if pid == told and time.monotonic() - when < TELL_AGAIN_SECONDS:
            return
        self._told = (pid, time.monotonic())
        if not broken:
            logger.error("the server cannot open the database; stop every Sightline and run `sightline db repair`")
            return
        if pid != told:
            logger.error("a write to the database's files failed; the database must be started again")
        threading.Thread(target=self._tell, args=(pid,), name="sightline-guard", daemon=True).start()

    def _is_full(self) -> bool:
        return shutil.disk_usage(self._folder.root).free < FLOOR

    def _tell(self, pid: int) -> None:
        control = Control.open(self._folder.state())
        if control is not None:
            control.say(f"broken {pid}")
            control.close()
