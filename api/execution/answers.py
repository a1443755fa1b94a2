"""What the HTTP side asks for and what it gets back: the interface between transport and compiler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graphql import OperationDefinitionNode

from api.access.policy import Actor
from api.documents import Document


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A well-formed GraphQL-over-HTTP request, by either method."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    most_seconds: float | None = None
    """The client wants to be asked before a statement that is expected to run for longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of an operation.

    `errors` are formatted GraphQL errors, each with `extensions.code`; the request id is added on the way out.
    `has_data` is false for a request error, when the response has no `data` at all. It is true for null data from a
    failed field.
    """

    data: Mapping[str, object] | None = None
    errors: Sequence[Mapping[str, object]] = ()
    has_data: bool = True
    extensions: Mapping[str, object] = field(default_factory=dict)


class Answerer(Protocol):
    """Whatever answers a valid operation.

    Raises `SightlineError` (`api.errors.BadVariables`, with one `GraphQLError` for each wrong variable), or a single
    `GraphQLError` for a wrong argument, or for a statement that is expected to run for longer than `most_seconds`.
    """

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        bookmarks: Sequence[str],
        most_seconds: float | None = None,
        /,
    ) -> Answer:
        """Answer one operation of a valid document, from data that includes the writes of the given bookmarks."""
        ...
