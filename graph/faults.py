"""What the driver's errors mean to a caller, by their class and by the server's code."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import BadInput, SightlineError, StoreError, StoreTimeout, StoreUnavailable

_OUT_OF_TIME = "the database did not answer in time; ask for less, or allow more time"
_UNREACHABLE = "the database cannot be reached; check that it runs and that NEO4J_URI is right"
_CANNOT_WRITE = "the database can write no more; check that its disk has space left, and start it again"

_FAULTS: tuple[tuple[str, type[SightlineError], str], ...] = (
    ("TimeoutError", StoreTimeout, _OUT_OF_TIME),
    ("TransactionTimedOut", StoreTimeout, _OUT_OF_TIME),
    ("TransactionTimedOutClientConfiguration", StoreTimeout, _OUT_OF_TIME),
    ("LockAcquisitionTimeout", StoreTimeout, _OUT_OF_TIME),
    (
        "AuthError",
        StoreUnavailable,
        "the database refused the sign-in; check NEO4J_USERNAME and NEO4J_PASSWORD, "
        "and wait a few seconds after several wrong ones",
    ),
    ("InvalidBookmark", BadInput, "the database does not know these bookmarks; leave them out"),
    (
        "BookmarkTimeout",
        StoreUnavailable,
        "the database has not caught up with these bookmarks; try again in a moment",
    ),
    ("ConfigurationError", BadInput, "the server cannot be used with these settings; check NEO4J_URI"),
    (
        "ConnectionAcquisitionTimeoutError",
        StoreUnavailable,
        "all connections to the database are busy; try again in a moment",
    ),
    ("ServiceUnavailable", StoreUnavailable, _UNREACHABLE),
    ("SessionExpired", StoreUnavailable, _UNREACHABLE),
    ("DatabaseNotFound", StoreUnavailable, "the server has no such database; check NEO4J_DATABASE"),
    ("DatabaseUnavailable", StoreUnavailable, "the server has the database but cannot open it; see the server's log"),
    ("TransactionLogError", StoreUnavailable, _CANNOT_WRITE),
    ("TransactionStartFailed", StoreUnavailable, _CANNOT_WRITE),
    ("TransientError", StoreUnavailable, "the database is too busy for this now; try again in a moment"),
    ("ResultNotSingleError", StoreError, "the statement did not give exactly one record"),
)


def translate(kinds: Sequence[str], code: str) -> SightlineError:
    """Make the error for one of the driver's: the names of its class and of those above it, and the server's code."""
    signs = {*kinds, code.rpartition(".")[2]}
    for sign, kind, text in _FAULTS:
        if sign in signs:
            return kind(text)
    return StoreError(f"the database refused the statement ({code or kinds[0]})")
