from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put

CHILD = "(c:Child {key: 'c', dateOfBirth: @2010-01-01})"
GROWN = "MATCH (c:Child) SET c.dateOfBirth = date('2006-05-31')"


def stay(key: str = "e", **days: str) -> str:
    """Return a stay in custody; `left` is how it ended."""
    names = {"apprehended": "apprehendedOn", "transferred": "transferredOn", "admitted": "admittedOn"}
    names["discharged"] = "dischargedOn"
    kind = days.pop("left", "")
    values = [f"key: '{key}'", *(f"{names[name]}: @{day}" for name, day in days.items())]
    values += [f"dischargeKind: '{kind}'"] if kind else []
    return f"(c)-[:HAS_EPISODE]->(:CustodyEpisode {{{', '.join(values)}}})"


def release(key: str, day: str | None) -> str:
    dated = f", releasedOn: @{day}" if day else ""
    return f"(c)-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}'{dated}}})"


@pytest.mark.parametrize(
    ("days", "row"),
    [
        ({"apprehended": "2024-05-01", "transferred": "2024-05-05"}, ("2024-05-05", 4)),
        ({"apprehended": "2024-05-01", "transferred": "2024-05-04"}, None),
        ({"apprehended": "2024-05-01", "admitted": "2024-05-06"}, ("2024-05-06", 5)),
        ({"apprehended": "2024-05-01", "transferred": "2024-05-03", "admitted": "2024-05-09"}, None),
        ({"apprehended": "2024-05-20"}, (None, 11)),
        ({"apprehended": "2024-05-20", "transferred": "2024-06-02"}, (None, 11)),
        ({"apprehended": "2024-05-01", "transferred": "2024-06-02", "admitted": "2024-05-06"}, ("2024-05-06", 5)),
        ({"apprehended": "2024-05-20", "transferred": "2024-06-02", "discharged": "2024-05-25"}, None),
        ({"apprehended": "2024-05-28"}, None),
        ({"apprehended": "2024-05-20", "discharged": "2024-05-21"}, None),
        ({"apprehended": "2024-05-20", "discharged": "2024-06-21"}, (None, 11)),
        ({"transferred": "2024-05-05"}, None),
    ],
    ids=str,
)
async def test_transfers(empty: Store, days: dict[str, str], row: tuple[str | None, int] | None) -> None:
    await put(empty, CHILD, stay(**days))
    wanted = [("c", "e", days["apprehended"], *row)] if row else []
    assert await ask(empty, "transfersAfterDeadline") == wanted
    assert await ask(empty, "transfersAfterDeadline", maxDays=30) == []


async def test_a_transfer_is_late_for_those_who_have_grown_up_since(empty: Store) -> None:
    await put(empty, CHILD, stay(apprehended="2020-05-01", transferred="2020-05-09"))
    await empty.write(GROWN)
    assert len(await ask(empty, "transfersAfterDeadline")) == 1


