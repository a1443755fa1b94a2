"""Facts: nodes and links of the model that are written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of a label, row by row, with the properties of their provenance if there are any."""

    label: str
    rows: Sequence[Row]
    provenance: Sequence[Row] | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Links of a type from nodes of one label to nodes of another."""

    type: str
    start: str
    end: str
    rows: Sequence[Row]


Fact = Nodes | Links


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, by label and type, and the number of their entry in the change log.

    `sequence` is None when there was nothing to write.
    """

    rows: Mapping[str, int]
    sequence: int | None
