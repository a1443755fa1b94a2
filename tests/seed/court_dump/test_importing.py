"""The courts' dump, from its files to the graph and the questions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from graph.errors import BadInput
from graph.model import MODEL
from graph.store import Store
from seed.court_dump.importing import JUVENILES, import_dump
from seed.files.options import Options
from seed.files.summary import FileSummary
from tests.api.compiler.asking import Asker
from tests.seed.court_dump.conftest import WriteDump

TODAY = date(2024, 5, 31)
CASE = {
    "IDNCASE": "10",
    "ALIEN_CITY": "HOUSTON",
    "ALIEN_STATE": "TX",
    "ALIEN_ZIPCODE": "77002",
    "NAT": "HO",
    "DATE_OF_ENTRY": "2021-03-04 00:00:00.000",
    "C_BIRTHDATE": "",
    "Sex": "F",
}
FIRST = {
    "IDNPROCEEDING": "100",
    "IDNCASE": "10",
    "OSC_DATE": "2021-03-05 00:00:00.000",
    "INPUT_DATE": "2021-04-01 00:00:00.000",
    "BASE_CITY_CODE": "HOU",
}
HEARING = {
    "IDNSCHEDULE": "7",
    "IDNPROCEEDING": "100",
    "IDNCASE": "10",
    "ADJ_DATE": "2022-01-10 00:00:00.000",
    "CAL_TYPE": "M",
    "HEARING_LOC_CODE": "HOU",
}
CHOSEN = [{"idnCase": "10", "idnJuvenile": "1"}]


async def load(store: Store, path: Path, juveniles: Sequence[str] = JUVENILES, **options: Any) -> FileSummary:
    return await import_dump(store, path, Options(today=TODAY, **options), juveniles=juveniles)


def made(dump: WriteDump, **tables: Any) -> Path:
    given = {"juveniles": CHOSEN, "cases": [CASE], "proceedings": [FIRST], "hearings": [HEARING], **tables}
    return dump(**given)


def rejects(path: Path | None) -> list[list[str]]:
    assert path is not None
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))[1:]


async def of(store: Store, label: str) -> list[dict[str, object]]:
    """Return what the dump gave to nodes of a label, with days as text."""
    names = ["key", *(prop.name for prop in MODEL.node(label).properties if prop.derived is None)]
    rows = await store.read(
        f"MATCH (n:{label}) RETURN [name IN $names | "
        "CASE WHEN n[name] IS :: DATE THEN toString(n[name]) ELSE n[name] END] ORDER BY n.key",
        {"names": names},
    )
    return [
        {name: value for name, value in zip(names, cast(list[object], values), strict=True) if value is not None}
        for (values,) in rows
    ]


async def test_a_case_becomes_a_child_with_its_court_records(empty: Store, dump: WriteDump) -> None:
    summary = await load(empty, made(dump))
    assert (summary.rows, summary.imported, summary.rejected, summary.notes) == (1, 1, 0, 0)
    assert await of(empty, "Child") == [{"key": "eoir-child-10", "sex": "FEMALE", "enteredOn": "2021-03-04"}]
    assert await of(empty, "NoticeToAppear") == [
        {"key": "eoir-notice-10", "issuedOn": "2021-03-05", "filedOn": "2021-04-01"}
    ]
    assert await of(empty, "CourtCase") == [{"key": "eoir-case-10", "openedOn": "2021-04-01", "status": "PENDING"}]
    assert await of(empty, "Hearing") == [{"key": "eoir-hearing-7", "scheduledOn": "2022-01-10", "kind": "MASTER"}]
    assert await of(empty, "Agency") == [{"key": "eoir-court-HOU", "code": "HOU", "kind": "COURT"}]
    assert await of(empty, "Address") == [
        {"key": "eoir-area-77002", "city": "Houston", "state": "TX", "postalCode": "77002"}
    ]
    links = await empty.read(
        "MATCH (a)-[r]->(b) WHERE type(r) <> 'FROM_SOURCE' RETURN type(r) AS t, a.key, b.key ORDER BY t, a.key"
    )
    assert links == [
        ["FILED_IN", "eoir-notice-10", "eoir-case-10"],
        ["HAS_HEARING", "eoir-case-10", "eoir-hearing-7"],
        ["HAS_NOTICE", "eoir-child-10", "eoir-notice-10"],
        ["HELD_AT", "eoir-hearing-7", "eoir-court-HOU"],
        ["IN_AREA", "eoir-area-77002", "zip-77002"],
        ["RESIDES_AT", "eoir-child-10", "eoir-area-77002"],
        ["RESPONDENT_IN", "eoir-child-10", "eoir-case-10"],
        ["VENUED_AT", "eoir-case-10", "eoir-court-HOU"],
    ]


async def test_a_release_from_custody_is_a_placement(empty: Store, dump: WriteDump) -> None:
    released = {**CASE, "C_RELEASE_DATE": "2021-05-06 00:00:00.000"}
    await load(empty, made(dump, cases=[released, {**CASE, "IDNCASE": "11", "C_RELEASE_DATE": ""}]))
    assert await of(empty, "Placement") == [{"key": "eoir-placement-10", "releasedOn": "2021-05-06"}]
    links = await empty.read("MATCH (c:Child)-[:HAS_PLACEMENT]->(p) RETURN c.key, p.key")
    assert links == [["eoir-child-10", "eoir-placement-10"]]


async def test_a_state_is_read_as_every_importer_reads_it(empty: Store, dump: WriteDump) -> None:
    blank, wrong = (
        {**CASE, "ALIEN_STATE": "NA"},
        {**CASE, "IDNCASE": "11", "ALIEN_ZIPCODE": "02134", "ALIEN_STATE": "T1"},
    )
    juveniles = [*CHOSEN, {"idnCase": "11", "idnJuvenile": "1"}]
    summary = await load(empty, made(dump, juveniles=juveniles, cases=[blank, wrong]))
    assert [one.get("state") for one in await of(empty, "Address")] == [None, None]
    assert rejects(summary.rejects) == [["3", "A_TblCase.ALIEN_STATE", "T1", "is not a two-letter state"]]


@pytest.mark.parametrize(
    ("hearing", "proceeding", "outcome", "order"),
    [
        ({"ADJ_RSN": "11"}, {}, "MISSED", None),
        ({"ADJ_RSN": "09"}, {}, "ADJOURNED", None),
        ({"ADJ_RSN": "10"}, {}, "ADJOURNED", None),
        ({}, {}, None, None),
        ({"ADJ_DATE": "2025-01-02"}, {}, "SCHEDULED", None),
        ({}, {"COMP_DATE": "2022-01-10", "DEC_CODE": "X", "ABSENTIA": "Y"}, "MISSED", ["REMOVAL", True]),
        ({}, {"COMP_DATE": "2022-01-10", "DEC_CODE": "R", "ABSENTIA": "N"}, "ATTENDED", ["RELIEF_GRANTED", False]),
        ({}, {"COMP_DATE": "2022-01-10", "DEC_CODE": "V"}, "ATTENDED", ["VOLUNTARY_DEPARTURE", None]),
        ({}, {"COMP_DATE": "2022-01-10", "TRANSFER_TO": "MIA"}, "ATTENDED", ["CHANGE_OF_VENUE", None]),
        ({}, {"COMP_DATE": "2022-02-11", "DEC_CODE": "X", "ABSENTIA": "Y"}, None, ["REMOVAL", True]),
        ({}, {"COMP_DATE": "2022-01-09", "DEC_CODE": "X", "ABSENTIA": "Y"}, None, None),
    ],
)
async def test_outcomes_follow_the_reason_or_the_end_of_the_proceeding(
    empty: Store,
    dump: WriteDump,
    hearing: dict[str, str],
    proceeding: dict[str, str],
    outcome: str | None,
    order: list[object] | None,
) -> None:
    await load(empty, made(dump, hearings=[{**HEARING, **hearing}], proceedings=[{**FIRST, **proceeding}]))
    found = await empty.read(
        "MATCH (h:Hearing) OPTIONAL MATCH (h)-[:RESULTED_IN]->(o) RETURN h.outcome, o.kind, o.inAbsentia"
    )
    assert found == [[outcome, *(order or [None, None])]]


async def test_faults_of_the_dump_are_told_by_table_row_and_column(empty: Store, dump: WriteDump) -> None:
    cases = [
        {**CASE, "DATE_OF_ENTRY": "1900-01-01", "Sex": "Z", "ALIEN_ZIPCODE": "ABCDE", "E_28_DATE": "2022-13-01"},
        b"10\tcut",
    ]
    hearings = [{**HEARING, "ADJ_DATE": "2925-01-10"}, {**HEARING, "IDNSCHEDULE": "x"}]
    summary = await load(empty, made(dump, cases=cases, hearings=hearings))
    assert (summary.rows, summary.imported, summary.rejected) == (2, 1, 1)
    assert rejects(summary.rejects) == [
        ["3", "", "10\tcut", "A_TblCase: too few fields: the row was not imported"],
        ["2", "A_TblCase.Sex", "Z", "is not a code that is known here"],
        ["2", "A_TblCase.DATE_OF_ENTRY", "1900-01-01", "lies before 1990"],
        ["2", "tbl_schedule.ADJ_DATE", "2925-01-10", "lies in the future"],
        ["3", "tbl_schedule.IDNSCHEDULE", "x", "is not the number of a hearing"],
        ["2", "A_TblCase.E_28_DATE", "2022-13-01", "is not a day of the calendar"],
        ["2", "A_TblCase.ALIEN_ZIPCODE", "ABCDE", "is not a ZIP code"],
    ]
    assert await of(empty, "Child") == [{"key": "eoir-child-10"}], "an impossible day is unknown"


async def test_an_order_belongs_to_the_last_hearing_of_its_proceeding_up_to_its_day(
    empty: Store, dump: WriteDump
) -> None:
    days = {"5": "2021-12-01", "6": "2022-01-10", "7": "2022-02-01"}
    hearings = [{**HEARING, "IDNSCHEDULE": number, "ADJ_DATE": day} for number, day in days.items()]
    ended = {**FIRST, "COMP_DATE": "2022-01-12", "DEC_CODE": "X", "ABSENTIA": "Y"}
    await load(empty, made(dump, hearings=hearings, proceedings=[ended]))
    assert await empty.read("MATCH (h)-[:RESULTED_IN]->(o) RETURN h.key, toString(o.issuedOn)") == [
        ["eoir-hearing-6", "2022-01-12"]
    ]


async def test_of_rows_of_one_number_the_first_counts_and_the_others_are_told(empty: Store, dump: WriteDump) -> None:
    proceedings = [FIRST, FIRST, {**FIRST, "OSC_DATE": "2001-01-01"}]
    hearings = [HEARING, {**HEARING, "CAL_TYPE": "I"}, HEARING]
    summary = await load(empty, made(dump, proceedings=proceedings, hearings=hearings))
    of_proceeding, of_hearing = ("B_TblProceeding.IDNPROCEEDING", "100"), ("tbl_schedule.IDNSCHEDULE", "7")
    repeats = "is the number of row 2; the row repeats it; it was imported once"
    differs = "is the number of row 2; the row says something else: it was not imported"
    assert rejects(summary.rejects) == [
        ["3", *of_proceeding, repeats],
        ["4", *of_proceeding, differs],
        ["3", *of_hearing, differs],
        ["4", *of_hearing, repeats],
    ]
    assert await empty.read("MATCH (h:Hearing) RETURN h.kind") == [["MASTER"]]


async def test_codes_that_no_lookup_has_are_told(empty: Store, dump: WriteDump) -> None:
    path = made(
        dump,
        cases=[{**CASE, "NAT": "??"}],
        proceedings=[{**FIRST, "COMP_DATE": "2022-01-10", "DEC_CODE": "?"}],
        hearings=[{**HEARING, "CAL_TYPE": "Q", "IDNPROCEEDING": "9"}],
    )
    (path / "Lookup/tblLookupNationality.csv").write_text("NAT_CODE\tNAT_NAME\nHO\tHONDURAS\n")
    reason = "is not a code that is known here"
    assert rejects((await load(empty, path)).rejects) == [
        ["2", "A_TblCase.NAT", "??", reason],
        ["2", "B_TblProceeding.DEC_CODE", "?", reason],
        ["2", "tbl_schedule.IDNPROCEEDING", "9", "is no proceeding of the case"],
        ["2", "tbl_schedule.CAL_TYPE", "Q", reason],
    ]


async def test_the_latest_proceeding_says_where_a_case_stands(empty: Store, dump: WriteDump) -> None:
    moved = {**FIRST, "COMP_DATE": "2021-09-01", "TRANSFER_TO": "MIA"}
    second = {**FIRST, "IDNPROCEEDING": "101", "INPUT_DATE": "2021-09-01", "BASE_CITY_CODE": "MIA"}
    await load(empty, made(dump, proceedings=[moved, second]))
    venue = "MATCH (c:CourtCase)-[:VENUED_AT]->(a) RETURN a.code, c.status, toString(c.openedOn), toString(c.closedOn)"
    assert await empty.read(venue) == [["MIA", "PENDING", "2021-04-01", None]]
    ended = {**second, "COMP_DATE": "2023-02-01", "DEC_CODE": "T"}
    newer = await load(empty, made(dump, proceedings=[moved, ended]))
    assert await empty.read(venue) == [["MIA", "TERMINATED", "2021-04-01", "2023-02-01"]]
    assert newer.difference.counts["changed"] == {"CourtCase": 1}
    again = await load(empty, made(dump, proceedings=[moved, ended]))
    assert again.difference.of("changed") == again.difference.of("created") == 0


async def test_an_updated_address_and_representation_are_kept(empty: Store, dump: WriteDump) -> None:
    case = {
        **CASE,
        "UPDATED_ZIPCODE": "33101",
        "UPDATED_CITY": "MIAMI",
        "UPDATED_STATE": "FL",
        "ADDRESS_CHANGEDON": "2022-05-06",
        "E_28_DATE": "2021-07-08",
    }
    await load(empty, made(dump, cases=[case]))
    assert await empty.read(
        "MATCH (:Child)-[r:RESIDES_AT]->(a)-[:IN_AREA]->(p) "
        "RETURN a.city, p.postalCode, r.reportedBy, toString(r.reportedOn)"
    ) == [["Miami", "33101", "EOIR", "2022-05-06"]]
    assert await empty.read(
        "MATCH (:Child)-[:REPRESENTED_BY]->(r)-[:IN_CASE]->(c) RETURN toString(r.enteredOn), c.key"
    ) == [["2021-07-08", "eoir-case-10"]]


async def test_a_dry_run_writes_nothing_and_other_codes_choose_others(empty: Store, dump: WriteDump) -> None:
    path = made(dump)
    told = await load(empty, path, dry_run=True)
    assert told.difference.counts["created"]["Hearing"] == 1
    assert await empty.read("MATCH (n) WHERE NOT n:SightlineStore RETURN count(n)") == [[0]]
    assert (await load(empty, path, juveniles=("AJ",))).rows == 0
    with pytest.raises(BadInput, match="is no code of juveniles"):
        await load(empty, path, juveniles=("??",))


async def test_a_missed_hearing_of_the_dump_is_found_by_its_question(empty: Store, dump: WriteDump) -> None:
    await load(empty, made(dump, hearings=[{**HEARING, "ADJ_RSN": "11"}]))
    found = await Asker(empty)(
        '{ childrenWithoutContactAfterMissedHearing(asOf: "2024-05-31") { nodes { child { key } hearing { key } } } }'
    )
    assert found["childrenWithoutContactAfterMissedHearing"]["nodes"] == [
        {"child": {"key": "eoir-child-10"}, "hearing": {"key": "eoir-hearing-7"}}
    ]
