"""The parts of a model: properties, nodes, relationships, and the links that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from graph.model.derived import Derived, Hidden, Hop, check_derived


class Sensitivity(Enum):
    """Who may be harmed when somebody sees a value; policy decides by it, before a statement is built."""

    PUBLIC = "PUBLIC"
    CASE = "CASE"
    LOCATION = "LOCATION"
    IDENTITY = "IDENTITY"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed set of values: each value as stored, with its meaning.

    In GraphQL a value starts with `prefix`, for stored values that are not GraphQL names (`2A`).
    """

    name: str
    doc: str
    values: Mapping[str, str]
    prefix: str = ""

    def graphql_name(self, stored: str) -> str:
        """Return the GraphQL name of a stored value."""
        return self.prefix + stored

    def __hash__(self) -> int:
        return hash(self.name)


class Point:
    """The type of a WGS 84 position."""


PropertyType = (
    type[str] | type[int] | type[float] | type[bool] | type[date] | type[datetime] | type[Point] | Enumeration
)


@dataclass(frozen=True, slots=True)
class Property:
    """A named value of a node or a relationship.

    `index` asks for a range index, which serves equality, ranges and orders. `search` adds the text to the full-text
    index. `folded` keeps a twin (`graph.text.twin`), which is read by searches for part of a text and by orders.
    `derived` says how the value follows from the graph, if records do not give it. Our writers check `required`.
    `verbatim` is a source's own wording: two wordings do not contradict each other.
    """

    name: str
    type: PropertyType
    doc: str
    sensitivity: Sensitivity = Sensitivity.CASE
    index: bool = False
    search: bool = False
    folded: bool = False
    derived: Derived | None = None
    required: bool = False
    verbatim: bool = False

    @property
    def twin(self) -> str:
        """The name of the stored twin, by which the text is ordered as people expect."""
        return f"{self.name}Folded"


