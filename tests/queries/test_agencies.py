from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put

AGENCIES = (
    "(orr:Agency {key: 'orr', code: 'ORR'}), (opla:Agency {key: 'opla', code: 'OPLA'}), "
    "(ero:Agency {key: 'ero', code: 'ERO'}), (eoir:Agency {key: 'eoir', code: 'EOIR'}), "
    "(office:Agency {key: 'office', code: 'ERO-HOU'})-[:PART_OF]->(ero)"
)


def hearing(day: str | None = "2024-05-01", outcome: str = "MISSED") -> str:
    return f"(h:Hearing {{key: 'h', outcome: '{outcome}'{f', scheduledOn: @{day}' if day else ''}}})"


def told(agency: str, sent: str | None, **values: str) -> str:
    given = {"event": "MISSED_HEARING", "status": "SENT", **values}
    shown = [f"{name}: '{value}'" for name, value in given.items() if value]
    shown += [f"sentAt: datetime('{sent}')"] if sent else []
    return f"(h)<-[:ABOUT]-(:Notification {{key: randomUUID(), {', '.join(shown)}}})-[:SENT_TO]->({agency})"


def recorded(agency: str, day: str | None, outcome: str | None = "MISSED", key: str = "") -> str:
    values = [f"recordedOn: @{day}" if day else "", f"outcome: '{outcome}'" if outcome else ""]
    values += [f"key: '{key}'"] if key else []
    return f"({agency})-[:RECORDED {{{', '.join(filter(None, values))}}}]->(h)"


async def not_told(store: Store, **arguments: object) -> list[str]:
    """Return the agencies of the only hearing."""
    return [row[1] for row in await ask(store, "missedHearingsNotTold", **arguments)]


async def test_each_agency_is_a_row(empty: Store) -> None:
    await put(empty, AGENCIES, hearing())
    rows = [("h", agency, 30) for agency in ("ero", "opla", "orr")]
    assert await ask(empty, "missedHearingsNotTold") == rows
    assert await not_told(empty, agencies=["ORR", "EOIR", "ORR", "XX"]) == ["eoir", "orr"]
    assert await not_told(empty, agencies=[]) == []
    assert await not_told(empty, minDays=30) != []
    assert await not_told(empty, minDays=31) == []


@pytest.mark.parametrize("hearing_", [hearing("2024-06-01"), hearing(None), hearing(outcome="ADJOURNED")])
async def test_only_hearings_that_were_missed_by_the_day(empty: Store, hearing_: str) -> None:
    await put(empty, AGENCIES, hearing_)
    assert await not_told(empty, minDays=0) == []


@pytest.mark.parametrize(
    ("message", "reached"),
    [
        (told("orr", "2024-05-31T23:59:59Z"), True),
        (told("orr", "2024-05-31T20:00:00-05:00"), False),
        (told("orr", "2024-06-01T00:00:00Z"), False),
        (told("orr", None), False),
        (told("orr", "2024-05-02T09:00:00Z", status="FAILED"), False),
        (told("orr", "2024-05-02T09:00:00Z", status=""), True),
        (told("orr", "2024-05-02T09:00:00Z", event="HEARING_SCHEDULED"), False),
        (told("opla", "2024-05-02T09:00:00Z"), False),
    ],
)
async def test_messages(empty: Store, message: str, reached: bool) -> None:
    await put(empty, AGENCIES, hearing(), message)
    assert ("orr" not in await not_told(empty)) == reached


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (recorded("ero", DAY), True),
        (recorded("ero", DAY, "ATTENDED"), True),
        (recorded("office", DAY), True),
        (recorded("ero", "2024-06-01"), False),
        (recorded("ero", None), False),
        (recorded("orr", DAY), False),
    ],
)
async def test_own_records(empty: Store, record: str, known: bool) -> None:
    await put(empty, AGENCIES, hearing(), record)
    assert ("ero" not in await not_told(empty)) == known


async def late(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "missedHearingsToldLate", **arguments)


async def test_the_first_message_or_record_tells_how_late(empty: Store) -> None:
    await put(
        empty,
        AGENCIES,
        hearing(),
        told("orr", "2024-05-20T09:00:00Z"),
        recorded("orr", "2024-05-11"),
        recorded("office", "2024-05-05"),
        told("opla", "2024-05-04T09:00:00Z"),
        recorded("opla", "2024-05-30"),
    )
    assert await late(empty) == [("h", "orr", "2024-05-11", 10), ("h", "ero", "2024-05-05", 4)]
    assert await late(empty, maxDays=4) == [("h", "orr", "2024-05-11", 10)]
    assert await late(empty, agencies=["ERO"]) == [("h", "ero", "2024-05-05", 4)]
    assert await late(empty, asOf="2024-05-10") == [("h", "ero", "2024-05-05", 4)]


