"""What offices send as a spreadsheet, and what only looks like one."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from seed.spreadsheets import workbooks
from seed.spreadsheets.tables import Table
from seed.spreadsheets.workbooks import read_bytes, read_tables
from tests.seed.spreadsheets.conftest import WriteBook, write_ods
from tests.seed.spreadsheets.outlook import compound, message

FIXTURES = Path(__file__).parent / "fixtures"
LISTED = [["A#", "Released"], ["A900000011", "01/12/2024"]]


def tables(file: Path) -> list[Table]:
    return read_tables(file.name, file.read_bytes())


def cells(table: Table) -> list[list[object]]:
    return [list(row.cells) for row in table.rows]


def test_the_same_list_is_read_from_every_kind_of_file(book: WriteBook, tmp_path: Path) -> None:
    text = tmp_path / "list.csv"
    text.write_text("A#,Released\nA900000011,01/12/2024\n")
    for file in (book(List=LISTED), write_ods(tmp_path / "list.ods", LISTED), text):
        [table] = tables(file)
        assert cells(table) == LISTED


def test_a_web_page_under_the_name_of_a_workbook_is_read() -> None:
    page = "<html><table><tr><th>A#</th><th>Name</th></tr><tr><td>1</td><td>Núñez</td></tr></table></html>"
    for encoding in ("utf-8-sig", "cp1252"):
        [table] = read_tables("list.xls", page.encode(encoding))
        assert (table.name, cells(table)) == ("table 1", [["A#", "Name"], ["1", "Núñez"]])


def test_an_old_workbook_is_read_with_its_dates_and_merged_cells() -> None:
    [table] = tables(FIXTURES / "releases.xls")
    assert cells(table) == [
        ["A#", "Released"],
        [12345678.0, date(2024, 1, 12)],
        ["A900000012", "01/13/2024"],
        ["A900000012", "01/14/2024"],
    ]
    assert (table.name, table.merged) == ("Releases", 1)


def test_merged_cells_are_a_value_in_each_of_their_rows(book: WriteBook) -> None:
    def merge(made: Any, sheets: dict[str, Any]) -> None:
        sheets["List"].merge_range(1, 0, 3, 0, "Juniper Shelter")

    [table] = tables(book(List=[["Shelter", "A#"], ["", "1"], ["", "2"], ["", "3"]], also=merge))
    assert [row.cells[0] for row in table.rows[1:]] == ["Juniper Shelter"] * 3
    assert table.merged == 2


def test_a_formula_gives_its_value_and_is_told_where_it_has_none(book: WriteBook) -> None:
    def formulas(made: Any, sheets: dict[str, Any]) -> None:
        sheets["List"].write_formula(1, 0, '="A9000"&"00011"', None, "A900000011")
        sheets["List"].write_formula(1, 1, "=TODAY()", None, "")
        sheets["List"].write_formula(1, 2, "=1/0", None, "#DIV/0!")

    [table] = tables(book(List=[["A#", "Released", "Days"]], also=formulas))
    assert list(table.rows[1].cells) == ["A900000011", "", ""]
    assert table.faults == {
        (1, 1): "is a formula without a value; open the file, save it, and try again",
        (1, 2): "is an error of a formula (#DIV/0!)",
    }


def test_days_counted_from_1904_and_hidden_sheets_are_known(book: WriteBook) -> None:
    def hide(made: Any, sheets: dict[str, Any]) -> None:
        sheets["Old"].hide()

    file = book(List=[["x", date(2024, 1, 12)]], Old=[["y"]], also=hide, options={"date_1904": True})
    first, second = tables(file)
    assert cells(first) == [["x", date(2024, 1, 12)]]
    assert (first.since_1904, first.hidden, second.hidden) == (True, False, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "list.xlsx is a PDF"),
        (b"\x89PNG...", "is a picture"),
        (b"  <HTML><p>no table</p>", "is a web page without a table"),
        (b"<?xml version='1.0'?><Workbook/>", "is an XML document"),
        (b"PK\x03\x04 and nothing", "is damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is damaged"),
        (b"", "is empty"),
        (b"MZ" + bytes(500), "is no spreadsheet"),
    ],
)
def test_another_kind_of_file_is_named(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_tables("list.xlsx", content)


def packed(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def test_an_archive_that_is_no_workbook_is_named() -> None:
    with pytest.raises(BadInput, match=r"is a zip archive and no workbook; unpack it .*`sightline import whd`"):
        read_tables("list.zip", packed(whd_csv=b"a,b\n"))
    with pytest.raises(BadInput, match=r"is a binary workbook \(XLSB\)"):
        read_tables("list.xlsb", packed(xl__workbook_bin=b"x").replace(b"workbook_bin", b"workbook.bin"))
    with pytest.raises(BadInput, match="is a text document or slides"):
        read_tables("list.docx", packed(word__document=b"<x/>"))


def test_a_protected_workbook_is_told(tmp_path: Path, book: WriteBook) -> None:
    file = compound(tmp_path / "list.xlsx", {"EncryptionInfo": b"x" * 5_000, "EncryptedPackage": b"y" * 5_000})
    with pytest.raises(BadInput, match=r"list\.xlsx is protected by a password; save it without one"):
        tables(file)
    ods = write_ods(tmp_path / "list.ods", LISTED)
    with zipfile.ZipFile(ods, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(BadInput, match="protected by a password"):
        tables(ods)


def test_a_compound_file_without_a_workbook_is_named(tmp_path: Path) -> None:
    file = compound(tmp_path / "list.doc", {"WordDocument": b"x" * 5_000})
    with pytest.raises(BadInput, match="is no spreadsheet"):
        tables(file)
    file = compound(tmp_path / "list.xls", {"Workbook": b"x" * 5_000})
    with pytest.raises(BadInput, match="is damaged"):
        tables(file)
    assert message()["__properties_version1.0"]


def test_a_workbook_cut_off_in_the_middle_is_damaged(book: WriteBook) -> None:
    data = book(List=LISTED * 50).read_bytes()
    for end in (len(data) // 3, len(data) - 30):
        with pytest.raises(BadInput, match="is damaged"):
            read_tables("list.xlsx", data[:end])


def test_what_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match=r"no\.xlsx does not exist"):
        read_bytes(tmp_path / "no.xlsx")
    with pytest.raises(BadInput, match=r"is a folder; .*sightline import eoir"):
        read_bytes(tmp_path)
    file = tmp_path / "list.csv"
    file.write_text("a,b\n1,2\n")
    monkeypatch.setattr(workbooks, "LARGEST_FILE", 3)
    with pytest.raises(BadInput, match="is larger than"):
        read_bytes(file)
