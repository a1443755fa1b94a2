"""A workbook for spreadsheet programs, put together on disk, so that it needs memory for only one row."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from graph.model import Model
from graph.scratch import scratch_folder
from queries.asking.run import Rows
from queries.asking.statement import Field
from queries.export.cells import cell
from queries.export.writers import Writer
from queries.library.question import Question

MOST_ROWS = 1_048_576
"""The most rows that the format allows in a sheet, including the header."""
BLOCK = 65_536
_FOLDERS = "sightline-export-"
_FIRST_YEAR = 1900
"""The first year that the format's dates can express."""


class XlsxWriter(Writer):
    """One sheet with a header, and more sheets if the rows do not fit; dates are dates, and no text is a formula.

    Close it to remove the folder that it works in, which is in `folder` or else in the system's temporary folder, and
    which only its owner can read. If a process is killed, the next one removes its folder.
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
        self._held = ExitStack()
        work = self._held.enter_context(scratch_folder(folder or Path(tempfile.gettempdir()), _FOLDERS))
        self._path = work / "rows.xlsx"
        options = {"constant_memory": True, "tmpdir": str(work), "nan_inf_to_errors": True}
        self._book = xlsxwriter.Workbook(self._path, options)
        self._header = self._book.add_format({"bold": True})
        day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._names = [field.name for field in fields]
        self._puts = [_put_day(day) if _is_day(question, model, field) else _put for field in fields]
        self._most = most
        self._sheet = self._add_sheet()

    def page(self, rows: Rows) -> bytes:
        """Write a page into the workbook; its bytes are returned at the end."""
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
        self._held.close()

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
