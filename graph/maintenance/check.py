"""Finds what in a graph breaks the model; each rule comes from the model's declarations and is one statement.

Other programs may write to the database, which itself enforces only its constraints. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from graph.maintenance.contents import DATASET
from graph.maintenance.record import STORE
from graph.model import MODEL, RECORDS, Enumeration, Model, Node, Point, Property, Relationship
from graph.store import Store
from graph.store.census import take_census
from graph.store.revoked import REVOKED
from graph.writing.assertions import ASSERTION
from graph.writing.change_log import CHANGE, LOG
from graph.writing.derived import check_derived
from graph.writing.derived_marks import MARK
from graph.writing.folded_text import check_twins
from graph.writing.idempotency import IDEMPOTENCY
from graph.writing.imports import IMPORT
from graph.writing.statements import GIVEN, GIVES, IMPORTED, MISSING, PROVENANCE, STATEMENT
from graph.writing.touched import STANDING, SWEEP, TOUCHED, WEIGHT

CHECK_SECONDS = 300.0
"""Deadline of one statement."""
EXAMPLES = 5
_TYPES: dict[object, tuple[str, str]] = {
    str: ("STRING", "a text"),
    int: ("INTEGER", "a whole number"),
    float: ("FLOAT | INTEGER", "a number"),
    bool: ("BOOLEAN", "true or false"),
    date: ("DATE", "a day"),
    datetime: ("ZONED DATETIME", "an instant with its offset from UTC"),
    Point: ("POINT", "a position"),
}
_BESIDE = {
    *(ASSERTION, CHANGE, DATASET, IDEMPOTENCY, IMPORT, LOG, MARK, REVOKED, STANDING, STATEMENT, STORE, SWEEP, TOUCHED)
}
"""Labels of Sightline's own notes, which are not part of the model."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule of the model: where, which rule, how many records break it, and the keys of some.

    A `note` breaks nothing: it is about something that the model does not know.
    """

    where: str
    rule: str
    number: int
    examples: tuple[str, ...] = ()
    note: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule: the clauses that bind each thing that breaks it as `x`, and the expression of its key."""

    where: str
    rule: str
    clauses: str
    key: str = "coalesce(toStringOrNull(x.key), 'without a key: ' + elementId(x))"
    note: bool = False


Progress = Callable[[int, int], None]


async def check_graph(store: Store, model: Model = RECORDS, *, progress: Progress | None = None) -> list[Breach]:
    """Return everything that breaks the model, notes last; an empty list when nothing does.

    `progress` is called with how many rules are checked, and how many there are. Raises `StoreTimeout` when one takes
    too long.
    """
    census = await take_census(store, model)
    unique = await _unique(store)
    rules = [
        *(rule for node in model.nodes if census.nodes[node.label] for rule in _node_rules(node, model, unique)),
        *(rule for kind in sorted(model.types) if census.relationships[kind] for rule in _type_rules(kind, model)),
    ]
    found = []
    for place, rule in enumerate(rules):
        if progress:
            progress(place, len(rules))
        found += [breach async for breach in _broken(store, rule)]
    found += [breach async for breach in _kept(store, model)]
    found += [breach async for breach in _unknown(store)]
    return sorted(found, key=lambda breach: breach.note)


async def _broken(store: Store, rule: _Rule) -> AsyncIterator[Breach]:
    """Yield the breach of a rule, if there is one: count first, and look for examples only if the count is not 0."""
    number = await store.read_value(f"CYPHER 25 {rule.clauses} RETURN count(*)", timeout=CHECK_SECONDS)
    if not number:
        return
    statement = f"CYPHER 25 {rule.clauses} RETURN {rule.key} LIMIT {EXAMPLES}"
    examples = await store.read(statement, timeout=CHECK_SECONDS)
    keys = tuple(sorted(cast(str, key) for (key,) in examples))
    yield Breach(rule.where, rule.rule, cast(int, number), keys, rule.note)


# --- nodes --------------------------------------------------------------------------------------------------------


def _node_rules(node: Node, model: Model, unique: frozenset[str]) -> Iterator[_Rule]:
    label = node.label
    labels = f"size([label IN labels(x) WHERE label IN {list(model.labels)}])"
    yield _Rule(label, "has one label of the model", f"MATCH (x:{label}) WHERE {labels} > 1")
    if label not in unique:
        yield _Rule(
            label,
            "has a key that no other has",
            f"MATCH (n:{label}) WHERE n.key IS NOT NULL WITH n.key AS key, count(*) AS alike, head(collect(n)) AS x "
            "WHERE alike > 1",
        )
    yield from _value_rules(label, f"MATCH (x:{label})", node.all_properties.values())
    twins = (prop.twin for prop in node.properties if prop.folded)
    known = [*node.all_properties, *node.derived, *twins, WEIGHT]
    yield _unknown_properties(label, f"MATCH (x:{label}) WHERE {labels} = 1", known)


def _value_rules(where: str, match: str, properties: Iterable[Property]) -> Iterator[_Rule]:
    """Yield the rules for the values of properties."""
    for prop in properties:
        value = f"x.{prop.name}"
        kind = str if isinstance(prop.type, Enumeration) else prop.type
        stored, words = _TYPES[kind]
        if prop.required:
            yield _Rule(f"{where}.{prop.name}", "is there", f"{match} WHERE {value} IS NULL OR {value} = ''")
        wrong = f"{value} IS NOT NULL AND NOT ({value} IS :: {stored})"
        yield _Rule(f"{where}.{prop.name}", f"is {words}", f"{match} WHERE {wrong}")
        if isinstance(prop.type, Enumeration):
            values = list(prop.type.values)
            outside = f"{value} IS :: STRING NOT NULL AND NOT ({value} IN {values})"
            yield _Rule(f"{where}.{prop.name}", f"is a {prop.type.name}", f"{match} WHERE {outside}")


