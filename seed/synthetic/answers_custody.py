"""Answers about custody and about services after a release, at the reference date."""

from __future__ import annotations

from seed.synthetic.block import Block, Child
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.days import REFERENCE, number, text
from seed.synthetic.services import BEGIN_WITHIN

_TRANSFERRED_WITHIN = 3
"""Days for 72 hours (8 USC 1232(b)(3))."""


def answer_about_custody(block: Block, child: Child) -> None:
    """Write down what the child's stays in custody, and the services ordered for it, add to the answers."""
    truth = block.truth
    birthday = number(eighteenth_birthday(child))
    for stay in child.custody:
        if stay.kind == "AGED_OUT" and stay.discharged is not None:
            released = any(one.released < stay.discharged for one in child.placements)
            late = stay.discharged - birthday
            truth.answer("childrenWhoAgedOutOfCustody", child.key, stay.key, text(stay.discharged), late, released)
        elif stay.kind not in (None, "REUNIFIED"):
            truth.plant("otherDischarges", child.key, stay.key)
        if stay.apprehended is not None:
            held = (stay.transferred if stay.transferred is not None else stay.admitted) - stay.apprehended
            if held > _TRANSFERRED_WITHIN:
                days = (text(stay.apprehended), text(stay.apprehended + held), held)
                truth.answer("transfersAfterDeadline", child.key, stay.key, *days)
            elif held == _TRANSFERRED_WITHIN:
                truth.plant("transfersInTime", child.key, stay.key)
    _answer_about_return(block, child)
    _answer_about_running_away(block, child)
    for placement in child.placements:
        for service in placement.services:
            begun = service.started if service.started is not None else REFERENCE
            if begun - service.ordered > BEGIN_WITHIN:
                started = None if service.started is None else text(service.started)
                row = (service.key, placement.key, text(service.ordered), started, begun - service.ordered)
                truth.answer("postReleaseServicesNotGiven", child.key, *row)


def _answer_about_return(block: Block, child: Child) -> None:
    back = [
        (stay.began, stay.key, placement.released, placement, stay)
        for stay in child.custody
        for placement in child.placements
        if placement.released < stay.began
    ]
    if not back and any(placement.ended is not None for placement in child.placements):
        block.truth.plant("endedOtherwise", child.key)
    if back:
        began, _, released, placement, stay = max(back, key=lambda found: found[:3])
        row = (placement.key, stay.key, text(released), text(began))
        block.truth.answer("childrenReturnedToCustody", child.key, *row)


def _answer_about_running_away(block: Block, child: Child) -> None:
    for stay in reversed(child.custody):
        if stay.kind == "RAN_AWAY" and stay.discharged is not None:
            left = stay.discharged
            seen = [attempt.day for attempt in child.attempts if attempt.met]
            hearings = child.case.heard_by(child.key) if child.case else []
            seen += [hearing.day for hearing in hearings if hearing.outcome == "ATTENDED"]
            seen += [placement.released for placement in child.placements]
            back = any(other is not stay and other.began >= left for other in child.custody)
            if max(seen, default=0) <= left and not back:
                row = (stay.key, text(left), REFERENCE - left)
                block.truth.answer("childrenWhoRanAway", child.key, *row)
            return
