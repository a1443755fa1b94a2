"""Text files with other separators, encodings, and faults."""

from __future__ import annotations

import pytest

from seed.spreadsheets.texts import read_text_table


def rows(data: bytes) -> list[list[object]]:
    return [list(row.cells) for row in read_text_table("list.csv", data).rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = f'A#{separator}Name\n1{separator}"Lopez{separator} Ana"\n2{separator}Ramos\n'
    assert rows(text.encode()) == [["A#", "Name"], ["1", f"Lopez{separator} Ana"], ["2", "Ramos"]]


def test_the_separator_that_excel_states_is_used() -> None:
    assert rows(b"sep=;\nA#;Name, first\n1;x\n") == [["A#", "Name, first"], ["1", "x"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_of_an_office_is_read(encoding: str) -> None:
    assert rows("A#,Name\n1,Núñez\n".encode(encoding)) == [["A#", "Name"], ["1", "Núñez"]]


def test_two_encodings_in_one_file_are_read_and_told() -> None:
    table = read_text_table("list.csv", "A#,Name\n1,Núñez\n".encode() + "2,Peña\n".encode("cp1252") + b"3,a\0b\n")
    assert [row.cells[1] for row in table.rows] == ["Name", "Núñez", "Peña", "ab"]
    assert table.told == {
        "Lines that are not UTF-8, read as Windows-1252": 1,
        "Lines with NUL bytes, which were left out": 1,
    }


def test_a_quoted_line_break_belongs_to_its_cell_and_an_open_quotation_mark_spoils_one_row() -> None:
    table = read_text_table("list.csv", b'A#,Note\n1,"two\nlines"\n2,"never closed\n3,plain\n4,5" tall\n')
    assert [(row.number, list(row.cells), row.fault) for row in table.rows[1:]] == [
        (2, ["1", "two\nlines"], ""),
        (4, ["2", '"never closed'], "a quotation mark is not closed"),
        (5, ["3", "plain"], ""),
        (6, ["4", '5" tall'], ""),
    ]
