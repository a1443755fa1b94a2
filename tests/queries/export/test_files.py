from __future__ import annotations

import csv
import io
import json
from contextlib import aclosing
from pathlib import Path

import pytest

from graph.errors import BadInput, StoreTimeout
from graph.model import MODEL
from graph.store import Store
from queries.asking.run import Rows, pages_of, run_question
from queries.asking.statement import row_fields
from queries.export.files import file_of
from queries.export.writers import FileFormat
from queries.export.xlsx import XlsxWriter
from tests.queries.export.reading import Graph, sheets
from tests.queries.scenarios import DAY, LIBRARY, put

QUESTION = LIBRARY["sponsorsWithMultipleChildren"]
HEARINGS = LIBRARY["childrenWithoutContactAfterMissedHearing"]
NAMES = ["=1+1", "@cmd", "\tx", "+305 555-0100", "-1+A1", "né", '"a", b', "plain"]


@pytest.fixture
async def sponsors(empty: Store) -> Store:
    """Sponsors with strange names, each with two children, and more of them than a page has."""
    await empty.write(
        "UNWIND $p AS one CREATE (s:Sponsor {key: one[0], lastName: one[1], dateOfBirth: date('1980-02-03'), "
        "identityVerified: true}) WITH s UNWIND [1, 2] AS n CREATE (:Child {key: s.key + n, firstName: 'C' + n})"
        "-[:HAS_PLACEMENT]->(:Placement {key: s.key + 'p' + n, releasedOn: date('2024-01-0' + n)})"
        "-[:WITH_SPONSOR]->(s)",
        {"p": [[f"s{place}", name] for place, name in enumerate(NAMES)]},
    )
    return empty


async def whole(store: Store, format_: FileFormat, **options: object) -> bytes:
    pieces = file_of(store, QUESTION, {"asOf": DAY}, format_, **options)  # type: ignore[arg-type]
    return b"".join([piece async for piece in pieces])


async def test_pages_are_the_rows_of_one_question(sponsors: Store) -> None:
    found = [p.rows async for p in pages_of(sponsors, QUESTION, {"asOf": DAY}, deadline=30, size=3)]
    assert [len(rows) for rows in found] == [3, 3, 2]
    assert [row for rows in found for row in rows] == (await run_question(sponsors, QUESTION, {"asOf": DAY})).rows


async def test_leaving_early_leaves_the_store_usable(sponsors: Store) -> None:
    async with aclosing(pages_of(sponsors, QUESTION, {"asOf": DAY}, deadline=30, size=1)) as pages:
        async for _ in pages:
            break
    assert len((await run_question(sponsors, QUESTION, {"asOf": DAY})).rows) == len(NAMES)


async def test_a_deadline_is_kept(sponsors: Store) -> None:
    statement = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH max(a * b) AS m RETURN m"
    with pytest.raises(StoreTimeout):
        async for _ in sponsors.pages(statement, {}, size=10, timeout=0.3):
            pass


async def test_csv_neutralises_formulas(sponsors: Store) -> None:
    rows = list(csv.DictReader(io.StringIO((await whole(sponsors, FileFormat.CSV)).decode("utf-8-sig"))))
    assert [row["sponsor.lastName"] for row in rows] == [
        *("'=1+1", "'@cmd", "'\tx", "'+305 555-0100", "'-1+A1", "né", '"a", b', "plain")
    ]
    assert (rows[0]["sponsor.dateOfBirth"], rows[0]["childCount"], rows[0]["sponsor.identityVerified"]) == (
        *("1980-02-03", "2", "true"),
    )


async def test_json_is_what_is_asked(sponsors: Store) -> None:
    wanted = (await run_question(sponsors, QUESTION, {"asOf": DAY}, first=2)).rows
    assert json.loads(await whole(sponsors, FileFormat.JSON, first=2)) == wanted
    assert await whole(sponsors, FileFormat.CSV, first=2) in await whole(sponsors, FileFormat.CSV)


async def test_a_workbook_has_dates_numbers_and_no_formula(sponsors: Store) -> None:
    [sheet] = sheets(await whole(sponsors, FileFormat.XLSX))
    header, *rows = sheet
    names = [text for _, text in header]
    assert names == [field.name for field in row_fields(QUESTION, MODEL)]
    cells = [dict(zip([n for n in names if n != "sponsor.firstName"], row, strict=False)) for row in rows]
    assert [row["sponsor.lastName"] for row in cells[:4]] == [
        ("s", text) for text in ("'=1+1", "'@cmd", "'\tx", "'+305 555-0100")
    ]
    assert cells[0]["sponsor.dateOfBirth"] == ("n", "29254")
    assert {kind for row in rows for kind, _ in row} == {"s", "n", "b"}
    assert len(rows) == len(NAMES)


