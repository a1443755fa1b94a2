"""Several signals on one child: each is told alone, and what comes close to it is not."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

CHILD = "(c:Child {key: 'c', dateOfBirth: @2009-06-01})"


async def signals(store: Store, **arguments: object) -> str:
    """Return the signals on the one child that has any."""
    rows = await ask(store, "childrenWithSeveralSignals", **{"minSignals": 1, **arguments})
    assert all(row[1] == len(row[2].split(", ")) for row in rows)
    return " ".join(row[2] for row in rows if row[0] == "c")


def release(key: str = "p", day: str | None = "2024-01-01", known: str = "relationship: 'PARENT'") -> str:
    dated = f", releasedOn: @{day}" if day else ""
    return f"(c)-[:HAS_PLACEMENT]->({key}:Placement {{key: '{key}', {known}{dated}}})"


def attempt(key: str, day: str, known: str = "outcome: 'NO_ANSWER'") -> str:
    return f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{key: '{key}', attemptedOn: @{day}, {known}}})"


def hearing(key: str, day: str, outcome: str) -> str:
    return (
        f"(c)-[:RESPONDENT_IN]->(:CourtCase {{key: '{key}'}})-[:HAS_HEARING]->"
        f"(:Hearing {{key: '{key}', scheduledOn: @{day}, outcome: '{outcome}'}})"
    )


def study(completed: str, said: str) -> str:
    values = f"key: '{completed}', completedOn: @{completed}, recommendation: '{said}'"
    return f"(p)-[:HAS_HOME_STUDY]->(:HomeStudy {{{values}}})"


def other(day: str) -> str:
    return (
        f"(:Child {{key: 'd'}})-[:HAS_PLACEMENT]->(:Placement {{key: 'q', releasedOn: @{day}}})-[:WITH_SPONSOR]->"
        "(:Sponsor {key: 's'})<-[:WITH_SPONSOR]-(p)"
    )


def bad(deliverability: str) -> str:
    return f"(p)-[:RELEASED_TO]->(:Address {{key: 'a', deliverability: '{deliverability}'}})"


REACHED, ALONE = "outcome: 'REACHED'", "outcome: 'REACHED', reached: 'SPONSOR'"
JOINED = "SPONSOR_OF_SEVERAL"
UNRELATED, COUSIN = release(known="relationship: 'UNRELATED'"), release(known="relationship: 'COUSIN'")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ([hearing("h", "2024-05-01", "MISSED")], "MISSED_HEARING"),
        ([hearing("h", "2024-05-02", "MISSED")], ""),
        ([hearing("h", "2024-04-01", "MISSED"), attempt("a", "2024-04-02", REACHED)], ""),
        ([hearing("h", "2024-04-01", "MISSED"), attempt("a", "2024-04-02", ALONE)], "MISSED_HEARING"),
        ([hearing("h", "2024-04-01", "MISSED"), hearing("i", "2024-04-02", "ATTENDED")], ""),
        ([hearing("h", "2024-04-01", "MISSED"), release(day="2024-04-02")], ""),
        ([hearing("h", "2024-04-01", "MISSED"), release(day="2024-04-01")], "MISSED_HEARING"),
        ([release(), attempt("a", "2024-02-01")], "NEVER_REACHED"),
        ([release(), attempt("a", "2024-02-01"), attempt("b", "2024-02-02", REACHED)], ""),
        ([release(), attempt("a", "2024-02-01", ALONE)], "NEVER_REACHED"),
        ([release(), attempt("a", "2024-01-01")], ""),
        ([release(day=None), attempt("a", "2023-01-01")], "NEVER_REACHED"),
        ([attempt("a", "2024-02-01")], ""),
        (["(:ConcernReport {key: 'r', reportedOn: @2024-05-31})-[:CONCERNS]->(c)"], "CONCERN"),
        (["(:ConcernReport {key: 'r', receivedOn: @2024-05-31})-[:CONCERNS]->(c)"], "CONCERN"),
        (["(:ConcernReport {key: 'r', reportedOn: @2024-06-01})-[:CONCERNS]->(c)"], ""),
        ([release(day=None), bad("MISSING_UNIT")], "BAD_ADDRESS"),
        ([release(), bad("DELIVERABLE")], ""),
        ([release(), release("q", "2024-02-01")], "PLACED_AGAIN"),
        ([release(), release("q")], ""),
        ([UNRELATED, other("2024-05-31")], "SPONSOR_OF_SEVERAL"),
        ([UNRELATED, other("2024-06-01")], ""),
        ([release(day=None, known="relationship: 'UNRELATED'"), other("2024-05-31")], ""),
        ([UNRELATED, "(:Child {key: 'd'})-[:HAS_PLACEMENT]->(p)-[:WITH_SPONSOR]->(:Sponsor {key: 's'})"], JOINED),
        ([COUSIN, other("2024-05-31")], ""),
        ([release(), study("2023-12-01", "NEGATIVE")], "NEGATIVE_HOME_STUDY"),
        ([release(), study("2023-12-01", "NEGATIVE"), study("2023-12-20", "POSITIVE")], ""),
        ([release(), study("2024-02-01", "NEGATIVE")], ""),
        ([attempt("a", "2024-02-01", "childWithSponsor: false")], "NOT_WITH_SPONSOR"),
        (
            [
                attempt("a", "2024-02-01", "childWithSponsor: false"),
                attempt("b", "2024-02-02", "childWithSponsor: true"),
            ],
            "",
        ),
    ],
    ids=str,
)
async def test_each_signal(empty: Store, facts: list[str], wanted: str) -> None:
    await put(empty, CHILD, *facts)
    assert await signals(empty) == wanted


@pytest.mark.parametrize(
    ("born", "known", "facts", "wanted"),
    [
        ("2011-01-02", "", [UNRELATED], "NO_HOME_STUDY"),
        ("2011-01-01", "", [UNRELATED], ""),
        ("2011-01-02", "", [COUSIN], ""),
        ("2011-01-02", "", [UNRELATED, study("2024-01-01", "POSITIVE")], ""),
        ("2011-01-02", "", [UNRELATED, study("2024-01-02", "POSITIVE")], "NO_HOME_STUDY"),
        ("2011-01-02", "", [release(known="relationship: 'UNRELATED'", day=None)], ""),
        ("2009-01-01", "c.abuseVictim = true", [COUSIN], "NO_HOME_STUDY"),
        ("2009-01-01", "c.abuseVictim = false", [COUSIN], ""),
    ],
    ids=str,
)
async def test_no_home_study(empty: Store, born: str, known: str, facts: list[str], wanted: str) -> None:
    await put(empty, CHILD, *facts)
    more = f", {known}" if known else ""
    await empty.write(f"MATCH (c:Child {{key: 'c'}}) SET c.dateOfBirth = date('{born}'){more}")
    assert await signals(empty) == wanted


async def test_signals_meet_on_a_child_in_one_order(empty: Store) -> None:
    await put(
        empty,
        CHILD,
        attempt("a", "2024-02-01"),
        release(),
        bad("BLANK"),
        "(:ConcernReport {key: 'r', reportedOn: @2024-05-31})-[:CONCERNS]->(c)",
    )
    assert await signals(empty, minSignals=3) == "NEVER_REACHED, CONCERN, BAD_ADDRESS"
    assert await signals(empty, minSignals=4) == ""
    assert await signals(empty, asOf="2024-01-15") == "BAD_ADDRESS"


async def test_signals_on_those_who_have_turned_eighteen(empty: Store) -> None:
    await put(empty, CHILD, release(), bad("BLANK"))
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date('2006-05-31')")
    assert await signals(empty) == ""
    assert await signals(empty, includeGrownUp=True) == await signals(empty, asOf="2024-05-30") == "BAD_ADDRESS"
