"""Connections: the rows that are asked for, and their response of `edges`, `nodes`, `pageInfo` and `totalCount`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.orders import OrderKey, Start
from api.compiler.paging import Page, limit, page_of
from api.compiler.parts import Bound, Part
from graph.cypher import ListOf, Parameter, Printable


@dataclass(frozen=True, slots=True)
class Reading:
    """What to read of a connection's rows: the value of each (no rows when none is given), which, and the total."""

    row: Printable | None
    keys: Sequence[OrderKey]
    starts: Sequence[tuple[Start, bool]]
    limit: Parameter
    backward: bool
    total: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a connection, and how they are read.

    `read` returns the expression of a list: the rows' values where they are asked for, then the total where that is.
    `node` compiles the selection on a row's node, `edge` a field that the edge has beside it.
    """

    coordinate: str
    stem: str
    keys: Sequence[OrderKey]
    read: Callable[[Reading], Printable]
    node: Callable[[Sequence[Selection]], Part]
    node_type: str
    edge: Callable[[Selection], Part] | None = None


def connection_part(ctx: Context, rows: Rows, selection: Selection) -> Part:
    """Return the part for a connection."""
    page = page_of(ctx, selection, rows.coordinate)
    fields = ctx.operation.fields(selection, f"{rows.stem}Connection")
    with ctx.page(page.size):
        row = _Row.compile(ctx, rows, fields)
    reading = Reading(
        row=row.expression if row.needed else None,
        keys=rows.keys,
        starts=page.starts(rows.keys),
        limit=Parameter(limit(page, more=row.more)),
        backward=page.backward,
        total=any(field.name == "totalCount" for field in fields),
    )
    return Part(rows.read(reading), _Shape(ctx, page, row, fields, rows.stem))


@dataclass(slots=True)
class _Row:
    """What a row returns: a part for each selection on it, then the values of its cursor."""

    parts: dict[tuple[str, str], Part]
    cursor: tuple[Printable, ...]
    more: bool
    needed: bool

    @classmethod
    def compile(cls, ctx: Context, rows: Rows, fields: Sequence[Selection]) -> _Row:
        parts: dict[tuple[str, str], Part] = {}
        infos: set[str] = set()
        for field in fields:
            if field.name == "nodes":
                parts[field.key, ""] = rows.node(ctx.operation.fields(field, rows.node_type))
            elif field.name == "edges":
                for inner in ctx.operation.fields(field, f"{rows.stem}Edge"):
                    parts |= cls._edge(ctx, rows, field, inner, infos)
            elif field.name == "pageInfo":
                infos |= {inner.name for inner in ctx.operation.fields(field, "PageInfo")}
        sealed = bool(infos & {"cursor", "startCursor", "endCursor"})
        more = bool(infos & {"hasNextPage", "hasPreviousPage"})
        needed = any(field.name in ("nodes", "edges") for field in fields) or sealed or more
        return cls(parts, tuple(key.remembered for key in rows.keys) if sealed else (), more, needed)

    @staticmethod
    def _edge(
        ctx: Context, rows: Rows, field: Selection, inner: Selection, infos: set[str]
    ) -> dict[tuple[str, str], Part]:
        if inner.name == "cursor":
            infos.add("cursor")
            return {}
        if inner.name == "__typename":
            return {}
        if inner.name == "node":
            return {(field.key, inner.key): rows.node(ctx.operation.fields(inner, rows.node_type))}
        assert rows.edge is not None
        return {(field.key, inner.key): rows.edge(inner)}

    @property
    def expression(self) -> Printable:
        """The row's value: its only part alone, else a list."""
        items = [part.expression for part in self.parts.values()]
        if self.cursor:
            items.append(ListOf(self.cursor))
        return items[0] if self.single else ListOf(tuple(items))

    @property
    def single(self) -> bool:
        """Tell whether the row's value is its only part."""
        return len(self.parts) == 1 and not self.cursor


