"""Orders and pages: rows in their order, cut by cursors and sizes."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Any

from tests.reference.conditions import bad_input

CURSOR = "ref."
DEFAULT_SIZE = 25
LARGEST = 100


@total_ordering
@dataclass(frozen=True, slots=True)
class Falling:
    """A value that sorts from the greatest to the least."""

    value: Any

    def __lt__(self, other: Falling) -> bool:
        return bool(other.value < self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """What a connection has an edge for: its node, its identity, its place in the order, the edge's own fields."""

    node: Any
    identity: str
    place: tuple[Any, ...]
    edge: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cursor(self) -> str:
        return CURSOR + urlsafe_b64encode(self.identity.encode()).decode()


def part(value: Any, *, descending: bool = False) -> tuple[bool, Any]:
    """Return one part of a place; an unknown value comes last in both directions."""
    if value is None:
        return True, 0
    return False, Falling(value) if descending else value


def page(rows: Sequence[Row], arguments: Mapping[str, Any], everything: Callable[[], Sequence[Row]]) -> dict[str, Any]:
    """Return the connection of the filtered rows; cursors name rows among `everything`, filtered or not."""
    ordered = sorted(rows, key=lambda row: row.place)
    size, backwards = _size(arguments)
    after, before = (_place(everything, arguments.get(name)) for name in ("after", "before"))
    window = [row for row in ordered if (after is None or row.place > after) and (before is None or row.place < before)]
    kept = window[-size:] if backwards else window[:size]
    more = len(window) > size
    return {
        "edges": [{**row.edge, "cursor": row.cursor, "node": row.node} for row in kept],
        "nodes": [row.node for row in kept],
        "pageInfo": {
            "hasNextPage": before is not None if backwards else more,
            "hasPreviousPage": more if backwards else after is not None,
            "startCursor": kept[0].cursor if kept else None,
            "endCursor": kept[-1].cursor if kept else None,
        },
        "totalCount": len(ordered),
    }


def _size(arguments: Mapping[str, Any]) -> tuple[int, bool]:
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise bad_input("Give first or last, not both.")
    size = first if first is not None else last if last is not None else DEFAULT_SIZE
    if not 1 <= size <= LARGEST:
        raise bad_input(f"A page has 1 to {LARGEST} rows.")
    return size, last is not None


def _place(everything: Callable[[], Sequence[Row]], cursor: str | None) -> tuple[Any, ...] | None:
    if cursor is None:
        return None
    if cursor.startswith(CURSOR):
        identity = urlsafe_b64decode(cursor.removeprefix(CURSOR)).decode()
        for row in everything():
            if row.identity == identity:
                return row.place
    raise bad_input("That is not a cursor.")
