"""Homes: good and bad addresses near a postal area's center."""

from __future__ import annotations

from graph.writing.rows import Position
from seed.synthetic.block import Block, Home
from seed.synthetic.world import Area, near

DELIVERABLE = "DELIVERABLE"
"""The deliverability of an address to which mail can be delivered."""
_SHARED_BUILDING = 0.45
_LETTERS = tuple("ABCDEF")


def draw_area(block: Block) -> Area:
    """Draw a postal area; cities by their share of releases."""
    city = block.world.areas[block.pick(block.world.by_weight)]
    return block.pick(city)


def nearby_area(block: Block, area: Area) -> Area:
    """Draw a postal area of the same city, or now and then of another."""
    if block.chance(0.2):
        return draw_area(block)
    return block.pick(block.world.areas[area.city_number])


def new_home(block: Block, area: Area, recorded: int) -> Home:
    """Add an address to which mail can be delivered."""
    street = f"{block.between(1, 9_900)} {block.pick(block.pools.streets)}"
    unit = f"Apt {block.between(1, 40)}{block.pick(_LETTERS)}" if block.chance(_SHARED_BUILDING) else None
    return _add(block, area, recorded, street, unit, DELIVERABLE)


def new_unit(block: Block, building: Home, recorded: int) -> Home:
    """Add a home in a building: the same street address with a unit."""
    unit = f"Unit {len(block.homes) + 1}"
    return _add(block, building.area, recorded, building.street, unit, DELIVERABLE, "HOME")


def new_building(block: Block, area: Area, recorded: int) -> Home:
    """Add a building's address as it is recorded if nobody asks for the unit."""
    street = f"{block.between(1, 9_900)} {block.pick(block.pools.streets)}"
    return _add(block, area, recorded, street, None, "MISSING_UNIT", "HOME")


def new_place(block: Block, area: Area, recorded: int, kind: str) -> Home:
    """Add an address of a kind, such as a hotel."""
    street = f"{block.between(1, 9_900)} {block.pick(block.pools.streets)}"
    return _add(block, area, recorded, street, None, DELIVERABLE, kind)


def bad_home(block: Block, home: Home, recorded: int) -> Home:
    """Add an address that was recorded wrongly: no street, an unknown one, or the building without its unit."""
    drawn = block.rng.random()
    if drawn < 0.3:
        return _add(block, home.area, recorded, None, None, "BLANK")
    if drawn < 0.6:
        street = f"{block.between(10_000, 99_000)} {block.pick(block.pools.streets)}"
        return _add(block, home.area, recorded, street, None, "UNDELIVERABLE")
    return _add(block, home.area, recorded, home.street, None, "MISSING_UNIT")


def _add(
    block: Block,
    area: Area,
    recorded: int,
    street: str | None,
    unit: str | None,
    deliverability: str,
    kind: str | None = None,
) -> Home:
    position = None
    if street is not None:
        position = Position(*near(block.rng, area.latitude, area.longitude, 0.02))
    city = area.city
    where = (street, unit, city.name, city.state, area.postal_code, position)
    written = None if deliverability == DELIVERABLE else (street or "unknown").upper()
    key = block.tables.add("Address", recorded, *where, deliverability, kind, written)
    block.tables.link("IN_AREA", "Address", key, area.key)
    home = Home(key, area, street, deliverability, kind)
    block.homes.append(home)
    return home
