from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

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
    assert await not_told(empty, minDays=29) != []
    assert await not_told(empty, minDays=30) == []


@pytest.mark.parametrize("hearing_", [hearing("2024-05-31"), hearing(None), hearing(outcome="ADJOURNED")])
async def test_only_hearings_that_were_missed_by_the_day(empty: Store, hearing_: str) -> None:
    await put(empty, AGENCIES, hearing_)
    assert await not_told(empty, minDays=0) == []


@pytest.mark.parametrize("name", ["missedHearingsNotTold", "missedHearingsToldLate"])
@pytest.mark.parametrize(("own", "counts"), [("MISSED", True), ("ATTENDED", False), (None, False)])
async def test_a_hearing_that_one_respondent_missed(empty: Store, name: str, own: str | None, counts: bool) -> None:
    outcome = f" {{outcome: '{own}'}}" if own else ""
    alone = f"(:Child {{key: 'c'}})-[:HAD_OUTCOME{outcome}]->(h)"
    await put(empty, AGENCIES, hearing(outcome="ATTENDED"), alone, recorded("orr", "2024-05-20"))
    agencies = {row[1] for row in await ask(empty, name)}
    assert agencies == (({"orr"} if name == "missedHearingsToldLate" else {"opla", "ero"}) if counts else set())


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
        (told("desk", "2024-05-02T09:00:00Z"), True),
    ],
)
async def test_messages(empty: Store, message: str, reached: bool) -> None:
    desk = "(desk:Agency {key: 'desk', code: 'ORR-1'})-[:PART_OF]->(orr)"
    await put(empty, AGENCIES, desk, hearing(), message)
    assert ("orr" not in await not_told(empty)) == reached


@pytest.mark.parametrize(
    ("record", "known"),
    [
        (recorded("ero", DAY), True),
        (recorded("ero", DAY, "ATTENDED"), False),
        (recorded("ero", DAY, "SCHEDULED"), False),
        (recorded("ero", DAY, "ADJOURNED"), False),
        (recorded("ero", DAY, None), False),
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


async def test_an_agency_told_on_the_last_day_is_neither_late_nor_untold(empty: Store) -> None:
    await put(empty, AGENCIES, hearing(), told("orr", "2024-05-04T23:59:59Z"), told("ero", "2024-05-05T00:00:00Z"))
    assert await not_told(empty) == ["opla"]
    assert [row[1] for row in await late(empty)] == ["ero"]


async def differs(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the pairs of agencies that differ, without those that differ from the hearing's own outcome."""
    rows = await ask(store, "missedHearingsRecordedDifferently", **arguments)
    return [(*row[1:3], *row[4:6]) for row in rows if row[2]]


async def own(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the agencies whose record differs from the hearing's own outcome."""
    rows = await ask(store, "missedHearingsRecordedDifferently", **arguments)
    assert all(row[3] == f"hearing {row[0]}" for row in rows if row[2] is None)
    return [(row[1], *row[4:6]) for row in rows if row[2] is None]


@pytest.mark.parametrize("outcome", ["ATTENDED", "SCHEDULED"])
async def test_a_record_that_differs_from_the_hearings_own_outcome(empty: Store, outcome: str) -> None:
    await put(empty, AGENCIES, hearing(), recorded("opla", "2024-05-02", outcome))
    assert await own(empty) == [("opla", outcome, "MISSED")]
    assert await own(empty, agencies=["ERO"]) == []
    assert await own(empty, agencies=["ICE", "OPLA"]) == [("opla", outcome, "MISSED")]
    await empty.write("MATCH (h:Hearing) SET h.outcome = null")
    assert await own(empty) == []


async def test_a_record_of_a_hearing_that_one_respondent_missed(empty: Store) -> None:
    records = (recorded("eoir", "2024-05-02", "ADJOURNED"), recorded("opla", "2024-05-02", "ATTENDED"))
    await put(empty, AGENCIES, hearing(outcome="ADJOURNED"), *records)
    assert (await own(empty), await differs(empty)) == ([], [])
    await put(empty, "(:Child {key: 'c'})")
    await empty.write("MATCH (c:Child), (h:Hearing) CREATE (c)-[:HAD_OUTCOME {key: 'o', outcome: 'MISSED'}]->(h)")
    assert await own(empty) == [("opla", "ATTENDED", "ADJOURNED")]
    assert await differs(empty) == [("eoir", "opla", "ADJOURNED", "ATTENDED")]


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
    assert await differs(empty, agencies=["EOIR", "ERO"]) == [
        ("eoir", "ero", "MISSED", "ATTENDED"),
        ("ero", "office", "ATTENDED", "MISSED"),
    ]


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


@pytest.mark.parametrize("said", ["hearing", "record"])
@pytest.mark.parametrize(("day", "days"), [("2024-06-01", []), (None, [None]), (DAY, [0])])
async def test_a_later_day_and_no_day_whoever_says_that_it_was_missed(
    empty: Store, said: str, day: str | None, days: list[int | None]
) -> None:
    missed, other = ("MISSED", "CANCELLED") if said == "hearing" else ("ADJOURNED", "MISSED")
    await put(empty, AGENCIES, hearing(day, missed), recorded("eoir", DAY, "ATTENDED"), recorded("opla", DAY, other))
    rows = await ask(empty, "missedHearingsRecordedDifferently")
    assert [row[6] for row in rows if row[2]] == days


@pytest.mark.parametrize("name", ["missedHearingsNotTold", "missedHearingsToldLate"])
async def test_an_office_counts_for_every_agency_above_it(empty: Store, name: str) -> None:
    desk = "(desk:Agency {key: 'desk', code: 'ERO-HOU-1'})-[:PART_OF]->(office)"
    above = "(ero)-[:PART_OF]->(ice:Agency {key: 'ice', code: 'ICE'})-[:PART_OF]->(:Agency {key: 'dhs', code: 'DHS'})"
    await put(empty, AGENCIES, desk, above, hearing(), recorded("desk", "2024-05-20"))
    rows = await ask(empty, name, agencies=["ERO", "ICE", "DHS", "ORR"])
    assert {row[1] for row in rows} == ({"orr"} if name == "missedHearingsNotTold" else {"ero", "ice", "dhs"})


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
    assert [(row[0], row[6]) for row in rows] == [("z", 60), ("y", 30), ("x", None)]
