from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.export.cells import BYTE_ORDER_MARK, CsvLines, cell, starts_formula

FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "-", "+305 555-0100", "-1-2"),
    *("\t1", "\r1", "\n1", "\v1", "\u2028=1", "\x85x"),
    *(" =1", "\u00a0+1", "\u3000-1", " \n @x", "\u2003\t=1"),
    *("\u200b=1", "\ufeff=1", "\u202e=1", "\u00ad=1", "\x00=1", "\x1f=1", "\u2060\u200d@x", "\u3164=1", "\u0301=1"),
    *("\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", " \u200b\uff1d1", "\ufe66x", "\u207ax"),
]
TEXTS = [
    *("", " ", "x", "1", "a=1", "1-2", " x", "\u200bx", "Núñez", "\u00c1guilar", "'=1", '"=1"', "(-1)", "#1"),
    *("\u22121", "\u4e2d=", "\u2014", "\u2022 -1", "2024-05-31", "O'Brien", "*1", "/1", "_=1"),
]
HOSTILE = st.text(
    st.sampled_from("=+-@\uff1d\uff0d\t\r\n\v\x85\u2028\x00 \u00a0\u200b\ufeff\",;|'a1\u00e9"), max_size=8
)
CELLS = st.one_of(HOSTILE, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


def written(*rows: Sequence[object]) -> str:
    lines = CsvLines()
    lines.add(rows)
    return lines.take().decode()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))


def split(text: str, separators: str) -> list[list[str]]:
    """Read CSV as a second program would: one that takes every separator and line break outside of quotes for one."""
    rows: list[list[str]] = [[""]]
    quoted = False
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted
            if quoted and position and text[position - 1] == '"':
                rows[-1][-1] += '"'
        elif quoted or not (character in separators or character in "\r\n"):
            rows[-1][-1] += character
        elif character in separators:
            rows[-1].append("")
        elif text[position - 1 : position + 1] != "\r\n":
            rows.append([""])
    return rows[:-1]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert starts_formula(text)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("number", [-1, 0, 7, -2.5, 10**20])
def test_numbers_stay_numbers(number: float) -> None:
    assert cell(number) is number
    assert read(written([number, -1])) == [[str(number), "-1"]]


def test_what_is_no_number_is_no_formula_either() -> None:
    assert read(written([float("-inf"), float("nan"), None, True, [-1], {"=a": "=b"}])) == [
        ["'-inf", "nan", "", "true", "[-1]", '{"=a":"=b"}']
    ]


def test_signs_are_those_that_are_compatible_with_the_four() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] not in "CZM"]
    found = {character for character in characters if starts_formula(character)}
    assert {"=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"} <= found
    assert found == {c for c in characters if unicodedata.normalize("NFKC", c)[0] in "=+-@"}


def test_a_file_begins_with_a_mark_once_and_ends_its_lines_alike() -> None:
    lines = CsvLines()
    lines.add([["a", "b"]])
    first = lines.take()
    lines.add([["1", 'x"y']])
    assert (first, lines.take()) == (b"\xef\xbb\xbfa,b\r\n", b'1,"x""y"\r\n')
    assert CsvLines().take() == BYTE_ORDER_MARK.encode()


@pytest.mark.parametrize("text", ["a\r=1", "a\n=1", "a;=1", "a\t=1", "a|=1", "a,=1", "a\u2028=1", 'a"'], ids=ascii)
def test_what_a_reader_could_split_at_is_quoted(text: str) -> None:
    quoted = text.replace('"', '""')
    assert written(["x", text]) == f'{BYTE_ORDER_MARK}x,"{quoted}"\r\n'


def test_half_a_character_is_written_as_one_that_is_unknown() -> None:
    assert written(["a\ud800"]) == f"{BYTE_ORDER_MARK}a?\r\n"


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_any_cells_are_read_back_and_none_starts_a_formula(rows: list[list[str]]) -> None:
    wanted = [[str(cell(text)) for text in row] for row in rows]
    text = written(*rows)
    assert read(text) == wanted
    for separators in (",", ",;\t|"):
        assert split(text.removeprefix(BYTE_ORDER_MARK), separators) == wanted
    assert not [one for row in read(text) for one in row if starts_formula(one)]
