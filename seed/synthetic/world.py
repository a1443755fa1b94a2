"""The world that all blocks share: agencies, courts, postal areas, employers and the sources of facts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from graph.model import RECORDS
from graph.writing.rows import Position
from seed.synthetic.days import DATES, FISCAL_YEARS, MORNINGS, REFERENCE
from seed.synthetic.names import Pools
from seed.synthetic.places import CITIES, COURTS, FIELD_OFFICES, OFFICES, City
from seed.synthetic.tables import Tables, source_key

BEGINNING = FISCAL_YEARS[2019][0]
CHILDREN_PER_EMPLOYER, FEWEST_EMPLOYERS = 400, 60
_ELSEWHERE = 0.15
"""Share of employers whose address may be in another postal area of the city than the one on record for them."""
_INVESTIGATED, _REPEATED = 700, 5
"""How many days an investigation covers, and of how many employers one is a repeated violator."""

_AGENCIES = (
    ("ORR", "Office of Refugee Resettlement", "Health and Human Services", None),
    ("ICE", "Immigration and Customs Enforcement", "Homeland Security", None),
    ("ERO", "Enforcement and Removal Operations", "Homeland Security", "ICE"),
    ("OPLA", "Office of the Principal Legal Advisor", "Homeland Security", "ICE"),
    ("USCIS", "Citizenship and Immigration Services", "Homeland Security", None),
    ("OIG", "Office of Inspector General", "Homeland Security", None),
    ("EOIR", "Executive Office for Immigration Review", "Justice", None),
    ("WHD", "Wage and Hour Division", "Labor", None),
)
_SYSTEMS = {
    "ORR portal": (
        *("Sponsor", "Placement", "Address", "Phone", "ContactAttempt", "HomeStudy"),
        *("CustodyEpisode", "HouseholdMember", "BackgroundCheck", "SponsorApplication", "IdentityDocument"),
        "PostReleaseService",
    ),
    "ERO case system": ("Child", "NoticeToAppear"),
    "EOIR case system": ("CourtCase", "Hearing", "CourtOrder", "Representation"),
    "OPLA case system": ("Notification",),
    "USCIS case system": ("ReliefApplication",),
    "WHD compliance actions": ("Employer", "LaborViolation"),
    "OIG hotline": ("ConcernReport",),
    "Reference data": ("PostalArea", "Agency"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A postal area; `city_number` is its city's place in `World.areas`."""

    key: str
    city: City
    city_number: int
    postal_code: str
    latitude: float
    longitude: float


class Citation(NamedTuple):
    """A finding of child labor: the employer, the day, and how many minors."""

    employer: str
    found: int
    minors: int


@dataclass(frozen=True, slots=True)
class World:
    """What blocks link to: keys of agencies by code, areas by city, and citations of employers by area.

    `courts` are the areas for which a court is responsible, by the court's key.
    """

    agencies: dict[str, str]
    areas: tuple[tuple[Area, ...], ...]
    by_weight: tuple[int, ...]
    cited: dict[str, list[Citation]]
    courts: dict[str, list[Area]]

    def court(self, area: Area) -> str:
        """Return the key of the immigration court for an area."""
        return self.agencies[f"EOIR-{OFFICES[area.city.state].court}"]

    def field_office(self, area: Area) -> str:
        """Return the code of the ERO field office for an area."""
        return f"ERO-{OFFICES[area.city.state].field_office}"


