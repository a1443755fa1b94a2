"""Sponsors: who they are, where they lived and when, and with whom they share an address or a phone."""

from __future__ import annotations

from dataclasses import dataclass, field

from seed.synthetic.block import Block, Home, Report, Sponsor, Stay
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.homes import draw_area, nearby_area, new_home
from seed.synthetic.places import CITIES

_RING, _SPOUSES, _SHELTER = 0.012, 0.025, 0.003
_VERIFIED = 0.86
_DISPUTED = 0.06
_EMPLOYED = 0.1
"""Share of the rings' homes where an employer is located too; the first ring's of a block always."""
_REPORTERS = ("EOIR", "USCIS", "ERO")


@dataclass(slots=True, eq=False)
class Shared:
    """Sponsors who share a home: a ring, spouses, or people who all passed through one shelter before."""

    kind: str
    home: Home | None = None
    phones: tuple[str, ...] = ()
    members: list[str] = field(default_factory=list)
    callers: dict[str, set[str]] = field(default_factory=dict)


def draw_groups(block: Block) -> list[Shared | None]:
    """Draw which households of the block share a home; a block large enough has at least one ring."""
    households = len(block.plan.households)
    groups: list[Shared | None] = [None] * households
    position = 0
    while position < households:
        kind, size = _group(block, first=position == 0 and households >= 12)
        if kind and position + size <= households:
            shared = Shared(kind)
            for member in range(position, position + size):
                if block.plan.households[member]:
                    groups[member] = shared
        position += size
    return groups


def _group(block: Block, *, first: bool) -> tuple[str, int]:
    drawn = block.rng.random()
    if first or drawn < _RING:
        return "rings", block.between(4, 9)
    if drawn < _RING + _SPOUSES:
        return "spouses", 2
    if drawn < _RING + _SPOUSES + _SHELTER:
        return "shelters", block.between(3, 6)
    return "", 1


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
    block: Block, *, families: tuple[str, str], released: int, size: int, moves: int, shared: Shared | None
) -> Sponsor:
    """Add a sponsor who lived where the first child was released well before that day; then with `moves` moves."""
    rng, tables = block.rng, block.tables
    girl = block.chance(0.55)
    first = block.pick(block.pools.girls if girl else block.pools.boys)
    birth = released - block.between(7_300, 22_000)
    recorded = released - block.between(3, 20)
    key = tables.add(
        "Sponsor", recorded, first, f"{families[0]} {families[1]}", DATES[birth], rng.random() < _VERIFIED, 0, 0
    )
    since = released - block.between(60, 1_500)
    stays = [Stay(_first_home(block, shared, since, recorded), since)]
    _move(block, stays, released, moves)
    sponsor = Sponsor(key, families[0], stays, new_phone(block, recorded), size)
    tables.link("HAS_PHONE", "Sponsor", key, sponsor.phone)
    block.sponsors.append(sponsor)
    if shared:
        _share(block, shared, sponsor, recorded)
    _report(block, sponsor)
    return sponsor


def _first_home(block: Block, shared: Shared | None, since: int, recorded: int) -> Home:
    if shared is None:
        return new_home(block, draw_area(block), recorded)
    if shared.home is None:
        shared.home = new_home(block, draw_area(block), recorded)
        shared.phones = tuple(new_phone(block, recorded) for _ in range(2 if shared.kind == "rings" else 1))
    if shared.kind == "shelters":
        return new_home(block, nearby_area(block, shared.home.area), recorded)
    return shared.home


def _move(block: Block, stays: list[Stay], released: int, moves: int) -> None:
    for _ in range(moves):
        moved = max(stays[-1].since, released) + block.between(20, 400)
        if moved > REFERENCE - 10:
            return
        stays[-1].until = moved
        stays.append(Stay(new_home(block, nearby_area(block, stays[-1].home.area), moved), moved))


def _share(block: Block, shared: Shared, sponsor: Sponsor, recorded: int) -> None:
    if shared.kind == "shelters":
        home = shared.home
        since = sponsor.stays[0].since
        if home is not None:
            _reside(block, sponsor, Report("ORR", home, since - block.between(20, 90), since))
    else:
        phone = block.pick(shared.phones)
        block.tables.link("HAS_PHONE", "Sponsor", sponsor.key, phone)
        shared.callers.setdefault(phone, set()).add(sponsor.key)
    shared.members.append(sponsor.key)


def _report(block: Block, sponsor: Sponsor) -> None:
    for stay in sponsor.stays:
        first = stay is sponsor.stays[0]
        agency = "ORR" if first else block.pick(_REPORTERS)
        ended = stay.until if stay.until is not None and block.chance(0.8) else None
        _reside(block, sponsor, Report(agency, stay.home, stay.since, ended))
    if block.chance(_DISPUTED):
        stay = sponsor.stays[-1]
        home = new_home(block, nearby_area(block, stay.home.area), stay.since + 10)
        _reside(block, sponsor, Report(block.pick(_REPORTERS), home, stay.since + 5, None))


def _reside(block: Block, sponsor: Sponsor, report: Report) -> None:
    home = report.home
    until = None if report.until is None else DATES[report.until]
    block.tables.reside("Sponsor", sponsor.key, home.key, DATES[report.since], until, report.agency)
    sponsor.reports.append(report)
    home.sponsors.add(sponsor.key)
    if until is None:
        home.current.add(sponsor.key)


def plant_groups(block: Block, groups: list[Shared | None]) -> None:
    """Write down who shares what, once all sponsors of the block are made."""
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
