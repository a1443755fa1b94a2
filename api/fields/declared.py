"""All fields together: the schema, the table that the compiler reads, and the reserved names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import strawberry

from api.compiler.context import Context, FieldTable
from api.compiler.operation import Selection
from api.compiler.projection import Projection
from api.fields import (
    changes,
    coverage,
    effects,
    history,
    indicators,
    introspection,
    links,
    lookup,
    neighborhood,
    nodes,
    oversight,
    provenance,
    questions,
    reviews,
    rings,
    search,
    shortest_paths,
    statistics,
    timeline,
    triage,
)
from api.fields.field import Capability, Enumerated
from api.schema.build import Declarations, schema_of
from api.schema.registry import Output
from graph.model import MODEL, Model
from queries.findings.thresholds import Indicator
from queries.library import QueryLibrary, load_library
from queries.library.question import Question

_ROW_ENDINGS = ("Row", "Edge", "Connection")
"""The endings of a question's types, after its name."""


@dataclass(frozen=True)
class Fields:
    """The fields of the API over a model and questions, as their capabilities declare them.

    Raises `ValueError` when two fields or types have one name.
    """

    model: Model
    capabilities: tuple[Capability, ...]

    def __post_init__(self) -> None:
        fields = Counter(field.name for one in self.capabilities for field in one.queries)
        kinds = Counter(kind.name for one in self.capabilities for kind in one.types)
        for name, times in (*fields.items(), *kinds.items()):
            if times > 1:
                raise ValueError(f"{name} is declared twice")

    @cached_property
    def table(self) -> FieldTable:
        """What compiles each field, for the compiler."""
        queries: dict[str, Callable[[Context, Selection], Projection]] = dict.fromkeys(
            introspection.NAMES, introspection.introspection_part
        )
        queries |= {field.name: field.compile for one in self.capabilities for field in one.queries}
        return FieldTable(
            queries=queries,
            mutations={field.name: field.compile for one in self.capabilities for field in one.mutations},
            nodes={
                (label, field.name): field.compile
                for one in self.capabilities
                for label, fields in one.nodes.items()
                for field in fields
            },
            shaping=frozenset(
                kind.name
                for one in self.capabilities
                for kind in one.types
                if isinstance(kind, Enumerated) and kind.shapes
            ),
        )

    def schema(self) -> strawberry.Schema:
        """Return the schema; its types have no resolvers."""
        return schema_of(self.model, self._declarations)

    @property
    def _declarations(self) -> Declarations:
        further: dict[str, list[Output]] = {}
        for one in self.capabilities:
            for label, fields in one.nodes.items():
                further.setdefault(label, []).extend(field.output for field in fields)
        return Declarations(
            types=[kind.declare for one in self.capabilities for kind in one.types],
            queries=[field.output for one in self.capabilities for field in one.queries],
            mutations=[field.output for one in self.capabilities for field in one.mutations],
            further=further,
        )

    @property
    def names(self) -> frozenset[str]:
        """The names of the root fields, and the stems of types whose names end like those of a question."""
        fields = {field.name for one in self.capabilities for field in one.queries}
        return frozenset(fields | set(self._stems()))

    def _stems(self) -> Iterator[str]:
        for one in self.capabilities:
            for kind in one.types:
                for ending in _ROW_ENDINGS:
                    if kind.name.endswith(ending):
                        stem = kind.name.removesuffix(ending)
                        yield f"{stem[0].lower()}{stem[1:]}"


def declare(model: Model, asked: Sequence[Question], swept: Sequence[Indicator] = ()) -> Fields:
    """Return the fields of the API over a model and these questions; sweeps ask those that are `swept`."""
    return Fields(
        model,
        (
            nodes.capability(model),
            search.CAPABILITY,
            links.capability(model),
            shortest_paths.CAPABILITY,
            neighborhood.CAPABILITY,
            rings.CAPABILITY,
            lookup.CAPABILITY,
            questions.capability(asked, swept),
            indicators.CAPABILITY,
            triage.CAPABILITY,
            effects.CAPABILITY,
            reviews.CAPABILITY,
            statistics.CAPABILITY,
            oversight.CAPABILITY,
            timeline.CAPABILITY,
            history.capability(model),
            provenance.capability(model),
            changes.CAPABILITY,
            coverage.CAPABILITY,
        ),
    )


def build_schema(model: Model, asked: Sequence[Question]) -> strawberry.Schema:
    """Return the schema of the model and the questions; its types have no resolvers."""
    return declare(model, asked).schema()


def load_questions(folder: Path | None = None) -> QueryLibrary:
    """Load the library for the API: no question may have the name of another field or type."""
    return load_library(folder, reserved=reserved_names(MODEL))


def reserved_names(model: Model) -> frozenset[str]:
    """Return the names that questions may not have, because the API's own fields and types have them."""
    return declare(model, ()).names