def build_world(tables: Tables, pools: Pools, *, seed: int, children: int) -> World:
    """Add the shared records to `tables`, which are block 0, and return what blocks need to link to."""
    rng = Random(f"{seed}/world")
    _sources(tables)
    agencies = _agencies(tables)
    areas = tuple(_areas(tables, number, city, rng) for number, city in enumerate(CITIES))
    by_weight = tuple(position for position, city in enumerate(CITIES) for _ in range(city.weight))
    cited = _employers(tables, pools, areas, rng, count=max(FEWEST_EMPLOYERS, children // CHILDREN_PER_EMPLOYER))
    return World(agencies, areas, by_weight, cited, _responsibilities(tables, agencies, areas))


def _sources(tables: Tables) -> None:
    systems = {label: system for system, labels in _SYSTEMS.items() for label in labels}
    for label in RECORDS.labels:
        if label == "Source":
            system, file = "Sightline synthetic generator", "seed"
        else:
            system, file = f"{systems[label]} (synthetic)", f"{RECORDS.node(label).fields}.csv"
        key = tables.add("Source", REFERENCE, system, file, MORNINGS[REFERENCE])
        if key != source_key(label):
            raise AssertionError("sources are numbered in the model's order of labels")


def _agencies(tables: Tables) -> dict[str, str]:
    agencies: dict[str, str] = {}

    def add(code: str, name: str, department: str, kind: str, part_of: str | None) -> None:
        agencies[code] = tables.add("Agency", BEGINNING, code, name, department, kind)
        if part_of:
            tables.link("PART_OF", "Agency", agencies[code], agencies[part_of])

    for code, name, department, part_of in _AGENCIES:
        add(code, name, department, "AGENCY", part_of)
    for code, city in COURTS.items():
        add(f"EOIR-{code}", f"{city} Immigration Court", "Justice", "COURT", "EOIR")
    for code, city in FIELD_OFFICES.items():
        add(f"ERO-{code}", f"{city} Field Office", "Homeland Security", "FIELD_OFFICE", "ERO")
    return agencies


def _areas(tables: Tables, city_number: int, city: City, rng: Random) -> tuple[Area, ...]:
    areas = []
    for offset in range(city.zips):
        code = f"{city.first_zip + offset:05d}"
        latitude, longitude = near(rng, city.latitude, city.longitude, 0.06)
        key = tables.add("PostalArea", BEGINNING, code, city.name, city.state, Position(latitude, longitude))
        areas.append(Area(key, city, city_number, code, latitude, longitude))
    return tuple(areas)


def _responsibilities(
    tables: Tables, agencies: dict[str, str], areas: tuple[tuple[Area, ...], ...]
) -> dict[str, list[Area]]:
    """Link each area to the court and the field office that cover its state; return the areas of each court."""
    courts: dict[str, list[Area]] = {}
    for area in (area for city in areas for area in city):
        offices = OFFICES[area.city.state]
        court = agencies[f"EOIR-{offices.court}"]
        tables.link("RESPONSIBLE_FOR", "Agency", court, area.key)
        tables.link("RESPONSIBLE_FOR", "Agency", agencies[f"ERO-{offices.field_office}"], area.key)
        courts.setdefault(court, []).append(area)
    return courts


def _employers(
    tables: Tables, pools: Pools, areas: tuple[tuple[Area, ...], ...], rng: Random, *, count: int
) -> dict[str, list[Citation]]:
    cited: dict[str, list[Citation]] = {}
    for _ in range(count):
        city = areas[rng.randrange(len(areas))]
        area = city[rng.randrange(len(city))]
        site = city[rng.randrange(len(city))] if rng.random() < _ELSEWHERE else area
        name, industry = pools.employers[rng.randrange(len(pools.employers))]
        employer = tables.add("Employer", BEGINNING, name, industry)
        tables.link("IN_AREA", "Employer", employer, area.key)
        tables.link("LOCATED_AT", "Employer", employer, _workplace(tables, pools, site, rng))
        for _ in range(rng.choice((0, 0, 1, 1, 2))):
            found = rng.randint(BEGINNING, REFERENCE - 30)
            minors = rng.randint(1, 24)
            period = (DATES[found], DATES[max(BEGINNING, found - _INVESTIGATED)])
            told = (*period, minors + found % 3, found % _REPEATED == 0, minors, float(minors * 1_250))
            violation = tables.add("LaborViolation", found + 20, *told)
            tables.link("CITED_FOR", "Employer", employer, violation)
            for near_it in dict.fromkeys((area.key, site.key)):
                cited.setdefault(near_it, []).append(Citation(employer, found, minors))
    return cited


def _workplace(tables: Tables, pools: Pools, area: Area, rng: Random) -> str:
    street = f"{rng.randint(1, 9_900)} {pools.streets[rng.randrange(len(pools.streets))]}"
    latitude, longitude = near(rng, area.latitude, area.longitude, 0.02)
    where = (street, None, area.city.name, area.city.state, area.postal_code, Position(latitude, longitude))
    key = tables.add("Address", BEGINNING, *where, "DELIVERABLE", "BUSINESS", None)
    tables.link("IN_AREA", "Address", key, area.key)
    return key


def near(rng: Random, latitude: float, longitude: float, spread: float) -> tuple[float, float]:
    """Return a position within `spread` degrees, to five places."""
    return (
        round(latitude + (rng.random() * 2 - 1) * spread, 5),
        round(longitude + (rng.random() * 2 - 1) * spread, 5),
    )
