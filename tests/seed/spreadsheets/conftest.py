"""Made-up spreadsheets, and importing them by the text of a mapping."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from graph.store import Store
from seed.files.options import Options
from seed.files.summary import FileSummary
from seed.spreadsheets.importing import import_spreadsheet, make_ready, open_file
from seed.spreadsheets.mapping import read_mapping

TODAY = date(2024, 5, 31)
Rows = Sequence[Sequence[Any]]
WriteBook = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> WriteBook:
    """Write a workbook: a list of rows for each sheet; `also` changes it before it is closed."""

    def write(
        *,
        name: str = "list.xlsx",
        options: dict[str, Any] | None = None,
        also: Callable[[Any, dict[str, Any]], None] = lambda book, sheets: None,
        **sheets: Rows,
    ) -> Path:
        path = tmp_path / name
        made = xlsxwriter.Workbook(str(path), options or {})
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        written = {}
        for title, rows in sheets.items():
            sheet = written[title] = made.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
                    else:
                        sheet.write(number, column, value)
        also(made, written)
        made.close()
        return path

    return write


def write_ods(path: Path, rows: Rows, *, raw: str = "") -> Path:
    """Write an OpenDocument spreadsheet with one sheet; `raw` is put after its rows."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string" office:string-value="{escape(str(value))}">'
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{cells}{raw}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


async def load(store: Store, file: Path, mapping: str, **options: Any) -> FileSummary:
    ready = make_ready(open_file(file), read_mapping(mapping, "M.yaml"), "M.yaml", today=TODAY)
    return await import_spreadsheet(store, file, Options(today=TODAY, **options), ready=ready)


def rejects(file: Path) -> list[list[str]]:
    path = file.with_name(f"{file.name}.rejects.csv")
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))[1:]


async def everything(store: Store) -> object:
    return await store.read(
        "MATCH (n) WHERE NOT n:Change AND NOT n:ChangeLog AND NOT n:SightlineStore "
        "RETURN labels(n)[0] AS label, n.key AS key, properties(n), COLLECT { MATCH (n)-[r]->(m) "
        "RETURN type(r) + ' ' + m.key + ' ' + coalesce(toString(r.row), '') AS x ORDER BY x } ORDER BY label, key"
    )
