"""Workbooks that would unpack to too much."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.spreadsheets import packed
from seed.spreadsheets.workbooks import read_tables
from tests.seed.spreadsheets.conftest import WriteBook, write_ods


def changed(data: bytes, member: str, change: tuple[bytes, bytes]) -> bytes:
    """Return an archive with a member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(*change) if name == member else content)
    return out.getvalue()


def test_a_bomb_is_refused_by_its_size(book: WriteBook) -> None:
    data = book(List=[["A#"], ["1"]]).read_bytes()
    bomb = changed(data, "xl/worksheets/sheet1.xml", (b"<sheetData>", b"<sheetData>" + b" " * 30_000_000))
    with pytest.raises(BadInput, match=r"would unpack to 30,000,\d+ bytes"):
        read_tables("list.xlsx", bomb)


def test_many_files_that_are_large_together_are_refused(book: WriteBook, monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(List=[["A#"], ["1"]]).read_bytes()
    monkeypatch.setattr(packed, "LARGEST_UNPACKED", 1_000)
    with pytest.raises(BadInput, match=r"would unpack to .* bytes, more than is read here"):
        read_tables("list.xlsx", data)


def test_a_size_that_is_not_true_is_found(book: WriteBook) -> None:
    data = bytearray(book(List=[["A#"], ["1"]] * 100).read_bytes())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (50).to_bytes(4, "little")
    with pytest.raises(BadInput, match="is damaged"):
        read_tables("list.xlsx", bytes(data))


def test_one_cell_far_away_is_refused(book: WriteBook) -> None:
    file = book(List=[["A#"], ["1"]], also=lambda made, sheets: sheets["List"].write(1_048_575, 16_383, "x"))
    with pytest.raises(BadInput, match="the sheet List reaches to row 1,048,576 and column 16,384"):
        read_tables("list.xlsx", file.read_bytes())


def test_cells_repeated_without_end_are_refused(tmp_path: Path) -> None:
    filled = 'table:number-columns-repeated="16384" office:value-type="string"'
    cell = f"<table:table-cell {filled}><text:p>x</text:p></table:table-cell>"
    raw = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(BadInput, match=r"has more than 20,000,000 cells"):
        read_tables("list.ods", write_ods(tmp_path / "list.ods", [["A#"]], raw=raw).read_bytes())


def test_empty_rows_repeated_to_the_end_are_nothing(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    raw = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    [table] = read_tables("list.ods", write_ods(tmp_path / "list.ods", [["A#"], ["1"]], raw=raw).read_bytes())
    assert len(table.rows) == 2


def test_a_formula_at_the_border_of_two_pieces_is_seen(book: WriteBook, monkeypatch: pytest.MonkeyPatch) -> None:
    def formulas(made: object, sheets: dict[str, object]) -> None:
        for row in range(1, 200):
            sheets["List"].write_formula(row, 0, "=A1+1", None, "" if row % 2 else 7)  # type: ignore[attr-defined]

    data = book(List=[["A#"]], also=formulas).read_bytes()
    for size in (97, 1_000, 1 << 20):
        monkeypatch.setattr(packed, "_CHUNK", size)
        [table] = read_tables("list.xlsx", data)
        assert sorted(row for row, _ in table.faults) == list(range(1, 200, 2))
    assert re.match("is a formula", table.faults[1, 0])