def _unknown_properties(where: str, match: str, known: Iterable[str]) -> _Rule:
    return _Rule(
        where,
        "a property that the model does not know",
        f"{match} UNWIND [name IN keys(x) WHERE NOT (name IN {list(known)})] AS name WITH DISTINCT name",
        key="name",
        note=True,
    )


# --- relationships ------------------------------------------------------------------------------------------------


def _type_rules(kind: str, model: Model) -> Iterator[_Rule]:
    declared = [one for one in model.relationships if one.type == kind]
    match = f"MATCH (a)-[x:{kind}]->(b)"
    ends = " OR ".join(f"(a:{one.start} AND b:{one.end})" for one in declared)
    pairs = _pair("a", "b")
    allowed = " or ".join(dict.fromkeys(f"{one.start} to {one.end}" for one in declared))
    words = "from a record to its Source" if kind == PROVENANCE else f"from {allowed}"
    yield _Rule(kind, f"leads {words}", f"{match} WHERE NOT ({ends})", key=pairs)
    properties = declared[0].properties
    known = [*(prop.name for prop in properties), *((GIVES, IMPORTED, MISSING) if kind == PROVENANCE else (GIVEN,))]
    if properties:
        known.append("key")
        yield _Rule(f"{kind}.key", "is there", f"{match} WHERE x.key IS NULL", key=pairs)
        yield from _value_rules(kind, match, properties)
    else:
        for start in dict.fromkeys(one.start for one in declared):
            yield _doubled(kind, start, symmetric=declared[0].symmetric)
    yield _unknown_properties(kind, f"MATCH ()-[x:{kind}]->()", known)
    for one in declared:
        yield from _several(one)


def _pair(start: str, end: str) -> str:
    return " + ' to ' + ".join(f"coalesce(toStringOrNull({one}.key), 'without a key')" for one in (start, end))


def _doubled(kind: str, start: str, *, symmetric: bool) -> _Rule:
    """Return the rule that two nodes have at most one relationship of a type; nodes with one are skipped."""
    arrow = "-" if symmetric else "->"
    once = " AND n.key < b.key" if symmetric else ""
    return _Rule(
        kind,
        f"is there once between two nodes (of a {start})",
        f"MATCH (n:{start}) WHERE COUNT {{ (n)-[:{kind}]{arrow}() }} > 1 CALL (n) {{ MATCH (n)-[r:{kind}]{arrow}(b) "
        f"WHERE true{once} WITH b, count(r) AS alike, head(collect(r)) AS x WHERE alike > 1 RETURN b, x }}",
        key=_pair("n", "b"),
    )


def _several(one: Relationship) -> Iterator[_Rule]:
    """Yield the rules that a node has at most one node at the end of a link, where the model says so."""
    sides = (
        (one.forward, one.start, f"(x)-[:{one.type}]->(other:{one.end})"),
        (one.backward, one.end, f"(x)<-[:{one.type}]-(other:{one.start})"),
    )
    for end, label, pattern in sides:
        if end.name and not end.many:
            unnamed = pattern.replace("other:", ":")
            yield _Rule(
                f"{label}.{end.name}",
                "is one",
                f"MATCH (x:{label}) WHERE COUNT {{ {unnamed} }} > 1 "
                f"AND COUNT {{ MATCH {pattern} RETURN DISTINCT other }} > 1",
            )


# --- the graph as a whole -----------------------------------------------------------------------------------------


async def _unique(store: Store) -> frozenset[str]:
    """Return the labels whose keys a constraint in the database keeps unique."""
    rows = await store.read("SHOW CONSTRAINTS YIELD entityType, labelsOrTypes, properties, type")
    return frozenset(
        cast(list[str], labels)[0]
        for entity, labels, properties, kind in rows
        if entity == "NODE" and properties == ["key"] and cast(str, kind).endswith("UNIQUENESS")
    )


async def _kept(store: Store, model: Model) -> AsyncIterator[Breach]:
    mend = "`sightline db derive --refresh` mends it"
    for wrong in await check_derived(store, model=model, examples=EXAMPLES):
        yield Breach(f"{wrong.label}.{wrong.property}", f"follows from the graph; {mend}", wrong.nodes, wrong.examples)
    for name, number in (await check_twins(store, model)).items():
        yield Breach(name, f"has its folded twin; {mend}", number)


async def _unknown(store: Store) -> AsyncIterator[Breach]:
    """Yield the labels and types that occur in the graph but not in the model."""
    labels = await store.read("CALL db.labels() YIELD label RETURN label")
    kinds = await store.read("CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType")
    unknown = [
        *((cast(str, name), "a label", "MATCH (:{})") for (name,) in labels if name not in {*MODEL.labels, *_BESIDE}),
        *((cast(str, name), "a type", "MATCH ()-[:{}]->()") for (name,) in kinds if name not in MODEL.types),
    ]
    for name, what, pattern in sorted(unknown):
        quoted = f"`{name.replace('`', '``')}`"
        number = await store.read_value(f"CYPHER 25 {pattern.format(quoted)} RETURN count(*)", timeout=CHECK_SECONDS)
        if number:
            yield Breach(name, f"{what} that the model does not know", cast(int, number), note=True)
    bare = await store.read_value("CYPHER 25 MATCH (n) WHERE size(labels(n)) = 0 RETURN count(*)")
    if bare:
        yield Breach("a node", "has a label", cast(int, bare))
