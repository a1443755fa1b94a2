"""Custody: each stay from apprehension to discharge, the returns, and those who ran away."""

from __future__ import annotations

from itertools import pairwise

from seed.synthetic.block import Block, Child
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.days import DATES, REFERENCE, number
from seed.synthetic.placements import RETURNED
from seed.synthetic.records import CustodyStay

_RETURNED_UNRECORDED = 0.006
"""Share of placed children who came back to custody although no end of their placement is on record."""
_RAN_AWAY, _CAME_BACK = 0.25, 0.4
_OTHERWISE = 0.12
_WAYS = ("REPATRIATED", "REPATRIATED", "OTHER", "DIED")


def record_custody(block: Block, child: Child) -> None:
    """Add the child's stays: the first one, one before each further release, and one after a placement that failed."""
    first, admitted = child.placements[:1], child.transferred + block.between(0, 1)
    days = (child.apprehended, child.transferred, admitted)
    if first:
        _add(block, child, *days, first[0].released, "REUNIFIED")
    else:
        _stay_on(block, child, *days)
    for placement, following in pairwise(child.placements):
        back = block.between(placement.released + 1 if placement.ended is None else placement.ended, following.released)
        _add(block, child, None, None, back, following.released, "REUNIFIED")
    if child.placements:
        _come_back(block, child)


def _come_back(block: Block, child: Child) -> None:
    last = child.placements[-1]
    grown = number(eighteenth_birthday(child))
    if last.ended is not None:
        if last.reason == RETURNED and last.ended < grown:
            _stay_on(block, child, None, None, last.ended)
        return
    earliest, latest = last.released + 20, min(REFERENCE, grown - 1)
    if earliest < latest and block.chance(_RETURNED_UNRECORDED):
        apprehended = block.between(earliest, latest)
        moved = min(apprehended + block.between(0, 3), latest)
        _stay_on(block, child, apprehended, moved, moved)
        block.truth.plant("returnedUnrecorded", child.key, last.key)


def _stay_on(block: Block, child: Child, apprehended: int | None, transferred: int | None, admitted: int) -> None:
    """Add a stay without a release: most are still going on, some ended otherwise, at age 18 at the latest."""
    days = (apprehended, transferred, admitted)
    latest = min(REFERENCE, number(eighteenth_birthday(child)) - 1)
    drawn = block.rng.random()
    if drawn < _RAN_AWAY + _OTHERWISE and admitted < latest:
        left = block.between(admitted + 1, latest)
        kind = "RAN_AWAY" if drawn < _RAN_AWAY else block.pick(_WAYS)
        _add(block, child, *days, left, kind)
        if kind == "RAN_AWAY" and left < latest and block.chance(_CAME_BACK):
            found = block.between(left, latest)
            _stay_to_the_end(block, child, found, None, found)
            block.truth.plant("cameBack", child.key)
    else:
        _stay_to_the_end(block, child, *days)


def _stay_to_the_end(
    block: Block, child: Child, apprehended: int | None, transferred: int | None, admitted: int
) -> None:
    """Add a stay that is still going on, or that ended when the child turned 18."""
    grown = number(eighteenth_birthday(child))
    left = (grown, "AGED_OUT") if grown <= REFERENCE else (None, None)
    _add(block, child, apprehended, transferred, admitted, *left)


def _add(
    block: Block,
    child: Child,
    apprehended: int | None,
    transferred: int | None,
    admitted: int,
    discharged: int | None,
    kind: str | None,
) -> None:
    days = [None if day is None else DATES[day] for day in (apprehended, transferred, admitted, discharged)]
    key = block.tables.add("CustodyEpisode", admitted, *days, kind)
    block.tables.link("HAS_EPISODE", "Child", child.key, key)
    child.custody.append(CustodyStay(key, apprehended, transferred, admitted, discharged, kind))
