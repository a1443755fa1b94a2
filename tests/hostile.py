"""Graphs as others may leave them: doubled links, several where the model has one, unknown values, ends before starts.

Everything is drawn from the model, so that a new label, property or relationship takes part without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from graph.model import RECORDS, Enumeration, Point, Property, Relationship
from graph.store import Store
from graph.text import twin
from graph.writing.rows import Position

DAY = date(2024, 5, 31)
"""The day around which everything happens."""
DAYS = (
    *(DAY + timedelta(days=n) for n in (-700, -400, -90, -60, -37, -31, -30, -29, -4, -3, -2, -1, 0, 1, 40)),
    date(2024, 2, 29),
)
BIRTHS = (
    *(DAY - timedelta(days=n) for n in (12_000, 6_600, 6_570, 6_560, 4_900, 4_700, 4_400)),
    *(date(2004, 2, 29), date(2006, 5, 31), date(2006, 6, 1), date(2008, 2, 29), date(2012, 2, 29)),
)
OFFICES = {"EOIR": "", "OPLA": "ICE", "ORR": "", "ICE": "", "ERO": "ICE", "ERO-MIA": "ERO", "ERO-MIA-1": "ERO-MIA"}
"""The agencies by code, each with the code of the one that it is part of: offices stand at several levels."""
COURTS = {"EOIR-MIA": "EOIR", "EOIR-HOU": ""}
FEW, SOME, MANY = 3, 6, 12
LIKELY = {
    "HearingOutcome": ("MISSED",) * 4,
    "ContactOutcome": ("REACHED",) * 2,
    "SponsorRelationship": ("UNRELATED", "FAMILY_FRIEND") * 3,
    "SponsorCategory": ("3",) * 2,
    "Deliverability": ("DELIVERABLE",) * 4,
    "ReliefForm": ("I_589",) * 4,
    "AddressKind": ("HOME",) * 4,
    "CourtCaseStatus": ("PENDING",) * 2,
    "ConcernKind": ("LABOR", "TRAFFICKING"),
    "NotificationEvent": ("MISSED_HEARING",) * 4,
    "HomeStudyRecommendation": ("NEGATIVE",),
    "ReliefStatus": ("DENIED",),
    "CourtOrderKind": ("REMOVAL",) * 2,
    "SponsorDecision": ("APPROVED", "DENIED"),
    "DischargeKind": ("RAN_AWAY",) * 3,
}
"""Values that are drawn more often than the others, because most questions ask about them."""
TEXTS = {
    "endReason": ("Returned to HHS custody", "The sponsor could no longer care for the child"),
    "firstName": ("Ana", "ana", "Ána", "Luis"),
    "lastName": ("López", "LOPEZ", "de la Cruz"),
    "postalCode": ("33125", "77002"),
    "state": ("FL", "TX"),
    "street": ("1 Main St", "1 MAIN ST", "2 Oak Ave"),
    "unit": ("1", "2"),
    "numberHash": ("5f", "a0"),
}
NUMBERS = {
    "Child": 10,
    "Placement": 18,
    "Hearing": MANY,
    "ContactAttempt": MANY,
    "Notification": MANY,
    "SponsorApplication": MANY,
    "Phone": FEW,
}
LONELY = ("PostalArea", "Employer", "Source", "Address")


@dataclass(frozen=True, slots=True)
class Linked:
    """A relationship between two nodes, by their keys."""

    relationship: Relationship
    start: str
    end: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by label, and relationships; nothing holds that the model's writers would see to."""

    nodes: dict[str, list[dict[str, Any]]]
    links: tuple[Linked, ...]

    def doubled(self) -> Graph:
        """Return the graph with each relationship that has no properties twice."""
        return replace(self, links=(*self.links, *(one for one in self.links if not one.relationship.properties)))


def hostile(seed: int, *, unknown: float = 0.15, single: bool = False, times: int = 1) -> Graph:
    """Return a graph; the same seed gives the same.

    `unknown` is the share of values that are; with `single`, what the model says is one is so, and no link is doubled.
    There are `times` as many nodes of each label as usual, but for agencies.
    """
    return _Maker(seed, unknown, single, times).graph()


async def write_graph(store: Store, graph: Graph) -> None:
    """Write a graph into an empty store as it is, with the twins of folded texts."""
    for label, rows in graph.nodes.items():
        folded = {prop.name: prop.twin for prop in RECORDS.node(label).properties if prop.folded}
        rows = [{**row, **{folded[name]: twin(row[name]) for name in folded if name in row}} for row in rows]
        placed = {prop.name for prop in RECORDS.node(label).properties if prop.type is Point}
        rows = [{**row, **{name: list(row[name]) for name in placed if name in row}} for row in rows]
        located = "".join(
            f" SET n.{name} = point({{latitude: row.{name}[0], longitude: row.{name}[1]}})" for name in placed
        )
        await store.write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row{located}", {"rows": rows})
    kinds = {(one.relationship.type, one.relationship.start, one.relationship.end) for one in graph.links}
    for kind, start, end in sorted(kinds):
        rows = [
            {"start": one.start, "end": one.end, "values": one.values}
            for one in graph.links
            if (one.relationship.type, one.relationship.start, one.relationship.end) == (kind, start, end)
        ]
        await store.write(
            f"UNWIND $rows AS row MATCH (a:{start} {{key: row.start}}) MATCH (b:{end} {{key: row.end}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.values",
            {"rows": rows},
        )


