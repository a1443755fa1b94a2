"""What an access hides of a small graph: the graph without it, and graphs that differ in nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from api.access.policy import Access
from api.access.questions import may_read
from graph.model import MODEL, Property, Relationship
from graph.model.findings import FINDING, FINDING_CHANGE
from tests.clerk import STATE
from tests.reference.conditions import holds
from tests.reference.generate import FIRST_DAY, random_value
from tests.reference.small import SmallGraph, Thing, Tie

Name = tuple[str, str]
_ADDED = 4
"""Hidden nodes and relationships that are added, at most, of each label and each type."""


def settled(random: Random, graph: SmallGraph) -> SmallGraph:
    """Return the graph with a release to an address for each child, more than half of them in the clerk's state."""
    for address in graph.labelled("Address"):
        address.values["state"] = STATE if random.random() < 0.6 else random.choice(("NM", "CO"))
    addresses = graph.labelled("Address")
    for number, child in enumerate(graph.labelled("Child")):
        release = graph.add("Placement", f"release-{number}", releasedOn=FIRST_DAY, relationship="PARENT")
        graph.tie(child, "HAS_PLACEMENT", release)
        graph.tie(release, "RELEASED_TO", random.choice(addresses))
    return graph


def seen_names(graph: SmallGraph, access: Access) -> set[Name]:
    """Return the labels and keys of the nodes that may be seen."""
    rules = {rule.label: rule.filter for rule in access.rows}
    unseen = {FINDING.label, FINDING_CHANGE.label} if rules else set()
    return {
        (thing.label, thing.key)
        for thing in graph.things
        if thing.label not in unseen and (thing.label not in rules or holds(graph, thing, rules[thing.label]) is True)
    }


def seen(graph: SmallGraph, access: Access) -> SmallGraph:
    """Return the graph of what may be seen: no hidden nodes, no relationships to them, no hidden values."""
    names = seen_names(graph, access)
    things = {
        thing: Thing(thing.label, thing.key, _readable(access, thing.label, thing.values, _properties(thing.label)))
        for thing in graph.things
        if (thing.label, thing.key) in names
    }
    ties = [
        Tie(tie.type, things[tie.start], things[tie.end], tie.key, _readable(access, tie.type, tie.values, _of(tie)))
        for tie in graph.ties
        if tie.start in things and tie.end in things
    ]
    return SmallGraph(things.values(), ties)


def disguised(random: Random, graph: SmallGraph, access: Access) -> SmallGraph:
    """Return another graph of which the same may be seen: hidden nodes come and go, and hidden values are others."""
    return _Disguise(random, graph, access).graph()


