"""A workbook for spreadsheet programs, put together on disk, so that it takes no more memory than a row."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from graph.model import Model
from queries.export.cells import cell
from queries.export.writers import Writer
from queries.question import Question
from queries.run import Rows
from queries.statement import Field

MOST_ROWS = 1_048_576
"""The rows of a sheet, its header included: what the format has."""
BLOCK = 65_536
_FIRST_YEAR = 1900
"""The first year that the format's dates know."""


class XlsxWriter(Writer):
    """One sheet under a header, and more of them when rows do not fit; dates are dates, and no text is a formula.

    Close it: the folder that it works in (in `folder`, else where the system keeps such), readable by its owner
    alone, goes then.
    """

    def __init__(
        self,
        question: Question,
        model: Model,
        fields: Sequence[Field],
        *,
        most: int = MOST_ROWS,
        folder: Path | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sightline-export-", dir=folder, ignore_cleanup_errors=True)
        self._path = Path(self._folder.name) / "rows.xlsx"
        options = {"constant_memory": True, "tmpdir": self._folder.name, "nan_inf_to_errors": True}
        self._book = xlsxwriter.Workbook(self._path, options)
        self._header = self._book.add_format({"bold": True})
        day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._names = [field.name for field in fields]
        self._puts = [_put_day(day) if _is_day(question, model, field) else _put for field in fields]
        self._most = most
        self._sheet = self._add_sheet()

    def page(self, rows: Rows) -> bytes:
        """Write a page into the workbook; its bytes come at the end."""
        for row in rows.flat():
            if self._row == self._most:
                self._sheet = self._add_sheet()
            for column, (put, value) in enumerate(zip(self._puts, row, strict=True)):
                if value is not None:
                    put(self._sheet, self._row, column, value)
            self._row += 1
        return b""

    def end(self) -> Iterable[bytes]:
        """Return the workbook."""
        self._book.close()
        return self._blocks()

    def close(self) -> None:
        """Remove what is on disk."""
        for sheet in self._book.worksheets():
            if not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()
        self._folder.cleanup()

    def _blocks(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    def _add_sheet(self) -> Worksheet:
        number = len(self._book.worksheets()) + 1
        sheet = self._book.add_worksheet("Rows" if number == 1 else f"Rows {number}")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._names):
            sheet.write_string(0, column, name, self._header)
        self._row = 1
        return sheet


def _is_day(question: Question, model: Model, field: Field) -> bool:
    column = question.column(field.column)
    return model.node(column.kind).named(field.part).type is date if field.part else column.kind == "Date"


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(cell(value)))


def _put_day(form: Any) -> Callable[[Worksheet, int, int, Any], None]:
    def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            _put(sheet, row, column, value)
            return
        if day.year < _FIRST_YEAR:
            _put(sheet, row, column, value)
        else:
            sheet.write_datetime(row, column, day, form)

    return put