async def returned(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenReturnedToCustody", **arguments)


@pytest.mark.parametrize(
    ("days", "began"),
    [
        ({"apprehended": "2024-03-02", "transferred": "2024-03-04"}, "2024-03-02"),
        ({"transferred": "2024-03-04", "admitted": "2024-03-05"}, "2024-03-04"),
        ({"admitted": "2024-05-31"}, "2024-05-31"),
        ({"admitted": "2024-03-01"}, None),
        ({"admitted": "2024-06-01"}, None),
        ({"apprehended": "2024-02-01", "admitted": "2024-03-05"}, None),
        ({"discharged": "2024-04-01"}, None),
    ],
    ids=str,
)
async def test_returns(empty: Store, days: dict[str, str], began: str | None) -> None:
    await put(empty, CHILD, release("p", "2024-03-01"), stay(**days))
    assert await returned(empty) == ([("c", "p", "e", "2024-03-01", began)] if began else [])


async def test_the_latest_return_and_the_release_before_it(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        release("p", "2023-01-01"),
        stay("e", admitted="2023-02-01", discharged="2023-03-01"),
        release("q", "2023-03-01"),
        stay("f", admitted="2023-04-01"),
        release("r", "2023-06-01"),
        release("z", None),
    )
    assert await returned(empty) == [("c", "q", "f", "2023-03-01", "2023-04-01")]
    assert await returned(empty, asOf="2023-03-31") == [("c", "p", "e", "2023-01-01", "2023-02-01")]
    await empty.write(GROWN)
    assert await returned(empty) == []
    assert len(await returned(empty, includeGrownUp=True)) == 1


async def away(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWhoRanAway", **arguments)


RAN_AWAY = stay("e", admitted="2024-02-01", discharged="2024-03-01", left="RAN_AWAY")


async def test_a_child_who_ran_away_and_was_not_seen_since(empty: Store) -> None:
    await put(empty, CHILD, RAN_AWAY)
    assert await away(empty) == [("c", "e", "2024-03-01", 91)]
    assert await away(empty, asOf="2024-02-29") == []
    await empty.write(GROWN)
    assert await away(empty) == []
    assert len(await away(empty, includeGrownUp=True)) == 1


def attempt(day: str, outcome: str = "REACHED", reached: str = "CHILD", kind: str = "WELL_BEING_CALL") -> str:
    return (
        f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{key: 'a', kind: '{kind}', attemptedOn: @{day}, outcome: '{outcome}',"
        f" reached: '{reached}', childWithSponsor: true}})"
    )


def hearing(day: str, outcome: str, own: str = "") -> str:
    linked = f", (c)-[:HAD_OUTCOME {{key: 'o', outcome: '{own}'}}]->(h)" if own else ""
    return (
        "(c)-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})-[:HAS_HEARING]->"
        f"(h:Hearing {{key: 'h', scheduledOn: @{day}, outcome: '{outcome}'}}){linked}"
    )


@pytest.mark.parametrize(
    ("fact", "seen"),
    [
        (attempt("2024-03-02"), True),
        (attempt("2024-03-01"), False),
        (attempt("2024-06-01"), False),
        (attempt("2024-03-02", reached="SPONSOR"), False),
        (attempt("2024-03-02", reached="SPONSOR", kind="HOME_VISIT"), True),
        (attempt("2024-03-02", "REFUSED"), False),
        (hearing("2024-03-02", "ATTENDED"), True),
        (hearing("2024-03-02", "MISSED"), False),
        (hearing("2024-03-02", "ATTENDED", "MISSED"), False),
        (hearing("2024-03-02", "MISSED", "ATTENDED"), True),
        (hearing("2024-06-02", "ATTENDED"), False),
        (release("p", "2024-03-02"), True),
        (release("p", "2024-03-01"), False),
        (release("p", None), False),
        (stay("f", apprehended="2024-03-01"), True),
        (stay("f", admitted="2024-05-31"), True),
        (stay("f", admitted="2024-06-01"), False),
        (stay("f", admitted="2024-01-01"), False),
        (stay("f", admitted="2023-01-01", discharged="2023-03-01", left="RAN_AWAY"), False),
    ],
)
async def test_who_was_seen_since(empty: Store, fact: str, seen: bool) -> None:
    await put(empty, CHILD, RAN_AWAY, fact)
    assert [row[1] for row in await away(empty)] == ([] if seen else ["e"])


async def test_only_the_latest_departure_counts(empty: Store) -> None:
    later = stay("f", admitted="2024-02-15", discharged="2024-05-20", left="RAN_AWAY")
    earlier = stay("e", admitted="2024-05-29", discharged="2024-03-01", left="RAN_AWAY")
    await put(empty, CHILD, later, earlier)
    assert await away(empty) == []


async def test_other_ends_of_custody(empty: Store) -> None:
    await put(empty, CHILD, stay("e", admitted="2024-02-01", discharged="2024-03-01", left="AGED_OUT"))
    assert await away(empty) == []


@pytest.mark.parametrize(
    ("ordered", "started", "row"),
    [
        ("2024-03-01", None, (None, 91)),
        ("2024-03-01", "2024-03-31", None),
        ("2024-03-01", "2024-04-01", ("2024-04-01", 31)),
        ("2024-03-01", "2024-06-01", (None, 91)),
        ("2024-05-01", None, None),
        ("2024-04-30", None, (None, 31)),
        (None, "2024-05-01", None),
    ],
)
async def test_services(
    empty: Store, ordered: str | None, started: str | None, row: tuple[str | None, int] | None
) -> None:
    days = {"orderedOn": ordered, "startedOn": started}
    shown = "".join(f", {name}: @{day}" for name, day in days.items() if day)
    await put(
        empty, CHILD, release("p", "2024-02-01"), f"(p)-[:HAS_SERVICE]->(:PostReleaseService {{key: 's'{shown}}})"
    )
    wanted = [("c", "s", "p", ordered, *row)] if row else []
    assert await ask(empty, "postReleaseServicesNotGiven") == wanted
    assert await ask(empty, "postReleaseServicesNotGiven", withinDays=91) == []
    await empty.write(GROWN)
    assert await ask(empty, "postReleaseServicesNotGiven") == []
    assert len(await ask(empty, "postReleaseServicesNotGiven", includeGrownUp=True)) == len(wanted)


async def test_days_are_those_of_the_day_asked_about(empty: Store) -> None:
    await put(empty, CHILD, stay(apprehended="2024-05-20", transferred="2024-05-30"))
    assert await ask(empty, "transfersAfterDeadline", asOf="2024-05-25") == [("c", "e", "2024-05-20", None, 5)]
    assert await ask(empty, "transfersAfterDeadline", asOf=DAY) == [("c", "e", "2024-05-20", "2024-05-30", 10)]


async def aged_out(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWhoAgedOutOfCustody", **arguments)


@pytest.mark.parametrize(
    ("days", "row"),
    [
        ({"admitted": "2023-01-01", "discharged": "2024-05-31", "left": "AGED_OUT"}, ("2024-05-31", 0, False)),
        ({"discharged": "2024-05-30", "left": "AGED_OUT"}, ("2024-05-30", -1, False)),
        ({"admitted": "2023-01-01", "discharged": "2024-06-01", "left": "AGED_OUT"}, None),
        ({"admitted": "2023-01-01", "left": "AGED_OUT"}, None),
        ({"admitted": "2023-01-01", "discharged": "2024-05-31", "left": "REUNIFIED"}, None),
        ({"admitted": "2023-01-01", "discharged": "2024-05-31"}, None),
        ({"admitted": "2023-01-01"}, None),
    ],
    ids=str,
)
async def test_aging_out(empty: Store, days: dict[str, str], row: tuple[str, int, bool] | None) -> None:
    await put(empty, CHILD, stay(**days), release("p", "2024-05-31"))
    await empty.write(GROWN)
    assert await aged_out(empty) == ([("c", "e", *row)] if row else [])


async def test_one_born_on_a_leap_day_turns_18_on_the_first_of_march(empty: Store) -> None:
    await put(empty, "(c:Child {key: 'c', dateOfBirth: @2004-02-29})", stay(discharged="2022-03-01", left="AGED_OUT"))
    assert await aged_out(empty) == [("c", "e", "2022-03-01", 0, False)]


async def test_one_without_a_birth_date_who_had_been_released(empty: Store) -> None:
    await put(empty, "(c:Child {key: 'c'})", stay(discharged="2024-05-20", left="AGED_OUT"), release("p", "2024-05-19"))
    assert await aged_out(empty) == [("c", "e", "2024-05-20", None, True)]
