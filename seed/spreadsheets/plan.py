"""What a mapping asks for: what each column feeds, and how each record is recognised again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.model import Node, Property, Relationship
from seed.spreadsheets.cells import Read


@dataclass(frozen=True, slots=True)
class Target:
    """A property that a column feeds, of a record or a link of the mapping, and how its text is read."""

    owner: str
    property: Property
    read: Read


@dataclass(frozen=True, slots=True)
class FedBy:
    """A column of the sheet and what it feeds."""

    name: str
    targets: tuple[Target, ...]
    split: str | None
    required: bool
    optional: bool


@dataclass(frozen=True)
class RecordPlan:
    """A record of each row; `match` are its own properties, `within` the records with which it is recognised."""

    name: str
    node: Node
    key: tuple[str, ...]
    match: tuple[str, ...]
    within: tuple[str, ...]
    paths: Mapping[str, tuple[str, str]]
    """The label of each record in `within`, and the path to this one, in Cypher between its first and last node."""

    @property
    def label(self) -> str:
        """Its label."""
        return self.node.label

    @cached_property
    def folded(self) -> frozenset[str]:
        """Its properties that are compared without case and accents."""
        return frozenset(prop.name for prop in self.node.properties if prop.folded)


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """A link between two records of a row; a name is needed only for properties."""

    name: str
    relationship: Relationship
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each row of the sheets; records come after those with which they are recognised."""

    system: str
    sheets: tuple[str, ...]
    header: int | None
    columns: tuple[FedBy, ...]
    records: tuple[RecordPlan, ...]
    first: str
    links: tuple[LinkPlan, ...]
    values: Mapping[str, Mapping[str, object]]

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a sheet must have."""
        keys = [one for record in self.records for one in record.key]
        return tuple(dict.fromkeys([*(c.name for c in self.columns if not c.optional), *keys]))
