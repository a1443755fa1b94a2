"""Connections whose rows are not derived from a label: their types, and the fields that they have in addition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.compiler.projection import Projection
from api.fields.field import CompiledObject, Field
from api.schema.connections import PAGING, add_connection
from api.schema.registry import Registry

__all__ = ["PAGING", "ConnectionType"]


@dataclass(frozen=True)
class ConnectionType:
    """The types of a connection: its stem, its row, a description of its rows, and its additional fields."""

    stem: str
    row: CompiledObject[Any]
    rows: str
    beside: Sequence[Field[Any, Projection]] = ()

    @property
    def name(self) -> str:
        """The name of the connection."""
        return f"{self.stem}Connection"

    def declare(self, registry: Registry) -> None:
        """Make the connection, its edge and its row."""
        self.row.declare(registry)
        beside = tuple(field.output for field in self.beside)
        add_connection(registry, self.stem, self.row.name, self.rows, beside=beside)
