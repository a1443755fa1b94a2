"""Residences: what agencies report about where a child lives, and what phone it has."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Report
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.homes import nearby_area, new_home
from seed.synthetic.sponsors import new_phone

_REPORTED, _MOVE_REPORTED, _END_REPORTED, _DISPUTED = 0.5, 0.7, 0.5, 0.03
_SPONSORS_PHONE, _OWN_PHONE = 0.12, 0.06


def report_residences(block: Block, child: Child) -> None:
    """Add the reports: ORR knows the release address, EOIR may know a later one, ERO may know yet another."""
    placement = child.placements[-1]
    later = [stay for stay in placement.sponsor.stays if stay.since > placement.released]
    if block.chance(_REPORTED):
        until = later[0].since if later and block.chance(_END_REPORTED) else None
        _reside(block, child, Report("ORR", placement.home, placement.released, until))
    for stay in later:
        if block.chance(_MOVE_REPORTED):
            _reside(block, child, Report("EOIR", stay.home, stay.since, stay.until))
    if block.chance(_DISPUTED):
        since = block.between(placement.released + 10, REFERENCE - 10)
        home = new_home(block, nearby_area(block, placement.home.area), since)
        _reside(block, child, Report("ERO", home, since, None))
        block.truth.plant("disputedAddresses", child.key, "ERO", home.key)


def _reside(block: Block, child: Child, report: Report) -> None:
    until = None if report.until is None else DATES[report.until]
    block.tables.reside("Child", child.key, report.home.key, DATES[report.since], until, report.agency)
    child.reports.append(report)


def give_phone(block: Block, child: Child) -> None:
    """Give some children their sponsor's phone and some their own."""
    drawn = block.rng.random()
    if drawn < _SPONSORS_PHONE:
        block.tables.link("HAS_PHONE", "Child", child.key, child.placements[-1].sponsor.phone)
    elif drawn < _SPONSORS_PHONE + _OWN_PHONE:
        phone = new_phone(block, child.placements[-1].released + 5)
        block.tables.link("HAS_PHONE", "Child", child.key, phone)
