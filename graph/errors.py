"""Every error that Sightline raises on purpose, as one tree.

    SightlineError                 INTERNAL_SERVER_ERROR
    |- BadInput                    BAD_USER_INPUT
    |  |- QueryFileError           (a question's file is wrong)
    |  `- NotFound                 NOT_FOUND
    |- Unauthenticated             UNAUTHENTICATED
    |- Forbidden                   FORBIDDEN
    |- CostLimitExceeded           COST_LIMIT_EXCEEDED
    |- RateLimited                 RATE_LIMITED
    |- StoreTimeout                TIMEOUT
    |- StoreUnavailable            SERVICE_UNAVAILABLE
    |- StoreError                  INTERNAL_SERVER_ERROR (the database refused a statement)
    |  `- StatementRefused         (it cannot be planned; with the reason and its position)
    |- EngineError                 (the embedded database could not be started or joined)
    `- Refused                     (a command would destroy or mix up data)

The text of each is one sentence that says what to do, and never contains personal data. The class carries the code
that GraphQL clients see.
"""

from __future__ import annotations

from typing import ClassVar


class SightlineError(Exception):
    """The root of Sightline's own errors."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"


class BadInput(SightlineError):
    """The caller gave something that cannot be used; the text says what to give instead."""

    code = "BAD_USER_INPUT"


class QueryFileError(BadInput):
    """A question's file breaks a rule of the query library; the text names the file, the line and the fix."""


class NotFound(BadInput):
    """The caller named something that does not exist."""

    code = "NOT_FOUND"


class Unauthenticated(SightlineError):
    """The request carries no valid token."""

    code = "UNAUTHENTICATED"


class Forbidden(SightlineError):
    """The actor's role does not allow this."""

    code = "FORBIDDEN"


class CostLimitExceeded(SightlineError):
    """The operation is larger than the limits allow."""

    code = "COST_LIMIT_EXCEEDED"


class RateLimited(SightlineError):
    """One caller asks for too much at once, at the expense of others."""

    code = "RATE_LIMITED"


class StoreTimeout(SightlineError):
    """The database did not answer within the statement's deadline."""

    code = "TIMEOUT"


class StoreUnavailable(SightlineError):
    """The database cannot be reached now."""

    code = "SERVICE_UNAVAILABLE"


class StoreError(SightlineError):
    """The database refused a statement; the database's own text stays in `__cause__`."""


class StatementRefused(StoreError):
    """A statement cannot be planned: the text is the database's own reason, at `line` and `column` (both from 1).

    This is only for our own statements and those of query files, planned without values, so that the text holds no
    data.
    """

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


class EngineError(SightlineError):
    """The embedded database could not be installed, started or joined."""


class Refused(SightlineError):
    """A command would destroy or mix up data and was not told to."""

    code = "BAD_USER_INPUT"
