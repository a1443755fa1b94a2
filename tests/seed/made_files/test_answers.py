from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from seed.made_files.answers import ALONE, MISSED, WAITING, CourtAnswers, Finding, Heard, NearEmployers, Standing

DAY = date(2024, 5, 31)
STANDING = Standing("7", date(2024, 1, 2), date(2024, 1, 2), pending=True, appeared=None, hearings=())


def _answers(**values: Any) -> dict[str, list[tuple[Any, ...]]]:
    answers = CourtAnswers()
    answers.add(STANDING._replace(**values))
    return {name: [tuple(row) for row in rows] for name, rows in answers.rows.items()}


def _heard(*told: tuple[str, str]) -> list[Heard]:
    return [Heard(f"h{place}", date.fromisoformat(day), outcome) for place, (day, outcome) in enumerate(told)]


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        ([("2024-02-01", "MISSED")], [("eoir-child-7", "h0", 120)]),
        ([("2024-02-01", "MISSED"), ("2024-03-01", "MISSED")], [("eoir-child-7", "h0", 120)]),
        ([("2024-02-01", "MISSED"), ("2024-03-01", "ATTENDED")], []),
        ([("2024-02-01", "ATTENDED"), ("2024-03-01", "MISSED")], [("eoir-child-7", "h1", 91)]),
        ([("2024-05-31", "MISSED")], []),
        ([("2024-02-01", "ADJOURNED")], []),
    ],
)
def test_the_earliest_missed_hearing_after_the_last_attended_one_counts(told: Any, rows: Any) -> None:
    assert _answers(hearings=_heard(*told))[MISSED] == rows


def test_a_notice_waits_for_a_hearing_in_an_open_case() -> None:
    waiting = ("eoir-child-7", "eoir-notice-7", "eoir-case-7", "2024-01-02", 150)
    assert _answers()[WAITING] == [waiting]
    for values in ({"pending": False}, {"filed": None}, {"filed": date(2024, 5, 2)}, {"opened": None}):
        assert _answers(**values)[WAITING] == []
    assert _answers(hearings=[Heard("h", None, "")])[WAITING] == []


def test_a_hearing_on_the_day_without_an_outcome_or_an_appearance_is_alone() -> None:
    today = _heard(("2024-05-31", ""))
    assert _answers(hearings=today)[ALONE] == [("eoir-child-7", "h0", "eoir-case-7", "2024-05-31", 0)]
    assert _answers(hearings=today, appeared=DAY)[ALONE] == []
    assert _answers(hearings=_heard(("2024-05-31", "ADJOURNED")))[ALONE] == []
    assert _answers(hearings=_heard(("2024-05-30", "")))[ALONE] == []


def test_findings_count_within_three_years_and_employers_once() -> None:
    near = NearEmployers()
    near.cite("77002", Finding("a", date(2020, 5, 1), 3))
    near.cite("77002", Finding("a", date(2022, 5, 1), 4))
    near.cite("77002", Finding("b", date(2024, 5, 2), 9))
    near.release("c", date(2021, 5, 1), "77002")
    near.release("d", date(2021, 5, 1), "77003")
    assert near.rows == [("c", "c", "zip-77002", 1, 7, "2022-05-01")]
