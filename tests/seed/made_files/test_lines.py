from __future__ import annotations

from pathlib import Path
from random import Random

from seed.made_files.faults import (
    Effect,
    Fault,
    missing_fields,
    repeated_row,
    unquoted_line_break,
    written_as,
)
from seed.made_files.forms import Form
from seed.made_files.lines import LineFile

FORM = Form(("id", "city"), ",")
ROW = {"id": "1", "city": "Houston, TX"}


def _file(tmp_path: Path, *kinds: Fault, rate: float) -> LineFile:
    return LineFile(tmp_path / "file.csv", FORM, kinds, rate=rate, rng=Random(1), each=1)


def test_rows_are_written_and_quoted_and_none_is_spoiled_without_a_rate(tmp_path: Path) -> None:
    with _file(tmp_path, missing_fields(), rate=0) as file:
        assert [file.add(ROW) for _ in range(9)] == [ROW] * 9
        file.end()
    assert file.path.read_bytes() == b"id,city\r\n" + 9 * b'1,"Houston, TX"\r\n'
    assert file.plain() == {"rows": 9, "faults": {}}


def test_each_fault_is_counted_with_its_lines_and_what_is_left_is_told(tmp_path: Path) -> None:
    kinds = (missing_fields(), unquoted_line_break("city"), repeated_row(), written_as("no_city", "city", "?"))
    with _file(tmp_path, *kinds, rate=0.000_1) as file:
        assert [file.add(ROW) for _ in range(5)] == [None, None, ROW, {"id": "1", "city": ""}, ROW]
        file.end()
    assert file.path.read_bytes().split(b"\r\n") == [
        b"id,city",
        b"1",
        b"1,Houston, TX",
        b"Houston, TX",
        b'1,"Houston, TX"',
        b'1,"Houston, TX"',
        b"1,?",
        b'1,"Houston, TX"',
        b"0",
    ]
    assert {name: (one.effect, one.count, one.rows) for name, one in file.planted.items()} == {
        "missing_fields": (Effect.ROW, 1, [2]),
        "unquoted_line_break": (Effect.ROW, 1, [3, 4]),
        "repeated_row": (Effect.REPEATED, 1, [6]),
        "no_city": (Effect.VALUE, 1, [7]),
        "truncated_last_line": (Effect.ROW, 1, [9]),
    }


def test_a_row_gets_only_a_fault_that_it_can_have(tmp_path: Path) -> None:
    with _file(tmp_path, written_as("no_city", "city", "?"), rate=0.5) as file:
        assert [file.add({"id": "1", "city": ""}) for _ in range(20)] == [{"id": "1", "city": ""}] * 20
    assert file.planted == {}
