"""The response of a connection: `edges`, `nodes`, `pageInfo` and `totalCount` from the rows that were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.paging import Page
from api.compiler.shapes import Bound, Code, Listed, Shape
from api.compiler.slots import Slot
from api.cursors import CursorBox

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """What a page does to its rows: drop the one that only shows there are more, turn them round, seal cursors."""

    size: Slot
    bound: Slot
    cursors: CursorBox
    more: bool
    backward: bool
    after: bool
    before: bool

    @classmethod
    def of(cls, ctx: Context, page: Page, *, more: bool) -> Paging:
        """Return the paging of a page; `more` tells that one row too many was read."""
        befores = {before for _, _, before in page.places}
        return cls(
            size=ctx.local(page.size),
            bound=ctx.local(page.bound),
            cursors=ctx.cursors,
            more=more,
            backward=page.backward,
            after=False in befores,
            before=True in befores,
        )

    @property
    def plain(self) -> bool:
        """Tell whether the rows are the page as they are."""
        return not self.more and not self.backward

    def page(self, rows: list[Any], b: Bound) -> list[Any]:
        """Return the rows of the page, in the order of the connection."""
        kept = rows[: b.local(self.size)]
        return kept[::-1] if self.backward else kept

    def exceeds(self, rows: list[Any], b: Bound) -> bool:
        """Tell whether there are more rows than the page has."""
        size: int = b.local(self.size)
        return len(rows) > size

    def cursor(self, row: list[Any], b: Bound) -> str:
        """Return the cursor of a row, whose last item holds the values of the order."""
        return self.cursors.seal(row[-1], b.local(self.bound))


@dataclass(frozen=True, slots=True)
class _Found:
    """The expressions of the rows that were read, of the page of them that is shown, and of the total."""

    rows: str
    page: str
    total: str


@dataclass(frozen=True, slots=True)
class Response:
    """The shape of a connection's value: its rows or its total where one of them is needed, the list of both else.

    `places` say where a row holds each part of `shapes`; a `single` part is the row itself. Where no rows were `read`,
    no field speaks of them.
    """

    fields: tuple[tuple[Selection, tuple[Selection, ...]], ...]
    stem: str
    places: Mapping[Place, int]
    shapes: Mapping[Place, Shape]
    single: bool
    read: bool
    paging: Paging

    def code(self, value: str, out: Code) -> str:
        """Return the response object."""
        counted = any(field.name == "totalCount" for field, _ in self.fields)
        rows, total = (f"{value}[0]", f"{value}[1]") if self.read and counted else (value, value)
        found = _Found(rows, rows, total)
        if self.paging.plain or not self.read:
            return self._object(found, out)
        page, variable = out.bind(self.paging.page), out.variable()
        return f"(lambda {variable}: {self._object(replace(found, page=variable), out)})({page}({rows}, b))"

    def _object(self, found: _Found, out: Code) -> str:
        items = (f"{field.key!r}: {self._field(field, inner, found, out)}" for field, inner in self.fields)
        return f"{{{', '.join(items)}}}"

    def _field(self, field: Selection, inner: tuple[Selection, ...], found: _Found, out: Code) -> str:
        if field.name == "totalCount":
            return found.total
        if field.name == "nodes":
            place = (field.key, "")
            return Listed(self.shapes[place], None if self.single else self.places[place]).code(found.page, out)
        if field.name == "edges":
            row = out.variable()
            items = (f"{part.key!r}: {self._edge(field, part, row, out)}" for part in inner)
            return f"[{{{', '.join(items)}}} for {row} in {found.page}]"
        if field.name == "pageInfo":
            items = (f"{part.key!r}: {self._info(part.name, found, out)}" for part in inner)
            return f"{{{', '.join(items)}}}"
        return repr(f"{self.stem}Connection")

    def _edge(self, edges: Selection, part: Selection, row: str, out: Code) -> str:
        if part.name == "cursor":
            return f"{out.bind(self.paging.cursor)}({row}, b)"
        if part.name == "__typename":
            return repr(f"{self.stem}Edge")
        place = (edges.key, part.key)
        return self.shapes[place].code(row if self.single else f"{row}[{self.places[place]}]", out)

    def _info(self, name: str, found: _Found, out: Code) -> str:
        paging = self.paging
        if name in ("startCursor", "endCursor"):
            row = f"{found.page}[{0 if name == 'startCursor' else -1}]"
            return f"({out.bind(paging.cursor)}({row}, b) if {found.page} else None)"
        if name in ("hasNextPage", "hasPreviousPage"):
            if (name == "hasNextPage") != paging.backward:
                return f"{out.bind(paging.exceeds)}({found.rows}, b)"
            return repr(paging.before if paging.backward else paging.after)
        return repr("PageInfo")
