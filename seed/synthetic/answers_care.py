"""Answers about placements, care and contact, at the reference date."""

from __future__ import annotations

from datetime import date

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.care import young
from seed.synthetic.days import DATES, REFERENCE, text
from seed.synthetic.homes import DELIVERABLE
from seed.synthetic.placements import UNRELATED

_CALL_WITHIN, _CITED_WITHIN = 30, 3
"""Days after release within which a well-being call is due, and years between a release and a citation near it."""


def answer_about_placements(block: Block, child: Child) -> None:
    """Write down what the child's placements, and the contact with it, add to the answers."""
    for placement in child.placements:
        _answer_about_release(block, child, placement)
    if child.placements:
        _answer_about_contact(block, child)
    if len(child.placements) > 1:
        last = child.placements[-1]
        sponsors = {placement.sponsor.key for placement in child.placements}
        row = (last.key, len(child.placements), len(sponsors), text(last.released))
        block.truth.answer("childrenPlacedAgain", child.key, *row)


def answer_about_siblings(block: Block) -> None:
    """Write down which siblings of the block are placed apart."""
    for pair in block.siblings:
        if not all(child.placements and child.placements[-1].ended is None for child in pair):
            continue
        one, other = (child.placements[-1] for child in sorted(pair, key=lambda child: child.key))
        if one.sponsor is not other.sponsor and one.home is not other.home:
            since = text(max(one.released, other.released))
            row = (one.child, other.child, one.sponsor.key, other.sponsor.key, since)
            block.truth.answer("siblingsPlacedApart", *row)


def _answer_about_release(block: Block, child: Child, placement: Placement) -> None:
    truth, released = block.truth, text(placement.released)
    home = placement.home
    if home.deliverability != DELIVERABLE:
        truth.answer("releaseAddressesUnusable", child.key, placement.key, home.key, home.deliverability, released)
    unrelated = placement.relationship in UNRELATED
    several = unrelated and any(
        other.child != child.key and other.released <= placement.released for other in placement.sponsor.placements
    )
    if not placement.studied and (several or young(child, placement)):
        reason = "UNRELATED_SPONSOR_OF_SEVERAL" if several else "YOUNG_CHILD_CATEGORY_3"
        truth.answer("releasesWithoutRequiredHomeStudy", child.key, placement.key, reason, released)
    if unrelated and home.area.key in block.world.cited:
        first, last = _years_around(DATES[placement.released], _CITED_WITHIN)
        near = [cited for cited in block.world.cited[home.area.key] if first <= DATES[cited.found] <= last]
        if near:
            found, minors = max(cited.found for cited in near), sum(cited.minors for cited in near)
            row = (placement.key, home.area.key, len({cited.employer for cited in near}), minors, text(found))
            truth.answer("releasesNearCitedEmployers", child.key, *row)


def _years_around(day: date, years: int) -> tuple[date, date]:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years), day.replace(year=day.year + years)


def _answer_about_contact(block: Block, child: Child) -> None:
    last = child.placements[-1]
    since = [attempt for attempt in child.attempts if attempt.day > last.released]
    if since and all(attempt.outcome != "REACHED" for attempt in since):
        row = (len(since), text(max(attempt.day for attempt in since)))
        block.truth.answer("childrenNeverReached", child.key, *row)
    overdue = REFERENCE - last.released - _CALL_WITHIN
    if last.ended is None and overdue > 0 and all(attempt.kind != "WELL_BEING_CALL" for attempt in since):
        block.truth.answer("wellBeingCallsOverdue", child.key, last.key, overdue)
