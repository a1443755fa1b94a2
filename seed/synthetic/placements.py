"""Placements: releases to sponsors, those that ended, and children placed again."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Home, Placement, Sponsor
from seed.synthetic.children import draw_children
from seed.synthetic.days import DATES, REFERENCE, fiscal_year
from seed.synthetic.homes import bad_home
from seed.synthetic.second_records import namesake, second_record
from seed.synthetic.sponsors import SETTLED, Shared, new_sponsor

RELATED = (
    *("PARENT",) * 40,
    *("AUNT_UNCLE",) * 17,
    *("SIBLING",) * 13,
    *("COUSIN",) * 11,
    *("GRANDPARENT",) * 3,
    *("STEPPARENT",) * 2,
    *("OTHER_RELATIVE",) * 2,
    "LEGAL_GUARDIAN",
)
UNRELATED = ("FAMILY_FRIEND", "FAMILY_FRIEND", "UNRELATED")
_CATEGORIES = {
    "PARENT": ("1",),
    "LEGAL_GUARDIAN": ("1",),
    "STEPPARENT": ("2A", "2B"),
    "GRANDPARENT": ("2A", "2A", "2B"),
    "SIBLING": ("2A", "2B", "2B"),
    "AUNT_UNCLE": ("2A", "2B", "2B", "2"),
    "COUSIN": ("2B", "2B", "3"),
    "OTHER_RELATIVE": ("3",),
    "FAMILY_FRIEND": ("3", "3", "3", "3", None),
    "UNRELATED": ("3",),
}
_PROGRAMS = tuple(f"{name} Shelter (fictitious)" for name in ("Juniper", "Mesquite", "Cottonwood", "Saguaro", "Laurel"))
RETURNED = "Returned to HHS custody"
"""The end of a placement after which a child is in care again."""
_ENDINGS = (
    "The sponsor could no longer care for the child",
    "The child left the sponsor's home",
    RETURNED,
    "Taken in by child welfare",
)
_ENDED = 0.03
_APART = 0.03
_RUSH = 25
"""Days within which the children of a spike are released to one building."""


def make_household(block: Block, first: int, size: int, shared: Shared | None, last: Child | None) -> list[Child]:
    """Make a sponsor, its children from position `first` on, and their placements.

    `last` is a child of the previous household; the first child may be its sibling, placed apart.
    """
    plan = block.plan
    positions = range(first, first + size)
    apart = last if last and block.chance(_APART) and all(plan.placements[p] == 1 for p in positions) else None
    if shared and shared.rush is not None:
        arrival = shared.rush - block.between(5, 40), shared.rush + block.between(0, _RUSH)
        children = draw_children(block, first, size, arrival=arrival)
    else:
        children = draw_children(block, first, size, sibling=apart)
    relationships = _relationships(block, children)
    related = relationships[1] not in UNRELATED
    families = (
        children[0].family[0] if related else block.pick(block.pools.families),
        block.pick(block.pools.families),
    )
    settled = shared and shared.kind in SETTLED
    moves = 0 if settled else _moves(block, size, any(plan.missed[p] for p in positions))
    released = min(child.released for child in children)
    person = namesake(block, released)
    sponsor = new_sponsor(
        block, families=families, released=released, size=size, moves=moves, shared=shared, person=person
    )
    other = None if shared else second_record(block, sponsor, families, children)
    for child in children:
        of = other if other and child.group > 1 else sponsor
        _place_all(block, child, of, relationships[child.group])
    return children


def _relationships(block: Block, children: list[Child]) -> dict[int, str]:
    unrelated = 0.11 if len(children) <= 3 else 0.6
    return {
        child.group: block.pick(UNRELATED) if block.chance(unrelated) else block.pick(RELATED) for child in children
    }


def _moves(block: Block, size: int, missed: bool) -> int:
    if size >= 3 and block.chance(0.25):
        return 2
    return 1 if block.chance(0.4 if missed else 0.1) else 0


def _place_all(block: Block, child: Child, sponsor: Sponsor, relationship: str) -> None:
    released = child.released
    count = block.plan.placements[child.position]
    for which in range(count):
        if which:
            sponsor, relationship = _next_sponsor(block, child, sponsor, relationship, released)
        again = which < count - 1
        ended = _draw_end(block, released) if again or block.chance(_ENDED) else None
        bad = bool(block.plan.bad[child.position] >> which & 1)
        _place(block, child, sponsor, relationship, released, ended, bad=bad)
        if again and ended is not None:
            released = ended + block.between(1, 30)
    _plant(block, child)


def _draw_end(block: Block, released: int) -> int:
    return released + 20 + block.between(0, min(180, REFERENCE - 110 - released))


def _next_sponsor(
    block: Block, child: Child, sponsor: Sponsor, relationship: str, released: int
) -> tuple[Sponsor, str]:
    drawn = block.rng.random()
    if drawn < 0.3:
        return sponsor, relationship
    if drawn < 0.75:
        for _ in range(5):
            other = block.sponsors[int(block.rng.random() * len(block.sponsors))]
            if other is not sponsor and other.size <= 3 and other.stays[0].since < released - 30:
                return other, block.pick(UNRELATED)
    families = (child.family[1], block.pick(block.pools.families))
    fresh = new_sponsor(block, families=families, released=released, size=1, moves=0, shared=None)
    return fresh, block.pick(RELATED)


def _place(
    block: Block,
    child: Child,
    sponsor: Sponsor,
    relationship: str,
    released: int,
    ended: int | None,
    *,
    bad: bool,
) -> None:
    tables = block.tables
    home = _bad_home(block, sponsor, released) if bad else sponsor.home_on(released)
    category = block.pick(_CATEGORIES[relationship])
    reason = None if ended is None else block.pick(_ENDINGS)
    until = None if ended is None else DATES[ended]
    program = block.pick(_PROGRAMS)
    key = tables.add("Placement", released, DATES[released], until, reason, category, relationship, program)
    tables.link("HAS_PLACEMENT", "Child", child.key, key)
    tables.link("WITH_SPONSOR", "Placement", key, sponsor.key)
    tables.link("RELEASED_TO", "Placement", key, home.key)
    tables.link("RELEASED_IN", "Placement", key, home.area.key)
    home.sponsors.add(sponsor.key)
    sponsor.children.add(child.key)
    if relationship in UNRELATED:
        sponsor.unrelated.add(child.key)
        if home.area.key in block.world.cited:
            block.truth.plant("nearCitedEmployers", key, home.area.key)
    if bad:
        block.truth.plant("badAddresses", key, home.deliverability)
        block.truth.count(fiscal_year(child.transferred), "bad_addresses")
    placement = Placement(key, child.key, sponsor, home, released, ended, relationship, category, reason)
    child.placements.append(placement)
    sponsor.placements.append(placement)


def _bad_home(block: Block, sponsor: Sponsor, released: int) -> Home:
    if sponsor.bad_home is None:
        sponsor.bad_home = bad_home(block, sponsor.home_on(released), released)
    return sponsor.bad_home


def _plant(block: Block, child: Child) -> None:
    if len(child.placements) < 2:
        return
    block.truth.plant("placedAgain", child.key, len(child.placements))
    sponsors = [placement.sponsor.key for placement in child.placements]
    for sponsor in sorted(set(sponsors)):
        if sponsors.count(sponsor) > 1:
            block.truth.plant("sameSponsorAgain", child.key, sponsor)
