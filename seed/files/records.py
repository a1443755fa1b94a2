"""What a row of a file becomes: a record with its nodes and links, or the reason why it becomes none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from graph.writing.origin import Extract
from seed.files.rejects import Note
from seed.files.rows import Layout, Row


class NodeFact(NamedTuple):
    """A node: its label, its key, and the properties that the row gives; an unknown one is `None`."""

    label: str
    key: str
    properties: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash((self.label, self.key))


def postal_area(code: str) -> NodeFact:
    """Return the postal area of a ZIP code, whose key is the same for every source."""
    return NodeFact("PostalArea", area_key(code), {"postalCode": code})


def area_key(code: str) -> str:
    """Return the key of the postal area of a ZIP code."""
    return f"zip-{code}"


class LinkFact(NamedTuple):
    """A link of a type between two nodes of the record, with a key and properties if its type has any."""

    type: str
    start: NodeFact
    end: NodeFact
    key: str | None = None
    properties: Mapping[str, Any] = MappingProxyType({})

    def __hash__(self) -> int:
        return hash((self.type, self.start, self.end, self.key))


class NoLink(NamedTuple):
    """A node that leads to no node of a label by a type of link, as far as the row knows: an earlier link is left."""

    type: str
    start: NodeFact
    end: str


class Record(NamedTuple):
    """What a row says: the key of the record that it is about, its nodes and links, and notes on values.

    The first node is the record itself, which no other row may describe; where rows are about several nodes together,
    `about` names them, and rows that are about the same say the same. `where` is how the row is called if its number
    says too little. `source` is the row's own, where a file holds several, as a mailbox does. `without` are the
    links that lead to one node and that the row leaves blank.
    """

    row: int
    nodes: tuple[NodeFact, ...]
    links: tuple[LinkFact, ...]
    notes: tuple[Note, ...]
    without: tuple[NoLink, ...] = ()
    about: str = ""
    where: str = ""
    source: Extract | None = None

    @property
    def content(self) -> int:
        """A number that is the same for rows that say the same."""
        nodes = ((one.label, one.key, *one.properties.values()) for one in self.nodes)
        links = ((one.type, one.start.key, one.end.key, one.key, *one.properties.values()) for one in self.links)
        return hash((*nodes, *links))


class PassedOver(NamedTuple):
    """A row that is none of the importer's concern, and why, in words that are counted."""

    row: int
    reason: str


class Repeated(NamedTuple):
    """A row that an importer knows to repeat an earlier one."""

    row: int
    first: int


Outcome = Record | Repeated | PassedOver | Note
"""A note stands for a row that is rejected."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One layout of files: its name in commands, the system that it comes from, its columns, and how rows are read.

    `reader` makes the function that reads rows, given the latest day on which something can have happened.
    """

    name: str
    system: str
    layout: Layout
    reader: Callable[[date], Callable[[Row], Outcome]]