class _Disguise:
    def __init__(self, random: Random, graph: SmallGraph, access: Access) -> None:
        self._random = random
        self._original = graph
        self._access = access
        self._names = seen_names(graph, access)
        self._things = {thing: self._changed(thing) for thing in graph.things}
        self._added = list(self._new_things())
        self._gone = {thing for thing in graph.things if self._is_hidden(thing) and random.random() < 0.3}
        self._kept = {tie for tie in graph.ties if not self._touches_hidden(tie) or random.random() < 0.5}
        self._new_ties = list(self._more_ties())

    def graph(self) -> SmallGraph:
        """Return the graph; nodes that would be seen, or no longer be, keep the values and relationships they had."""
        frozen: set[Name] = set()
        while True:
            made = self._made(frozen)
            now = seen_names(made, self._access)
            there = {(thing.label, thing.key) for thing in made.things}
            wrong = (now ^ self._names) & there
            if not wrong - frozen:
                assert not wrong
                return made
            frozen |= wrong

    def _made(self, frozen: set[Name]) -> SmallGraph:
        def is_frozen(thing: Thing) -> bool:
            return (thing.label, thing.key) in frozen

        fixed = {thing for tie in self._original.ties for thing in (tie.start, tie.end) if is_frozen(tie.start)}
        fixed |= {tie.start for tie in self._original.ties if is_frozen(tie.end)}
        gone = {thing for thing in self._gone if thing not in fixed and not is_frozen(thing)}
        things = {
            thing: self._as_it_was(thing) if is_frozen(thing) else new
            for thing, new in self._things.items()
            if thing not in gone
        }
        ties = [
            Tie(tie.type, things[tie.start], things[tie.end], tie.key, self._values(tie))
            for tie in self._original.ties
            if tie.start in things
            and tie.end in things
            and (tie in self._kept or is_frozen(tie.start) or is_frozen(tie.end))
        ]
        new = [thing for thing in self._added if not is_frozen(thing)]
        there = {*things.values(), *new}
        added = [
            tie
            for tie in self._new_ties
            if {tie.start, tie.end} <= there and not (is_frozen(tie.start) or is_frozen(tie.end))
        ]
        return SmallGraph([*things.values(), *new], [*ties, *added])

    def _as_it_was(self, thing: Thing) -> Thing:
        """Return a hidden node with its own values, and one that is seen with others where they are hidden."""
        return Thing(thing.label, thing.key, thing.values) if self._is_hidden(thing) else self._things[thing]

    def _is_hidden(self, thing: Thing) -> bool:
        return (thing.label, thing.key) not in self._names

    def _touches_hidden(self, tie: Tie) -> bool:
        return self._is_hidden(tie.start) or self._is_hidden(tie.end)

    def _changed(self, thing: Thing) -> Thing:
        properties = _properties(thing.label)
        hidden = self._is_hidden(thing)
        values = {} if hidden else _readable(self._access, thing.label, thing.values, properties)
        for name, prop in properties.items():
            if hidden or not may_read(MODEL, self._access, thing.label, prop):
                values[name] = self._other(thing, prop)
        return Thing(thing.label, thing.key, {name: value for name, value in values.items() if value is not None})

    def _other(self, thing: Thing, prop: Property) -> Any:
        """Return another hidden value; an address stays in the clerk's state or out of it, since the rule asks that."""
        if (thing.label, prop.name) == ("Address", "state"):
            state = thing.get("state")
            return state if state == STATE else self._random.choice(("NM", "CO", None))
        return abs(self._random.randrange(9)) if prop.derived else random_value(self._random, prop, 0.3)

    def _values(self, tie: Tie) -> dict[str, Any]:
        values = _readable(self._access, tie.type, tie.values, _of(tie))
        for name, prop in _of(tie).items():
            if self._touches_hidden(tie) or not may_read(MODEL, self._access, tie.type, prop):
                values[name] = random_value(self._random, prop, 0.3)
        return {name: value for name, value in values.items() if value is not None}

    def _new_things(self) -> Iterator[Thing]:
        labels = sorted({rule.label for rule in self._access.rows} | {FINDING.label} if self._access.rows else ())
        for label in labels:
            for number in range(self._random.randrange(_ADDED)):
                values = {name: random_value(self._random, prop, 0.3) for name, prop in _properties(label).items()}
                known = {name: value for name, value in values.items() if value is not None}
                yield Thing(label, f"{MODEL.node(label).field}-0{number}", known)

    def _more_ties(self) -> Iterator[Tie]:
        everything = [*self._things.values(), *self._added]
        for relationship in MODEL.relationships:
            starts = [thing for thing in everything if thing.label == relationship.start]
            ends = [thing for thing in everything if thing.label == relationship.end]
            taken = {(tie.start.key, tie.end.key) for tie in self._original.ties if tie.type == relationship.type}
            for _ in range(self._random.randrange(_ADDED) if starts and ends else 0):
                start, end = self._random.choice(starts), self._random.choice(ends)
                hidden = self._is_hidden(start) or self._is_hidden(end)
                if hidden and start is not end and (start.key, end.key) not in taken:
                    taken.add((start.key, end.key))
                    yield self._tie(relationship, start, end)

    def _tie(self, relationship: Relationship, start: Thing, end: Thing) -> Tie:
        values = {prop.name: random_value(self._random, prop, 0.3) for prop in relationship.properties}
        key = f"{start.label}-{end.label}-{self._random.getrandbits(48):012x}" if relationship.properties else ""
        return Tie(relationship.type, start, end, key, {name: one for name, one in values.items() if one is not None})


def _properties(label: str) -> dict[str, Property]:
    return {prop.name: prop for prop in MODEL.node(label).properties}


def _of(tie: Tie) -> dict[str, Property]:
    ends = (tie.start.label, tie.end.label)
    found = (one for one in MODEL.relationships if (one.type, one.start, one.end) == (tie.type, *ends))
    return {prop.name: prop for prop in next(found).properties}


def _readable(access: Access, owner: str, values: dict[str, Any], known: dict[str, Property]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if may_read(MODEL, access, owner, known[name])}
