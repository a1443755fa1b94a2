"""Second answer to the question about figures by fiscal year, court and field office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record
from tests.truth.notions_places import (
    NO_HOME,
    above,
    dated_releases,
    hearings_of,
    missed_by,
    notice_state,
    releases,
    spoken_to,
    unless_after,
)

Pair = tuple[str | None, str | None]
"""The codes of a court and of a field office."""


@answers("oversightByCourtAndOffice")
def oversight_by_court_and_office(dump: Dump, asOf: date) -> Iterator[Row]:
    """Give the figures of each fiscal year, court and field office."""
    found: dict[tuple[int, str, str], Counter[str]] = {}
    for child in dump.all("Child"):
        on = child["transferredOn"] or child["enteredOn"]
        if unless_after(on, asOf):
            year = on.year + (on.month >= 10) if on else 0
            figures = _figures(dump, child, asOf)
            for court, office in _offices(dump, child, asOf):
                found.setdefault((year, court or "none", office or "none"), Counter()).update(figures)
    for (year, court, office), total in found.items():
        yield {"fiscalYear": year, "court": court, "fieldOffice": office, **total}


def _figures(dump: Dump, child: Record, day: date) -> dict[str, int]:
    missed = [one for one in hearings_of(dump, child) if missed_by(dump, child, one)]
    missed += [tie.other for tie in dump.out(child, "HAD_OUTCOME") if tie["outcome"] == "MISSED"]
    state = notice_state(dump, child, day)
    released = releases(dump, child, day)
    dated = dated_releases(dump, child, day)
    since = dated[-1]["releasedOn"] if dated else date.min
    sought = [
        one
        for one in dump.ends(child, "HAS_CONTACT")
        if one["attemptedOn"] is not None and since < one["attemptedOn"] <= day
    ]
    bad = [one for one in released if any(a["deliverability"] in NO_HOME for a in dump.ends(one, "RELEASED_TO"))]
    return {
        "transferred": 1,
        "missedHearing": int(any(unless_after(one["scheduledOn"], day) for one in missed)),
        "withoutNotice": int(state in ("NOT_ISSUED", "NOT_SERVED")),
        "notFiled": int(state == "NOT_FILED"),
        "notReached": int(bool(released) and bool(sought) and not any(spoken_to(one) for one in sought)),
        "badAddresses": len(bad),
    }


def _cases(dump: Dump, child: Record, day: date) -> list[Record]:
    return [one for one in dump.ends(child, "RESPONDENT_IN") if unless_after(one["openedOn"], day)]


def _hearings(dump: Dump, case: Record, day: date) -> list[Record]:
    return [one for one in dump.ends(case, "HAS_HEARING") if unless_after(one["scheduledOn"], day)]


def _offices(dump: Dump, child: Record, day: date) -> set[Pair]:
    """Return the courts and field offices of a child: of its cases, and of its releases for what those do not tell."""
    heard: set[Pair] = set()
    for case in _cases(dump, child, day):
        venues = _codes(dump.ends(case, "VENUED_AT"))
        hearings = _hearings(dump, case, day)
        for hearing in hearings:
            held = _codes(dump.ends(hearing, "HELD_AT")) or venues or [None]
            heard |= {*product(held, _recorders(dump, hearing, day) or [None])}
        if not hearings:
            heard |= {*product(venues or [None], [None])}
    near: set[Pair] = set()
    for release in releases(dump, child, day):
        for area, other in _areas(dump, release):
            courts, fields = (
                _responsible(dump, area, kind) or _responsible(dump, other, kind) or [None]
                for kind in ("COURT", "FIELD_OFFICE")
            )
            near |= {*product(courts, fields)}
    return {
        (court or there, office or about)
        for court, office in heard or {(None, None)}
        for there, about in near or {(None, None)}
    }


def _areas(dump: Dump, release: Record) -> Iterator[tuple[Record | None, Record | None]]:
    """Give the postal area on record for a release, and that of its address."""
    around = dump.ends(release, "RELEASED_IN")
    near = dump.ends(dump.ends(release, "RELEASED_TO"), "IN_AREA")
    found: tuple[list[Record | None], list[Record | None]] = ([*around] or [None], [*near] or [None])
    yield from product(*found)


def _responsible(dump: Dump, area: Record | None, kind: str) -> list[str | None]:
    offices = dump.starts(area, "RESPONSIBLE_FOR") if area else []
    return _codes([one for one in offices if one["kind"] == kind])


def _codes(agencies: list[Record]) -> list[str | None]:
    return [one["code"] for one in agencies]


def _recorders(dump: Dump, hearing: Record, day: date) -> list[str | None]:
    """Return the field offices whose own system, or that of an office of theirs, records a hearing."""
    recorded = [tie.other for tie in dump.into(hearing, "RECORDED") if unless_after(tie["recordedOn"], day)]
    offices = {one for agency in recorded for one in above(dump, agency) if one["kind"] == "FIELD_OFFICE"}
    return _codes(sorted(offices))
