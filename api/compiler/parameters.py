"""Where the values of a statement come from: the request's variables, or constants of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Request:
    """What the values of one request come from: its coerced variables, and what was found for it before.

    `found` has the values that do not come from the variables, each by the source that waits for it.
    """

    variables: Mapping[str, object]
    found: Mapping[object, object] = field(default_factory=dict)


@runtime_checkable
class ValueSource(Protocol):
    """The source of one value in the list parameter, which is known when the request is."""

    def value(self, request: Request) -> object:
        """Return the value; raises `BadInput` when the request gives one that cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """A value from the document."""

    constant: object

    def value(self, request: Request) -> object:
        """Return the constant."""
        return self.constant


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A leaf inside a variable's coerced value, used in its place wherever arguments are evaluated."""

    path: tuple[str | int, ...]

    def value(self, request: Request) -> object:
        """Return the leaf."""
        found: object = request.variables
        for part in self.path:
            found = found[part]  # type: ignore[index]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class PlaceReference(Reference):
    """A variable that holds a cursor; which of its values are unknown is part of the shape."""

    pattern: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """A list literal, some of whose items are variables."""

    items: tuple[ValueSource, ...]

    def value(self, request: Request) -> object:
        """Return the list of the items' values."""
        return [item.value(request) for item in self.items]


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """Another source's value, checked or changed by a function (which may raise `BadInput`)."""

    source: ValueSource
    convert: Callable[[object], object]

    def value(self, request: Request) -> object:
        """Return the converted value."""
        return self.convert(self.source.value(request))


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """The current day, in UTC."""

    def value(self, request: Request) -> object:
        """Return the day."""
        return datetime.now(UTC).date()


def converted(source: ValueSource, convert: Callable[[object], object]) -> ValueSource:
    """Return a source of another's value, checked or changed; for a constant this happens, and may raise, now."""
    if isinstance(source, Constant):
        return Constant(convert(source.constant))
    return Converted(source, convert)


def slot_of(argument: object) -> ValueSource:
    """Return the source of an argument's leaf: a source itself, a list that may contain some, or a constant."""
    if isinstance(argument, ValueSource):
        return argument
    if isinstance(argument, list) and any(isinstance(item, Reference) for item in argument):
        return Items(tuple(slot_of(item) for item in argument))
    return Constant(argument)


def is_constant(argument: object) -> bool:
    """Tell whether an argument contains no reference, at any depth."""
    if isinstance(argument, Mapping):
        return all(is_constant(value) for value in argument.values())
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return all(is_constant(item) for item in argument)
    return not isinstance(argument, Reference)


def resolved(argument: object, request: Request) -> object:
    """Return an argument with all references replaced by their values."""
    if isinstance(argument, Reference):
        return argument.value(request)
    if isinstance(argument, Mapping):
        return {name: resolved(value, request) for name, value in argument.items()}
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return [resolved(item, request) for item in argument]
    return argument
