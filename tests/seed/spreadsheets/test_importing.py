"""Spreadsheets of offices, from their cells to the graph."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from tests.seed.spreadsheets.conftest import WriteBook, everything, load, rejects
from tests.seed.spreadsheets.lists import CALLS, LEO, NAMES, RELEASES, rows


async def test_a_row_becomes_its_records_and_links(empty: Store, book: WriteBook) -> None:
    done = await load(empty, book(List=rows({})), RELEASES)
    assert (done.rows, done.imported, done.rejected, done.rejects) == (1, 1, 0, None)
    assert await empty.read(
        """MATCH (c:Child)-[:HAS_PLACEMENT]->(p)-[:WITH_SPONSOR]->(s)-[r:RESIDES_AT]->(a)-[:IN_AREA]->(z)
        MATCH (p)-[:RELEASED_TO]->(a) MATCH (p)-[f:FROM_SOURCE]->(source)
        RETURN c.key, c.aNumber, toString(p.releasedOn), p.relationship, s.firstName, s.lastName, r.reportedBy,
          a.street, a.unit, z.key, f.row, source.system, source.file"""
    ) == [
        [
            *("hhs-orr-child-11", "900000011", "2024-01-12", "AUNT_UNCLE", "Rosa", "Díaz", "ORR"),
            *("12 Example St", "Unit 4B", "zip-77002", 2, "HHS ORR", "list.xlsx"),
        ]
    ]
    keys = await empty.read("MATCH (n) WHERE n:Child OR n:Sponsor OR n:Placement OR n:Address RETURN n.key")
    assert not [key for (key,) in keys if "900000011" in str(key)], "no key is made from an A-number"


async def test_every_fault_is_told_with_its_sheet_and_cell(empty: Store, book: WriteBook) -> None:
    def formula(made: Any, sheets: dict[str, Any]) -> None:
        sheets["Hearings"].write_formula(7, 4, "=TODAY()", None, "")

    file = book(
        Hearings=[
            ["Report of May", *[""] * 11],
            [],
            *rows(
                {"DOB": "31/02/2010", "Zip": "nowhere"},
                {"Child ID": 12, "A#": "A9", "Released": "soon"},
                {"Child ID": 16, "A#": "A900000016"},
                {"Child ID": "", "A#": ""},
                {"Child ID": 13, "A#": "A900000013"},
                {"Child ID": "A900000014", "A#": "A900000014"},
                {"Child ID": 15, "A#": "1.2E+08", "Sponsor": "Rosa Díaz", "Unit": date(2024, 4, 2)},
            ),
            list(NAMES),
            [],
        ],
        also=formula,
    )
    done = await load(empty, file, RELEASES)
    assert (done.rows, done.imported, done.rejected, done.repeated) == (8, 4, 3, 0)
    assert done.passed_over == {"the header again": 1}
    assert rejects(file) == [
        ["4", "Hearings!E4", "31/02/2010", "is not a date; there is no such day"],
        ["4", "Hearings!L4", "nowhere", "is not a ZIP code"],
        ["5", "Hearings!F5", "soon", "is not a date; month/day/year is expected: the row was not imported"],
        [
            *("7", "Hearings!A7", ""),
            "says nothing by which its child is recognised (Child ID or aNumber is needed): the row was not imported",
        ],
        ["8", "Hearings!E8", "", "is a formula without a value; open the file, save it, and try again"],
        [
            *("9", "Hearings!A9", "A900000014"),
            "looks like an A-number, from which no key may be made; use match: aNumber in the mapping: "
            "the row was not imported",
        ],
        ["10", "Hearings!B10", "1.2E+08", "was shortened by the spreadsheet; give the column as text"],
        ["10", "Hearings!H10", "Rosa Díaz", "has no ',' between its parts; only the first was read"],
        [
            *("10", "Hearings!K10", "2024-04-02"),
            "was turned into a date by the spreadsheet, and what was typed is lost",
        ],
    ]


async def test_importing_again_changes_nothing_and_a_newer_list_updates(empty: Store, book: WriteBook) -> None:
    await load(empty, book(List=rows({}, LEO)), RELEASES)
    before = await everything(empty)
    again = await load(empty, book(List=rows({}, LEO)), RELEASES)
    assert [kind for kind in again.difference.counts if again.difference.of(kind)] == ["unchanged"]
    assert await everything(empty) == before
    told = await load(empty, book(List=rows(LEO, {"Child ID": 13, "A#": "A900000013"}, {"Unit": "5"})), RELEASES)
    assert told.difference.counts["created"] == {"Placement": 1, "Child": 1, "Address": 1}
    assert await empty.read("MATCH (c:Child {key: 'hhs-orr-child-11'})-->(:Placement)-->(a:Address) RETURN a.unit") == [
        ["Unit 5"]
    ]


async def test_a_dry_run_tells_the_same_and_writes_nothing(empty: Store, book: WriteBook) -> None:
    file = book(List=rows({}, LEO, {"Released": ""}))
    before = await everything(empty)
    told = await load(empty, file, RELEASES, dry_run=True)
    assert await everything(empty) == before
    done = await load(empty, file, RELEASES)
    assert (told.difference, told.imported, told.rejected) == (done.difference, 2, 1)


async def test_rows_that_contradict_each_other_are_told(empty: Store, book: WriteBook) -> None:
    file = book(
        List=rows(
            {},
            {},
            {"Relationship": "Uncle", "Sponsor": "Soto, Eva", "Street": "", "Unit": "", "Zip": ""},
            {"Relationship": "Father"},
            {"Released": date(2024, 2, 2), "DOB": date(2010, 5, 18)},
        )
    )
    done = await load(empty, file, RELEASES)
    assert (done.imported, done.repeated, done.rejected) == (2, 1, 2)
    assert [(row, cell, reason) for row, cell, _, reason in rejects(file)] == [
        ("3", "List!A3", "the row repeats List!A2; it was imported once"),
        ("4", "List!A4", "List!A2 gives the same placement another sponsor: the row was not imported"),
        ("5", "List!A5", "List!A2 says something else of the same placement (relationship): the row was not imported"),
        ("6", "List!A6", "says something else of the same child than List!A2 (dateOfBirth), which was kept"),
    ]


async def test_sheets_that_fit_are_read_and_others_are_told(empty: Store, book: WriteBook) -> None:
    def hide(made: Any, sheets: dict[str, Any]) -> None:
        sheets["Old"].hide()

    given = {"Jan": rows({}), "Feb": rows({}, LEO), "Old": rows({"Child ID": 99, "A#": "A900000099"})}
    file = book(**given, Codes=[["Code", "Meaning"]], also=hide)
    done = await load(empty, file, RELEASES)
    assert (done.rows, done.imported, done.repeated) == (3, 2, 1)
    assert done.seen == {
        "Hidden sheets, which were not read (Old)": 1,
        "Tables without the mapping's columns, which were not read (Codes)": 1,
    }
    assert rejects(file)[0][:2] == ["2", "Feb!A2"]
    named = await load(empty, file, RELEASES.replace("records:", "sheets: Old\nrecords:"))
    assert (named.rows, named.imported) == (1, 1)


async def test_numbers_of_days_are_counted_as_the_workbook_does(empty: Store, book: WriteBook) -> None:
    days = (date(2024, 1, 12) - date(1904, 1, 1)).days
    await load(empty, book(List=rows({"Released": days, "Sponsor": ""}), options={"date_1904": True}), RELEASES)
    assert await empty.read("MATCH (p:Placement) RETURN toString(p.releasedOn)") == [["2024-01-12"]]


async def test_a_line_of_another_width_is_rejected(empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(
        "A#,Day,Result\nA900000011,13/02/2024,No answer\nA900000012,13/02/2024\n1,2,3,4\n\nA900000013,14/02"
    )
    done = await load(empty, file, CALLS)
    assert (done.rows, done.imported, done.rejected) == (4, 1, 3)
    assert [one[:1] + one[3:] for one in rejects(file)] == [
        ["3", "has too few fields: 2 where 3 belong: the row was not imported"],
        ["4", "has too many fields: 4 where 3 belong: the row was not imported"],
        ["6", "has too few fields: 2 where 3 belong: the row was not imported"],
    ]


async def test_ten_thousand_rejects_stop_the_import(empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("A#,Day,Result\n" + "x,13/02/2024,No answer\n" * 10_050)
    with pytest.raises(BadInput, match=r"More than 10,000 rows were rejected.*--max-rejects"):
        await load(empty, file, CALLS)
    assert await empty.read("MATCH (c:ContactAttempt) RETURN count(c)") == [[0]]


async def test_of_the_messages_of_a_mailbox_the_latest_has_the_last_word(empty: Store, tmp_path: Path) -> None:
    def message(day: int, result: str) -> bytes:
        one = EmailMessage()
        one["From"], one["Message-ID"] = "clerk@court.example", f"<{day}@court.example>"
        one["Date"] = f"Fri, {day:02} Mar 2024 12:00:00 +0000"
        one.set_content(f"A#\tCourt date\tResult\nA900000011\t03/05/2024\t{result}\n")
        return b"From clerk@court.example Fri Mar  8 22:12:00 2024\n" + one.as_bytes() + b"\n"

    file = tmp_path / "all.mbox"
    file.write_bytes(message(8, "Missed") + message(1, "Scheduled"))
    mapping = """system: DOJ EOIR
