"""Answers about contact with children, and about several signals on one child, at the reference date."""

from __future__ import annotations

from collections.abc import Iterator

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.care import young
from seed.synthetic.days import REFERENCE, text
from seed.synthetic.homes import DELIVERABLE
from seed.synthetic.placements import UNRELATED
from seed.synthetic.records import Attempt

CALL_FROM, CALL_WITHIN = 30, 37
"""Days after a release between which the well-being call is due."""
_SETTLED, _MISSED_LONG_AGO, _FEWEST = 7, 30, 2
"""Minimum days since a refusal or since a child was not found, and since a missed hearing; minimum of signals."""


def answer_about_contact(block: Block, child: Child, *, concerned: bool) -> None:
    """Record what the attempts to reach a child add to the answers; `concerned` says if there are concerns about it."""
    if not child.placements:
        _answer_about_signals(block, child, concerned=concerned)
        return
    last = child.placements[-1]
    since = [attempt for attempt in child.attempts if attempt.day > last.released]
    if since and not any(attempt.met for attempt in since):
        row = (len(since), text(max(attempt.day for attempt in since)))
        block.truth.answer("childrenNeverReached", child.key, *row)
    _answer_about_calls(block, child, last, [attempt for attempt in since if attempt.kind == "WELL_BEING_CALL"])
    _answer_about_refusals(block, child)
    _answer_about_finding(block, child)
    _answer_about_signals(block, child, concerned=concerned)


def _answer_about_calls(block: Block, child: Child, last: Placement, calls: list[Attempt]) -> None:
    """Record the well-being calls; all attempts come after the child's last release, so earlier releases have none."""
    days = {call: call.day - last.released for call in calls}
    overdue = REFERENCE - last.released - CALL_WITHIN
    called = any(day >= CALL_FROM for day in days.values())
    if last.ended is None and not child.back and overdue > 0 and not called:
        block.truth.answer("wellBeingCallsOverdue", child.key, last.key, overdue)
    closed = overdue > 0 and (last.ended is None or last.ended > last.released + CALL_WITHIN)
    inside = [day for day in days.values() if CALL_FROM <= day <= CALL_WITHIN]
    if set(inside) & {CALL_FROM, CALL_WITHIN}:
        block.truth.plant("callsAtTheEdge", child.key)
    if calls and closed and not inside:
        late = [call for call in calls if days[call] > CALL_WITHIN]
        near = min(late, key=_place) if late else max(calls, key=_place)
        row = (last.key, near.key, "LATE" if late else "EARLY", days[near], text(near.day))
        block.truth.answer("wellBeingCallsOutsideWindow", child.key, *row)


def _place(attempt: Attempt) -> tuple[int, str]:
    return attempt.day, attempt.key


def _answer_about_refusals(block: Block, child: Child) -> None:
    answered = max((attempt.day for attempt in child.attempts if attempt.met), default=0)
    refusals = [
        attempt
        for attempt in child.attempts
        if attempt.outcome == "REFUSED" and answered <= attempt.day <= REFERENCE - _SETTLED
    ]
    if refusals:
        first = min(refusals, key=_place)
        after = sum(attempt.day > first.day for attempt in child.attempts)
        row = (first.key, text(first.day), after, REFERENCE - first.day)
        block.truth.answer("contactRefusedWithoutFollowUp", child.key, *row)


def _answer_about_finding(block: Block, child: Child) -> None:
    settled = [
        attempt.day
        for attempt in child.attempts
        if attempt.with_sponsor or (attempt.with_sponsor is None and attempt.met)
    ]
    last = max(settled, default=0)
    elsewhere = [
        attempt
        for attempt in child.attempts
        if attempt.with_sponsor is False and last <= attempt.day <= REFERENCE - _SETTLED
    ]
    if elsewhere:
        first = min(elsewhere, key=_place)
        row = (first.key, text(first.day), REFERENCE - first.day)
        block.truth.answer("childrenNotLivingWithSponsor", child.key, *row)


def _answer_about_signals(block: Block, child: Child, *, concerned: bool) -> None:
    signals = list(_signals(child, concerned=concerned))
    if len(signals) == _FEWEST - 1 and "MISSED_HEARING" not in signals and _is_silent(child, 1):
        block.truth.plant("recentSignals", child.key)
    if len(signals) >= _FEWEST:
        block.truth.answer("childrenWithSeveralSignals", child.key, len(signals), ", ".join(signals))


def _signals(child: Child, *, concerned: bool) -> Iterator[str]:
    placements = child.placements
    if _is_silent(child, _MISSED_LONG_AGO):
        yield "MISSED_HEARING"
    since = [attempt for attempt in child.attempts if attempt.day > placements[-1].released] if placements else []
    if since and not any(attempt.met for attempt in since):
        yield "NEVER_REACHED"
    if concerned:
        yield "CONCERN"
    if any(placement.home.deliverability != DELIVERABLE for placement in placements):
        yield "BAD_ADDRESS"
    if len(placements) > 1:
        yield "PLACED_AGAIN"
    if any(p.relationship in UNRELATED and len(p.sponsor.children) > 1 for p in placements):
        yield "SPONSOR_OF_SEVERAL"
    completed = [[s for s in p.studies if s.completed and s.completed <= p.released] for p in placements]
    if any(studies and studies[-1].recommendation == "NEGATIVE" for studies in completed):
        yield "NEGATIVE_HOME_STUDY"
    if any(not s and (child.needs or young(child, p)) for p, s in zip(placements, completed, strict=True)):
        yield "NO_HOME_STUDY"
    elsewhere = [attempt.day for attempt in child.attempts if attempt.with_sponsor is False]
    found = max((attempt.day for attempt in child.attempts if attempt.with_sponsor), default=0)
    if elsewhere and max(elsewhere) >= found:
        yield "NOT_WITH_SPONSOR"


def _is_silent(child: Child, days: int) -> bool:
    """Tell whether a hearing was missed at least so many days ago, and nothing has been heard of the child since."""
    if child.case is None:
        return False
    hearings = child.case.heard_by(child.key)
    heard = [attempt.day for attempt in child.attempts if attempt.met]
    heard += [hearing.day for hearing in hearings if hearing.outcome == "ATTENDED"]
    last = max([*heard, *(placement.released for placement in child.placements)], default=0)
    return any(last <= h.day <= REFERENCE - days for h in hearings if h.outcome == "MISSED")