class _Maker:
    def __init__(self, seed: int, unknown: float, single: bool, times: int) -> None:
        self._random = Random(seed)
        self._wordings = Random(f"{seed} wordings")
        self._unknown = unknown
        self._single = single
        self._times = times
        self._serial = 0

    def graph(self) -> Graph:
        nodes = {
            node.label: [
                {"key": f"{node.label}-{number}", **self._values(node.properties)}
                for number in range(self._times * NUMBERS.get(node.label, FEW if node.label in LONELY else SOME))
            ]
            for node in RECORDS.nodes
        }
        nodes["Agency"] = [
            {"key": f"Agency-{code}", "code": code, "kind": "FIELD_OFFICE" if "-" in code else "AGENCY"}
            for code in OFFICES
        ]
        nodes["Agency"] += [{"key": f"Agency-{code}", "code": code, "kind": "COURT"} for code in COURTS]
        links = [
            link
            for relationship in RECORDS.relationships
            if relationship.type != "PART_OF"
            for link in self._links(relationship, nodes)
        ]
        [part_of] = [one for one in RECORDS.relationships if one.type == "PART_OF"]
        links += [Linked(part_of, f"Agency-{a}", f"Agency-{b}") for a, b in {**OFFICES, **COURTS}.items() if b]
        return Graph(nodes, tuple(links))

    def _links(self, relationship: Relationship, nodes: dict[str, list[dict[str, Any]]]) -> Iterator[Linked]:
        """Give links from the side that has one of the other, where there is one, else from the start."""
        starts = [row["key"] for row in nodes[relationship.start]]
        ends = [row["key"] for row in nodes[relationship.end]]
        turned = relationship.forward.many and not relationship.backward.many
        seen: set[frozenset[str]] = set()
        ones, others = (ends, starts) if turned else (starts, ends)
        one = turned or not relationship.forward.many
        for key in ones:
            for _ in range(self._number(one)):
                other = self._random.choice(others)
                pair = (other, key) if turned else (key, other)
                again = self._single and not relationship.properties and frozenset(pair) in seen
                if other != key and not again:
                    seen.add(frozenset(pair))
                    yield Linked(relationship, *pair, self._keyed(relationship))

    def _number(self, one: bool) -> int:
        if one:
            return self._random.choice((0, 1, 1, 1, 1, 1) if self._single else (0, 1, 1, 1, 1, 2))
        return self._random.choice((0, 1, 1, 2, 3))

    def _keyed(self, relationship: Relationship) -> dict[str, Any]:
        if not relationship.properties:
            return {}
        self._serial += 1
        return {"key": f"{relationship.type}-{self._serial:04}", **self._values(relationship.properties)}

    def _values(self, properties: tuple[Property, ...]) -> dict[str, Any]:
        """Return values, some of which are unknown; what is derived is left to whoever derives it."""
        given = [prop for prop in properties if prop.derived is None and not prop.verbatim]
        found = {prop.name: self._value(prop) for prop in given}
        known = {name: value for name, value in found.items() if value is not None}
        return {
            **{name: value for name, value in known.items() if self._random.random() >= self._unknown},
            **{prop.name: wording for prop in properties if prop.verbatim and (wording := self._wording())},
        }

    def _wording(self) -> str:
        """Draw a source's own words, or none, apart from all other values: no question asks about them."""
        return self._wordings.choice(("", "1 main street", "1 MAIN", "none"))

    def _value(self, prop: Property) -> object:
        random = self._random
        if prop.name == "reportedBy":
            return random.choice((*OFFICES, *COURTS))
        if isinstance(prop.type, Enumeration):
            return random.choice((*prop.type.values, *LIKELY.get(prop.type.name, ())))
        if prop.type is date:
            return random.choice(BIRTHS if prop.name == "dateOfBirth" else DAYS)
        if prop.type is datetime:
            return datetime.combine(random.choice(DAYS), time(23, 30), UTC)
        if prop.type is bool:
            return random.random() < 0.5
        if prop.type in (int, float):
            return prop.type(random.randrange(1, 9))
        if prop.type is Point:
            return Position(random.choice((25.8, 25.9, 29.7)), random.choice((-80.2, -95.4)))
        return random.choice(TEXTS.get(prop.name, ("a", "b", "C d")))
