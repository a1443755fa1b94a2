"""Reports of concern about children and sponsors: who made them, what happened to them, and whom they name."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Placement, Sponsor
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.safeguards import Concern

_CONCERN, _ABOUT_SPONSOR = 0.03, 0.004
"""Shares of children and of sponsors about whom there is a report."""
_BETWEEN_RELEASES, _LATE = 0.2, 0.1
"""Shares of sponsors of several children with a report between two releases, and on the day of the last or after it."""
_KINDS = ("LABOR", "LABOR", "ABUSE", "NEGLECT", "TRAFFICKING", "RUNAWAY", "RUNAWAY", "OTHER")
_SOURCES = ("CHILD", "SPONSOR", "SCHOOL", "SCHOOL", "PROVIDER", "PROVIDER", "AGENCY", "PUBLIC", None)
_RECEIVED, _TRIAGED, _CLOSED, _REFERRED = 0.9, 0.8, 0.5, 0.6
_NAMES_SPONSOR, _NAMES_ADDRESS, _NAMES_EMPLOYER = 0.35, 0.15, 0.25
_REFERRED_TO = ("ORR", "ICE", "WHD", "OIG")


def report_concerns(block: Block, child: Child) -> None:
    """Add a report of concern about a few children."""
    if block.chance(_CONCERN):
        reported = block.between(child.placements[0].released + 3, REFERENCE)
        _report(block, reported, child=child)


def report_about_sponsors(block: Block, children: dict[str, Child]) -> None:
    """Add reports that name only a sponsor, and reports around the last release to a sponsor of several children."""
    for sponsor in block.sponsors:
        if not sponsor.placements:
            continue
        placements = sorted(sponsor.placements, key=lambda placement: placement.released)
        first, last = placements[0], placements[-1]
        if first.released < last.released - 1:
            drawn = block.rng.random()
            if drawn < _BETWEEN_RELEASES:
                _report(block, block.between(first.released, last.released - 1), child=children[first.child])
            elif drawn < _BETWEEN_RELEASES + _LATE:
                _report(block, min(last.released + block.between(0, 2), REFERENCE), child=children[first.child])
        elif block.chance(_ABOUT_SPONSOR):
            _report(block, block.between(first.released, REFERENCE), sponsor=sponsor)


def _report(block: Block, reported: int, *, child: Child | None = None, sponsor: Sponsor | None = None) -> str:
    received = min(reported + block.between(0, 8), REFERENCE) if block.chance(_RECEIVED) else None
    triaged = (received or reported) + block.between(0, 20) if block.chance(_TRIAGED) else REFERENCE + 1
    closed = triaged + block.between(1, 60) if block.chance(_CLOSED) else REFERENCE + 1
    looked, done = (day if day <= REFERENCE else None for day in (triaged, closed))
    referred = looked is not None and block.chance(_REFERRED)
    kind = block.pick(_KINDS)
    days = (None if day is None else DATES[day] for day in (received, looked, done))
    key = block.tables.add("ConcernReport", reported, kind, DATES[reported], block.pick(_SOURCES), *days)
    concern = Concern(key, kind, reported, received, looked, done, referred)
    block.concerns.append(concern)
    if referred:
        agency = block.world.agencies[block.pick(_REFERRED_TO)]
        block.tables.link("REFERRED_TO", "ConcernReport", key, agency)
    if child:
        concern.child = child.key
        block.tables.link("CONCERNS", "ConcernReport", key, child.key)
        _name_around(block, concern, stay_on(child, reported))
    if sponsor:
        _name(block, concern, sponsor)
    return key


def stay_on(child: Child, day: int) -> Placement | None:
    """Return the placement in which a child was on a day: its latest release by then, unless that had ended before."""
    released = [placement for placement in child.placements if placement.released <= day]
    if not released or (released[-1].ended is not None and released[-1].ended < day):
        return None
    return released[-1]


def _name_around(block: Block, concern: Concern, stay: Placement | None) -> None:
    if stay is None:
        return
    if block.chance(_NAMES_SPONSOR):
        _name(block, concern, stay.sponsor)
    if block.chance(_NAMES_ADDRESS):
        block.tables.link("NAMES", "ConcernReport", concern.key, stay.home.key)
    cited = block.world.cited.get(stay.home.area.key)
    if concern.kind == "LABOR" and cited and block.chance(_NAMES_EMPLOYER):
        employer = block.pick(tuple(cited)).employer
        block.tables.link("NAMES", "ConcernReport", concern.key, employer)
        concern.employers.append(employer)


def _name(block: Block, concern: Concern, sponsor: Sponsor) -> None:
    block.tables.link("NAMES", "ConcernReport", concern.key, sponsor.key)
    concern.sponsors.append(sponsor.key)
