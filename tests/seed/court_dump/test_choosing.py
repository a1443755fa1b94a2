"""What is read of the courts' dump, and what is told of rows that cannot be read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.court_dump.choosing import Case, Dump
from seed.court_dump.files import feeding, find
from seed.court_dump.tables import TABLES
from seed.files.rejects import Note
from tests.seed.court_dump.conftest import WriteDump

JUVENILES = [
    {"idnCase": "10", "idnJuvenile": "1"},
    {"idnCase": "10", "idnJuvenile": "2"},
    {"idnCase": "11", "idnJuvenile": "3"},
    {"idnCase": "9", "idnJuvenile": "2"},
    {"idnCase": "77", "idnJuvenile": "1"},
]
CASES = [
    {"IDNCASE": "9", "ALIEN_CITY": "CAÑON", "NAT": "HO"},
    {"IDNCASE": "11", "ALIEN_CITY": "ELSEWHERE"},
    {"IDNCASE": "10", "ALIEN_CITY": 'HOUSTON "TX', "UPDATED_ZIPCODE": "77002"},
]
PROCEEDINGS = [
    {"IDNPROCEEDING": "101", "IDNCASE": "10", "COMP_DATE": "2023-01-02 00:00:00.000"},
    {"IDNPROCEEDING": "100", "IDNCASE": "10"},
    {"IDNPROCEEDING": "102", "IDNCASE": "11"},
]
HEARINGS = [{"IDNSCHEDULE": "7", "IDNPROCEEDING": "101", "IDNCASE": "10", "ADJ_RSN": "11"}]
GIVEN = {"juveniles": JUVENILES, "cases": CASES, "proceedings": PROCEEDINGS, "hearings": HEARINGS}


def read(path: Path, *codes: str) -> tuple[list[Case], Dump, list[Note]]:
    with Dump(find(path, TABLES), codes or ("UJ", "J2")) as dump:
        assert [table.name for table in dump.read()] == [table.name for table in TABLES]
        return list(dump.cases()), dump, list(dump.rejected())


def told(cases: Sequence[Case]) -> list[object]:
    return [
        (
            one.case.row,
            {name: value for name, value in one.case.values.items() if value},
            [(found.row, found.values["IDNPROCEEDING"]) for found in one.proceedings],
            [(found.row, found.values["ADJ_RSN"]) for found in one.hearings],
        )
        for one in cases
    ]


WANTED = [
    (
        4,
        {"IDNCASE": "10", "ALIEN_CITY": 'HOUSTON "TX', "UPDATED_ZIPCODE": "77002"},
        [(3, "100"), (2, "101")],
        [(2, "11")],
    ),
    (2, {"IDNCASE": "9", "ALIEN_CITY": "CAÑON", "NAT": "HO"}, [], []),
]


def test_the_cases_of_the_chosen_juveniles_are_read(dump: WriteDump) -> None:
    cases, _, rejected = read(dump(**GIVEN))
    assert told(cases) == WANTED
    assert rejected == []


@pytest.mark.parametrize("ending", [".csv", ".txt"])
@pytest.mark.parametrize("columns", [list, lambda names: names[::-1], lambda names: [name.lower() for name in names]])
def test_neither_the_ending_nor_the_order_nor_the_case_of_columns_matters(
    dump: WriteDump, ending: str, columns: object
) -> None:
    rows = GIVEN if columns is not None else {}
    if columns is not list and callable(columns) and columns(["A"]) == ["a"]:
        rows = {
            table: [{name.lower(): value for name, value in row.items()} for row in given]
            for table, given in GIVEN.items()
        }
        codes = [{"idnjuvenile": "1", "strcode": "UJ"}, {"idnjuvenile": "2", "strcode": "J2"}]
        assert told(read(dump(ending=ending, columns=columns, codes=codes, **rows))[0]) == WANTED
        return
    assert told(read(dump(ending=ending, columns=columns, **rows))[0]) == WANTED


def test_a_zip_archive_is_read_like_its_folder(dump: WriteDump, tmp_path: Path) -> None:
    folder = dump(**GIVEN)
    archive = tmp_path / "dump.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in folder.rglob("*.csv"):
            target.write(file, Path("EOIR Case Data") / file.relative_to(folder))
    assert told(read(archive)[0]) == WANTED


def test_codes_choose_the_juveniles(dump: WriteDump) -> None:
    assert [one.case.values["IDNCASE"] for one in read(dump(**GIVEN), "AJ")[0]] == ["11"]
    assert [one.case.values["IDNCASE"] for one in read(dump(**GIVEN), "uj")[0]] == ["10"]
    with pytest.raises(BadInput, match="XX is no code of juveniles in this dump; use some of AJ, J2, UJ"):
        read(dump(**GIVEN), "UJ", "XX")


def test_rows_that_cannot_be_read_are_told_and_cost_no_other_row(dump: WriteDump) -> None:
    cases = [CASES[0], b"10\ttoo\tfew", CASES[1], b"\t".join([b"10"] * 30), CASES[2]]
    found, _, rejected = read(dump(**{**GIVEN, "cases": cases}))
    assert [one.case.row for one in found] == [6, 2]
    assert rejected == [
        Note(3, "", "10\ttoo\tfew", "A_TblCase: too few fields: the row was not imported"),
        Note(5, "", "\t".join(["10"] * 30), "A_TblCase: too many fields: the row was not imported"),
    ]


def test_nul_bytes_and_windows_1252_are_cleaned_and_counted(dump: WriteDump) -> None:
    raw = b"\t".join([b"9", b"SAN\0 JOS\xc9 \x93X\x94", *[b""] * 14])
    [_, nine], dumped, _ = read(dump(**{**GIVEN, "cases": [raw, CASES[2]]}))
    assert nine.case.values["ALIEN_CITY"] == "SAN JOSÉ “X”"
    seen = dumped.fed["A_TblCase.csv"]
    assert (seen.nul, seen.converted) == (1, 1)


def test_a_case_of_the_history_that_no_table_has_is_counted(dump: WriteDump) -> None:
    with Dump(find(dump(**GIVEN), TABLES), ("UJ",)) as dumped:
        list(dumped.read())
        assert dumped.without_case() == 1


def test_what_is_no_dump_is_told(dump: WriteDump, tmp_path: Path) -> None:
    folder = dump(**GIVEN)
    (folder / "tbl_schedule.csv").unlink()
    with pytest.raises(BadInput, match="lacks tbl_schedule; give the folder or the zip archive"):
        find(folder, TABLES)
    (folder / "tbl_schedule.csv").write_text("A\tB\n")
    with pytest.raises(BadInput, match="has no column IDNSCHEDULE, IDNPROCEEDING, IDNCASE"):
        find(folder, TABLES)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n")
    with pytest.raises(BadInput, match="is no folder and no zip archive"):
        find(other, TABLES)
    with pytest.raises(BadInput, match="does not exist"):
        find(tmp_path / "nowhere", TABLES)


def test_a_file_that_nobody_reads_holds_up_nothing(dump: WriteDump) -> None:
    member = find(dump(**GIVEN), TABLES)[TABLES[0]]
    for _ in range(20):
        with feeding(member):
            pass
