from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.asking import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWithoutContactAfterMissedHearing", **arguments)


def hearing(key: str, day: str | None, outcome: str = "MISSED", case: str = "case") -> str:
    scheduled = f", scheduledOn: @{day}" if day else ""
    return f"({case})-[:HAS_HEARING]->(:Hearing {{key: '{key}', outcome: '{outcome}'{scheduled}}})"


def contact(day: str | None, outcome: str = "REACHED") -> str:
    attempted = f", attemptedOn: @{day}" if day else ""
    return f"(child)-[:HAS_CONTACT]->(:ContactAttempt {{outcome: '{outcome}'{attempted}}})"


CASE = "(child:Child {key: 'c'})-[:RESPONDENT_IN]->(case:CourtCase {key: 'k'})"


async def test_missed_hearing_without_any_contact(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"))
    assert await asked(empty) == [("c", "h", 60)]


@pytest.mark.parametrize("outcome", ["SCHEDULED", "ATTENDED", "ADJOURNED", "CANCELLED"])
async def test_other_outcomes_are_not_missed(empty: Store, outcome: str) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01", outcome))
    assert await asked(empty) == []


async def test_contact_on_a_later_day(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact("2024-04-02"))
    assert await asked(empty) == []


@pytest.mark.parametrize("day", ["2024-03-31", "2024-04-01", "2024-06-01", None])
async def test_contact_that_does_not_answer_for_the_hearing(empty: Store, day: str | None) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact(day))
    assert await asked(empty) == [("c", "h", 60)]


@pytest.mark.parametrize("outcome", ["NO_ANSWER", "WRONG_NUMBER", "REFUSED"])
async def test_failed_attempt(empty: Store, outcome: str) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact("2024-04-02", outcome))
    assert await asked(empty) == [("c", "h", 60)]


async def test_contact_on_the_day_asked_about(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact(DAY))
    assert await asked(empty) == []
    assert await asked(empty, asOf="2024-05-30") == [("c", "h", 59)]


async def test_earliest_of_several_hearings(empty: Store) -> None:
    await put(empty, CASE, hearing("i", "2024-04-02"), hearing("h", "2024-04-01"))
    assert await asked(empty) == [("c", "h", 60)]


async def test_of_two_hearings_on_a_day_the_first_key(empty: Store) -> None:
    await put(empty, CASE, hearing("i", "2024-04-01"), hearing("h", "2024-04-01"))
    assert await asked(empty) == [("c", "h", 60)]


async def test_later_hearing_when_the_earlier_was_answered_for(empty: Store) -> None:
    await put(
        empty,
        CASE,
        hearing("h", "2024-03-01"),
        contact("2024-03-02"),
        hearing("i", "2024-04-01"),
        hearing("j", "2024-04-02"),
    )
    assert await asked(empty) == [("c", "i", 60)]


async def test_earlier_attended_hearing_is_passed_over(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-03-01", "ATTENDED"), hearing("i", "2024-04-01"))
    assert await asked(empty) == [("c", "i", 60)]


async def test_least_number_of_days(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-05-01"))
    assert await asked(empty) == [("c", "h", 30)]
    assert await asked(empty, minDays=31) == []
    assert await asked(empty, asOf="2024-05-30") == []
    assert await asked(empty, minDays=2**31 - 1) == []


async def test_hearings_after_the_day_and_without_a_day_do_not_count(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-06-01"), hearing("i", None))
    assert await asked(empty, minDays=1) == []
    assert await asked(empty, minDays=1, asOf="2024-06-01") == []
    assert await asked(empty, minDays=1, asOf="2024-06-02") == [("c", "h", 1)]


async def test_one_row_a_child_over_all_cases(empty: Store) -> None:
    await put(
        empty,
        CASE,
        "(child)-[:RESPONDENT_IN]->(other:CourtCase {key: 'l'})",
        hearing("h", "2024-04-01"),
        hearing("i", "2024-03-01", case="other"),
    )
    assert await asked(empty) == [("c", "i", 91)]


async def test_hearing_of_two_children(empty: Store) -> None:
    await put(
        empty,
        CASE,
        "(:Child {key: 'b'})-[:RESPONDENT_IN]->(case)",
        hearing("h", "2024-04-01"),
        contact("2024-05-01"),
    )
    assert await asked(empty) == [("b", "h", 60)]


async def test_longest_first_ties_by_key(empty: Store) -> None:
    await put(
        empty,
        *(
            f"(:Child {{key: '{key}'}})-[:RESPONDENT_IN]->(:CourtCase)-[:HAS_HEARING]->"
            f"(:Hearing {{key: '{key}', outcome: 'MISSED', scheduledOn: @{day}}})"
            for key, day in (("d", "2024-04-01"), ("b", "2024-04-02"), ("a", "2024-04-01"))
        ),
    )
    assert [row[0] for row in await asked(empty)] == ["a", "d", "b"]
