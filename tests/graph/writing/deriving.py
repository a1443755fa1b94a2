"""A model with derived properties of every sort, and random writes that say what they touched."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from random import Random
from typing import cast

from graph.model import MODEL, Days, Derived, Enumeration, Hop, Model, Property
from graph.store import Store
from tests.hostile import DAYS

_HEARINGS = (Hop("RESPONDENT_IN", ">", "CourtCase"), Hop("HAS_HEARING", ">", "Hearing"))
_TOLD = (*_HEARINGS, Hop("ABOUT", "<", "Notification"))

FIRST_MISSED = Derived(
    "head(COLLECT { MATCH (n)-[own:RESPONDENT_IN]->(:CourtCase)-[:HAS_HEARING]->(h:Hearing) "
    "WHERE h.outcome = 'MISSED' RETURN min(h.scheduledOn) })",
    (_HEARINGS,),
    Days.EVERY,
)
LAST_REACHED = Derived(
    "head(COLLECT { MATCH (n)-[:HAS_CONTACT]->(a:ContactAttempt) WHERE a.outcome = 'REACHED' "
    "RETURN max(a.attemptedOn) })",
    ((Hop("HAS_CONTACT", ">", "ContactAttempt"),),),
    Days.EVERY,
)
OF_CHILD = (
    Property("firstMissedOn", date, "First missed hearing.", derived=FIRST_MISSED),
    Property("lastReachedOn", date, "Last time that somebody was reached.", derived=LAST_REACHED),
    Property(
        "fullName", str, "Both names.", derived=Derived("n.firstName + coalesce(' ' + n.lastName, '')", (), Days.EVERY)
    ),
    Property(
        "siblingNames",
        str,
        "The first name that comes first among the siblings'.",
        derived=Derived(
            "head(COLLECT { MATCH (n)-[:SIBLING_OF]-(s:Child) RETURN min(s.firstName) })",
            ((Hop("SIBLING_OF", "-", "Child"),),),
        ),
    ),
    Property(
        "notified",
        bool,
        "Whether anybody was told of a hearing.",
        derived=Derived(
            "EXISTS { (n)-[:RESPONDENT_IN]->()-[:HAS_HEARING]->()<-[:ABOUT]-(:Notification {status: 'ACKNOWLEDGED'}) }",
            (_TOLD,),
        ),
    ),
)


def derived_model(*more: Property) -> Model:
    """Return the model with further derived properties of a child."""
    nodes = tuple(
        replace(node, properties=(*node.properties, *more)) if node.label == "Child" else node for node in MODEL.nodes
    )
    return Model(nodes, MODEL.relationships, MODEL.paths, MODEL.pointers)


class RandomWrites:
    """Writes at random to the nodes and links that derived properties depend on, as other programs would."""

    def __init__(self, store: Store, model: Model, random: Random) -> None:
        self._store = store
        self._model = model
        self._random = random
        derived = [(label, one) for label, found in model.derived.items() for one in found.values()]
        hops = [hop for _, one in derived for path in one.paths for hop in path]
        self._labels = sorted({*(label for label, _ in derived), *(hop.label for hop in hops)})
        self._links = [one for one in model.relationships if one.type in {hop.type for hop in hops}]
        self._serial = 0

    async def some(self, number: int) -> dict[str, set[str]]:
        """Write so many times; return the keys of all that was touched, by label."""
        touched: dict[str, set[str]] = defaultdict(set)
        for _ in range(number):
            write = self._random.choice((self._value, self._value, self._link, self._link, self._cut, self._delete))
            for label, key in await write():
                touched[label].add(key)
        return touched

    async def _keys(self, label: str) -> list[str]:
        rows = await self._store.read(f"MATCH (n:{label}) RETURN n.key ORDER BY n.key")
        return [cast(str, key) for (key,) in rows]

    async def _value(self) -> list[tuple[str, str]]:
        label = self._random.choice(self._labels)
        key = self._random.choice([*await self._keys(label), self._new(label)])
        given = [p for p in self._model.node(label).given if isinstance(p.type, Enumeration) or p.type in (str, date)]
        if not given:
            return []
        prop = self._random.choice(given)
        value = self._random.choice((None, *self._values(prop)))
        await self._store.write(
            f"MERGE (n:{label} {{key: $key}}) SET n.{prop.name} = $value", {"key": key, "value": value}
        )
        return [(label, key)]

    def _new(self, label: str) -> str:
        self._serial += 1
        return f"{label}-new-{self._serial}"

    def _values(self, prop: Property) -> tuple[object, ...]:
        if isinstance(prop.type, Enumeration):
            return tuple(prop.type.values)
        return DAYS if prop.type is date else ("Ana", "Luis", "Núñez")

    async def _link(self) -> list[tuple[str, str]]:
        kind = self._random.choice(self._links)
        starts, ends = await self._keys(kind.start), await self._keys(kind.end)
        if not starts or not ends:
            return []
        start, end = self._random.choice(starts), self._random.choice(ends)
        self._serial += 1
        keyed = " {key: $key}" if kind.properties else ""
        await self._store.write(
            f"MATCH (a:{kind.start} {{key: $start}}) MATCH (b:{kind.end} {{key: $end}}) "
            f"CREATE (a)-[:{kind.type}{keyed}]->(b)",
            {"start": start, "end": end, "key": f"new-{self._serial}"},
        )
        return [(kind.start, start), (kind.end, end)]

    async def _cut(self) -> list[tuple[str, str]]:
        kind = self._random.choice(self._links)
        rows = await self._store.write(
            f"MATCH (a:{kind.start})-[r:{kind.type}]->(b:{kind.end}) WITH a, r, b ORDER BY a.key, b.key "
            "WITH collect([a, r, b]) AS found WHERE found <> [] WITH found[$place % size(found)] AS one "
            "WITH one[0].key AS start, one[2].key AS end, one[1] AS r DELETE r RETURN start, end",
            {"place": self._random.randrange(10_000)},
        )
        return [pair for start, end in rows for pair in ((kind.start, cast(str, start)), (kind.end, cast(str, end)))]

    async def _delete(self) -> list[tuple[str, str]]:
        label = self._random.choice(self._labels)
        keys = await self._keys(label)
        if len(keys) < 3:
            return []
        rows = await self._store.write(
            f"MATCH (n:{label} {{key: $key}}) "
            "WITH n, COLLECT { MATCH (n)--(m) RETURN [head(labels(m)), m.key] } AS ends "
            "DETACH DELETE n RETURN ends",
            {"key": self._random.choice(keys)},
        )
        return [(one, key) for (ends,) in rows for one, key in cast(list[tuple[str, str]], ends)]
