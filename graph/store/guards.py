"""Guards between a store and its database: none, or a real one where this machine runs the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from graph.errors import SightlineError
from graph.store.driver_errors import fault_of, signs_of


class Guard(Protocol):
    """Asked before each write and told of each error."""

    @property
    def alone(self) -> bool:
        """Whether the database is a single server, where everybody reads what is committed without bookmarks."""

    def check_write(self) -> None:
        """Raise `StoreUnavailable` when writing is not allowed now."""

    def notice(self, kinds: Iterable[str], code: str) -> None:
        """Take note of an error: the names of its class and of those above it, and the server's code."""


class _NoGuard:
    alone = False

    def check_write(self) -> None: ...

    def notice(self, kinds: Iterable[str], code: str) -> None: ...


NO_GUARD: Guard = _NoGuard()


def understood(error: Exception, guard: Guard) -> SightlineError:
    """Return our error for one of the driver's, and tell the guard about it."""
    guard.notice(*signs_of(error))
    return fault_of(error)
