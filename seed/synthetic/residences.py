"""Residences: what agencies report about where a child lives, and what phone it has."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Report
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.homes import nearby_area, new_home
from seed.synthetic.sponsors import new_phone, reported_after

_REPORTED, _MOVE_REPORTED, _END_REPORTED, _DISPUTED = 0.5, 0.7, 0.5, 0.03
_TOLD_AFTERWARDS = 0.25
"""Share of children ordered removed in absentia who had moved and reported it only after the notice was sent."""
_SPONSORS_PHONE, _OWN_PHONE = 0.12, 0.06


def report_residences(block: Block, child: Child) -> None:
    """Add the reports: ORR knows the release address, EOIR may know a later one, ERO may know yet another."""
    placement = child.placements[-1]
    later = [stay for stay in placement.sponsor.stays if stay.since > placement.released]
    if block.chance(_REPORTED):
        until = later[0].since if later and block.chance(_END_REPORTED) else None
        _reside(block, child, Report("ORR", placement.home, placement.released, until, placement.released))
    for stay in later:
        if block.chance(_MOVE_REPORTED):
            _reside(block, child, Report("EOIR", stay.home, stay.since, stay.until, reported_after(block, stay.since)))
    if not later:
        _move_unseen(block, child)
    if block.chance(_DISPUTED):
        since = block.between(placement.released + 10, REFERENCE - 10)
        home = new_home(block, nearby_area(block, placement.home.area), since)
        _reside(block, child, Report("ERO", home, since, None, reported_after(block, since)))
        block.truth.plant("disputedAddresses", child.key, "ERO", home.key)


def _move_unseen(block: Block, child: Child) -> None:
    """Let a child move shortly before a notice is sent to its release address, and report that only afterwards."""
    placement = child.placements[-1]
    for hearing in child.case.hearings if child.case else ():
        sent = hearing.noticed if hearing.noticed_at is placement.home else None
        if hearing.in_absentia and sent is not None and block.chance(_TOLD_AFTERWARDS):
            since, told = sent - block.between(1, 9), sent + block.between(1, 40)
            if placement.released < since and told <= REFERENCE:
                home = new_home(block, nearby_area(block, placement.home.area), since)
                _reside(block, child, Report("EOIR", home, since, None, told))
                block.truth.plant("unreportedMoves", hearing.order, hearing.key, placement.home.key)


def _reside(block: Block, child: Child, report: Report) -> None:
    until = None if report.until is None else DATES[report.until]
    block.tables.reside(
        "Child", child.key, report.home.key, DATES[report.since], until, report.agency, DATES[report.reported]
    )
    child.reports.append(report)


def give_phone(block: Block, child: Child) -> None:
    """Give some children their sponsor's phone and some their own."""
    drawn = block.rng.random()
    if drawn < _SPONSORS_PHONE:
        block.tables.call("Child", child.key, child.placements[-1].sponsor.phone)
    elif drawn < _SPONSORS_PHONE + _OWN_PHONE:
        phone = new_phone(block, child.placements[-1].released + 5)
        block.tables.call("Child", child.key, phone)
