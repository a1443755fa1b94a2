"""Errors that only the API raises; the tree they hang on is `graph.errors`.

SightlineError
|- WorkerFailed         (a worker process could not be started, or keeps ending)
|- RequestRefused       the HTTP request is not one for this endpoint; carries its status
|  `- NothingHere       NOT_FOUND: no such address
`- Rejected             the document or its variables are wrong; carries each error with its place
   |- ParseFailed       GRAPHQL_PARSE_FAILED
   |- ValidationFailed  GRAPHQL_VALIDATION_FAILED
   `- BadVariables      BAD_USER_INPUT
"""

from __future__ import annotations

from collections.abc import Sequence

from graphql import GraphQLError

from graph.errors import SightlineError

TAKES_LONG = "TAKES_LONG"
"""The code of a statement that was not run because it is expected to take longer than its client wants to wait."""


class WorkerFailed(SightlineError):
    """A worker process could not be started, or keeps ending; the text says why, as far as it is known."""


class RequestRefused(SightlineError):
    """The HTTP request cannot be read as a GraphQL request; the text says what to send instead."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, *, status: int = 400, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.headers = tuple(headers)


class NothingHere(RequestRefused):
    """There is nothing at the address."""

    code = "NOT_FOUND"


class Rejected(SightlineError):
    """The document or its variables are wrong: one or more errors, each with its place in the document."""

    code = "BAD_USER_INPUT"

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = tuple(errors)


class ParseFailed(Rejected):
    """The document is not GraphQL."""

    code = "GRAPHQL_PARSE_FAILED"


class ValidationFailed(Rejected):
    """The document does not fit the schema."""

    code = "GRAPHQL_VALIDATION_FAILED"


def takes_long(seconds: float) -> GraphQLError:
    """Return the error for a statement that is expected to run for longer than its client wants to wait."""
    message = f"This takes about {max(1, round(seconds))} s. Run it all the same, or ask for less."
    return GraphQLError(message, extensions={"code": TAKES_LONG, "expectedSeconds": round(seconds)})


class BadVariables(Rejected):
    """The variables do not fit the operation."""