records:
  hearing: {label: Hearing, match: [case, scheduledOn]}
  case: {label: CourtCase, match: child}
  child: {label: Child}
columns: {A#: child.aNumber, Court date: hearing.scheduledOn, Result: hearing.outcome}
links: [child RESPONDENT_IN case, case HAS_HEARING hearing]
"""
    done = await load(empty, file, mapping)
    assert (done.rows, done.imported, done.repeated) == (2, 2, 0)
    assert await empty.read(
        "MATCH (h:Hearing) RETURN h.outcome, COLLECT { MATCH (h)-[:FROM_SOURCE]->(s) "
        "RETURN s.file ORDER BY s.extractedAt }"
    ) == [
        [
            "MISSED",
            [
                "all.mbox (message 1@court.example, from clerk@court.example)",
                "all.mbox (message 8@court.example, from clerk@court.example)",
            ],
        ]
    ]
    before = await everything(empty)
    await load(empty, file, mapping)
    assert await everything(empty) == before


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            ["A#", "Day", "Resullt"],
            "the file lacks the column 'Result' (did you mean Resullt?) (its header seems to be",
        ),
        (["A#", "Day", "Day", "Result"], "the column 'Day' (it is there more than once; write Day (1) or Day (2))"),
        (["x", "y"], "lacks the column 'A#', the column 'Day', the column 'Result'"),
    ],
)
async def test_a_header_that_does_not_fit_is_told(empty: Store, tmp_path: Path, header: list[str], said: str) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(",".join(header) + "\n1,2,3\n")
    with pytest.raises(BadInput) as error:
        await load(empty, file, CALLS)
    assert said in str(error.value)


async def test_a_repeated_name_is_used_by_its_number(empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("A#,Day,Day,Result\nA900000011,01/01/2020,13/02/2024,Reached\n")
    await load(empty, file, CALLS.replace("Day:", "Day (2):"))
    assert await empty.read("MATCH (c:ContactAttempt) RETURN toString(c.attemptedOn)") == [["2024-02-13"]]


async def test_a_sheet_that_is_not_there_is_told(empty: Store, book: WriteBook) -> None:
    with pytest.raises(BadInput, match=r"list\.xlsx has no sheet 'Lst' \(did you mean List\?\); the mapping names it"):
        await load(empty, book(List=rows({})), RELEASES.replace("records:", "sheets: Lst\nrecords:"))


async def test_one_address_is_one_however_offices_write_it(empty: Store, book: WriteBook) -> None:
    await load(empty, book(List=rows({"Street": "123 N MAIN ST Apt 4", "Unit": ""})), RELEASES)
    given = {"Child ID": 77, "A#": "A900000077", "Street": "123 North Main Street", "Unit": "#4"}
    await load(empty, book(name="other.xlsx", List=rows(given)), RELEASES.replace("HHS ORR", "DOJ EOIR"))
    assert await empty.read("MATCH (a:Address) RETURN a.street, a.unit") == [["123 N Main St", "Unit 4"]]


async def test_an_address_without_its_unit_or_without_a_street_is_marked(empty: Store, book: WriteBook) -> None:
    streets = [
        ("123 N Main St", "4"),
        ("123 North Main Street", ""),
        ("homeless", ""),
        ("unknown", ""),
        ("PO Box 12", ""),
    ]
    lists = [
        {"Child ID": 20 + place, "A#": f"A90000002{place}", "Street": street, "Unit": unit}
        for place, (street, unit) in enumerate(streets)
    ]
    file = book(List=rows(*lists))
    await load(empty, file, RELEASES)
    marks = "MATCH (a:Address) RETURN coalesce(a.deliverability, a.kind) AS mark ORDER BY mark"
    assert [mark for (mark,) in await empty.read(marks)] == ["BLANK", "MAILBOX", "MISSING_UNIT", "UNDELIVERABLE", None]
    assert ["List!J4", "homeless", "is not an address"] in [line[1:] for line in rejects(file)]
