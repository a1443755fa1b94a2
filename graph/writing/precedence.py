"""Which system's value is shown where systems differ: read from `precedence.toml` and checked against the model."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph.errors import BadInput
from graph.model import MODEL, Model

FILE = Path(__file__).with_name("precedence.toml")
ANY = "*"
"""Means every property of a label."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """Systems by label and property, the highest first."""

    systems: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)

    def rank(self, label: str, name: str, system: str | None) -> int:
        """Return a system's rank for a property; 0 is the highest, and systems that are not named share the lowest."""
        of_label = self.systems.get(label, {})
        named = of_label.get(name, of_label.get(ANY, ()))
        return named.index(system) if system in named else len(named)


@cache
def precedence(path: Path = FILE, model: Model = MODEL) -> Precedence:
    """Return what the file says; raises `BadInput` for labels, properties or values that are not allowed."""
    systems = tomllib.loads(path.read_text(encoding="utf-8"))
    for label, lists in systems.items():
        if label not in model.labels or not isinstance(lists, dict):
            raise BadInput(f"{path.name}: {label} is not a label of the model; name one, with lists of systems")
        for name, named in lists.items():
            if name != ANY and name not in model.node(label).all_properties:
                raise BadInput(f"{path.name}: {label} has no property {name}")
            if not isinstance(named, list) or not all(isinstance(system, str) for system in named):
                raise BadInput(f"{path.name}: {label}.{name} must be a list of systems, such as ['DOJ EOIR']")
    return Precedence(systems)
