"""Strawberry types made from declarations: names in GraphQL, types as GraphQL writes them, descriptions."""

from __future__ import annotations

import keyword
import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, EnumMeta
from typing import Any, Optional, cast

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.enum import EnumValueDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from api.schema.limits import Limit
from api.schema.sense import PLAIN, Sense, metadata

SCALARS: Mapping[str, Any] = types.MappingProxyType(
    {
        "Int": int,
        "Float": float,
        "String": str,
        "Boolean": bool,
        "ID": strawberry.ID,
        "Date": date,
        "DateTime": datetime,
    }
)

LIMIT = "{limit}"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field, or a field of an input: its name, its GraphQL type, its purpose, and its default.

    `sense` says what its values mean for limits, and whether they may appear in an address. A value must keep to
    `limit`; `{limit}` in `doc` is replaced by the limit in words. Raises `ValueError` for `{limit}` without a limit.
    """

    name: str
    type: str
    doc: str
    default: object = UNSET
    sense: Sense = PLAIN
    limit: Limit | None = None

    def __post_init__(self) -> None:
        if LIMIT in self.doc and (self.limit is None or not self.limit.words):
            raise ValueError(f"the description of {self.name} tells a limit that it does not have")

    @property
    def text(self) -> str:
        """The description, with the limit in words."""
        return self.doc.replace(LIMIT, self.limit.words) if self.limit else self.doc


@dataclass(frozen=True, slots=True)
class Output:
    """A field of an object type: its name, its GraphQL type (`[Child!]!`), what it gives, its arguments.

    `deprecated` says what to use instead and since when; it is empty for other fields.
    """

    name: str
    type: str
    doc: str
    arguments: tuple[Argument, ...] = ()
    deprecated: str = ""


class Registry:
    """The types made so far, by their GraphQL names.

    Types refer to one another by name and are resolved when the schema is built, so they can be made in any order.
    """

    def __init__(self) -> None:
        self._types: dict[str, Any] = {"Optional": Optional, "list": list, **SCALARS}

    def type(self, name: str) -> Any:
        """Return the type with that GraphQL name; raises `KeyError`."""
        return self._types[name]

    def add_interface(self, name: str, doc: str, outputs: Sequence[Output]) -> None:
        """Make an interface."""
        self._types[name] = strawberry.interface(self._class(name, outputs), name=name, description=doc)

    def add_object(self, name: str, doc: str, outputs: Sequence[Output], *, interface: str | None = None) -> None:
        """Make an object type; the interface's own fields need not be repeated."""
        bases = () if interface is None else (self._types[interface],)
        self._types[name] = strawberry.type(self._class(name, outputs, bases), name=name, description=doc)

    def add_input(self, name: str, doc: str, fields: Sequence[Argument]) -> None:
        """Make an input type; a field without a default may be left out when its type is nullable."""
        body = {_attribute(f.name): _input_field(f) for f in fields}
        cls = self._declare(name, (), body, {_attribute(f.name): f.type for f in fields})
        self._types[name] = strawberry.input(cls, name=name, description=doc)

    def add_enum(self, name: str, doc: str, values: Mapping[str, tuple[object, str]]) -> None:
        """Make an enum from GraphQL names to internal values with their descriptions; values must be hashable."""
        members = {
            n: EnumValueDefinition(value, graphql_name=n, description=text) for n, (value, text) in values.items()
        }
        cls = cast("EnumMeta", types.new_class(name, (Enum,), {}, lambda body: body.update(members)))
        self._types[name] = strawberry.enum(cls, name=name, description=doc)

    def _class(self, name: str, outputs: Sequence[Output], bases: tuple[Any, ...] = ()) -> Any:
        body = {_attribute(o.name): self._output_field(o) for o in outputs}
        return self._declare(name, bases, body, {_attribute(o.name): o.type for o in outputs})

    def _declare(self, name: str, bases: tuple[Any, ...], body: dict[str, Any], texts: Mapping[str, str]) -> Any:
        body["__annotations__"] = {attribute: self._annotation(text) for attribute, text in texts.items()}
        body["__module__"] = __name__
        return types.new_class(name, bases, {}, lambda namespace: namespace.update(body))

    def _output_field(self, output: Output) -> StrawberryField:
        made = StrawberryField(
            graphql_name=output.name, description=output.doc, deprecation_reason=output.deprecated or None
        )
        made.arguments = [
            StrawberryArgument(
                _attribute(a.name),
                a.name,
                self._annotation(a.type),
                description=a.text,
                default=a.default,
                metadata=metadata(a.sense),
            )
            for a in output.arguments
        ]
        return made

    def _annotation(self, text: str) -> StrawberryAnnotation:
        return StrawberryAnnotation(python_type(text), namespace=self._types)


def python_type(text: str) -> str:
    """Return the annotation for a GraphQL type: `[Child!]!` is `list[Child]`, `Int` is `Optional[Int]`."""
    if not text.endswith("!"):
        return f"Optional[{python_type(f'{text}!')}]"
    bare = text[:-1]
    return f"list[{python_type(bare[1:-1])}]" if bare.startswith("[") else bare


def words(name: str) -> str:
    """Return a camelCase name in plain words: `noticesToAppear` is `notices to appear`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def _input_field(field: Argument) -> Any:
    if field.default is UNSET:
        return strawberry.field(name=field.name, description=field.text, metadata=metadata(field.sense))
    return strawberry.field(
        name=field.name, description=field.text, default=field.default, metadata=metadata(field.sense)
    )


def _attribute(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name
