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
"""A child placed three times came by then, so that there is time for it."""

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
_SIBLINGS = 0.55
_SPREAD = 500
"""Days by which a sponsor's children come before or after its first."""


def draw_children(block: Block, first: int, size: int, *, sibling: Child | None = None) -> list[Child]:
    """Add a sponsor's children, whose first position in the plan is `first`, and link the siblings among them.

    Siblings come and are released together; the others of a sponsor come earlier or later. With `sibling`, the
    first ones are sisters and brothers of that child, who is with another sponsor.
    """
    children: list[Child] = []
    begun = sibling.transferred if sibling else _draw_transfer(block)
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
        released = transferred + block.between(10, 75)
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
        DATES[transferred - block.between(0, 3)],
        DATES[transferred],
    )
    block.truth.count(fiscal_year(transferred), "children")
    return child


def a_number(serial: int) -> str:
    """Return a nine-digit number that begins with 9, different for each serial number."""
    return str(900_000_000 + serial * 48_271 % 99_999_989)


def eighteenth_birthday(child: Child) -> date:
    """Return the day on which the child turns 18; the first of March for one born on a leap day."""
    born = DATES[child.birth]
    if (born.month, born.day) == (2, 29):
        return date(born.year + 18, 3, 1)
    return born.replace(year=born.year + 18)
