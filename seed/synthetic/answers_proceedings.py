"""Answers about notices, cases, orders, relief and representation, at the reference date."""

from __future__ import annotations

from seed.synthetic.block import Block, Case, Child, Hearing
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.courts import FAR, kilometers_to
from seed.synthetic.days import REFERENCE, REFERENCE_DATE, text
from seed.synthetic.placements import RETURNED
from seed.synthetic.whereabouts import Known, known_of, latest_of

_SOON, _AHEAD, _WAITING = 90, 30, 30
"""Days before a birthday and before a hearing, and days since a notice was filed or asylum denied (defaults)."""
_ENDING = ("RELIEF_GRANTED", "TERMINATION")
"""Orders after which one of removal, issued before, is no longer waiting for anything."""


def answer_about_proceedings(block: Block, child: Child) -> None:
    """Write down what a child's notices, case and applications for relief add to the answers."""
    birthday = eighteenth_birthday(child)
    _answer_about_denials(block, child)
    if child.without_notice:
        _answer_about_notice(block, child, grown_up=birthday <= REFERENCE_DATE)
    case = child.case
    if case is None:
        return
    days = (birthday - REFERENCE_DATE).days
    if case.stands and 0 < days <= _SOON:
        row = (case.key, birthday.isoformat(), days)
        block.truth.answer("childrenTurningEighteenWithOpenCase", child.key, *row)
        block.truth.plant("turningEighteen", child.key, birthday.isoformat())
    if case.stands:
        _answer_about_hearings(block, child, case)
        _answer_about_distance(block, child, case)
    for hearing in case.hearings:
        _answer_about_order(block, child, hearing)
        _answer_about_removal(block, child, case, hearing)


def _answer_about_notice(block: Block, child: Child, *, grown_up: bool) -> None:
    last = child.placements[-1] if child.placements else None
    days = REFERENCE - last.released if last else None
    back = any(stay.discharged is None and (last is None or last.released < stay.admitted) for stay in child.custody)
    left = any(stay.discharged is not None for stay in child.custody)
    in_care = back or (not left if last is None else last.ended is not None and last.reason == RETURNED)
    row = (days, child.without_notice, child.relief_pending, in_care, grown_up)
    block.truth.answer("childrenWithoutNoticeToAppear", child.key, *row)


def _answer_about_denials(block: Block, child: Child) -> None:
    """Write down whose asylum was denied; other relief, and asylum of one whose notice was filed, is a near miss."""
    for one in child.applications:
        if one.status != "DENIED" or one.decided is None:
            continue
        if one.form != "I_589":
            block.truth.plant("otherDenials", child.key, one.key)
        elif not child.without_notice:
            block.truth.plant("denialsWithNotice", child.key, one.key)
        elif one.decided <= REFERENCE - _WAITING:
            denied = (one.key, child.without_notice, text(one.decided), REFERENCE - one.decided)
            block.truth.answer("asylumDeniedWithoutNotice", child.key, *denied)


def _answer_about_hearings(block: Block, child: Child, case: Case) -> None:
    filed = case.notice.filed
    if filed <= REFERENCE - _WAITING and all(hearing.outcome == "CANCELLED" for hearing in case.hearings):
        row = (child.notice, case.key, text(filed), REFERENCE - filed)
        block.truth.answer("noticesFiledWithoutHearing", child.key, *row)
    represented = any(one.withdrawn is None or one.withdrawn > REFERENCE for one in child.represented)
    for hearing in case.hearings:
        if hearing.outcome == "SCHEDULED" and REFERENCE <= hearing.day <= REFERENCE + _AHEAD and not represented:
            row = (hearing.key, case.key, text(hearing.day), hearing.day - REFERENCE)
            block.truth.answer("childrenWithoutRepresentationAtHearing", child.key, *row)


def _answer_about_distance(block: Block, child: Child, case: Case) -> None:
    places = [(one.since, one.home.area) for one in child.reports if one.until is None or one.until >= REFERENCE]
    if child.placements and child.placements[-1].ended is None:
        places.append((child.placements[-1].released, child.placements[-1].home.area))
    since = max((day for day, _ in places), default=0)
    moved = any(one.order_kind == "CHANGE_OF_VENUE" and one.ordered >= since for one in case.hearings)
    near = [kilometers_to(block, case.court, area) for day, area in places if day == since]
    if near and min(near) >= FAR and moved:
        block.truth.plant("farVenues", child.key, case.key)
    elif near and min(near) >= FAR:
        row = (case.key, case.court, int(min(near)), text(since))
        block.truth.answer("courtsFarFromChildren", child.key, *row)


def _answer_about_order(block: Block, child: Child, hearing: Hearing) -> None:
    if not hearing.in_absentia or hearing.noticed is None or hearing.noticed_at is None:
        return
    if hearing.outcome_for(child.key) != "MISSED":
        return
    latest = latest_of(list(known_of(child, hearing.noticed)), hearing.noticed)
    where = hearing.noticed_at.key
    found = bool(latest) and not (_stands(latest, hearing.noticed) and where in {one.home.key for one in latest})
    if found:
        home, since = min((one.home.key, one.since) for one in latest)
        row = (hearing.order, hearing.key, where, home, text(since), text(hearing.ordered))
        block.truth.answer("absentiaOrdersAfterStaleNotice", child.key, *row)
    if hearing.stale:
        block.truth.plant("staleNotices" if found else "unreportedMoves", hearing.order, hearing.key, where)


def _stands(latest: list[Known], day: int) -> bool:
    return all(one.until is None or one.until >= day for one in latest)


def _answer_about_removal(block: Block, child: Child, case: Case, hearing: Hearing) -> None:
    if hearing.order_kind != "REMOVAL" or (hearing.in_absentia and hearing.outcome_for(child.key) != "MISSED"):
        return
    pending = [(one.filed, one.key) for one in child.applications if one.decided is None]
    ended = any(one.order_kind in _ENDING and hearing.ordered < one.ordered for one in case.hearings)
    if pending and ended:
        block.truth.plant("removalsUndone", child.key, hearing.order)
    elif pending:
        filed, key = min(pending)
        row = (hearing.order, key, text(filed), text(hearing.ordered), REFERENCE - hearing.ordered)
        block.truth.answer("removalOrdersWithReliefPending", child.key, *row)
