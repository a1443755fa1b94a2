"""Finds the header of a table, and tells which of the needed columns it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph.errors import BadInput
from queries.library.names import did_you_mean
from seed.files.rows import bare_name
from seed.spreadsheets.cells import is_empty
from seed.spreadsheets.plan import Plan
from seed.spreadsheets.tables import Document, Table, named_columns

SEARCHED = 50
"""In how many rows the header is looked for."""


class Header(NamedTuple):
    """A table's header: its row from 1, all names, and the place of each column of the mapping that is there."""

    table: Table
    row: int
    names: Sequence[str]
    places: Mapping[str, int]

    @property
    def unread(self) -> list[str]:
        """The columns that the mapping does not read."""
        used = set(self.places.values())
        return [name for place, name in enumerate(self.names) if place not in used and not name.startswith("column ")]


def chosen_headers(plan: Plan, documents: Sequence[Document], name: str) -> list[list[Header]]:
    """Return, for each document, the headers of the tables to read.

    These are the sheets that the mapping names, or else all that have its columns and are not hidden. Raises `BadInput`
    when there are none, or a named one lacks a column.
    """
    tables = [table for document in documents for table in document.tables]
    if plan.sheets:
        _check_named(plan, tables, name)
    chosen = [
        [
            header
            for table in document.tables
            if (_is_named(plan, table) if plan.sheets else not table.hidden)
            and not isinstance(header := find_header(plan, table), str)
        ]
        for document in documents
    ]
    if not any(chosen):
        shown = [table for table in tables if not table.hidden or len(tables) == 1] or tables
        raise BadInput(f"{name}: {_nearest(plan, shown)}")
    return chosen


def _is_named(plan: Plan, table: Table) -> bool:
    last = table.name.rsplit(": ", 1)[-1]
    return bool({table.name.casefold(), last.casefold()} & {one.casefold() for one in plan.sheets})


def _check_named(plan: Plan, tables: Sequence[Table], name: str) -> None:
    for sheet in plan.sheets:
        found = [
            one for one in tables if sheet.casefold() in (one.name.casefold(), one.name.rsplit(": ")[-1].casefold())
        ]
        if not found:
            hint = did_you_mean(sheet, [table.name for table in tables], always=True)
            raise BadInput(f"{name} has no sheet '{sheet}'{hint}; the mapping names it")
        for table in found:
            if isinstance(missing := find_header(plan, table), str):
                raise BadInput(f"{name}: {missing}")


def _nearest(plan: Plan, tables: Sequence[Table]) -> str:
    """Return what the table lacks that has most of the columns."""
    if not tables:
        return "there is no sheet with cells"
    return min((str(find_header(plan, table)) for table in tables), key=lambda text: text.count("'"))


def find_header(plan: Plan, table: Table) -> Header | str:
    """Return a table's header, or a sentence about what is missing.

    It is the row that the mapping gives, or the first one with all columns.
    """
    rows = [row for row in table.rows[: plan.header or SEARCHED] if not plan.header or row.number == plan.header]
    best: tuple[int, int, list[str]] = (0, 0, [])
    for row in rows:
        if all(is_empty(cell) for cell in row.cells):
            continue
        names = named_columns(row.cells)
        while names and names[-1].startswith("column ") and is_empty(row.cells[len(names) - 1]):
            names.pop()
        places = _places(plan, names)
        if set(plan.needed) <= places.keys():
            return Header(table, row.number, names, places)
        if len(places) > best[0] or not best[2]:
            best = len(places), row.number, names
    sheet = f"the sheet '{table.name}'" if table.name else "the file"
    if not best[2]:
        return f"{sheet} is empty"
    return f"{sheet} lacks {_lacking(plan, best[2])} (its header seems to be row {best[1]})"


def _lacking(plan: Plan, names: Sequence[str]) -> str:
    places = _places(plan, names)
    used = set(places.values())
    free = [name for place, name in enumerate(names) if place not in used]
    told = []
    for column in plan.needed:
        if column in places:
            continue
        numbered = [name for name in names if name.casefold().startswith(f"{column.casefold()} (")]
        hint = (
            f" (it is there more than once; write {' or '.join(numbered)})" if numbered else did_you_mean(column, free)
        )
        told.append(f"the column '{column}'{hint}")
    return ", ".join(told[:8])


def _places(plan: Plan, names: Sequence[str]) -> dict[str, int]:
    """Return the place of each column; names are compared without case, and without marks where that is enough."""
    exact = {name.casefold(): place for place, name in enumerate(names)}
    bare: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        bare.setdefault(bare_name(name), []).append(place)
    found = {}
    for column in dict.fromkeys([*(one.name for one in plan.columns), *plan.needed]):
        like = bare.get(bare_name(column), []) if bare_name(column) else []
        if column.casefold() in exact:
            found[column] = exact[column.casefold()]
        elif len(like) == 1:
            found[column] = like[0]
    return found
