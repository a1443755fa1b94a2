"""Small random graphs: many unknown values, ties, accents, parallel reports, nodes reached by several paths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from graph.model import MODEL, Enumeration, Node, Point, Property, Relationship
from graph.writing.rows import Position
from tests.reference.small import SmallGraph, Thing, link

FIRST_DAY = date(2024, 1, 1)
DAYS = 120
UNRELATED = ("FAMILY_FRIEND", "UNRELATED")
SOLE = ("HAS_PLACEMENT", "WITH_SPONSOR")
"""Relationships of which a placement never has two: the questions count children and sponsors by them."""

_WITH_SPONSOR = link("Placement", "sponsor").hops[0]
_CHILD = link("Placement", "child").hops[0]
_NAMES = ("Núñez", "Nunez", "NUÑEZ", "Nun", "Ñandú", "Zoë", "zoe", "O'Neil", "Straße", "a\\b", "", "\uff5e", "😀")
_TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "countryOfBirth": ("Honduras", "México", "Mexico", "El Salvador", "Guatemala"),
        "street": ("1 Main St", "1 MAIN ST", "2 Peña Blvd", "12 Main St", "3 O'Hara\tWay"),
        "city": ("Cañon City", "Canon City", "Peñasco", "El Paso", "el paso"),
        "state": ("TX", "NM", "CO"),
        "postalCode": ("00501", "79901", "79902"),
        "aNumber": ("000000001", "000000012", "100000000"),
        "number": ("+15555550100", "+15555550101", "+15555550110"),
        "code": ("ORR", "EOIR", "ERO", "OPLA"),
    }
)
_WEIGHTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "HearingOutcome": ("MISSED", "MISSED", "MISSED"),
        "ContactOutcome": ("REACHED",),
        "SponsorRelationship": ("UNRELATED", "FAMILY_FRIEND", "UNRELATED", "FAMILY_FRIEND"),
    }
)


def random_graph(random: Random, *, size: int = 5) -> SmallGraph:
    """Return a graph of up to `size` nodes of each label; the same state of `random` gives the same graph.

    Relationships without properties are never parallel, except that two siblings may each name the other; those with
    properties have keys that are unique for their type. A link to one sometimes has several candidates, but a
    placement has one child and one sponsor at most.
    """
    graph = SmallGraph()
    for node in MODEL.nodes:
        unknown = random.choice((0.1, 0.3, 0.6))
        for number in random.sample(range(1, 3 * size), random.randint(1, size)):
            values = {
                prop.name: random_value(random, prop, unknown)
                for prop in node.properties
                if prop.derived is None and not prop.verbatim
            }
            graph.add(node.label, f"{node.field}-{number}", **values, **_wordings(node, number))
    for relationship in MODEL.relationships:
        _relate(random, graph, relationship)
    _keep_counts(graph)
    return graph


def _wordings(node: Node, number: int) -> dict[str, Any]:
    """Return sources' own words for a record, drawn apart from all other values: no question asks about them."""
    apart = Random(f"{node.label} {number}")
    return {prop.name: apart.choice((None, *_NAMES)) for prop in node.properties if prop.verbatim}


def random_value(random: Random, prop: Property, unknown: float) -> Any:
    """Return a value of a property, `None` as often as `unknown` says."""
    if random.random() < unknown:
        return None
    kind = prop.type
    if isinstance(kind, Enumeration):
        return random.choice((*kind.values, *_WEIGHTED.get(kind.name, ())))
    if kind is bool:
        return random.random() < 0.5
    if kind is int:
        return random.choice((-1, 0, 1, 2, 3, 2**31 - 1))
    if kind is float:
        return random.choice((-0.5, 0.0, 1.0, 2.25, 1e10))
    if kind is date:
        return FIRST_DAY + timedelta(days=random.choice((0, 1, 2, random.randrange(DAYS))))
    if kind is datetime:
        seconds = random.choice((0, 60, 61, 3600, random.randrange(DAYS * 86_400)))
        return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, milliseconds=random.choice((0, 0, 120)))
    if kind is Point:
        return Position(random.choice((-33.5, 0.0, 31.75)), random.choice((-106.5, 0.0, 151.25)))
    return random.choice(_TEXTS.get(prop.name, _NAMES))


def _relate(random: Random, graph: SmallGraph, relationship: Relationship) -> None:
    starts, ends = graph.labelled(relationship.start), graph.labelled(relationship.end)
    taken: set[Thing] = set()
    pairs: set[tuple[Thing, Thing]] = set()
    sole_end = bool(relationship.forward.name) and not relationship.forward.many
    sole_start = bool(relationship.backward.name) and not relationship.backward.many
    several = 0.0 if relationship.type in SOLE else 0.1
    for start in starts:
        if sole_end:
            wanted = 2 if random.random() < several else random.choice((0, 1, 1, 1, 1))
        else:
            wanted = random.choice((0, 1, 1, 2, 3)) if relationship.type != "FROM_SOURCE" else random.choice((0, 0, 2))
        for end in random.choices(ends, k=wanted):
            parallel = (start, end) in pairs and not relationship.properties
            if parallel or start is end or (sole_start and end in taken and random.random() >= several):
                continue
            pairs.add((start, end))
            taken.add(end)
            values = {prop.name: random_value(random, prop, 0.3) for prop in relationship.properties}
            key = f"{start.label}-{end.label}-{random.getrandbits(32):08x}" if relationship.properties else ""
            graph.tie(start, relationship.type, end, key, **values)


def _keep_counts(graph: SmallGraph) -> None:
    """Give sponsors and addresses the counts that writers keep, counted from all placements and reports."""
    for sponsor in graph.labelled("Sponsor"):
        placements = [one.thing for one in graph.linked(sponsor, link("Sponsor", "placements"))]
        sponsor.values["childCount"] = len(_children(graph, placements))
        unrelated = [placement for placement in placements if placement.get("relationship") in UNRELATED]
        sponsor.values["unrelatedChildCount"] = len(_children(graph, unrelated))
    for address in graph.labelled("Address"):
        placements = [one.thing for one in graph.linked(address, link("Address", "placements"))]
        residents = {one.thing for one in graph.linked(address, link("Address", "sponsors"))}
        sponsors = {step.thing for placement in placements for step in graph.steps(placement, _WITH_SPONSOR)}
        address.values["sponsorCount"] = len(residents | sponsors)
        address.values["childCount"] = len(_children(graph, placements))


def _children(graph: SmallGraph, placements: list[Thing]) -> set[Thing]:
    return {step.thing for placement in placements for step in graph.steps(placement, _CHILD)}
