"""Services after a release: ordered, and begun in time, late or never."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.records import Service

BEGIN_WITHIN = 30
"""Days after the order within which services should begin (default)."""
_ORDERED, _ORDERED_AFTER_STUDY, _LATELY = 0.2, 0.8, 0.01
_LEVELS = ("LEVEL_1", "LEVEL_1", "LEVEL_2", "LEVEL_2", "LEVEL_3")
_NEVER, _LATE, _LAST_DAY = 0.12, 0.08, 0.04
_ENDED = 0.6


def order_services(block: Block, child: Child) -> None:
    """Add services for some of the child's releases, for most of them after a home study."""
    for placement in child.placements:
        if block.chance(_ORDERED_AFTER_STUDY if placement.studies else _ORDERED):
            ordered = placement.released + block.between(0, 5)
            started = _begin(block, ordered)
            _order(block, placement, ordered, started if started and started <= REFERENCE else None)
    if block.chance(_LATELY):
        placement = child.placements[-1]
        key = _order(block, placement, REFERENCE - block.between(1, BEGIN_WITHIN), None)
        block.truth.plant("recentServices", placement.key, key)


def _begin(block: Block, ordered: int) -> int | None:
    drawn = block.rng.random()
    if drawn < _NEVER:
        return None
    if drawn < _NEVER + _LATE:
        return ordered + BEGIN_WITHIN + block.between(1, 60)
    if drawn < _NEVER + _LATE + _LAST_DAY:
        return ordered + BEGIN_WITHIN
    return ordered + block.between(0, BEGIN_WITHIN - 5)


def _order(block: Block, placement: Placement, ordered: int, started: int | None) -> str:
    ended = None if started is None else started + block.between(60, 180)
    if ended is not None and (ended > REFERENCE or not block.chance(_ENDED)):
        ended = None
    days = [None if day is None else DATES[day] for day in (ordered, started, ended)]
    key = block.tables.add("PostReleaseService", ordered, block.pick(_LEVELS), *days)
    block.tables.link("HAS_SERVICE", "Placement", placement.key, key)
    placement.services.append(Service(key, ordered, started))
    return key
