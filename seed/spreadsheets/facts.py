"""Rows of a table read as facts: the values of each record and link, with notes on what cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from seed.files.records import PassedOver
from seed.files.rejects import Note
from seed.files.values import clean, is_blank, narrow
from seed.spreadsheets.addresses import LABEL, settle
from seed.spreadsheets.cells import Cell, is_empty, text_of
from seed.spreadsheets.headers import Header
from seed.spreadsheets.plan import FedBy, Plan, Target
from seed.spreadsheets.tables import TableRow, header_name

_FROM_1900_TO_1904 = 1_462
NOT_IMPORTED = "the row was not imported"


@dataclass(slots=True)
class Facts:
    """What a row says: the values of each record and link by its name in the mapping, and the source's own numbers.

    `places` are keys that the texts of addresses give, and `keys` those of the records, once they are recognised.
    """

    row: int
    where: str
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    fault: str = ""

    def note(self, reason: str) -> None:
        """Note something about the row."""
        self.notes.append(Note(self.row, self.where, "", reason))


def read_facts(plan: Plan, header: Header) -> Iterator[Facts | PassedOver | Note]:
    """Yield what each row below the header says; blank rows are left out."""
    reader = _RowReader(plan, header)
    for row in header.table.rows:
        if row.number > header.row and not all(is_empty(cell) for cell in row.cells):
            yield reader.read(row)


class _RowReader:
    def __init__(self, plan: Plan, header: Header) -> None:
        self._plan = plan
        self._table = header.table
        self._places = header.places
        self._columns = [column for column in plan.columns if column.name in header.places]
        [cells] = [row.cells for row in header.table.rows if row.number == header.row]
        self._header = [header_name(cell).casefold() for cell in cells[: len(header.names)]]

    def read(self, row: TableRow) -> Facts | PassedOver | Note:
        where = self._table.cell(row.number, 0)
        if row.fault:
            text = " ".join(text_of(cell) for cell in row.cells)
            return Note(row.number, where, text, f"{row.fault}: {NOT_IMPORTED}")
        if self._is_header(row):
            return PassedOver(row.number, "the header again")
        if self._table.delimited and (reason := self._width(row)):
            text = " ".join(text_of(cell) for cell in row.cells)
            return Note(row.number, where, text, f"{reason}: {NOT_IMPORTED}")
        facts = Facts(row.number, where)
        for column in self._columns:
            if fault := self._column(column, row, facts):
                return fault
        for record in self._plan.records:
            if record.label == LABEL and record.name in facts.values:
                self._address(record.name, row, facts)
            if record.key and (fault := self._own_number(record.name, record.key, row, facts)):
                return fault
        return facts

    def _is_header(self, row: TableRow) -> bool:
        if header_name(row.cells[0]).casefold() != self._header[0]:
            return False
        return [header_name(cell).casefold() for cell in row.cells[: len(self._header)]] == self._header

    def _width(self, row: TableRow) -> str:
        """Return why a line of a text file does not fit its header, if it does not."""
        width = len(row.cells)
        while width > len(self._header) and is_empty(row.cells[width - 1]):
            width -= 1
        many = "many" if width > len(self._header) else "few"
        return "" if width == len(self._header) else f"has too {many} fields: {width} where {len(self._header)} belong"

    def _column(self, column: FedBy, row: TableRow, facts: Facts) -> Note | None:
        place = self._places[column.name]
        cell: Cell = row.cells[place] if place < len(row.cells) else ""
        if fault := self._table.faults.get((row.number - 1, place)):
            facts.notes.append(Note(row.number, self._table.cell(row.number, place), clean(text_of(cell)), fault))
            cell = ""
        if cell == "" and not column.required:
            return None
        known = False
        for target, part in self._parts(column, cell, place, facts):
            value, fault = target.read(self._counted(target, part))
            if fault:
                facts.notes.append(Note(row.number, self._table.cell(row.number, place), text_of(part), fault))
            if value is not None:
                known = True
                facts.values.setdefault(target.owner, {})[target.property.name] = value
        return self._lacking(column, row, place, facts) if column.required and not known else None

    def _lacking(self, column: FedBy, row: TableRow, place: int, facts: Facts) -> Note:
        """Return the note on a row that lacks what it must have."""
        where = self._table.cell(row.number, place)
        why = [note for note in facts.notes if note.column == where]
        value, reason = (why[-1].value, why[-1].reason) if why else ("", "is blank")
        return Note(row.number, where, value, f"{reason}: {NOT_IMPORTED}")

    def _parts(self, column: FedBy, cell: Cell, place: int, facts: Facts) -> list[tuple[Target, Cell]]:
        """Return the part of a cell for each property, all of it unless the mapping splits it."""
        if column.split is None:
            return [(target, cell) for target in column.targets]
        text = clean(text_of(cell))
        parts = [part.strip() for part in text.split(column.split.strip() or None, len(column.targets) - 1)]
        if text and len(parts) < len(column.targets) and not is_blank(text):
            reason = f"has no '{column.split}' between its parts; only the first was read"
            facts.notes.append(Note(facts.row, self._table.cell(facts.row, place), text, reason))
        return list(zip(column.targets, [*parts, *[""] * len(column.targets)], strict=False))

    def _address(self, name: str, row: TableRow, facts: Facts) -> None:
        """Read the cells of an address together."""
        cells = {
            target.property.name: self._places[column.name]
            for column in self._columns
            for target in column.targets
            if target.owner == name
        }
        address = settle(facts.values[name], with_street="street" in cells)
        facts.values[name] = address.values
        if address.key is not None:
            facts.places[name] = address.key
        for part, reason in address.notes:
            place = cells.get(part, 0)
            value = text_of(row.cells[place]) if place < len(row.cells) else ""
            facts.notes.append(Note(row.number, self._table.cell(row.number, place), value, reason))

    def _counted(self, target: Target, cell: Cell) -> Cell:
        """Return the number of a day as Excel counts it from 1900, where the workbook counts from 1904."""
        if not self._table.since_1904 or target.property.type is not date:
            return cell
        return cell + _FROM_1900_TO_1904 if isinstance(cell, int | float) and not isinstance(cell, bool) else cell

    def _own_number(self, name: str, columns: tuple[str, ...], row: TableRow, facts: Facts) -> Note | None:
        parts = []
        for column in columns:
            place = self._places[column]
            cell: Cell = row.cells[place] if place < len(row.cells) else ""
            text = narrow(text_of(cell)).removesuffix(".0")
            if is_blank(text):
                return None
            if _looks_like_a_number(text):
                reason = "looks like an A-number, from which no key may be made; use match: aNumber in the mapping"
                return Note(row.number, self._table.cell(row.number, place), text, f"{reason}: {NOT_IMPORTED}")
            parts.append(text)
        facts.own[name] = "\x1f".join(parts)
        return None


def _looks_like_a_number(text: str) -> bool:
    digits = text[1:].lstrip("- #").replace("-", "").replace(" ", "")
    return text[:1] in "Aa" and digits.isdecimal() and len(digits) in (8, 9)
