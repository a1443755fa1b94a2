"""Where the values of a statement come from: the request's variables, or constants of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

Variables = Mapping[str, object]


class Slot(Protocol):
    """The source of one value of the list parameter, known when the request's variables are."""

    def value(self, variables: Variables) -> object:
        """Return the value; raises `BadInput` when the variables give one that cannot be used."""


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """A value that the document holds."""

    constant: object

    def value(self, variables: Variables) -> object:
        """Return the constant."""
        return self.constant


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A leaf inside a variable's coerced value: stands for it wherever arguments are evaluated."""

    path: tuple[str | int, ...]

    def value(self, variables: Variables) -> object:
        """Return the leaf."""
        found: object = variables
        for part in self.path:
            found = found[part]  # type: ignore[index]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class PlaceReference(Reference):
    """A variable that holds a cursor; which of its values are unknown is part of the shape."""

    pattern: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """A list literal in which some items are variables."""

    items: tuple[Slot, ...]

    def value(self, variables: Variables) -> object:
        """Return the list of the items' values."""
        return [item.value(variables) for item in self.items]


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """Another slot's value, checked or changed by a function (which may raise `BadInput`)."""

    source: Slot
    convert: Callable[[object], object]

    def value(self, variables: Variables) -> object:
        """Return the converted value."""
        return self.convert(self.source.value(variables))


@dataclass(frozen=True, slots=True, eq=False)
class Today:
    """The day of asking, in UTC."""

    def value(self, variables: Variables) -> object:
        """Return the day."""
        return datetime.now(UTC).date()


def converted(source: Slot, convert: Callable[[object], object]) -> Slot:
    """Return the slot of another's value, checked or changed; of a constant it is one, and a bad one raises now."""
    if isinstance(source, Constant):
        return Constant(convert(source.constant))
    return Converted(source, convert)


def slot_of(argument: object) -> Slot:
    """Return the slot of a leaf of an argument: a slot as it is, a list that may hold some, or a constant."""
    if isinstance(argument, (Reference, Converted)):
        return argument
    if isinstance(argument, list) and any(isinstance(item, Reference) for item in argument):
        return Items(tuple(slot_of(item) for item in argument))
    return Constant(argument)


def is_constant(argument: object) -> bool:
    """Tell whether an argument holds no reference, at any depth."""
    if isinstance(argument, Mapping):
        return all(is_constant(value) for value in argument.values())
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return all(is_constant(item) for item in argument)
    return not isinstance(argument, Reference)


def resolved(argument: object, variables: Variables) -> object:
    """Return an argument with all references replaced by their values."""
    if isinstance(argument, Reference):
        return argument.value(variables)
    if isinstance(argument, Mapping):
        return {name: resolved(value, variables) for name, value in argument.items()}
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return [resolved(item, variables) for item in argument]
    return argument
