"""A small graph of plain objects: nodes, relationships, and what a link of the model leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.compiler.ids import global_id
from graph.model import MODEL, Choice, Hop, Link
from tests.hostile import Graph


@dataclass(eq=False, slots=True)
class Thing:
    """A node: its label, its key, and the properties that are known."""

    label: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return global_id(self.label, self.key)

    def get(self, name: str) -> Any:
        """Return a property's value, the key's included; `None` when unknown."""
        return self.key if name == "key" else self.values.get(name)


@dataclass(eq=False, slots=True)
class Tie:
    """A relationship; it has a key when its type has properties, an empty one otherwise."""

    type: str
    start: Thing
    end: Thing
    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to: a node, and the relationship where that carries properties."""

    thing: Thing
    tie: Tie | None = None


class SmallGraph:
    """All nodes and relationships, found by walking lists: small enough that nothing needs an index."""

    def __init__(self, things: Iterable[Thing] = (), ties: Iterable[Tie] = ()) -> None:
        self.things = list(things)
        self.ties = list(ties)

    @classmethod
    def of(cls, graph: Graph) -> SmallGraph:
        """Return the plain objects that a drawn graph is made of."""
        small = cls()
        for label, rows in graph.nodes.items():
            for row in rows:
                small.add(label, **row)
        things = {(thing.label, thing.key): thing for thing in small.things}
        for one in graph.links:
            kind = one.relationship
            start, end = things[kind.start, one.start], things[kind.end, one.end]
            small.ties.append(Tie(kind.type, start, end, one.values.get("key", ""), _without_key(one.values)))
        return small

    def add(self, label: str, key: str, **values: Any) -> Thing:
        """Add a node and return it; unknown values are left out or `None`."""
        thing = Thing(label, key, {name: value for name, value in values.items() if value is not None})
        self.things.append(thing)
        return thing

    def tie(self, start: Thing, type_: str, end: Thing, key: str = "", **values: Any) -> Tie:
        """Add a relationship and return it."""
        tie = Tie(type_, start, end, key, {name: value for name, value in values.items() if value is not None})
        self.ties.append(tie)
        return tie

    def labelled(self, label: str) -> list[Thing]:
        """Return the nodes of a label."""
        return [thing for thing in self.things if thing.label == label]

    def by_id(self, text: str, label: str | None = None) -> Thing | None:
        """Return the node of a global id, of that label when one is given."""
        found = (thing for thing in self.things if thing.id == text and label in (None, thing.label))
        return next(found, None)

    def steps(self, thing: Thing, hop: Hop) -> Iterator[Linked]:
        """Yield the ends of a hop with their relationships, one for each relationship."""
        for tie in self.ties:
            if tie.type != hop.type:
                continue
            if hop.direction in (">", "-") and tie.start is thing and tie.end.label == hop.label:
                yield Linked(tie.end, tie)
            if hop.direction in ("<", "-") and tie.end is thing and tie.start.label == hop.label:
                yield Linked(tie.start, tie)

    def linked(self, thing: Thing, link: Link) -> list[Linked]:
        """Return what a link to many leads to: each relationship that carries properties, or each node once."""
        if link.properties:
            return list(self.steps(thing, link.hops[0]))
        reached = [thing]
        for hop in link.hops:
            reached = [step.thing for node in reached for step in self.steps(node, hop)]
        return [Linked(node) for node in dict.fromkeys(reached)]

    def single(self, thing: Thing, link: Link) -> Thing | None:
        """Return the node of a link to one: that of the least key, or the first choice's; `None` when there is none."""
        if link.choices:
            return next(filter(None, (self._chosen(thing, choice) for choice in link.choices)), None)
        return _least(linked.thing for linked in self.linked(thing, link))

    def _chosen(self, thing: Thing, choice: Choice) -> Thing | None:
        candidates = []
        for step in self.steps(thing, choice.hop):
            assert step.tie is not None
            values: Mapping[str, Any] = step.tie.values if choice.on_relationship else step.thing.values
            if values.get(choice.open) is None or not choice.on_relationship:
                candidates.append((step.thing, values.get(choice.latest)))
        known = [latest for _, latest in candidates if latest is not None]
        best = max(known) if known else None
        ends = [candidate for candidate, latest in candidates if latest == best]
        picked = _least(end for end in ends if choice.on_relationship or end.values.get(choice.open) is None)
        if picked is None or choice.then is None:
            return picked
        return _least(step.thing for step in self.steps(picked, choice.then))


def _without_key(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "key"}


def _least(things: Iterable[Thing]) -> Thing | None:
    return min(things, key=lambda thing: thing.key, default=None)


def link(label: str, name: str) -> Link:
    """Return the model's link of that name."""
    return MODEL.links(label)[name]
