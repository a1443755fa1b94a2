"""What the HTTP side asks and what it gets back: the seam between transport and compiler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graphql import OperationDefinitionNode

from api.documents import Document
from api.policy import Actor


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A well-formed GraphQL-over-HTTP request, whichever method brought it."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of an operation.

    `errors` are formatted GraphQL errors, each with `extensions.code`; the request id is added on the way out.
    `has_data` is false for a request error, where the response has no `data` at all; null data that came
    from a failed field has it true.
    """

    data: Mapping[str, object] | None = None
    errors: Sequence[Mapping[str, object]] = ()
    has_data: bool = True
    extensions: Mapping[str, object] = field(default_factory=dict)


class Answerer(Protocol):
    """Whatever answers a valid operation.

    Raises `SightlineError` (`api.errors.BadVariables` with one `GraphQLError` for each wrong variable), or a
    single `GraphQLError` for a wrong argument.
    """

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str],
        /,
    ) -> Answer:
        """Answer one operation of a valid document from data no older than the database's bookmarks."""
        ...
