from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.files.lines import LONGEST_LINE, open_lines
from seed.files.rows import BadRow, Row, read_rows
from seed.hhs_releases.rows import COLUMNS, LAYOUT

Write = Callable[..., Path]

ONE = "1,Honduras,F,1/5/15,2/6/15,33125,1,Mother"
VALUES = ONE.split(",")


def rows(file: Path) -> list[Row | BadRow]:
    with open_lines(file) as lines:
        return list(read_rows(lines, file.name, LAYOUT))


def values(file: Path) -> list[list[str]]:
    return [row.values for row in rows(file) if isinstance(row, Row)]


def test_a_row_has_its_line_number_its_values_and_its_text(write: Write) -> None:
    assert rows(write(ONE)) == [Row(2, VALUES, ONE, ended=True)]


def test_blank_lines_are_passed_over_and_counted_as_lines(write: Write) -> None:
    got = rows(write("", ONE, ",,,,,,,", '"",,', "   ", ONE))
    assert [row.number for row in got] == [3, 7]


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_other_line_ends(write: Write, end: bytes) -> None:
    assert values(write(ONE, ONE, end=end)) == [VALUES, VALUES]


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda header: header.replace("'", "\u2019"),
        lambda header: header.replace(",", " , "),
        lambda header: header.replace("Sponsor Zipcode", "Sponsor  Zip Code"),
        lambda header: header.replace(" ", "_"),
        lambda header: ",".join(f'"{name}"' for name in header.split(",")),
        lambda header: header + ",,",
        lambda header: "\ufeff" + header,
        lambda header: "\n\n" + header,
        lambda header: header.replace("'", "\u2019").encode("cp1252"),
    ],
)
def test_a_header_written_otherwise_is_accepted(
    write: Write, header: str, change: Callable[[str], str | bytes]
) -> None:
    assert values(write(ONE, header=change(header))) == [VALUES]


def test_columns_in_another_order_are_put_in_order(write: Write) -> None:
    turned = ",".join(reversed(COLUMNS))
    assert values(write(",".join(reversed(VALUES)), header=turned)) == [VALUES]


def test_missing_and_unexpected_columns_are_named(write: Write, header: str) -> None:
    wrong = header.replace("Sponsor Zipcode", "Sponsor State").replace("Child's Gender,", "")
    with pytest.raises(BadInput) as caught:
        rows(write(ONE, header=wrong))
    assert str(caught.value) == (
        "releases.csv is not in the layout of the HHS releases: its header lacks Child's Gender, Sponsor Zipcode "
        "and its header has unexpected columns (Sponsor State); rename, add or remove columns to match"
    )


def test_a_column_too_many_is_named(write: Write, header: str) -> None:
    with pytest.raises(BadInput, match=r"unexpected columns \(Sponsor Name\)"):
        rows(write(f"{ONE},x", header=f"{header},Sponsor Name"))


def test_a_column_without_a_name_is_told(write: Write, header: str) -> None:
    with pytest.raises(BadInput, match=r"unexpected columns \(one without a name\)"):
        rows(write(f"0,{ONE}", header=f",{header}"))


def test_a_column_named_twice_is_told(write: Write, header: str) -> None:
    with pytest.raises(BadInput, match="its header names ID twice"):
        rows(write(f"{ONE},1", header=f"{header},id"))


def test_a_file_of_another_layout_is_told_what_it_has(write: Write) -> None:
    with pytest.raises(BadInput, match=r"lacks ID, Child's Country.*unexpected columns \(case, court\)"):
        rows(write("1,2", header="case,court"))


def test_a_file_without_a_header_does_not_show_its_values(write: Write) -> None:
    with pytest.raises(BadInput) as caught:
        rows(write(ONE, header=ONE))
    assert "Honduras" not in str(caught.value)
    assert "its first line is not a header; it must be ID, Child's Country of Origin" in str(caught.value)


