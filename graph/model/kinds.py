"""What a model is made of: properties, nodes, relationships and the links that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum


class Sensitivity(Enum):
    """Who may be harmed when a value is seen; policy decides by it, before a statement is made."""

    PUBLIC = "PUBLIC"
    CASE = "CASE"
    LOCATION = "LOCATION"
    IDENTITY = "IDENTITY"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed set of values: each value as stored, with its meaning.

    In GraphQL a value carries `prefix` in front, where the stored one is no GraphQL name (`2A`).
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

    `index` asks for a range index that serves equality, ranges and orders; `search` puts the text into the
    full-text index; `folded` keeps a twin without case and accents, which a search by part reads;
    `kept` marks a count that writers maintain; `required` is checked by our own writers.
    """

    name: str
    type: PropertyType
    doc: str
    sensitivity: Sensitivity = Sensitivity.CASE
    index: bool = False
    search: bool = False
    folded: bool = False
    kept: bool = False
    required: bool = False

    @property
    def twin(self) -> str:
        """The name of the stored twin that has no case and no accents."""
        return f"{self.name}Folded"


@dataclass(frozen=True, slots=True)
class Node:
    """A kind of thing: its label, its own properties (beside `key`) and its names in GraphQL.

    `indexes` are range indexes over several properties, beside those that a property asks for; `since` is the instant
    from which on its root connection can be asked, which then is also the order.
    """

    label: str
    doc: str
    properties: tuple[Property, ...]
    plural: str = ""
    indexes: tuple[tuple[str, ...], ...] = ()
    since: str = ""

    @property
    def field(self) -> str:
        """The root field that returns one."""
        return self.label[0].lower() + self.label[1:]

    @property
    def fields(self) -> str:
        """The root field that returns many."""
        return self.plural or f"{self.field}s"

    def has(self, name: str) -> bool:
        """Tell whether there is a property of that name, `key` included."""
        return name in self.all_properties

    @property
    def all_properties(self) -> dict[str, Property]:
        """All properties by name, `key` first."""
        return {p.name: p for p in (KEY, *self.properties)}

    def named(self, name: str) -> Property:
        """Return the property of that name; raises `KeyError`."""
        return self.all_properties[name]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relationship as seen from the other node: the link's name, how many, and what it says.

    An end without a name cannot be asked for from that side.
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
class Hop:
    """One step of a path: a relationship type, its direction (`>` out, `<` in, `-` either) and where it leads.

    `sole` says that the type and direction lead to that label alone from here, so that it need not be checked.
    """

    type: str
    direction: str
    label: str
    sole: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to find a link's single node.

    Among the ends of `hop` whose `open` property (of the relationship when `on_relationship`, else of the node) is
    unknown, the one with the greatest `latest` is picked, unknown ones last and ties by key; `then` leads on from it.
    """

    hop: Hop
    open: str
    latest: str
    on_relationship: bool = False
    then: Hop | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A field that leads from a node to other nodes.

    `properties` belong to the relationship and are shown on the edge; then there is an edge for each
    relationship. Otherwise there is one for each distinct node. `choices` (of a link to one) replace `hops`:
    the first that finds a node gives it.
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
    """A field that leads from a node to nodes of any label: the first by the relationships' `place`.

    With `row`, the name of a GraphQL type, it gives all, each with the `column` that its relationship holds.
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
    """All nodes, relationships and links; names in statements come from here alone."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    paths: tuple[Link, ...] = ()
    pointers: tuple[Pointer, ...] = ()
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

    def _add(self, link: Link) -> None:
        links = self._links[link.source]
        if link.name in links or self.node(link.source).has(link.name) or link.target not in self._nodes:
            raise ValueError(f"{link.source}.{link.name} is declared twice or leads to no node of the model")
        links[link.name] = link

    def _ends(self, relationship: Relationship) -> list[Link]:
        start, end = relationship.start, relationship.end
        links = []
        for name_side, source, target, direction in (
            (relationship.forward, start, end, "-" if relationship.symmetric else ">"),
            (relationship.backward, end, start, "<"),
        ):
            if name_side.name:
                sole = self._sole(relationship.type, source, target, direction)
                hop = Hop(relationship.type, direction, target, sole)
                links.append(
                    Link(
                        name_side.name,
                        name_side.doc,
                        source,
                        target,
                        name_side.many,
                        (hop,),
                        relationship.properties,
                    )
                )
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
