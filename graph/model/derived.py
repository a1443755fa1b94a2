"""Derived properties: values that follow from the rest of the graph, declared with what they depend on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

_TYPE = re.compile(r"[:|]\s*([A-Z][A-Z_]+)\b")
_PROPERTY = re.compile(r"\.(\w+)")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: a relationship type, its direction (`>` out, `<` in, `-` either) and where it leads.

    `sole` says that from here the type and direction lead only to that label, so it need not be checked.
    """

    type: str
    direction: str
    label: str
    sole: bool = True


@dataclass(frozen=True, slots=True)
class LatestDay:
    """The latest day of some facts: for that day and later ones, counting the facts up to the day means counting all.

    The facts are the nodes of `label` from which `hop` leads on; `property` is the day of each. If the day of a fact is
    unknown, the latest day is unknown. `name` is its name in the store.
    """

    name: str
    label: str
    property: str
    hop: Hop


class Days(Enum):
    """The days for which a derived value is valid, when a question asks about a day."""

    NONE = "It says what the graph holds now, whenever that happened."
    EVERY = "It is right for every day, as a first day is: the asker compares it with the day asked about."


@dataclass(frozen=True, slots=True)
class Derived:
    """How a property follows from the graph: a Cypher expression over its node `n`, and what it depends on.

    `paths` lead from the node over all relationships that the expression reads: the value is recomputed when the node
    itself or a node on a path is written. An expression that reads only the node's own properties has no path. The
    expression reads no other derived property, and gives the same value whenever it is evaluated. `days` says for which
    days the value is valid.
    """

    expression: str
    paths: tuple[tuple[Hop, ...], ...] = ()
    days: LatestDay | Days = Days.NONE

    @property
    def types(self) -> tuple[str, ...]:
        """The relationship types that the value depends on, in the order of their names."""
        return tuple(sorted({hop.type for path in self.paths for hop in path}))


@dataclass(frozen=True, slots=True)
class Hidden:
    """A derived value for our own statements: no field of the API has it. An index holds it, to be read alone."""

    name: str
    doc: str
    derived: Derived


def check_derived(
    declared: Mapping[str, Mapping[str, Derived]], relationships: Collection[tuple[str, str, str]]
) -> None:
    """Check the derived properties of a model, by label and name, against its relationships: type, start and end.

    Raises `ValueError` when a path is not in the model, or an expression reads anything that it does not declare.
    """
    for label, properties in declared.items():
        for name, one in properties.items():
            for path in one.paths:
                _check_path(f"{label}.{name}", label, path, relationships)
            read = tuple(sorted(set(_TYPE.findall(one.expression))))
            if read != one.types:
                raise ValueError(f"{label}.{name} reads {_told(read)}; its paths lead over {_told(one.types)}")
            labels = {label, *(hop.label for path in one.paths for hop in path)}
            again = {other for label in labels for other in declared.get(label, ())}
            if found := sorted(again & set(_PROPERTY.findall(one.expression))):
                raise ValueError(f"{label}.{name} reads {found[0]}, which is derived itself")


def _check_path(where: str, at: str, path: tuple[Hop, ...], relationships: Collection[tuple[str, str, str]]) -> None:
    for hop in path:
        out, into = (hop.type, at, hop.label) in relationships, (hop.type, hop.label, at) in relationships
        if not (out and hop.direction in ">-") and not (into and hop.direction in "<-"):
            raise ValueError(f"{where}: {hop.type} does not lead from {at} to {hop.label} in the model")
        at = hop.label


def _told(types: tuple[str, ...]) -> str:
    return ", ".join(types) or "nothing"