@pytest.mark.parametrize("header", ["", ",,,", "\ufeff"])
def test_an_empty_file(write: Write, header: str) -> None:
    with pytest.raises(BadInput, match=r"^releases.csv is empty; the first line must be the header ID, Child's"):
        rows(write(header=header))


def test_a_header_alone_has_no_rows(write: Write) -> None:
    assert rows(write()) == []


def test_quoted_commas_spaces_and_quotes(write: Write) -> None:
    line = '1, "Congo, Dem. ""Rep."" of" ,F,1/5/15,2/6/15,33125,"1",Mother'
    assert values(write(line)) == [["1", 'Congo, Dem. "Rep." of ', *VALUES[2:]]]


def test_a_quotation_mark_inside_a_value_is_a_character(write: Write) -> None:
    assert values(write('1,Hon"duras,F,1/5/15,2/6/15,33125,1,Mother')) == [["1", 'Hon"duras', *VALUES[2:]]]


def test_a_line_break_in_a_quoted_value(write: Write) -> None:
    got = rows(write('1,"Hon\nduras",F,1/5/15,2/6/15,33125,1,Mother', ONE))
    assert [(row.number, isinstance(row, Row)) for row in got] == [(2, True), (4, True)]
    assert isinstance(got[0], Row)
    assert got[0].values[1] == "Hon\nduras"


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_alone(write: Write) -> None:
    broken = '1,"Honduras,F,1/5/15,2/6/15,33125,1,Mother'
    got = rows(write(broken, ONE, broken, ONE, ONE))
    assert [(row.number, isinstance(row, Row)) for row in got] == [
        (2, False),
        (3, True),
        (4, False),
        (5, True),
        (6, True),
    ]
    assert got[0] == BadRow(2, broken, "a quotation mark is not closed")


def test_a_quotation_mark_is_not_closed_by_a_line_that_is_too_long(write: Write) -> None:
    got = rows(write('1,"Hon', f'duras",F,1/5/15,2/6/15,33125,1,Mother{"x" * LONGEST_LINE}', ONE))
    assert [(row.number, isinstance(row, Row)) for row in got] == [(2, False), (3, False), (4, True)]


def test_two_halves_of_quotation_marks_do_not_swallow_a_row(write: Write) -> None:
    got = rows(write('1,"Honduras,F,1/5/15,2/6/15,33125,1,Mother', '2,Honduras",F,1/5/15,2/6/15,33125,1,Mother'))
    assert [row.number for row in got] == [2, 3]
    assert isinstance(got[0], BadRow)


def test_too_few_and_too_many_fields(write: Write) -> None:
    assert rows(write("1,Honduras,F", f"{ONE},x", f"{ONE},,")) == [
        BadRow(2, "1,Honduras,F", "the row has too few fields: 3 where 8 belong"),
        BadRow(3, f"{ONE},x", "the row has too many fields: 9 where 8 belong"),
        Row(4, VALUES, f"{ONE},,", ended=True),
    ]


def test_a_truncated_last_line_is_told(write: Write) -> None:
    file = write(ONE)
    file.write_bytes(file.read_bytes() + b"2,Hond")
    assert rows(file)[-1] == BadRow(3, "2,Hond", "the file ends in the middle of this row")


def test_a_last_line_truncated_in_quotes_is_told(write: Write) -> None:
    file = write(ONE)
    file.write_bytes(file.read_bytes() + b'2,"Hond')
    assert rows(file)[-1] == BadRow(3, '2,"Hond', "a quotation mark is not closed")


def test_a_whole_last_line_without_an_end_is_a_row(write: Write) -> None:
    file = write()
    file.write_bytes(file.read_bytes() + ONE.encode())
    assert rows(file) == [Row(2, VALUES, ONE, ended=False)]


def test_a_line_that_is_too_long_is_rejected(write: Write) -> None:
    got = rows(write(f"{ONE}{'x' * LONGEST_LINE}", ONE))
    assert isinstance(got[0], BadRow)
    assert got[0].reason == "the line is longer than 65,536 characters"
    assert isinstance(got[1], Row)