class _Shape:
    """Turns a connection's value into its response."""

    def __init__(self, ctx: Context, page: Page, row: _Row, fields: Sequence[Selection], stem: str) -> None:
        self._page = page
        self._size = ctx.local(page.size)
        self._bound = ctx.local(page.bound)
        self._seal = ctx.cursors.seal
        self._more = row.more
        self._needed = row.needed
        self._single = row.single
        self._places = {place: i for i, place in enumerate(row.parts)}
        self._shapes = {place: part.shape for place, part in row.parts.items()}
        self._fields = [(field.key, self._field(ctx, field, stem)) for field in fields]

    def __call__(self, value: Any, bound: Bound) -> Any:
        rows: list[Any] = value[0] if self._needed else []
        more = False
        if self._more:
            size = bound.local(self._size)
            more = len(rows) > size
            rows = rows[:size]
        if self._page.backward:
            rows = rows[::-1]
        return {key: make(rows, value, bound, more) for key, make in self._fields}

    def _field(self, ctx: Context, field: Selection, stem: str) -> Callable[[list[Any], Any, Bound, bool], Any]:
        if field.name == "nodes":
            read = self._reader((field.key, ""))
            return lambda rows, _value, bound, _more: read(rows, bound)
        if field.name == "totalCount":
            return lambda _rows, value, _bound, _more: value[-1]
        if field.name == "edges":
            return self._edges(ctx.operation.fields(field, f"{stem}Edge"), field, stem)
        if field.name == "pageInfo":
            return self._page_info(ctx.operation.fields(field, "PageInfo"))
        return lambda _rows, _value, _bound, _more: f"{stem}Connection"

    def _reader(self, place: tuple[str, str]) -> Callable[[list[Any], Bound], list[Any]]:
        """Return the function that takes one part from each row, shaped."""
        at, shape = self._places[place], self._shapes[place]
        if self._single:
            return lambda rows, bound: rows if shape is None else [shape(row, bound) for row in rows]
        if shape is None:
            return lambda rows, _bound: [row[at] for row in rows]
        return lambda rows, bound: [shape(row[at], bound) for row in rows]

    def _edges(
        self, fields: Sequence[Selection], edges: Selection, stem: str
    ) -> Callable[[list[Any], Any, Bound, bool], Any]:
        columns = [self._column(field, edges, stem) for field in fields]
        keys = [field.key for field in fields]

        def make(rows: list[Any], _value: Any, bound: Bound, _more: bool) -> Any:
            read = [column(rows, bound) for column in columns]
            return [dict(zip(keys, edge, strict=True)) for edge in zip(*read, strict=True)]

        return make

    def _column(self, field: Selection, edges: Selection, stem: str) -> Callable[[list[Any], Bound], list[Any]]:
        if field.name == "cursor":
            return lambda rows, bound: [self._cursor(row, bound) for row in rows]
        if field.name == "__typename":
            return lambda rows, _bound: [f"{stem}Edge"] * len(rows)
        return self._reader((edges.key, field.key))

    def _cursor(self, row: Any, bound: Bound) -> str:
        return self._seal(row[-1], bound.local(self._bound))

    def _page_info(self, fields: Sequence[Selection]) -> Callable[[list[Any], Any, Bound, bool], Any]:
        forward = not self._page.backward
        given = {before for _, _, before in self._page.places}

        def make(rows: list[Any], _value: Any, bound: Bound, more: bool) -> Any:
            values: dict[str, Callable[[], object]] = {
                "hasNextPage": lambda: more if forward else True in given,
                "hasPreviousPage": lambda: False in given if forward else more,
                "startCursor": lambda: self._cursor(rows[0], bound) if rows else None,
                "endCursor": lambda: self._cursor(rows[-1], bound) if rows else None,
                "__typename": lambda: "PageInfo",
            }
            return {field.key: values[field.name]() for field in fields}

        return make
