"""The example mappings and files of the documentation, each imported as a user would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.store import Store
from seed.files.options import Options
from seed.files.summary import FileSummary
from seed.spreadsheets.importing import import_spreadsheet, load_ready
from tests.seed.spreadsheets.conftest import TODAY, everything, rejects
from tests.test_repository import ROOT

EXAMPLES = ROOT / "docs" / "examples"
PAIRS = [("releases.xlsx", 4), ("no-shows.eml", 3), ("tracking.xlsx", 3), ("calls.csv", 5)]


async def example(store: Store, folder: Path, name: str) -> tuple[FileSummary, Path]:
    file = Path(shutil.copy(EXAMPLES / name, folder / name))
    ready = load_ready(file, EXAMPLES / f"{Path(name).stem}.yaml", today=TODAY)
    return await import_spreadsheet(store, file, Options(), ready=ready), file


@pytest.mark.parametrize(("name", "rows"), PAIRS)
async def test_every_example_is_imported_and_again_changes_nothing(
    empty: Store, tmp_path: Path, name: str, rows: int
) -> None:
    done, _ = await example(empty, tmp_path, name)
    assert (done.rows, done.imported, done.rejected) == (rows, rows, 0)
    before = await everything(empty)
    again, _ = await example(empty, tmp_path, name)
    assert [kind for kind in again.difference.counts if again.difference.of(kind)] == ["unchanged"]
    assert await everything(empty) == before


async def test_what_offices_say_of_one_child_comes_together(empty: Store, tmp_path: Path) -> None:
    for name, _ in PAIRS:
        await example(empty, tmp_path, name)
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == [[5]]
    [[said]] = await empty.read(
        """MATCH (c:Child {aNumber: '900000011'})
        RETURN [c.key, c.firstName, c.lastName, toString(c.dateOfBirth),
          COLLECT { MATCH (c)-[:HAS_PLACEMENT]->(p)-[:WITH_SPONSOR]->(s) RETURN p.relationship + ' ' + s.lastName },
          COLLECT { MATCH (c)-[:HAS_PLACEMENT]->()-[:RELEASED_TO]->(a) RETURN a.street + ' ' + a.unit },
          COLLECT { MATCH (c)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(h) RETURN toString(h.scheduledOn) + h.outcome },
          COLLECT { MATCH (c)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->(h)<-[r:RECORDED]-(a) RETURN a.name + r.outcome },
          COLLECT { MATCH (c)-[:HAS_CONTACT]->(t) RETURN t.kind + ' ' + t.outcome }]"""
    )
    assert said == [
        "hhs-orr-child-70011",
        "Ana",
        "Ramírez López",
        "2009-05-17",
        ["PARENT López"],
        ["12 Example St Unit 4B"],
        ["2024-03-05MISSED"],
        ["Houston EROMISSED"],
        ["WELL_BEING_CALL REACHED"],
    ]


async def test_the_message_is_the_source_of_what_it_says(empty: Store, tmp_path: Path) -> None:
    await example(empty, tmp_path, "no-shows.eml")
    assert await empty.read(
        "MATCH (:Hearing)-[:FROM_SOURCE]->(s) RETURN DISTINCT s.system, s.file, toString(s.extractedAt)"
    ) == [
        [
            "DOJ EOIR",
            "no-shows.eml (message 20240308.1612@court.example, from clerk@court.example)",
            "2024-03-08T22:12:00Z",
        ]
    ]


async def test_a_fault_names_its_sheet_and_cell(empty: Store, tmp_path: Path) -> None:
    _, file = await example(empty, tmp_path, "tracking.xlsx")
    assert rejects(file) == [["4", "Docket!H4", "31/02/2024", "is not a date; there is no such day"]]
