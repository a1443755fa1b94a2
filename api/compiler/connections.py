"""Connections: the rows that are asked for, and their response of `edges`, `nodes`, `pageInfo` and `totalCount`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.compiler.connection_response import Paging, Response
from api.compiler.context import Context
from api.compiler.keyset import OrderKey, Start
from api.compiler.operation import Selection
from api.compiler.paging import limit, page_of
from api.compiler.projection import Projection
from graph.cypher import ListOf, Parameter, Printable


@dataclass(frozen=True, slots=True)
class RowRequest:
    """What to read of a connection's rows: the value of each (no rows if it is None), which rows, and the total."""

    row: Printable | None
    keys: Sequence[OrderKey]
    starts: Sequence[tuple[Start, bool]]
    limit: Parameter
    backward: bool
    total: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a connection, and how they are read.

    `read` returns the expression of a list: the rows' values if they are asked for, then the total if it is. `node`
    compiles the selection on a row's node, and `edge` any other field of the edge. `beside` are the connection's
    additional fields, by name.
    """

    coordinate: str
    stem: str
    keys: Sequence[OrderKey]
    read: Callable[[RowRequest], Printable]
    node: Callable[[Sequence[Selection]], Projection]
    node_type: str
    edge: Callable[[Selection], Projection] | None = None
    beside: Mapping[str, Callable[[Selection], Projection]] | None = None


def connection_part(ctx: Context, rows: Rows, selection: Selection) -> Projection:
    """Return the projection of a connection."""
    page = page_of(ctx, selection, rows.coordinate)
    fields = ctx.operation.fields(selection, f"{rows.stem}Connection")
    with ctx.page(page.size):
        row = _Row.compile(ctx, rows, fields)
    reading = RowRequest(
        row=row.expression if row.needed else None,
        keys=rows.keys,
        starts=page.starts(rows.keys),
        limit=Parameter(limit(page, more=row.more)),
        backward=page.backward,
        total=any(field.name == "totalCount" for field in fields),
    )
    own = rows.beside or {}
    beside = {field.key: own[field.name](field) for field in fields if field.name in own}
    response = Response(
        fields=tuple((field, _inner(ctx, rows, field)) for field in fields),
        stem=rows.stem,
        places={place: i for i, place in enumerate(row.parts)},
        shapes={place: part.shape for place, part in row.parts.items()},
        single=row.single,
        read=row.needed,
        paging=Paging.of(ctx, page, more=row.more),
        beside={key: (place, part.shape) for place, (key, part) in enumerate(beside.items(), 1)},
    )
    found = rows.read(reading)
    return Projection(ListOf((found, *(part.expression for part in beside.values()))) if beside else found, response)


def _inner(ctx: Context, rows: Rows, field: Selection) -> tuple[Selection, ...]:
    """Return the selections of an edge or of the page's information."""
    names = {"edges": f"{rows.stem}Edge", "pageInfo": "PageInfo"}
    return tuple(ctx.operation.fields(field, names[field.name])) if field.name in names else ()


@dataclass(slots=True)
class _Row:
    """What a row returns: a projection for each selection on it, then the values of its cursor."""

    parts: dict[tuple[str, str], Projection]
    cursor: tuple[Printable, ...]
    more: bool
    needed: bool

    @classmethod
    def compile(cls, ctx: Context, rows: Rows, fields: Sequence[Selection]) -> _Row:
        parts: dict[tuple[str, str], Projection] = {}
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
    ) -> dict[tuple[str, str], Projection]:
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
        """The row's value: its only part, or else a list of its parts."""
        items = [part.expression for part in self.parts.values()]
        if self.cursor:
            items.append(ListOf(self.cursor))
        return items[0] if self.single else ListOf(tuple(items))

    @property
    def single(self) -> bool:
        """Tell whether the row's value is its only part."""
        return len(self.parts) == 1 and not self.cursor