def test_a_sheet_that_is_full_goes_on_in_another() -> None:
    row = {
        "sponsor": {"key": "s", "dateOfBirth": "1850-01-01"},
        "childCount": 1,
        "unrelatedCount": 0,
        "siblingGroups": 1,
    }
    book = XlsxWriter(QUESTION, MODEL, row_fields(QUESTION, MODEL), most=3)
    book.page(Rows(QUESTION, row_fields(QUESTION, MODEL), [row] * 5))
    found = sheets(b"".join(book.end()))
    book.close()
    assert [len(sheet) for sheet in found] == [3, 3, 2]
    assert found[2][0] == found[0][0]
    assert ("s", "1850-01-01") in found[2][1]


def test_a_workbook_that_is_left_leaves_nothing(tmp_path: Path) -> None:
    book = XlsxWriter(QUESTION, MODEL, row_fields(QUESTION, MODEL), folder=tmp_path)
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]
    book.close()
    assert list(tmp_path.iterdir()) == []


async def test_a_graph_has_rows_entities_and_what_they_are_linked_to(empty: Store) -> None:
    await put(
        empty,
        "(c:Child {key: 'c', lastName: 'A & <B>\x01', dateOfBirth: @2010-01-02})",
        "(c)-[:RESPONDENT_IN]->(x:CourtCase {key: 'x'})-[:HAS_HEARING]->"
        "(:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: @2024-01-01})",
        "(c)-[:RESIDES_AT {key: 'r', since: @2023-01-01, reportedBy: 'ORR'}]->(:Address {key: 'a', city: 'Miami'})",
        "(c)-[:SIBLING_OF]->(:Child {key: 'b'})",
        "(c)-[:FROM_SOURCE {key: 'f'}]->(:Source {key: 's'})",
    )
    pieces = file_of(empty, HEARINGS, {"asOf": DAY}, FileFormat.GRAPHML)
    graph = Graph(b"".join([piece async for piece in pieces]))
    assert graph.nodes == {
        "row:1": {"label": "Row", "daysSinceHearing": "151"},
        "Child:c": {
            "label": "Child",
            "key": "c",
            "lastName": "A & <B>\N{REPLACEMENT CHARACTER}",
            "dateOfBirth": "2010-01-02",
        },
        "Hearing:h": {"label": "Hearing", "key": "h", "outcome": "MISSED", "scheduledOn": "2024-01-01"},
        "CourtCase:x": {"label": "CourtCase", "key": "x"},
        "Address:a": {"label": "Address", "key": "a", "city": "Miami"},
        "Child:b": {"label": "Child", "key": "b"},
    }
    assert sorted(graph.edges, key=str) == sorted(
        [
            ("row:1", "child", "Child:c", {}),
            ("row:1", "hearing", "Hearing:h", {}),
            ("Child:c", "RESPONDENT_IN", "CourtCase:x", {}),
            ("CourtCase:x", "HAS_HEARING", "Hearing:h", {}),
            ("Child:c", "RESIDES_AT", "Address:a", {"since": "2023-01-01", "reportedBy": "ORR"}),
            ("Child:b", "SIBLING_OF", "Child:c", {}),
        ],
        key=str,
    )


async def test_a_graph_of_too_many_rows_is_refused(sponsors: Store) -> None:
    with pytest.raises(BadInput, match="The answer has 8 rows, and a GraphML file holds 3; give first"):
        await whole(sponsors, FileFormat.GRAPHML, most_in_graph=3)
    assert len([n for n in Graph(await whole(sponsors, FileFormat.GRAPHML, first=3)).nodes if n.startswith("row")]) == 3


async def test_no_rows(empty: Store) -> None:
    assert await whole(empty, FileFormat.JSON) == b"[]\n"
    assert (await whole(empty, FileFormat.CSV)).startswith(b"\xef\xbb\xbfsponsor.key,sponsor.firstName,")
    assert len(sheets(await whole(empty, FileFormat.XLSX))[0]) == 1
    assert Graph(await whole(empty, FileFormat.GRAPHML)).nodes == {}
