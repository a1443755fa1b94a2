"""Every kind of fault is planted, reported at its line, and costs nothing but what it spoils."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store
from seed.files.options import Options
from seed.hhs_releases.importing import import_hhs_releases
from seed.made_files import court_faults, findings, releases
from seed.made_files.faults import Effect
from seed.made_files.writing import Order, write_files
from tests.seed.made_files.loading import TODAY, carried, check_answers, document, load
from tests.seed.made_files.reported import REPORTED
from tests.seed.made_files.worlds import Carried, imported

FAULTY = Order(scale=0.4, seed=9, faults=0.1, others=0.02)
KINDS = {
    "hhs-releases.csv": releases.FAULTS,
    "whd.csv": findings.FAULTS,
    "eoir/tbl_JuvenileHistory.csv": court_faults.JUVENILE_FAULTS,
    "eoir/A_TblCase.csv": court_faults.CASE_FAULTS,
    "eoir/B_TblProceeding.csv": court_faults.PROCEEDING_FAULTS,
    "eoir/tbl_schedule.csv": court_faults.HEARING_FAULTS,
}
Place = tuple[str, int, str]
OTHER_NUMBERS = 900_000_000
"""Numbers from here on belong to cases without a row."""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files with faults of every kind."""
    return write_files(tmp_path_factory.mktemp("faulty"), FAULTY).folder


