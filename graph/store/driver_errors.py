"""Translates the driver's errors for callers, by their class and by the server's code."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import BadInput, CostLimitExceeded, SightlineError, StoreError, StoreTimeout, StoreUnavailable

_OUT_OF_TIME = "the database did not answer in time; ask for less, or allow more time"
_UNREACHABLE = "the database cannot be reached; check that it runs and that NEO4J_URI is right"
_SIGN_IN = (
    "the database refused the sign-in; check NEO4J_USERNAME and NEO4J_PASSWORD, "
    "and wait a few seconds after several wrong ones"
)
_BAD_VALUE = "the database cannot use one of the values; give smaller numbers, nearer days or shorter texts"
_BAD_BOOKMARK = "the database does not know these bookmarks; leave them out"
_TOO_LARGE = "the answer needs more memory than the database gives one statement; ask for less"
_OUR_USE = "the database was asked in a way that it does not answer"
_NOT_WRITTEN = "the database could not write this down; check that its disk has space left, and try again"
_CANNOT_WRITE = (
    "the database can no longer write; check that its disk has space left, then try again in a minute "
    "(Sightline starts its own database again by itself; a server that NEO4J_URI names is yours to start again)"
)

_FAULTS: tuple[tuple[str, type[SightlineError], str], ...] = (
    ("TimeoutError", StoreTimeout, _OUT_OF_TIME),
    ("TransactionTimedOut", StoreTimeout, _OUT_OF_TIME),
    ("TransactionTimedOutClientConfiguration", StoreTimeout, _OUT_OF_TIME),
    ("LockAcquisitionTimeout", StoreTimeout, _OUT_OF_TIME),
    ("AuthError", StoreUnavailable, _SIGN_IN),
    ("AuthenticationRateLimit", StoreUnavailable, _SIGN_IN),
    ("InvalidBookmark", BadInput, _BAD_BOOKMARK),
    ("InvalidBookmarkMixture", BadInput, _BAD_BOOKMARK),
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
    (
        "DatabaseUnavailable",
        StoreUnavailable,
        "the server has the database but cannot open it; stop every Sightline and run `sightline db repair`, "
        "or see the server's log when NEO4J_URI names one",
    ),
    ("TransactionLogError", StoreUnavailable, _CANNOT_WRITE),
    ("TransactionStartFailed", StoreUnavailable, _CANNOT_WRITE),
    ("TransactionCommitFailed", StoreUnavailable, _NOT_WRITTEN),
    ("MemoryPoolOutOfMemoryError", CostLimitExceeded, _TOO_LARGE),
    ("TransactionOutOfMemoryError", CostLimitExceeded, _TOO_LARGE),
    ("StackOverFlowError", BadInput, _BAD_VALUE),
    ("ArgumentError", BadInput, _BAD_VALUE),
    ("ArithmeticError", BadInput, _BAD_VALUE),
    ("OverflowError", BadInput, _BAD_VALUE),
    ("UnicodeEncodeError", BadInput, "a text has half a character in it; send it in UTF-8"),
    (
        "ConstraintError",
        StoreUnavailable,
        "a record with this key is there already, or is being written at this moment; try again",
    ),
    (
        "Forbidden",
        StoreUnavailable,
        "the database's user may not do this; check NEO4J_USERNAME and what that user may do",
    ),
    ("TransientError", StoreUnavailable, "the database is too busy for this now; try again in a moment"),
    ("ResultNotSingleError", StoreError, "the statement did not give exactly one record"),
    ("ConnectionPoolError", StoreUnavailable, _UNREACHABLE),
    ("BrokenRecordError", BadInput, "the answer has a day before the year 1 or after 9999; ask for nearer days"),
    ("ResultError", StoreError, _OUR_USE),
    ("SessionError", StoreError, _OUR_USE),
    ("TransactionError", StoreError, _OUR_USE),
)


_VALUES, _TYPES = "22", frozenset({"22N01", "22G03"})
"""The GQL status class of errors caused by a value, and those of wrong types in it, which are our own fault."""
_TOO_LONG = "Property value is too large to index"
"""How the server's message begins; its code and status are those of any failure."""


def signs_of(error: BaseException) -> tuple[list[str], str]:
    """Return the names of an error's class and of those above it, and the server's code, empty where it gives none."""
    return [kind.__name__ for kind in type(error).__mro__], str(getattr(error, "code", "") or "")


def fault_of(error: BaseException) -> SightlineError:
    """Make the error for one that the driver raised."""
    status, message = (str(getattr(error, part, "") or "") for part in ("gql_status", "message"))
    return translate(*signs_of(error), status, message)


def translate(kinds: Sequence[str], code: str, status: str = "", message: str = "") -> SightlineError:
    """Make our error for one with the given signs.

    `kinds` are the names of its class and of those above it; `code`, `status` and `message` are the server's code, the
    status of the GQL standard, and the server's message.
    """
    signs = {*kinds, code.rpartition(".")[2]}
    for sign, kind, text in _FAULTS:
        if sign in signs:
            return kind(text)
    if message.startswith(_TOO_LONG) or (status.startswith(_VALUES) and status not in _TYPES):
        return BadInput(_BAD_VALUE)
    return StoreError(f"the database refused the statement ({code or kinds[0]})")
