from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import DAY, ask, put


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "childrenWithoutContactAfterMissedHearing", **arguments)


def hearing(key: str, day: str | None, outcome: str = "MISSED", case: str = "case") -> str:
    scheduled = f", scheduledOn: @{day}" if day else ""
    return f"({case})-[:HAS_HEARING]->(:Hearing {{key: '{key}', outcome: '{outcome}'{scheduled}}})"


def contact(
    day: str | None, outcome: str = "REACHED", reached: str = "", kind: str = "WELL_BEING_CALL", found: str = ""
) -> str:
    values = [f"outcome: '{outcome}'", f"kind: '{kind}'", f"attemptedOn: @{day}" if day else ""]
    values += [f"reached: '{reached}'" if reached else "", f"childWithSponsor: {found}" if found else ""]
    return f"(child)-[:HAS_CONTACT]->(:ContactAttempt {{{', '.join(filter(None, values))}}})"


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


@pytest.mark.parametrize(
    ("reached", "kind", "found", "answers"),
    [
        ("CHILD", "WELL_BEING_CALL", "", True),
        ("BOTH", "POST_RELEASE_SERVICE", "false", True),
        ("", "WELL_BEING_CALL", "", True),
        ("SPONSOR", "WELL_BEING_CALL", "true", False),
        ("OTHER_ADULT", "WELL_BEING_CALL", "", False),
        ("SPONSOR", "HOME_VISIT", "true", True),
        ("OTHER_ADULT", "WELLNESS_CHECK", "true", True),
        ("SPONSOR", "HOME_VISIT", "", False),
        ("OTHER_ADULT", "WELLNESS_CHECK", "false", False),
    ],
)
async def test_who_was_reached(empty: Store, reached: str, kind: str, found: str, answers: bool) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact("2024-04-02", "REACHED", reached, kind, found))
    assert await asked(empty) == ([] if answers else [("c", "h", 60)])


async def test_a_visit_that_reached_nobody(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), contact("2024-04-02", "NO_ANSWER", "", "HOME_VISIT", "true"))
    assert await asked(empty) == [("c", "h", 60)]


@pytest.mark.parametrize(
    ("day", "answers"), [("2024-04-02", True), (DAY, True), ("2024-04-01", False), ("2024-06-01", False)]
)
async def test_a_later_release_or_attended_hearing(empty: Store, day: str, answers: bool) -> None:
    for seen in (f"(child)-[:HAS_PLACEMENT]->(:Placement {{releasedOn: @{day}}})", hearing("i", day, "ATTENDED")):
        await empty.write("MATCH (n) DETACH DELETE n")
        await put(empty, CASE, hearing("h", "2024-04-01"), seen)
        assert await asked(empty) == ([] if answers else [("c", "h", 60)])


def own(key: str, *outcomes: str | None, of: str = "child") -> str:
    """Return a child's own outcomes of a hearing that is in the graph."""
    known = [f", outcome: '{outcome}'" if outcome else "" for outcome in outcomes]
    links = [f"CREATE ({of})-[:HAD_OUTCOME {{key: '{key}{at}'{one}}}]->(h)" for at, one in enumerate(known)]
    return f"MATCH (child:Child {{key: 'c'}}), (h:Hearing {{key: '{key}'}}) {' '.join(links)}"


@pytest.mark.parametrize(
    ("outcome", "outcomes", "missed"),
    [
        ("MISSED", ["ATTENDED"], False),
        ("MISSED", [None], True),
        ("ATTENDED", ["MISSED"], True),
        ("ATTENDED", ["ATTENDED", "MISSED"], True),
        ("ATTENDED", [None], False),
        ("SCHEDULED", ["MISSED"], True),
    ],
)
async def test_the_childs_own_outcome_goes_first(
    empty: Store, outcome: str, outcomes: list[str | None], missed: bool
) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01", outcome))
    await empty.write(own("h", *outcomes))
    assert await asked(empty) == ([("c", "h", 60)] if missed else [])


@pytest.mark.parametrize(
    ("outcome", "outcomes", "attended"),
    [("MISSED", ["ATTENDED"], True), ("ATTENDED", ["MISSED"], False), ("ATTENDED", ["ATTENDED", "MISSED"], False)],
)
async def test_a_later_hearing_counts_by_the_childs_own_outcome(
    empty: Store, outcome: str, outcomes: list[str | None], attended: bool
) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"), hearing("i", "2024-04-09", outcome))
    await empty.write(own("i", *outcomes))
    assert await asked(empty) == ([] if attended else [("c", "h", 60)])


async def test_a_hearing_that_only_the_childs_outcome_leads_to(empty: Store) -> None:
    await put(empty, "(:Child {key: 'c'}), (:Hearing {key: 'h', scheduledOn: @2024-04-01})")
    await empty.write(own("h", "MISSED"))
    assert await asked(empty) == [("c", "h", 60)]


async def test_a_child_who_has_turned_eighteen(empty: Store) -> None:
    await put(empty, CASE, hearing("h", "2024-04-01"))
    await empty.write("MATCH (c:Child) SET c.dateOfBirth = date('2006-05-31')")
    assert await asked(empty) == []
    assert len(await asked(empty, includeGrownUp=True)) == len(await asked(empty, asOf="2024-05-30")) == 1


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
    assert await asked(empty, minDays=36_500) == []


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
