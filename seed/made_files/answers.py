"""The answers to the questions that the files can answer, from what is left of their rows after the faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from seed.synthetic.asked import ANSWERS
from seed.synthetic.days import REFERENCE_DATE, years_around

NEAR = "releasesNearCitedEmployers"
MISSED = "childrenWithoutContactAfterMissedHearing"
WAITING = "noticesFiledWithoutHearing"
ALONE = "childrenWithoutRepresentationAtHearing"
ANSWERED = {
    NEAR: ("hhs-releases", "whd"),
    MISSED: ("eoir",),
    WAITING: ("eoir",),
    ALONE: ("eoir",),
}
"""The questions, and whose files must be imported into an empty graph to ask them.

Other questions need what no published file has: names, sponsors, homes, birthdays, contact, or what an agency recorded.
"""
_YEARS = 3
_FILED_BEFORE = timedelta(days=30)


class Finding(NamedTuple):
    """A finding of child labor: the employer, the last day investigated, and how many minors were affected."""

    employer: str
    found: date
    minors: int


class NearEmployers:
    """Collects which children were released near cited employers; all findings come before the first release."""

    def __init__(self) -> None:
        self._cited: dict[str, list[Finding]] = {}
        self.rows: list[Sequence[Any]] = []

    def cite(self, postal_code: str, finding: Finding) -> None:
        """Add a finding about an employer in a postal area."""
        self._cited.setdefault(postal_code, []).append(finding)

    def release(self, key: str, released: date, postal_code: str) -> None:
        """Add the release of a child, whose record and placement have one key, to an unrelated sponsor."""
        earliest, latest = years_around(released, _YEARS)
        near = [one for one in self._cited.get(postal_code, ()) if earliest <= one.found <= latest]
        if near:
            employers = {one.employer for one in near}
            told = (len(employers), sum(one.minors for one in near), max(one.found for one in near).isoformat())
            self.rows.append((key, key, f"zip-{postal_code}", *told))


class Heard(NamedTuple):
    """A hearing as the files tell it; its outcome is blank where they tell none."""

    key: str
    day: date | None
    outcome: str


class Standing(NamedTuple):
    """A case as the files tell it: its number, when its notice was filed and somebody appeared, and its hearings."""

    number: str
    filed: date | None
    opened: date | None
    pending: bool
    appeared: date | None
    hearings: Sequence[Heard]


class CourtAnswers:
    """Collects what the cases add to the answers about courts."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Sequence[Any]]] = {MISSED: [], WAITING: [], ALONE: []}

    def add(self, case: Standing) -> None:
        """Add a case; its child is in no other one."""
        child, of = f"eoir-child-{case.number}", f"eoir-case-{case.number}"
        dated = [(one.day, one.key, one.outcome) for one in case.hearings if one.day]
        attended = max((day for day, _, outcome in dated if outcome == "ATTENDED"), default=date.min)
        missed = min(_before(dated, "MISSED", attended), default=None)
        if missed:
            self.rows[MISSED].append((child, missed[1], (REFERENCE_DATE - missed[0]).days))
        open_ = case.pending and case.opened is not None
        if open_ and case.filed and case.filed <= REFERENCE_DATE - _FILED_BEFORE and not case.hearings:
            row = (child, f"eoir-notice-{case.number}", of, case.filed.isoformat())
            self.rows[WAITING].append((*row, (REFERENCE_DATE - case.filed).days))
        ahead = min((one for one in dated if one[0] == REFERENCE_DATE and not one[2]), default=None)
        if open_ and ahead and case.appeared is None:
            self.rows[ALONE].append((child, ahead[1], of, REFERENCE_DATE.isoformat(), 0))


def _before(dated: Iterable[tuple[date, str, str]], outcome: str, attended: date) -> Iterable[tuple[date, str]]:
    """Yield the hearings before the reference date with an outcome, on or after the last attended one."""
    return ((day, key) for day, key, of in dated if of == outcome and attended <= day < REFERENCE_DATE)


def document(near: NearEmployers, court: CourtAnswers) -> dict[str, object]:
    """Return the answers as plain values, in the form of the ground truth of the whole graph."""
    rows = {NEAR: near.rows, **court.rows}
    found: dict[str, object] = {}
    for name, imported in ANSWERED.items():
        parameters, columns = ANSWERS[name]
        given = {**parameters, "asOf": REFERENCE_DATE.isoformat()}
        found[name] = {
            "imported": imported,
            "parameters": given,
            "columns": columns,
            "count": len(rows[name]),
            "rows": rows[name],
        }
    return found
