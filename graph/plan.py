"""What the planner says of a statement, as plain records that queries, tests and messages can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import StatementRefused


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a statement: line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Notification:
    """One remark of the planner, such as an unknown label; `code` is Neo4j's own."""

    code: str
    title: str
    description: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan: its name without the runtime's suffix, what it binds, what it says of itself, its inputs."""

    name: str
    identifiers: tuple[str, ...]
    details: str
    children: tuple[Operator, ...]

    def walk(self) -> Iterator[Operator]:
        """Give this operator and all below it, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one statement; `query_type` is `r`, `w`, `rw` or `s` (schema)."""

    root: Operator
    query_type: str
    notifications: tuple[Notification, ...]

    @property
    def operators(self) -> tuple[str, ...]:
        """The names of all operators, outermost first."""
        return tuple(operator.name for operator in self.root.walk())

    @property
    def writes(self) -> bool:
        """Whether running the statement could change data or schema."""
        return self.query_type != "r"


def read_plan(root: Mapping[str, Any], query_type: str, notifications: Iterable[Mapping[str, Any]]) -> Plan:
    """Make a plan of what the driver's summary holds."""
    return Plan(_operator(root), query_type, tuple(_notification(item) for item in notifications))


def _operator(found: Mapping[str, Any]) -> Operator:
    return Operator(
        name=str(found.get("operatorType", "")).partition("@")[0],
        identifiers=tuple(found.get("identifiers", ())),
        details=str(found.get("args", {}).get("Details", "")),
        children=tuple(_operator(child) for child in found.get("children", ())),
    )


def _notification(found: Mapping[str, Any]) -> Notification:
    place = found.get("position")
    return Notification(
        code=str(found.get("code", "")),
        title=str(found.get("title", "")),
        description=str(found.get("description", "")),
        position=Position(int(place["line"]), int(place["column"])) if place else None,
    )


_PLACE = re.compile(r"\(line (\d+), column (\d+) ")


def refusal(message: str, *, prefix: int) -> StatementRefused:
    """Make the error for a statement that does not plan, from the server's own `message`.

    The message's first line is the reason; the place in it is moved back by the `prefix` characters that were put
    before the statement's first line.
    """
    reason, _, _ = message.partition("\n")
    found = _PLACE.search(message)
    if found is None:
        return StatementRefused(reason.strip())
    line, column = int(found[1]), int(found[2])
    return StatementRefused(
        reason[: found.start()].strip() if found.start() < len(reason) else reason.strip(),
        line=line,
        column=max(1, column - prefix) if line == 1 else column,
    )
