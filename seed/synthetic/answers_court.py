"""Answers about notices, hearings and orders, at the reference date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from seed.synthetic.block import Block, Child, Hearing, Home
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.days import REFERENCE, REFERENCE_DATE, text
from seed.synthetic.recordings import TOLD, TOLD_WITHIN

_SOON = 90
"""Days before a birthday within which a child is about to turn 18 (a default)."""


def answer_about_court(block: Block, children: Sequence[Child]) -> None:
    """Write down what the notices, cases and hearings of the children add to the answers."""
    heard: dict[str, Hearing] = {}
    for child in children:
        birthday = eighteenth_birthday(child)
        if child.without_notice:
            _answer_about_notice(block, child, grown_up=birthday <= REFERENCE_DATE)
        if child.case is None:
            continue
        days = (birthday - REFERENCE_DATE).days
        if child.case.stands and 0 < days <= _SOON:
            row = (child.case.key, birthday.isoformat(), days)
            block.truth.answer("childrenTurningEighteenWithOpenCase", child.key, *row)
            block.truth.plant("turningEighteen", child.key, birthday.isoformat())
        for hearing in child.case.hearings:
            heard[hearing.key] = hearing
            _answer_about_order(block, child, hearing)
    for hearing in heard.values():
        _answer_about_hearing(block, hearing)


def _answer_about_notice(block: Block, child: Child, *, grown_up: bool) -> None:
    days = REFERENCE - child.placements[-1].released if child.placements else None
    row = (days, child.without_notice, child.relief_pending, not child.placements, grown_up)
    block.truth.answer("childrenWithoutNoticeToAppear", child.key, *row)


def _answer_about_order(block: Block, child: Child, hearing: Hearing) -> None:
    if not hearing.in_absentia or hearing.noticed is None or hearing.noticed_at is None:
        return
    known = list(_addresses_by(child, hearing.noticed))
    since = max((day for day, _ in known), default=0)
    latest = [home.key for day, home in known if day == since]
    if latest and hearing.noticed_at.key not in latest:
        row = (hearing.order, hearing.key, hearing.noticed_at.key, min(latest), text(since), text(hearing.ordered))
        block.truth.answer("absentiaOrdersAfterStaleNotice", child.key, *row)


def _addresses_by(child: Child, day: int) -> Iterator[tuple[int, Home]]:
    """Give the addresses that the records have of the child by a day: its own, and its last sponsor's."""
    released = [placement for placement in child.placements if placement.released <= day]
    reports = [*child.reports, *(released[-1].sponsor.reports if released else ())]
    yield from ((placement.released, placement.home) for placement in released)
    yield from ((report.since, report.home) for report in reports if report.since <= day)


def _answer_about_hearing(block: Block, hearing: Hearing) -> None:
    keys = block.world.agencies
    if hearing.outcome == "MISSED":
        for agency in TOLD:
            _answer_about_telling(block, hearing, agency)
    for one, other in combinations(sorted(hearing.recorded, key=lambda code: keys[code]), 2):
        outcomes = hearing.recorded[one][0], hearing.recorded[other][0]
        if outcomes[0] != outcomes[1] and "MISSED" in (*outcomes, hearing.outcome):
            row = (hearing.key, keys[one], keys[other], *outcomes, REFERENCE - hearing.day)
            block.truth.answer("missedHearingsRecordedDifferently", *row)


def _answer_about_telling(block: Block, hearing: Hearing, agency: str) -> None:
    """An office's own record is one of the agency that it is part of; a record of another outcome is a record."""
    recorded = [found for code, found in hearing.recorded.items() if code == agency or code.startswith(f"{agency}-")]
    told = [hearing.told[agency]] if agency in hearing.told else []
    if not recorded and not told:
        if hearing.day <= REFERENCE - TOLD_WITHIN:
            days = REFERENCE - hearing.day
            block.truth.answer("missedHearingsNotTold", hearing.key, block.world.agencies[agency], days)
        return
    learned = min([*told, *(day for outcome, day in recorded if outcome == "MISSED")], default=hearing.day)
    if learned > hearing.day + TOLD_WITHIN:
        row = (block.world.agencies[agency], text(learned), learned - hearing.day)
        block.truth.answer("missedHearingsToldLate", hearing.key, *row)