@dataclass(frozen=True, slots=True)
class Node:
    """A kind of thing: its label, its own properties (beside `key`) and its names in GraphQL.

    `indexes` are range indexes over several properties, in addition to those that properties ask for. `since` is the
    instant property by which its root connection can be limited, and by which it is then ordered. `hidden` is kept
    beside the properties, for statements of our own.
    """

    label: str
    doc: str
    properties: tuple[Property, ...]
    plural: str = ""
    indexes: tuple[tuple[str, ...], ...] = ()
    since: str = ""
    hidden: tuple[Hidden, ...] = ()

    @property
    def field(self) -> str:
        """The root field that returns one."""
        return self.label[0].lower() + self.label[1:]

    @property
    def fields(self) -> str:
        """The root field that returns many."""
        return self.plural or f"{self.field}s"

    def has(self, name: str) -> bool:
        """Tell whether there is a property of that name, including `key`."""
        return name in self.all_properties

    @property
    def all_properties(self) -> dict[str, Property]:
        """All properties by name, `key` first."""
        return {p.name: p for p in (KEY, *self.properties)}

    @property
    def given(self) -> tuple[Property, ...]:
        """The properties that records give: all but `key` and derived ones."""
        return tuple(p for p in self.properties if p.derived is None)

    @property
    def derived(self) -> dict[str, Derived]:
        """What is derived, by name: properties, and what is hidden."""
        shown = {prop.name: prop.derived for prop in self.properties if prop.derived}
        return shown | {one.name: one.derived for one in self.hidden}

    def named(self, name: str) -> Property:
        """Return the property of that name; raises `KeyError`."""
        return self.all_properties[name]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relationship, seen from the other node: the link's name, how many there are, and a description.

    An end without a name has no field on that side.
    """

    name: str = ""
    doc: str = ""
    many: bool = True


@dataclass(frozen=True, slots=True)
class Relationship:
    """A type of relationship between two labels, with the links that read it from either side."""

    type: str
    start: str
    end: str
    forward: End
    backward: End = End()
    properties: tuple[Property, ...] = ()
    symmetric: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to find a link's single node.

    With `on_relationship`, it is the end of `hop` whose relationship has the greatest `latest`, among those without
    `open`. Otherwise it is the node with the greatest `latest` of all, provided that it has no `open`. Unknown values
    come last. `then` leads on from the node.
    """

    hop: Hop
    open: str
    latest: str
    on_relationship: bool = False
    then: Hop | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A field that leads from a node to other nodes.

    If it has `properties`, they belong to the relationship and are shown on the edge, and there is one edge for each
    relationship. Otherwise there is one edge for each distinct node. For a link to one node, `choices` replace `hops`:
    the first choice that finds a node is used.
    """

    name: str
    doc: str
    source: str
    target: str
    many: bool
    hops: tuple[Hop, ...] = ()
    properties: tuple[Property, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def one_hop(self) -> bool:
        """Tell whether the link is one relationship, so that a degree can count it."""
        return len(self.hops) == 1


@dataclass(frozen=True, slots=True)
class Pointer:
    """A field that leads from a node to nodes of any label: to the first one, by the relationships' `place`.

    With `row`, the name of a GraphQL type, it gives all of them, each with the `column` that its relationship holds.
    """

    name: str
    doc: str
    source: str
    type: str
    row: str = ""


KEY = Property(
    "key",
    str,
    "The record's own key: unique for its type, stable across imports, never made from a name or an A-number.",
    Sensitivity.PUBLIC,
    required=True,
)


@dataclass(frozen=True)
class Model:
    """All nodes, relationships, links, and derived properties by label and name: the source of names in statements."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    paths: tuple[Link, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    derived: Mapping[str, Mapping[str, Derived]] = field(init=False, repr=False, compare=False)
    _nodes: dict[str, Node] = field(init=False, repr=False, compare=False)
    _links: dict[str, dict[str, Link]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_nodes", {node.label: node for node in self.nodes})
        object.__setattr__(self, "_links", {node.label: {} for node in self.nodes})
        for relationship in self.relationships:
            for link in self._ends(relationship):
                self._add(link)
        for link in self.paths:
            self._add(link)
        ends = {(one.type, one.start, one.end) for one in self.relationships}
        object.__setattr__(self, "derived", {node.label: node.derived for node in self.nodes if node.derived})
        check_derived(self.derived, ends)

    def _add(self, link: Link) -> None:
        links = self._links[link.source]
        if link.name in links or self.node(link.source).has(link.name) or link.target not in self._nodes:
            raise ValueError(f"{link.source}.{link.name} is declared twice or leads to no node of the model")
        links[link.name] = link

    def _ends(self, relationship: Relationship) -> list[Link]:
        start, end = relationship.start, relationship.end
        links = []
        for side, source, target, direction in (
            (relationship.forward, start, end, "-" if relationship.symmetric else ">"),
            (relationship.backward, end, start, "<"),
        ):
            if side.name:
                hop = Hop(
                    relationship.type, direction, target, self._sole(relationship.type, source, target, direction)
                )
                links.append(Link(side.name, side.doc, source, target, side.many, (hop,), relationship.properties))
        return links

    def _sole(self, kind: str, source: str, target: str, direction: str) -> bool:
        twins = [r for r in self.relationships if r.type == kind]
        if direction == "<":
            return {r.start for r in twins if r.end == source} == {target}
        return {r.end for r in twins if r.start == source} == {target}

    def node(self, label: str) -> Node:
        """Return the node of that label; raises `KeyError`."""
        return self._nodes[label]

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels, in the order of declaration."""
        return tuple(self._nodes)

    def links(self, label: str) -> Mapping[str, Link]:
        """Return the links of a label by name."""
        return self._links[label]

    def pointer(self, label: str, name: str) -> Pointer | None:
        """Return the pointer of that name, if the label has one."""
        return next((one for one in self.pointers if (one.source, one.name) == (label, name)), None)

    def ends(self, kind: str) -> tuple[str, ...]:
        """Return the labels to which relationships of a type lead, in the order of declaration."""
        return tuple(dict.fromkeys(r.end for r in self.relationships if r.type == kind))

    @property
    def types(self) -> frozenset[str]:
        """All relationship types."""
        return frozenset(r.type for r in self.relationships)

    @property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """All enumerations that a property uses, by name."""
        owned = [*(p for n in self.nodes for p in n.properties), *(p for r in self.relationships for p in r.properties)]
        found = {prop.type.name: prop.type for prop in owned if isinstance(prop.type, Enumeration)}
        return tuple(found[name] for name in sorted(found))
