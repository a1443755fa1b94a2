"""Contacts: attempts to speak with a child after release, and who has not been reached since a missed hearing."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Hearing
from seed.synthetic.days import DATES, REFERENCE, fiscal_year
from seed.synthetic.plan import NOT_REACHED, NOT_TRIED
from seed.synthetic.records import Attempt

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
_CHILD, _OTHERS = ("CHILD", "CHILD", "BOTH", "BOTH", None), ("SPONSOR", "SPONSOR", "OTHER_ADULT")
"""Who was spoken to: the child, or only others; a record that does not say so includes the child."""
_OTHERS_ALONE = 0.2
_REFUSED_LATER, _REFUSAL_FOLLOWED, _LOOKED_AGAIN = 0.04, 0.5, 0.5
_SECOND_CALL, _LATER = 0.2, 0.3
_FOLLOWED_UP, _SAME_DAY, _FAILED, _SPONSOR_ALONE = 0.3, 0.15, 0.15, 0.15
"""Shares of missed hearings after which the child was reached, was reached on the same day, or was sought in vain, and
after which only its sponsor was reached."""


def make_contacts(block: Block, child: Child, hearings: list[Hearing]) -> None:
    """Add the attempts that the plan asks for, and plant what they mean for the child's missed hearings."""
    state = block.plan.contact[child.position]
    missed = [hearing for hearing in hearings if hearing.outcome == "MISSED"]
    if state == NOT_REACHED:
        _seek_in_vain(block, child, missed)
    elif state != NOT_TRIED:
        _reach(block, child)
        if missed:
            _after_missed(block, child, missed)
        if not _look_again(block, child) and block.chance(_REFUSED_LATER):
            _refuse(block, child)
    if missed:
        _plant_missed(block, child, hearings)


def _attempt(
    block: Block, child: Child, kind: tuple[str, str], day: int, outcome: str, spoken_to: tuple[str | None, ...] = ()
) -> None:
    """Add an attempt; with `REACHED`, one of `spoken_to` was spoken to."""
    with_sponsor = block.pick(_WITH_SPONSOR) if outcome == "REACHED" else None
    _add(block, child, kind, day, outcome, block.pick(spoken_to) if spoken_to else None, with_sponsor)


def _add(
    block: Block,
    child: Child,
    kind: tuple[str, str],
    day: int,
    outcome: str,
    reached: str | None,
    with_sponsor: bool | None,
) -> None:
    key = block.tables.add("ContactAttempt", day, kind[0], DATES[day], outcome, reached, with_sponsor)
    block.tables.link("HAS_CONTACT", "Child", child.key, key)
    block.tables.link("MADE_BY", "ContactAttempt", key, block.world.agencies[kind[1]])
    child.attempts.append(Attempt(key, kind[0], day, outcome, reached, with_sponsor))


def _call_day(block: Block, child: Child) -> int:
    return child.placements[-1].released + _WELL_BEING_CALL_AFTER + block.between(-2, 7)


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


def _reach(block: Block, child: Child) -> None:
    """Reach the child once, so that it never counts as one of whom only the sponsor was reached, and then anybody."""
    day = _call_day(block, child)
    if block.chance(_SECOND_CALL):
        _attempt(block, child, _CALL, day, block.pick(_FAILURES))
        day += block.between(1, 14)
    _attempt(block, child, _CALL, day, "REACHED", _CHILD)
    while block.chance(_LATER):
        day = min(day + block.between(14, 120), REFERENCE)
        spoken_to = _OTHERS if block.chance(_OTHERS_ALONE) else _CHILD
        _attempt(block, child, block.pick(_KINDS), day, "REACHED", spoken_to)


def _after_missed(block: Block, child: Child, missed: list[Hearing]) -> None:
    hearing = block.pick(tuple(missed))
    drawn = block.rng.random()
    if hearing.day == REFERENCE or drawn >= _FOLLOWED_UP + _SAME_DAY + _FAILED + _SPONSOR_ALONE:
        return
    day = min(hearing.day + block.between(1, 60), REFERENCE)
    if drawn < _FOLLOWED_UP:
        _attempt(block, child, block.pick(_KINDS), day, "REACHED", _CHILD)
    elif drawn < _FOLLOWED_UP + _SAME_DAY:
        _attempt(block, child, block.pick(_KINDS), hearing.day, "REACHED", _CHILD)
    elif drawn < _FOLLOWED_UP + _SAME_DAY + _SPONSOR_ALONE:
        _attempt(block, child, _CALL, day, "REACHED", _OTHERS)
        block.truth.plant("sponsorAlone", child.key, hearing.key)
    else:
        _fail_after(block, child, hearing)


def _look_again(block: Block, child: Child) -> bool:
    """Visit some of those who were last found not to live with the sponsor, and find them there; return whether so."""
    last = max(child.attempts, key=lambda attempt: attempt.day)
    if last.with_sponsor is not False or last.day >= REFERENCE or not block.chance(_LOOKED_AGAIN):
        return False
    day = block.between(last.day + 1, min(last.day + 30, REFERENCE))
    _add(block, child, ("HOME_VISIT", "ORR"), day, "REACHED", "BOTH", True)
    block.truth.plant("foundAgain", child.key)
    return True


def _refuse(block: Block, child: Child) -> None:
    last = max(attempt.day for attempt in child.attempts)
    day = min(last + block.between(5, 90), REFERENCE)
    _attempt(block, child, block.pick(_KINDS), day, "REFUSED")
    if day < REFERENCE and block.chance(_REFUSAL_FOLLOWED):
        _attempt(block, child, _CALL, min(day + block.between(1, 20), REFERENCE), "REACHED", _CHILD)
        block.truth.plant("refusalsFollowedUp", child.key)


def _fail_after(block: Block, child: Child, hearing: Hearing) -> None:
    day = min(hearing.day + block.between(1, 40), REFERENCE)
    _attempt(block, child, block.pick(_KINDS), day, block.pick(_FAILURES))
    block.truth.plant("failedContacts", child.key, hearing.key)


def _plant_missed(block: Block, child: Child, hearings: list[Hearing]) -> None:
    """Write down the first missed hearing that no contact, no attended hearing and no release followed."""
    met = [attempt.day for attempt in child.attempts if attempt.met]
    attended = [hearing.day for hearing in hearings if hearing.outcome == "ATTENDED"]
    last = max([*met, *attended, *(placement.released for placement in child.placements)])
    silent = [hearing for hearing in hearings if hearing.outcome == "MISSED" and hearing.day >= last]
    if not silent:
        return
    first = silent[0]
    if first.day in met:
        block.truth.plant("sameDayContacts", child.key, first.key)
    if first.day < REFERENCE:
        block.truth.answer("childrenWithoutContactAfterMissedHearing", child.key, first.key, REFERENCE - first.day)
