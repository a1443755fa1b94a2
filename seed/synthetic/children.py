"""Children: when they came, who their siblings are, and the records that name them."""

from __future__ import annotations

from datetime import date
from itertools import accumulate, combinations

from seed.synthetic.block import Block, Child
from seed.synthetic.days import DATES, FISCAL_YEARS, TRANSFERS, fiscal_year

_YEARS = tuple(TRANSFERS)
_WEIGHTS = tuple(accumulate(TRANSFERS.values()))
_BEGINNING, _END = FISCAL_YEARS[2019][0], FISCAL_YEARS[2023][1]
_LAST_FOR_THREE = FISCAL_YEARS[2022][1]
"""A child that is placed three times came by this day, so that there is time for it."""

_COUNTRIES = (
    *("Guatemala",) * 44,
    *("Honduras",) * 28,
    *("El Salvador",) * 14,
    *("Mexico",) * 5,
    *("Ecuador",) * 4,
    *("Nicaragua",) * 3,
    "Colombia",
    "Venezuela",
)
_AGES = (*range(1, 13), 13, 13, 14, 14, 14, *(15,) * 9, *(16,) * 18, *(17,) * 30)
_HELD_LONG, _ENTERED_BEFORE = 0.03, 0.1
"""Shares of children whom DHS held for more than three days, and who were apprehended some days after entering."""
_NEEDS = (("TRAFFICKING_VICTIM", 0.008), ("DISABILITY", 0.012), ("ABUSE_VICTIM", 0.012))
_SAID = 0.8
"""Share of children without such a need whose records say so."""
_SIBLINGS = 0.55
_SPREAD = 500
"""Days by which a sponsor's other children come before or after the first."""


def draw_children(
    block: Block, first: int, size: int, *, sibling: Child | None = None, arrival: tuple[int, int] | None = None
) -> list[Child]:
    """Add a sponsor's children, whose first position in the plan is `first`, and link the siblings among them.

    Siblings come and are released together; the others of a sponsor come earlier or later. With `sibling`, the
    first ones are sisters and brothers of that child, who is with another sponsor. With `arrival`, the first ones
    were transferred and released on these days.
    """
    children: list[Child] = []
    begun = sibling.transferred if sibling else arrival[0] if arrival else _draw_transfer(block)
    while len(children) < size:
        group = children[-1].group + 1 if children else 1
        together = min(size - len(children), 1 + block.chance(_SIBLINGS) + block.chance(_SIBLINGS / 4))
        positions = range(first + len(children), first + len(children) + together)
        last = _LAST_FOR_THREE if any(block.plan.placements[p] == 3 for p in positions) else _END
        transferred = begun if not children else begun + block.between(-_SPREAD, _SPREAD)
        if not _BEGINNING <= transferred <= last:
            transferred = begun if begun <= last else block.between(_BEGINNING, last)
        families = (block.pick(block.pools.families), block.pick(block.pools.families))
        if sibling and not children:
            families = sibling.family
        released = arrival[1] if arrival and not children else transferred + block.between(10, 75)
        for position in positions:
            children.append(_draw_child(block, position, families, transferred, released, group))
    for one, other in combinations(children, 2):
        if one.group == other.group:
            block.tables.link("SIBLING_OF", "Child", one.key, other.key)
            block.siblings.append((one, other))
    if sibling:
        block.tables.link("SIBLING_OF", "Child", sibling.key, children[0].key)
        block.siblings.append((sibling, children[0]))
        block.truth.plant("siblingsApart", sibling.key, children[0].key)
    return children


def _draw_transfer(block: Block) -> int:
    drawn = block.rng.random() * _WEIGHTS[-1]
    year = next(year for year, weight in zip(_YEARS, _WEIGHTS, strict=True) if drawn < weight)
    return block.between(*FISCAL_YEARS[year])


def _draw_child(
    block: Block, position: int, families: tuple[str, str], transferred: int, released: int, group: int
) -> Child:
    age = block.pick(_AGES)
    birth = transferred - age * 365 - block.between(5, 340)
    child = Child(position, families, birth, transferred, released, group=group)
    child.apprehended = transferred - (block.between(4, 9) if block.chance(_HELD_LONG) else block.between(0, 3))
    girl = block.chance(0.38)
    child.key = block.tables.add(
        "Child",
        transferred,
        a_number(block.plan.number * 2_000 + position),
        block.pick(block.pools.girls if girl else block.pools.boys),
        f"{families[0]} {families[1]}",
        DATES[birth],
        "FEMALE" if girl else "MALE",
        block.pick(_COUNTRIES),
        DATES[child.apprehended - (block.between(1, 2) if block.chance(_ENTERED_BEFORE) else 0)],
        DATES[transferred],
        *_draw_needs(block, child),
    )
    block.truth.count(fiscal_year(transferred), "children")
    return child


def _draw_needs(block: Block, child: Child) -> list[bool | None]:
    """Draw the reasons for which the law requires a home study; the first one that applies is noted with the child."""
    found: list[bool | None] = []
    for need, share in _NEEDS:
        has = block.chance(share)
        if has and not child.needs:
            child.needs = need
        found.append(True if has else False if block.chance(_SAID) else None)
    return found


def a_number(serial: int) -> str:
    """Return a nine-digit number that begins with 9, different for each serial number."""
    return str(900_000_000 + serial * 48_271 % 99_999_989)


def eighteenth_birthday(child: Child) -> date:
    """Return the day on which the child turns 18; the first of March for one born on a leap day."""
    born = DATES[child.birth]
    if (born.month, born.day) == (2, 29):
        return date(born.year + 18, 3, 1)
    return born.replace(year=born.year + 18)