class Written:
    """A file with faults: its lines that can be read, by number, and what the manifest says."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = folder / name
        told = document(folder, "manifest")["files"][name]
        self.rows: int = told["rows"]
        self.faults: Mapping[str, Mapping[str, Any]] = told["faults"]
        unreadable = {row for one in self.faults.values() if one["effect"] == "row" for row in one["rows"]}
        delimiter = "," if folder == self.path.parent else "\t"
        with self.path.open(encoding="latin-1", newline="\n") as stream:
            lines = [line.rstrip("\r\n").replace("\0", "") for line in stream]
        split = [next(csv.reader([line], delimiter=delimiter, quoting=_quoting(delimiter)), []) for line in lines]
        header = [name.casefold() for name in split[0]]
        self.lines = {
            number: dict(zip(header, fields, strict=False))
            for number, fields in enumerate(split[1:], 2)
            if number not in unreadable
        }

    def count(self, *effects: Effect) -> int:
        """Return how many lines have faults with these effects."""
        return sum(len(one["rows"]) for one in self.faults.values() if one["effect"] in effects)

    def of(self, kind: str) -> int:
        """Return how many faults of a kind were planted."""
        return int(self.faults.get(kind, {"count": 0})["count"])

    def expected(self) -> Iterator[tuple[Place, str]]:
        """Yield where each fault must be reported, and in which words."""
        for kind, (column, words) in REPORTED[self.name].items():
            for row in self.faults.get(kind, {"rows": ()})["rows"]:
                yield (self.path.stem, row, column), words

    def spoiled(self, key: str) -> dict[str, str]:
        """Return the column in which a row's value was spoiled, by the row's key."""
        return {
            self.lines[row][key].removesuffix(".0"): one["column"]
            for one in self.faults.values()
            if one["effect"] in (Effect.VALUE, Effect.CHANGED)
            for row in one["rows"]
        }

    def numbers(self, key: str) -> set[str]:
        """Return the keys of the rows that can be read."""
        return {line.get(key, "").strip().removesuffix(".0") for line in self.lines.values()}


def _quoting(delimiter: str) -> Any:
    return csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE


def _told(path: Path, table: str = "") -> dict[Place, str]:
    """Return what a rejects file says, by table, row and column."""
    with path.open(newline="", encoding="utf-8-sig") as stream:
        found = {}
        for row, column, _, reason in list(csv.reader(stream))[1:]:
            of, dot, name = column.partition(".")
            whole = reason.partition(":")[0] if "fields" in reason else "A_TblCase"
            place = (table, int(row), column) if table else (of, int(row), name) if dot else (whole, int(row), "")
            found[place] = reason
        return found


def _unlike(told: Mapping[Place, str], *files: Written) -> list[tuple[Place, str]]:
    """Return what was not reported as planted, and what was reported and not planted."""
    expected = {place: words for file in files for place, words in file.expected()}
    missing = [(place, words) for place, words in expected.items() if words not in told.get(place, "")]
    return missing + [(place, reason) for place, reason in told.items() if place not in expected]


def test_every_kind_is_planted(faulty: Path) -> None:
    for name, kinds in KINDS.items():
        assert {kind.name for kind in kinds} <= Written(faulty, name).faults.keys(), name


async def test_every_fault_is_reported_and_costs_only_what_it_spoils(empty: Store, faulty: Path) -> None:
    summaries = await load(empty, faulty)
    files = {name: Written(faulty, name) for name in KINDS}
    for name in ("hhs-releases", "whd"):
        file, summary = files[f"{name}.csv"], summaries[name]
        assert _unlike(_told(faulty / f"{name}.csv.rejects.csv", name), file) == []
        assert summary.rejected == file.count(Effect.ROW, Effect.CONTRADICTED)
        assert summary.repeated == file.of("repeated_row")
        assert summary.rows == file.rows - file.of("blank_line") - file.of("quoted_line_break")
    told = _told(faulty / "eoir.rejects.csv")
    dump = [file for name, file in files.items() if name.startswith("eoir/")]
    # Of a proceeding that cannot be read, the hearings are left.
    assert [one for one in _unlike(told, *dump) if one[1] != "is no proceeding of the case"] == []
    summary = summaries["eoir"]
    assert summary.seen["NUL bytes, which were left out"] == sum(file.of("nul_byte") for file in dump)
    assert summary.seen["Cases of the chosen juveniles that are not in the table of cases"] == _lost(*dump[:2])
    assert summary.repeated == files["eoir/A_TblCase.csv"].of("repeated_row")
    found, wanted = await imported(empty), carried(FAULTY.scale, FAULTY.seed)
    _check_releases(found, wanted, files["hhs-releases.csv"])
    _check_findings(found, wanted, files["whd.csv"])
    _check_courts(found, wanted, *dump[1:])
    await check_answers(empty, faulty)
    await load(empty, faulty)
    assert await imported(empty) == found


def _lost(juveniles: Written, cases: Written) -> int:
    """Return how many chosen cases have no row of their own that can be read."""
    chosen = {line["idncase"] for line in juveniles.lines.values() if line["idnjuvenile"] in ("1", "2")}
    return len(chosen - cases.numbers("idncase"))


def _check_releases(found: Carried, wanted: Carried, file: Written) -> None:
    spoiled, there = file.spoiled("id"), file.numbers("id")
    column = {
        "Child's Country of Origin": "countryOfBirth",
        "Child's Gender": "sex",
        "Child's Date of Entry": "enteredOn",
        "Child's Date of Release": "releasedOn",
        "Sponsor Category": "sponsorCategory",
        "Relationship of Sponsor": "relationship",
    }
    for label in ("Child", "Placement"):
        records = {key: row for key, row in found.nodes[label].items() if key.startswith("hhs-")}
        expected = {key: row for key, row in wanted.nodes[label].items() if key.removeprefix("hhs-releases-") in there}
        assert records.keys() == {key for key in expected if key.startswith("hhs-")}
        for key, row in records.items():
            lost = column.get(spoiled.get(key.removeprefix("hhs-releases-"), ""))
            assert _without(row, lost) == _without(expected[key], lost), key


def _check_findings(found: Carried, wanted: Carried, file: Written) -> None:
    spoiled, there = file.spoiled("case_id"), file.numbers("case_id")
    column = {
        "findings_end_date": "foundOn",
        "findings_start_date": "investigatedFrom",
        "flsa_cl_minor_cnt": "minorsAffected",
        "flsa_cl_cmp_assd_amt": "penalty",
        "flsa_repeat_violator": "repeated",
    }
    expected = {key: row for key, row in wanted.nodes["LaborViolation"].items() if key[len("whd-case-") :] in there}
    assert found.nodes["LaborViolation"].keys() == expected.keys()
    for key, row in found.nodes["LaborViolation"].items():
        lost = column.get(spoiled.get(key.removeprefix("whd-case-"), ""))
        assert row == _without(expected[key], lost), key


def _check_courts(found: Carried, wanted: Carried, cases: Written, proceedings: Written, hearings: Written) -> None:
    """Compare the cases of which nothing was spoiled; of the others, those are there of which the row can be read."""
    there = cases.numbers("idncase")
    of = {end: start for kind, start, end in wanted.links if kind == "HAS_HEARING"}
    kept = {end: start for kind, start, end in found.links if kind == "HAS_HEARING"}
    assert set(found.nodes["CourtCase"]) == {
        key for key in wanted.nodes["CourtCase"] if key.removeprefix("eoir-case-") in there
    }
    assert set(kept) == {
        key
        for key in of
        if key.removeprefix("eoir-hearing-") in hearings.numbers("idnschedule")
        and of[key].removeprefix("eoir-case-") in there
    }
    touched = {*cases.spoiled("idncase"), *proceedings.spoiled("idncase"), *hearings.spoiled("idncase")}
    touched |= _beside(proceedings, "idnproceeding") | _beside(hearings, "idnschedule")
    sound = {key for key in found.nodes["CourtCase"] if key.removeprefix("eoir-case-") not in touched}
    assert len(sound) > len(there) / 100
    for kind, label in (("RESPONDENT_IN", "Child"), ("FILED_IN", "NoticeToAppear"), ("IN_CASE", "Representation")):
        ends = {start for link, start, end in wanted.links if link == kind and end in sound}
        assert _of(found, label, ends) == _of(wanted, label, ends)
    heard = {key for key, case in of.items() if case in sound}
    assert _of(found, "Hearing", heard) == _of(wanted, "Hearing", heard)
    assert _of(found, "CourtCase", sound) == _of(wanted, "CourtCase", sound)
    orders = {end for kind, start, end in wanted.links if kind == "RESULTED_IN" and start in heard}
    assert _of(found, "CourtOrder", orders) == _of(wanted, "CourtOrder", orders)
    ends = sound | heard | orders
    assert {link for link in found.links if link[1] in ends} == {link for link in wanted.links if link[1] in ends}


def _beside(file: Written, key: str) -> set[str]:
    """Return the cases that may have lost a row: those from the one before a missing number to the one after it."""
    known = {int(line[key]): int(line["idncase"]) for line in file.lines.values() if line[key].isdigit()}
    numbers = sorted(number for number in known if number < OTHER_NUMBERS)
    gaps = ((low, high) for low, high in pairwise(numbers) if high > low + 1)
    return {str(case) for low, high in gaps for case in range(known[low], known[high] + 1)}


def _of(carried: Carried, label: str, keys: set[str]) -> dict[str, dict[str, str]]:
    return {key: carried.nodes[label].get(key, {}) for key in sorted(keys)}


def _without(row: Mapping[str, str], name: str | None) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != name}


async def test_numbers_of_two_rows_are_told_as_two_children(empty: Store, tmp_path: Path) -> None:
    write_files(tmp_path, Order(scale=1.0, seed=3, faults=0.0001, others=0))
    summary = await import_hhs_releases(empty, tmp_path / "hhs-releases.csv", Options(today=TODAY))
    doubled = Written(tmp_path, "hhs-releases.csv").faults["doubled_id"]
    assert doubled["count"] == 2
    rows = ", ".join(f"{row:,}" for row in doubled["rows"])
    assert [one for one in summary.remarks if one.startswith(f"ID 1905 in rows {rows}: ")]
    assert await empty.read("MATCH (c:Child) WHERE c.key STARTS WITH 'hhs-releases-1905-' RETURN count(c)") == [[2]]
