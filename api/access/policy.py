"""Who may do and see what, as data: each role is an entry in the table below, and no decision depends on its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from graph.errors import Forbidden
from graph.model import Property, Sensitivity


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a role may be allowed to do."""

    name: str
    doc: str


ASK = Action("ask", "ask the graph")
READ_SCHEMA = Action("read-schema", "read the schema")
REVIEW = Action("review", "review findings")
IMPORT = Action("import", "import files")
READ_METRICS = Action("read-metrics", "read the metrics")


@dataclass(frozen=True, slots=True, eq=False)
class RowRule:
    """Which nodes of a label may be seen: those that match a filter of the API, with values as Python objects.

    The filter may use properties that may not be read: `{"addresses": {"some": {"state": {"eq": "TX"}}}}`.
    """

    label: str
    filter: Mapping[str, object]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowRule) and (self.label, self.filter) == (other.label, other.filter)

    def __hash__(self) -> int:
        return hash(self.label)


@dataclass(frozen=True, slots=True)
class Access:
    """What may be read: properties of these sensitivities, except those withheld, and which nodes.

    A withheld property is given as (label, property name). `rows` has at most one rule per label; if a label has none,
    all its nodes may be seen. An access is hashable, since it is part of the key of a cached compiled operation.
    """

    sensitivities: frozenset[Sensitivity]
    withheld: frozenset[tuple[str, str]] = frozenset()
    rows: frozenset[RowRule] = frozenset()

    def may_read(self, label: str, property: Property) -> bool:
        """Tell whether a property of a label (or relationship type) may be selected, filtered by or ordered by.

        A derived value depends on all nodes, so an actor who may not see all of them may not read it.
        """
        if self.rows and property.derived is not None:
            return False
        return property.sensitivity in self.sensitivities and (label, property.name) not in self.withheld


EVERYTHING = Access(frozenset(Sensitivity))
"""All nodes and everything that is known about them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of user: what they may do, and what they may read."""

    name: str
    doc: str
    actions: frozenset[Action]
    access: Access


@dataclass(frozen=True, slots=True)
class Actor:
    """The sender of a request: a name, a role, and the code of an agency, which is empty if none is given.

    `holder` is the id of the token or session that identifies the actor.
    """

    name: str
    role: Role
    agency: str = ""
    holder: str = field(default="", compare=False)

    @property
    def access(self) -> Access:
        """What the actor may read."""
        return self.role.access

    def require(self, action: Action) -> None:
        """Raise `Forbidden` unless the actor's role allows the action."""
        if action not in self.role.actions:
            raise Forbidden(f"The role '{self.role.name}' may not {action.doc}; use a token of a role that may.")


INVESTIGATOR = Role(
    name="investigator",
    doc="Looks for risks to children, and sees everything that is on record.",
    actions=frozenset({ASK, READ_SCHEMA, READ_METRICS, REVIEW, IMPORT}),
    access=EVERYTHING,
)

MONITOR = Role(
    name="monitor",
    doc="Watches how the service fares, and sees nothing that is on record.",
    actions=frozenset({READ_METRICS}),
    access=Access(frozenset()),
)

ROLES: Mapping[str, Role] = MappingProxyType({role.name: role for role in (INVESTIGATOR, MONITOR)})
