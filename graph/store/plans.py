"""What the planner says about a statement, as plain records that queries, tests and messages can read."""

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
    """One remark of the planner, such as an unknown label: its GQL status, its kind such as `UNRECOGNIZED`."""

    code: str
    title: str
    description: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan: its name without the runtime's suffix, its details, and its inputs."""

    name: str
    details: str
    children: tuple[Operator, ...]

    def walk(self) -> Iterator[Operator]:
        """Yield this operator and all below it, outermost first."""
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


def read_plan(root: Mapping[str, Any], query_type: str, notifications: Iterable[Any], *, prefix: int) -> Plan:
    """Make a plan from the driver's summary; the notifications are its GQL status objects.

    Positions are moved back by the `prefix` characters that were put before the statement's first line.
    """
    return Plan(_operator(root), query_type, tuple(_notification(item, prefix) for item in notifications))


def _operator(found: Mapping[str, Any]) -> Operator:
    return Operator(
        name=str(found.get("operatorType", "")).partition("@")[0],
        details=str(found.get("args", {}).get("Details", "")),
        children=tuple(_operator(child) for child in found.get("children", ())),
    )


def _notification(found: Any, prefix: int) -> Notification:
    place = found.position
    return Notification(
        code=found.gql_status,
        title=found.raw_classification or "",
        description=found.status_description,
        position=_position(place.line, place.column, prefix) if place else None,
    )


def _position(line: int, column: int, prefix: int) -> Position:
    return Position(line, max(1, column - prefix) if line == 1 else column)


_PLACE = re.compile(r"\(line (\d+), column (\d+) ")


def refusal(message: str, *, prefix: int) -> StatementRefused:
    """Make the error for a statement that does not plan, from the server's own `message`.

    The message's first line is the reason. The position in it is moved back by the `prefix` characters that were put
    before the statement's first line.
    """
    found = _PLACE.search(message)
    if found is None:
        return StatementRefused(message.partition("\n")[0].strip())
    place = _position(int(found[1]), int(found[2]), prefix)
    return StatementRefused(message[: found.start()].strip(), line=place.line, column=place.column)
