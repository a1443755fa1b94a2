"""A field as one declaration: what the schema says about it, and what it compiles to.

An object's fields compile to projections (`CompiledObject`), or, if the statement returns a value that is taken apart
in memory, to functions that make them from that value (`MadeObject`).
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from api.compiler.awaited import Effect
from api.compiler.context import Context
from api.compiler.objects import TYPENAME
from api.compiler.operation import Selection
from api.compiler.projection import Projection, record
from api.compiler.shapes import Binding, Make
from api.schema.registry import Argument, Output, Registry
from graph.cypher import Literal, Variable

P = ParamSpec("P")
Plan = TypeVar("Plan")


@dataclass(frozen=True)
class Field(Generic[P, Plan]):
    """A field: its name, its GraphQL type, what it gives, its arguments with their limits, and how it is compiled.

    `compile` takes the context, the selection of the field, and what the object around it is compiled with. An
    argument's name in braces in `doc` is replaced by its limit in words. `deprecated` says what to use instead and
    since when; it is empty for other fields. Raises `ValueError` when no description mentions a limit.
    """

    name: str
    type: str
    doc: str
    compile: Callable[Concatenate[Context, Selection, P], Plan]
    arguments: tuple[Argument, ...] = ()
    deprecated: str = ""

    def __post_init__(self) -> None:
        for argument in self.arguments:
            words = argument.limit.words if argument.limit else ""
            if words and words not in argument.text and f"{{{argument.name}}}" not in self.doc:
                raise ValueError(f"no description of {self.name} tells the limit of {argument.name}")

    @property
    def output(self) -> Output:
        """What the schema says about the field."""
        doc = self.doc
        for argument in self.arguments:
            if argument.limit:
                doc = doc.replace(f"{{{argument.name}}}", argument.limit.words)
        return Output(self.name, self.type, doc, self.arguments, self.deprecated)


class Declared(Protocol):
    """A type that fields use."""

    @property
    def name(self) -> str:
        """Its name in the schema."""

    def declare(self, registry: Registry) -> None:
        """Make the type in the registry."""


@dataclass(frozen=True)
class ObjectType(ABC, Generic[P, Plan]):
    """An object type: its name, what it is, and its fields."""

    name: str
    doc: str
    fields: Sequence[Field[P, Plan]]

    def declare(self, registry: Registry) -> None:
        """Make the type in the registry."""
        registry.add_object(self.name, self.doc, [field.output for field in self.fields])

    def plans(
        self, ctx: Context, selections: Sequence[Selection], *args: P.args, **kwargs: P.kwargs
    ) -> dict[str, Plan]:
        """Return what each selected field compiles to, by its key in the response."""
        return {
            one.key: self._type_name()
            if one.name == TYPENAME
            else self._by_name[one.name].compile(ctx, one, *args, **kwargs)
            for one in selections
        }

    def selected(self, ctx: Context, selection: Selection) -> list[Selection]:
        """Return the fields that are selected on an object."""
        return ctx.operation.fields(selection, self.name)

    @cached_property
    def _by_name(self) -> dict[str, Field[P, Plan]]:
        return {field.name: field for field in self.fields}

    @abstractmethod
    def _type_name(self) -> Plan:
        """Return what `__typename` compiles to."""


class CompiledObject(ObjectType[P, Projection]):
    """An object whose fields are compiled into the statement."""

    def part(self, ctx: Context, selection: Selection, *args: P.args, **kwargs: P.kwargs) -> Projection:
        """Return the projection of what is selected on the object."""
        return record(self.plans(ctx, self.selected(ctx, selection), *args, **kwargs))

    def _type_name(self) -> Projection:
        return Projection(Literal(self.name))


class MadeObject(ObjectType[P, Make]):
    """An object that is made in memory, from a value and the request's own values."""

    def maker(self, ctx: Context, selection: Selection, *args: P.args, **kwargs: P.kwargs) -> Make:
        """Return the function that makes what is selected on the object."""
        makers = self.plans(ctx, self.selected(ctx, selection), *args, **kwargs)

        def make(value: Any, bound: Binding) -> dict[str, object]:
            return {key: make(value, bound) for key, make in makers.items()}

        return make

    def _type_name(self) -> Make:
        return lambda value, bound: self.name


def told(name: str, type_: str, doc: str, tell: Callable[[Any], object]) -> Field[..., Make]:
    """Return a field of a made object that needs only the value: the result of `tell`."""
    return Field(name, type_, doc, lambda ctx, selection, *around: lambda value, bound: tell(value))


@dataclass(frozen=True)
class Enumerated:
    """An enum: its values, and for each what it is in a statement and its description.

    With `shapes`, its values decide what a statement reads. Without, lists of its values are read from a parameter.
    """

    name: str
    doc: str
    values: dict[str, tuple[object, str]]
    shapes: bool = False

    def declare(self, registry: Registry) -> None:
        """Make the enum in the registry."""
        registry.add_enum(self.name, self.doc, self.values)


@dataclass(frozen=True)
class Input:
    """An input type: what it is for, and its fields."""

    name: str
    doc: str
    fields: Sequence[Argument]

    def declare(self, registry: Registry) -> None:
        """Make the input type in the registry."""
        registry.add_input(self.name, self.doc, self.fields)


@dataclass(frozen=True)
class Mutation(Field[[], tuple[Effect, Projection]]):
    """A mutation: it compiles to its effect and to the projection of its payload."""


@dataclass(frozen=True)
class Capability:
    """What one module adds to the API: types, root fields, mutations, and fields of nodes by their labels."""

    types: Sequence[Declared] = ()
    queries: Sequence[Field[[], Projection]] = ()
    mutations: Sequence[Mutation] = ()
    nodes: Mapping[str, Sequence[Field[[Variable], Projection]]] = dataclasses.field(default_factory=dict)
