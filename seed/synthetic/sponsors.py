"""Sponsors: who they are, where they lived and when, and with whom they share an address or a phone."""

from __future__ import annotations

from dataclasses import dataclass, field

from seed.synthetic.block import Block, Home, Report, Sponsor, Stay
from seed.synthetic.days import DATES, FISCAL_YEARS, REFERENCE
from seed.synthetic.homes import draw_area, nearby_area, new_building, new_home, new_place, new_unit
from seed.synthetic.places import CITIES
from seed.synthetic.safeguards import Person

_RING, _SPOUSES, _SHELTER, _BUILDING, _SPIKE = 0.012, 0.025, 0.003, 0.003, 0.001
_SMALL = 3
"""Most children of a sponsor in a ring or a building; with more, too many would share the address."""
_VERIFIED = 0.86
_DISPUTED = 0.06
_REPORTED_LATE = 0.15
_EMPLOYED = 0.1
"""Share of the rings' homes where an employer is located too; the first ring's of a block always."""
_REPORTERS = ("EOIR", "USCIS", "ERO")
_BUILDINGS = ("buildings", "spikes")
SETTLED = ("rings", "spikes")
"""Groups whose sponsors do not move, so that they are there at the same time."""
_OF_SMALL = ("rings", *_BUILDINGS)
_STILL_REPORTED = 0.5
"""Share of those who passed through a shelter who are still reported there."""
_FIRST_RUSH, _LAST_RUSH = FISCAL_YEARS[2019][0] + 60, FISCAL_YEARS[2022][1] - 60


@dataclass(slots=True, eq=False)
class Shared:
    """Sponsors who share a home, or almost do: a ring, spouses, people who all passed through one shelter before,
    neighbors in one building, or neighbors to whom children were released within a few weeks, from the day `rush` on.
    """

    kind: str
    rush: int | None = None
    home: Home | None = None
    phones: tuple[str, ...] = ()
    members: list[str] = field(default_factory=list)
    callers: dict[str, set[str]] = field(default_factory=dict)


def draw_groups(block: Block) -> list[Shared | None]:
    """Draw which households of the block share a home; a large enough block has at least one group of some kinds."""
    households = len(block.plan.households)
    groups: list[Shared | None] = [None] * households
    wanted = [kind for kind, least in _WANTED if households >= least]
    position = 0
    while position < households:
        kind = wanted.pop(0) if wanted else _kind(block)
        size = block.between(*_SIZES[kind])
        if kind and position + size <= households:
            shared = Shared(kind, block.between(_FIRST_RUSH, _LAST_RUSH) if kind == "spikes" else None)
            for member in range(position, position + size):
                if 0 < block.plan.households[member] <= (_SMALL if kind in _OF_SMALL else households):
                    groups[member] = shared
        position += size
    return groups


_SIZES = {"": (1, 1), "rings": (4, 8), "spouses": (2, 2), "shelters": (3, 6), "buildings": (4, 7), "spikes": (9, 12)}
_WANTED = (("rings", 12), ("spikes", 80), ("buildings", 80), ("shelters", 80))
"""Kinds of groups that a block always has if it has at least this many households."""


def _kind(block: Block) -> str:
    drawn = block.rng.random()
    shares = (
        (_RING, "rings"),
        (_SPOUSES, "spouses"),
        (_SHELTER, "shelters"),
        (_BUILDING, "buildings"),
        (_SPIKE, "spikes"),
    )
    for share, kind in shares:
        if drawn < share:
            return kind
        drawn -= share
    return ""


def new_phone(block: Block, recorded: int) -> str:
    """Add a phone in the fictitious range 555-0100 to 555-0199, and return its key.

    Once every area code has used its hundred numbers, an extension follows, so that no number is given twice.
    """
    serial = block.plan.number * 2_000 + block.phones
    block.phones += 1
    rest, area = divmod(serial, len(CITIES))
    extension, line = divmod(rest, 100)
    number = f"+1{CITIES[area].area_code}55501{line:02d}{extension or ''}"
    return block.tables.add("Phone", recorded, number)


def new_sponsor(
    block: Block,
    *,
    families: tuple[str, str],
    released: int,
    size: int,
    moves: int,
    shared: Shared | None,
    person: Person | None = None,
) -> Sponsor:
    """Add a sponsor who had long lived where the first child was released, and who then moves `moves` times.

    The sponsor is somebody from these families, or the given `person`.
    """
    rng, tables = block.rng, block.tables
    person = person or _draw_person(block, families, released)
    recorded = released - block.between(3, 20)
    key = tables.add("Sponsor", recorded, person.first, person.last, DATES[person.birth], rng.random() < _VERIFIED)
    since = released - block.between(60, 1_500)
    stays = [Stay(_first_home(block, shared, since, recorded), since)]
    _move(block, stays, released, moves)
    sponsor = Sponsor(key, families[0], stays, new_phone(block, recorded), size, person=person)
    tables.call("Sponsor", key, sponsor.phone)
    block.sponsors.append(sponsor)
    if shared:
        _share(block, shared, sponsor, recorded)
    _report(block, sponsor, recorded)
    return sponsor


