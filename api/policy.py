"""Who may do and see what, as data: a role is a row of the table below, and no code path names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
READ_METRICS = Action("read-metrics", "read the metrics")


@dataclass(frozen=True, slots=True)
class Access:
    """What may be read: the sensitivities, less single properties as (label, property name).

    Hashable, so it is part of what a compiled operation is cached by.
    """

    sensitivities: frozenset[Sensitivity]
    withheld: frozenset[tuple[str, str]] = frozenset()

    def may_read(self, label: str, property: Property) -> bool:
        """Tell whether a label's (or a relationship type's) property may be selected, filtered or ordered by."""
        return property.sensitivity in self.sensitivities and (label, property.name) not in self.withheld


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of user: what they may do, and what they may read."""

    name: str
    doc: str
    actions: frozenset[Action]
    access: Access


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a request comes from."""

    name: str
    role: Role

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
    actions=frozenset({ASK, READ_SCHEMA, READ_METRICS, REVIEW}),
    access=Access(frozenset(Sensitivity)),
)

MONITOR = Role(
    name="monitor",
    doc="Watches how the service fares, and sees nothing that is on record.",
    actions=frozenset({READ_METRICS}),
    access=Access(frozenset()),
)

ROLES: Mapping[str, Role] = MappingProxyType({role.name: role for role in (INVESTIGATOR, MONITOR)})
