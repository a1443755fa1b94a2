"""Argument values on their way into a document: printed as literals, or moved into variables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull, is_required_input_field


class Name(str):
    """The name of an enum value: bare in a literal, a string in JSON."""


class Verbatim(str):
    """A value that is in the document's own language already, such as a variable."""


class Variables:
    """The variables of one document: their declarations, and the values that go with it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._declared: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self.values: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._declared)

    @property
    def declarations(self) -> str:
        """The operation's variable definitions, without parentheses."""
        return ", ".join(self._declared.values())

    def declare(self, kind: str, value: Any, *, default: str = "") -> Verbatim:
        """Declare a variable of a type that has a value, and return it."""
        name = self._declare(kind, default)
        self.values[name] = value
        return Verbatim(f"${name}")

    def absent(self, kind: str, *, default: str = "") -> Verbatim:
        """Declare a variable that no value is given for, and return it."""
        return Verbatim(f"${self._declare(kind, default)}")

    def place(self, value: Any, kind: GraphQLInputType, *, share: float = 0.3) -> str:
        """Return the text of an argument's value: some of it, at any depth, has become variables.

        `share` is the chance of each part to become one.
        """
        if isinstance(value, Verbatim):
            return value
        if value is not None and self._random.random() < share:
            return self._variable(value, kind)
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if isinstance(value, Mapping):
            assert isinstance(inner, GraphQLInputObjectType)
            parts = [f"{name}: {self.place(v, inner.fields[name].type, share=share)}" for name, v in value.items()]
            parts += self._left_out(inner, value, share)
            return "{" + ", ".join(parts) + "}"
        if isinstance(value, list):
            assert isinstance(inner, GraphQLList)
            if len(value) == 1 and self._random.random() < 0.2:
                return self.place(value[0], inner.of_type, share=0)
            return "[" + ", ".join(self.place(item, inner.of_type, share=share) for item in value) + "]"
        return literal(value)

    def _declare(self, kind: str, default: str) -> str:
        name = f"v{len(self._declared)}"
        self._declared[name] = f"${name}: {kind}" + (f" = {default}" if default else "")
        self._types[name] = kind
        return name

    def _variable(self, value: Any, kind: GraphQLInputType) -> Verbatim:
        text = str(kind)
        same = [name for name, declared in self._types.items() if declared == text]
        if same and self._random.random() < 0.15:
            return Verbatim(f"${self._random.choice(same)}")
        if isinstance(kind, GraphQLNonNull) or self._random.random() < 0.3:
            return self.declare(text if text.endswith("!") else f"{text}!", value)
        if self._random.random() < 0.2:
            return self.absent(text, default=literal(value))
        return self.declare(text, value)

    def _left_out(self, kind: GraphQLInputObjectType, given: Mapping[str, Any], share: float) -> list[str]:
        """Return a field given by a variable without a value: as if the field were not there."""
        spare = [n for n, field in kind.fields.items() if n not in given and not is_required_input_field(field)]
        spare = [name for name in spare if not isinstance(kind.fields[name].type, GraphQLNonNull)]
        if not share or not spare or self._random.random() > 0.05:
            return []
        name = self._random.choice(spare)
        return [f"{name}: {self.absent(str(kind.fields[name].type))}"]


def literal(value: Any) -> str:
    """Return a value as GraphQL writes it."""
    if isinstance(value, Name | Verbatim):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