def _draw_person(block: Block, families: tuple[str, str], released: int) -> Person:
    girl = block.chance(0.55)
    first = block.pick(block.pools.girls if girl else block.pools.boys)
    return Person(first, f"{families[0]} {families[1]}", released - block.between(7_300, 22_000))


def _first_home(block: Block, shared: Shared | None, since: int, recorded: int) -> Home:
    if shared is None:
        return new_home(block, draw_area(block), recorded)
    if shared.home is None:
        shared.home = _shared_home(block, shared, recorded)
        if shared.kind in ("rings", "spouses"):
            shared.phones = tuple(new_phone(block, recorded) for _ in range(2 if shared.kind == "rings" else 1))
    if shared.kind == "shelters":
        return new_home(block, nearby_area(block, shared.home.area), recorded)
    return new_unit(block, shared.home, recorded) if shared.kind in _BUILDINGS else shared.home


def _shared_home(block: Block, shared: Shared, recorded: int) -> Home:
    area = draw_area(block)
    if shared.kind in _BUILDINGS:
        return new_building(block, area, recorded)
    return new_place(block, area, recorded, "SHELTER") if shared.kind == "shelters" else new_home(block, area, recorded)


def _move(block: Block, stays: list[Stay], released: int, moves: int) -> None:
    for _ in range(moves):
        moved = max(stays[-1].since, released) + block.between(20, 400)
        if moved > REFERENCE - 10:
            return
        stays[-1].until = moved
        stays.append(Stay(new_home(block, nearby_area(block, stays[-1].home.area), moved), moved))


def _share(block: Block, shared: Shared, sponsor: Sponsor, recorded: int) -> None:
    since = sponsor.stays[0].since
    if shared.phones:
        phone = block.pick(shared.phones)
        block.tables.call("Sponsor", sponsor.key, phone, DATES[recorded] if block.chance(0.5) else None)
        shared.callers.setdefault(phone, set()).add(sponsor.key)
    elif shared.home and shared.kind == "shelters":
        until = None if block.chance(_STILL_REPORTED) else since
        reside(block, sponsor, Report("ORR", shared.home, since - block.between(20, 90), until, recorded))
    elif shared.home:
        reside(block, sponsor, Report("EOIR", shared.home, since, None, recorded))
    shared.members.append(sponsor.key)


def _report(block: Block, sponsor: Sponsor, recorded: int) -> None:
    for stay in sponsor.stays:
        first = stay is sponsor.stays[0]
        agency = "ORR" if first else block.pick(_REPORTERS)
        ended = stay.until if stay.until is not None and block.chance(0.8) else None
        reported = recorded if first else reported_after(block, stay.since)
        reside(block, sponsor, Report(agency, stay.home, stay.since, ended, reported))
    if block.chance(_DISPUTED):
        stay = sponsor.stays[-1]
        home = new_home(block, nearby_area(block, stay.home.area), stay.since + 10)
        reside(
            block,
            sponsor,
            Report(block.pick(_REPORTERS), home, stay.since + 5, None, reported_after(block, stay.since + 5)),
        )


def reported_after(block: Block, since: int) -> int:
    """Draw the day on which somebody reported a home: soon after the first day there, or now and then much later."""
    return min(since + (block.between(60, 400) if block.chance(_REPORTED_LATE) else block.between(0, 20)), REFERENCE)


def reside(block: Block, sponsor: Sponsor, report: Report) -> None:
    """Add an agency's report of where a sponsor resides."""
    home = report.home
    until = None if report.until is None else DATES[report.until]
    block.tables.reside(
        "Sponsor", sponsor.key, home.key, DATES[report.since], until, report.agency, DATES[report.reported]
    )
    sponsor.reports.append(report)
    home.sponsors.add(sponsor.key)


def plant_groups(block: Block, groups: list[Shared | None]) -> None:
    """Record who shares what, once all sponsors of the block are made."""
    for shared in dict.fromkeys(groups):
        if shared is None or shared.home is None or len(shared.members) < 2:
            continue
        block.truth.plant(shared.kind, shared.home.key, sorted(shared.members))
        for phone, callers in sorted(shared.callers.items()):
            if len(callers) > 1:
                block.truth.plant("sharedPhones", phone, shared.kind, sorted(callers))
                block.callers[phone] = callers
    for home in dict.fromkeys(shared.home for shared in groups if shared and shared.kind == "rings"):
        if home and (not block.workplaces or block.chance(_EMPLOYED)):
            _employ(block, home)


def _employ(block: Block, home: Home) -> None:
    name, industry = block.pick(block.pools.employers)
    recorded = REFERENCE - block.between(0, 400)
    employer = block.tables.add("Employer", recorded, name, industry)
    block.tables.link("IN_AREA", "Employer", employer, home.area.key)
    block.tables.link("LOCATED_AT", "Employer", employer, home.key)
    block.workplaces.append((employer, home))
