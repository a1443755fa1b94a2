"""Courts: where a case and its hearings are, how far that is from the child, and who represents it there."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from seed.synthetic.block import Block, Case, Child, Representation
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.homes import draw_area
from seed.synthetic.world import Area

FAR = 200
"""Kilometers beyond which a court is far from a child (a default)."""
_ELSEWHERE, _NOT_WRITTEN_DOWN = 0.05, 0.04
"""Shares of cases that were opened at a court of another area, and of hearings without a place."""
_REPRESENTED, _WITHDRAWN, _ANOTHER = 0.55, 0.15, 0.4
_KINDS = (*("ATTORNEY",) * 9, "ACCREDITED_REPRESENTATIVE")
_RADIUS = 6_378.14


def first_court(block: Block, area: Area) -> str:
    """Return the key of the court where a case is opened: that of the child's area, or now and then of another."""
    return block.world.court(draw_area(block) if block.chance(_ELSEWHERE) else area)


def other_court(block: Block, court: str, area: Area) -> str:
    """Return the key of the court to which a case moves: that of an area, or any other if it is already there."""
    while block.world.court(area) == court:
        area = draw_area(block)
    return block.world.court(area)


def hold(block: Block, hearing: str, court: str) -> None:
    """Link a hearing to the court where it is held, unless nobody recorded that."""
    if not block.chance(_NOT_WRITTEN_DOWN):
        block.tables.link("HELD_AT", "Hearing", hearing, court)


def kilometers_to(block: Block, court: str, area: Area) -> float:
    """Return how far an area's center is from the nearest area for which a court is responsible."""
    return min(_kilometers(area, near) for near in block.world.courts[court])


def _kilometers(one: Area, other: Area) -> float:
    up, along = radians(one.latitude - other.latitude), radians(one.longitude - other.longitude)
    latitudes = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * _RADIUS * asin(sqrt(sin(up / 2) ** 2 + latitudes * sin(along / 2) ** 2))


def represent(block: Block, child: Child, case: Case) -> None:
    """Give the child a representative in its case, or none; some withdraw, and some of these are replaced."""
    if not block.chance(_REPRESENTED):
        return
    entered = block.between(case.notice.filed, REFERENCE)
    withdrawn = block.between(entered, REFERENCE) if block.chance(_WITHDRAWN) else None
    _appear(block, child, case, entered, withdrawn)
    if withdrawn is not None:
        if block.chance(_ANOTHER):
            _appear(block, child, case, withdrawn, None)
            block.truth.plant("followedRepresentations", child.key, case.key)
        else:
            block.truth.plant("withdrawnRepresentations", child.key, case.key)


def _appear(block: Block, child: Child, case: Case, entered: int, withdrawn: int | None) -> None:
    until = None if withdrawn is None else DATES[withdrawn]
    key = block.tables.add("Representation", entered, block.pick(_KINDS), DATES[entered], until)
    block.tables.link("REPRESENTED_BY", "Child", child.key, key)
    block.tables.link("IN_CASE", "Representation", key, case.key)
    child.represented.append(Representation(entered, withdrawn))
