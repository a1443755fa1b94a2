"""The response of a connection: `edges`, `nodes`, `pageInfo` and `totalCount` from the rows that were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.compiler.context import Context
from api.compiler.cursors import CursorBox
from api.compiler.operation import Selection
from api.compiler.paging import Page
from api.compiler.parameters import ValueSource
from api.compiler.shapes import Binding, Code, Listed, Shape

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """What a page does to its rows: drops the extra one that shows there are more, reverses them, and seals cursors."""

    size: ValueSource
    bound: ValueSource
    cursors: CursorBox
    more: bool
    backward: bool
    after: bool
    before: bool

    @classmethod
    def of(cls, ctx: Context, page: Page, *, more: bool) -> Paging:
        """Return the paging of a page; `more` says that one extra row is read."""
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
        """Tell whether the rows are already the page."""
        return not self.more and not self.backward

    def page(self, rows: list[Any], b: Binding) -> list[Any]:
        """Return the rows of the page, in the order of the connection."""
        kept = rows[: b.local(self.size)]
        return kept[::-1] if self.backward else kept

    def exceeds(self, rows: list[Any], b: Binding) -> bool:
        """Tell whether there are more rows than the page has."""
        size: int = b.local(self.size)
        return len(rows) > size

    def cursor(self, row: list[Any], b: Binding) -> str:
        """Return the cursor of a row, whose last item holds the values of the order."""
        return self.cursors.seal(row[-1], b.local(self.bound))


@dataclass(frozen=True, slots=True)
class _Found:
    """The expressions of the whole value, the rows that were read, the page that is shown, and the total."""

    whole: str
    rows: str
    page: str
    total: str


@dataclass(frozen=True, slots=True)
class Response:
    """The shape of a connection's value: its rows or its total if only one of them is needed, or else the list of both.

    `places` are the positions in a row of the values for `shapes`; if `single`, the row is the only value. If no rows
    were `read`, no field needs them. If the connection has more fields `beside` these, the value is a list of the value
    above and of theirs, by position.
    """

    fields: tuple[tuple[Selection, tuple[Selection, ...]], ...]
    stem: str
    places: Mapping[Place, int]
    shapes: Mapping[Place, Shape]
    single: bool
    read: bool
    paging: Paging
    beside: Mapping[str, tuple[int, Shape]]

    def code(self, value: str, out: Code) -> str:
        """Return the response object."""
        counted = any(field.name == "totalCount" for field, _ in self.fields)
        usual = f"{value}[0]" if self.beside else value
        rows, total = (f"{usual}[0]", f"{usual}[1]") if self.read and counted else (usual, usual)
        found = _Found(value, rows, rows, total)
        if self.paging.plain or not self.read:
            return self._object(found, out)
        page, variable = out.bind(self.paging.page), out.variable()
        return f"(lambda {variable}: {self._object(replace(found, page=variable), out)})({page}({rows}, b))"

    def _object(self, found: _Found, out: Code) -> str:
        items = (f"{field.key!r}: {self._field(field, inner, found, out)}" for field, inner in self.fields)
        return f"{{{', '.join(items)}}}"

    def _field(self, field: Selection, inner: tuple[Selection, ...], found: _Found, out: Code) -> str:
        if field.key in self.beside:
            position, shape = self.beside[field.key]
            return shape.code(f"{found.whole}[{position}]", out)
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