@pytest.mark.parametrize(
    ("fact", "day"),
    [
        (told("orr", "2024-05-10T09:00:00Z", status="FAILED"), None),
        (told("orr", "2024-05-10T23:00:00-05:00"), "2024-05-11"),
        (recorded("orr", "2024-05-10", "ATTENDED"), None),
        (recorded("orr", "2024-05-10", None), None),
        (recorded("orr", "2024-06-01"), None),
        (recorded("orr", None), None),
    ],
)
async def test_what_tells_of_a_missed_hearing(empty: Store, fact: str, day: str | None) -> None:
    await put(empty, AGENCIES, hearing(), fact)
    assert [row[2] for row in await late(empty)] == ([day] if day else [])


async def differs(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return [row[1:5] for row in await ask(store, "missedHearingsRecordedDifferently", **arguments)]


async def test_every_pair_that_differs(empty: Store) -> None:
    await put(
        empty,
        AGENCIES,
        hearing(),
        recorded("eoir", "2024-05-02"),
        recorded("ero", "2024-05-02", "ATTENDED"),
        recorded("opla", "2024-05-02", "ADJOURNED"),
        recorded("office", "2024-05-02"),
    )
    assert await differs(empty) == [
        ("eoir", "ero", "MISSED", "ATTENDED"),
        ("eoir", "opla", "MISSED", "ADJOURNED"),
        ("ero", "office", "ATTENDED", "MISSED"),
        ("ero", "opla", "ATTENDED", "ADJOURNED"),
        ("office", "opla", "MISSED", "ADJOURNED"),
    ]
    assert await differs(empty, agencies=["EOIR", "OPLA", "ORR"]) == [("eoir", "opla", "MISSED", "ADJOURNED")]
    assert await differs(empty, agencies=["EOIR"]) == []


async def test_a_hearing_that_nobody_says_was_missed(empty: Store) -> None:
    records = (recorded("eoir", "2024-05-02", "ADJOURNED"), recorded("opla", "2024-05-02", "ATTENDED"))
    await put(empty, AGENCIES, hearing(outcome="ADJOURNED"), *records)
    assert await differs(empty) == []
    await empty.write("MATCH (:Agency {key: 'opla'})-[r:RECORDED]->() SET r.outcome = 'MISSED'")
    assert await differs(empty) == [("eoir", "opla", "ADJOURNED", "MISSED")]


async def test_the_latest_record_of_an_agency_counts(empty: Store) -> None:
    await put(
        empty,
        AGENCIES,
        hearing(),
        recorded("eoir", "2024-05-02"),
        recorded("opla", "2024-05-02", "ATTENDED", "r1"),
        recorded("opla", "2024-05-20", "MISSED", "r2"),
    )
    assert await differs(empty) == []
    assert await differs(empty, asOf="2024-05-19") == [("eoir", "opla", "MISSED", "ATTENDED")]
    await empty.write("MATCH ()-[r:RECORDED {key: 'r1'}]->() SET r.recordedOn = date('2024-05-20')")
    assert await differs(empty) == []


@pytest.mark.parametrize(("day", "outcome"), [(None, "ATTENDED"), ("2024-06-01", "ATTENDED"), (DAY, None)])
async def test_records_that_do_not_count(empty: Store, day: str | None, outcome: str | None) -> None:
    await put(empty, AGENCIES, hearing(), recorded("eoir", "2024-05-02"), recorded("opla", day, outcome))
    assert await differs(empty) == []


async def test_longest_first_a_hearing_without_a_day_last(empty: Store) -> None:
    await put(
        empty,
        AGENCIES,
        *(
            f"(eoir)-[:RECORDED {{recordedOn: @{DAY}, outcome: 'MISSED'}}]->({name}:Hearing {{key: '{name}'{day}}})"
            f"<-[:RECORDED {{recordedOn: @{DAY}, outcome: 'ATTENDED'}}]-(opla)"
            for name, day in (("x", ""), ("y", ", scheduledOn: @2024-05-01"), ("z", ", scheduledOn: @2024-04-01"))
        ),
    )
    rows = await ask(empty, "missedHearingsRecordedDifferently")
    assert [(row[0], row[5]) for row in rows] == [("z", 60), ("y", 30), ("x", None)]
