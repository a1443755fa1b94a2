"""Tables of cells: how cells and columns are called."""

from __future__ import annotations

from seed.spreadsheets.cells import Cell
from seed.spreadsheets.tables import Table, column_number, letters, named_columns, unmerged


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    for number, text in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")):
        assert letters(number) == text
        assert column_number(text) == number


def test_a_cell_is_called_by_its_sheet() -> None:
    assert Table("Hearings", []).cell(17, 5) == "Hearings!F17"
    assert Table("", []).cell(17, 5) == "F17"


def test_columns_without_a_name_of_their_own_get_one() -> None:
    assert named_columns(["Date", " ", "DATE", "First\n name", 2024.0]) == [
        *("Date (1)", "column B", "DATE (2)", "First name", "2024"),
    ]


def test_only_empty_cells_of_a_merged_range_get_its_value() -> None:
    rows: list[list[Cell]] = [["a", "x"], ["", ""], [], ["own"]]
    assert unmerged(rows, [((0, 0), (3, 1)), ((9, 0), (9, 1)), ((1, 1), (2, 1))]) == 2
    assert rows == [["a", "x"], ["a", ""], ["a"], ["own"]]
