"""Every error that Sightline raises on purpose, as one tree.

    SightlineError                 INTERNAL_SERVER_ERROR
    |- BadInput                    BAD_USER_INPUT
    |  |- QueryFileError           (a question's file is wrong)
    |  `- NotFound                 NOT_FOUND
    |- Unauthenticated             UNAUTHENTICATED
    |- Forbidden                   FORBIDDEN
    |- CostLimitExceeded           COST_LIMIT_EXCEEDED
    |- StoreTimeout                TIMEOUT
    |- StoreUnavailable            SERVICE_UNAVAILABLE
    |- StoreError                  INTERNAL_SERVER_ERROR (the database refused a statement)
    |  `- StatementRefused         (it does not plan; with the reason and its place)
    |- EngineError                 (the embedded database could not be started or joined)
    `- Refused                     (a command would destroy or mix up data)

The text of each is one sentence that says what to do; it never holds personal data. The class carries the
code that GraphQL clients see.
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
    """A question's file breaks a rule of the query library; the text names the file, the line and the mend."""


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


class StoreTimeout(SightlineError):
    """The database did not answer within the statement's deadline."""

    code = "TIMEOUT"


class StoreUnavailable(SightlineError):
    """The database cannot be reached now."""

    code = "SERVICE_UNAVAILABLE"


class StoreError(SightlineError):
    """The database refused a statement; its own text stays in `__cause__`."""


class StatementRefused(StoreError):
    """A statement does not plan: the text is the database's own reason, `line` and `column` (from 1) its place.

    Only for statements of ours or of a query file, planned without values: such a text holds no data.
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
