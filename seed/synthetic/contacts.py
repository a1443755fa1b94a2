"""Contacts: attempts to speak with a child after release, and who was not spoken to since a missed hearing."""

from __future__ import annotations

from seed.synthetic.block import Attempt, Block, Child, Hearing
from seed.synthetic.days import DATES, REFERENCE, fiscal_year
from seed.synthetic.plan import NOT_REACHED, NOT_TRIED

_FAILURES = ("NO_ANSWER", "NO_ANSWER", "NO_ANSWER", "WRONG_NUMBER", "REFUSED")
_KINDS = (
    *(("WELL_BEING_CALL", "ORR"),) * 12,
    *(("POST_RELEASE_SERVICE", "ORR"),) * 5,
    *(("HOME_VISIT", "ORR"),) * 2,
    ("WELLNESS_CHECK", "ICE"),
)
_CALL = ("WELL_BEING_CALL", "ORR")
_WELL_BEING_CALL_AFTER = 30
"""Days after release (ORR policy guide, section 6)."""
_WITH_SPONSOR = (*(True,) * 18, False, None)
_SECOND_CALL, _LATER = 0.2, 0.3
_FOLLOWED_UP, _SAME_DAY, _FAILED = 0.35, 0.1, 0.15
"""Shares of missed hearings after which the child was reached, was reached that very day, or was sought in vain."""


def make_contacts(block: Block, child: Child, hearings: list[Hearing]) -> None:
    """Add the attempts that the plan asks for, and plant what they mean for the child's missed hearings."""
    state = block.plan.contact[child.position]
    missed = [hearing for hearing in hearings if hearing.outcome == "MISSED"]
    reached: list[int] = []
    if state == NOT_REACHED:
        _seek_in_vain(block, child, missed)
    elif state != NOT_TRIED:
        reached = _reach(block, child)
        if missed:
            reached += _after_missed(block, child, missed)
    if missed:
        _plant_missed(block, child, missed, max(reached, default=0))


def _attempt(block: Block, child: Child, kind: tuple[str, str], day: int, outcome: str) -> None:
    with_sponsor = block.pick(_WITH_SPONSOR) if outcome == "REACHED" else None
    child.attempts.append(Attempt(kind[0], day, outcome))
    key = block.tables.add("ContactAttempt", day, kind[0], DATES[day], outcome, with_sponsor)
    block.tables.link("HAS_CONTACT", "Child", child.key, key)
    block.tables.link("MADE_BY", "ContactAttempt", key, block.world.agencies[kind[1]])


def _call_day(block: Block, child: Child) -> int:
    return child.placements[-1].released + _WELL_BEING_CALL_AFTER + block.between(-2, 6)


def _seek_in_vain(block: Block, child: Child, missed: list[Hearing]) -> None:
    block.truth.plant("notReached", child.key)
    block.truth.count(fiscal_year(child.transferred), "not_reached")
    day = _call_day(block, child)
    _attempt(block, child, _CALL, day, block.pick(_FAILURES))
    while block.chance(_LATER):
        day = min(day + block.between(3, 60), REFERENCE)
        _attempt(block, child, block.pick(_KINDS), day, block.pick(_FAILURES))
    if missed and missed[-1].day < REFERENCE and block.chance(_FAILED):
        _fail_after(block, child, missed[-1])


def _reach(block: Block, child: Child) -> list[int]:
    day = _call_day(block, child)
    if block.chance(_SECOND_CALL):
        _attempt(block, child, _CALL, day, block.pick(_FAILURES))
        day += block.between(1, 14)
    _attempt(block, child, _CALL, day, "REACHED")
    reached = [day]
    while block.chance(_LATER):
        day = min(day + block.between(14, 120), REFERENCE)
        _attempt(block, child, block.pick(_KINDS), day, "REACHED")
        reached.append(day)
    return reached


def _after_missed(block: Block, child: Child, missed: list[Hearing]) -> list[int]:
    hearing = block.pick(tuple(missed))
    drawn = block.rng.random()
    if hearing.day == REFERENCE or drawn >= _FOLLOWED_UP + _SAME_DAY + _FAILED:
        return []
    if drawn < _FOLLOWED_UP:
        day = min(hearing.day + block.between(1, 60), REFERENCE)
        _attempt(block, child, block.pick(_KINDS), day, "REACHED")
        return [day]
    if drawn < _FOLLOWED_UP + _SAME_DAY:
        _attempt(block, child, block.pick(_KINDS), hearing.day, "REACHED")
        return [hearing.day]
    _fail_after(block, child, hearing)
    return []


def _fail_after(block: Block, child: Child, hearing: Hearing) -> None:
    day = min(hearing.day + block.between(1, 40), REFERENCE)
    _attempt(block, child, block.pick(_KINDS), day, block.pick(_FAILURES))
    block.truth.plant("failedContacts", child.key, hearing.key)


def _plant_missed(block: Block, child: Child, missed: list[Hearing], last_reached: int) -> None:
    silent = [hearing for hearing in missed if hearing.day >= last_reached]
    if not silent:
        return
    first = silent[0]
    if first.day == last_reached:
        block.truth.plant("sameDayContacts", child.key, first.key)
    if first.day < REFERENCE:
        block.truth.answer("childrenWithoutContactAfterMissedHearing", child.key, first.key, REFERENCE - first.day)
