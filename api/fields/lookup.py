"""Looks up children by many A-numbers: returns those on record, those that are not, and texts that are not numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.objects import node_part
from api.compiler.operation import Selection
from api.compiler.parameters import Converted, ValueSource
from api.compiler.projection import Projection
from api.compiler.shapes import Binding, Made, Make, maker
from api.fields.field import Capability, Field, MadeObject, told
from api.fields.numbers import a_number
from api.schema.limits import AtMost
from api.schema.registry import Argument
from api.schema.sense import Sense
from graph.cypher import (
    ListOf,
    Match,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Unwind,
    Variable,
    With,
    all_of,
    collect,
    count,
    infix,
    is_not_null,
    returning,
)

A_NUMBERS = Argument(
    "aNumbers",
    "[String!]!",
    "A-numbers; one may be given more than once.",
    sense=Sense(personal=True),
    limit=AtMost(1_000),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A lookup in a statement: the given texts, the number in each, and the children with these numbers.

    `values` are what the statement returns for the texts; the first one is how many children each has.
    """

    given: ValueSource
    numbers: Parameter
    number: Variable
    child: Variable
    found: Match
    values: list[Printable] = field(default_factory=list)

    def texts(self, bound: Binding) -> list[str]:
        """Return the texts of a request."""
        return _texts(bound.local(self.given))


def lookup_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of a lookup; raises `Forbidden` when A-numbers may not be seen."""
    given = ctx.local(argument_slot(ctx, selection, A_NUMBERS))
    numbers = Parameter(Converted(given, lambda texts: [a_number(text) for text in _texts(texts)]))
    child, number = Variable("c"), Variable("number")
    stored = ctx.value(ctx.model.node("Child"), child, "aNumber")
    found = ctx.match(child, "Child", where=all_of([infix("=", stored, number), is_not_null(PropertyOf(child, "key"))]))
    asked = _Asked(given, numbers, number, child, found)
    asked.values.append(collect(Unwind(numbers, number), returning(count(found))))
    with ctx.page(Converted(given, lambda texts: max(1, len(_texts(texts))))):
        make = LOOKUP.maker(ctx, selection, asked)
    return Projection(ListOf(tuple(asked.values)), Made(make))


def _matched(ctx: Context, selection: Selection, asked: _Asked) -> Make:
    """Return the function that makes a row for each child of each text."""
    place, parts = len(asked.values), list[Projection]()
    make = MATCH.maker(ctx, selection, asked.child, parts)
    row = ListOf(tuple(part.expression for part in parts))
    ordered = With((asked.child,), order=(Order(PropertyOf(asked.child, "key")),))
    children = collect(asked.found, ordered, returning(row))
    asked.values.append(collect(Unwind(asked.numbers, asked.number), returning(children)))

    def matched(value: Any, bound: Binding) -> list[object]:
        found = zip(asked.texts(bound), value[place], strict=True)
        return [make((text, child), bound) for text, children in found for child in children]

    return matched


def _unmatched(ctx: Context, selection: Selection, asked: _Asked) -> Make:
    def unmatched(value: Any, bound: Binding) -> list[str]:
        counted = zip(asked.texts(bound), value[0], strict=True)
        return [text for text, found in counted if not found and a_number(text)]

    return unmatched


def _malformed(ctx: Context, selection: Selection, asked: _Asked) -> Make:
    return lambda value, bound: [text for text in asked.texts(bound) if a_number(text) is None]


def _child(ctx: Context, selection: Selection, child: Variable, parts: list[Projection]) -> Make:
    """Return the function that makes the child of a match, from one more projection."""
    place = len(parts)
    part = node_part(ctx, ctx.model.node("Child"), child, ctx.operation.fields(selection, "Child"))
    parts.append(part)
    make = maker(part.shape)
    return lambda match, bound: make(match[1][place], bound)


def _texts(texts: object) -> list[str]:
    assert isinstance(texts, list)
    return texts


MATCH: MadeObject[[Variable, list[Projection]]] = MadeObject(
    "LookupMatch",
    "A child whose A-number was given.",
    (
        told("given", "String!", "The A-number as it was given.", lambda match: match[0]),
        Field("child", "Child!", "The child; where several have the number, each has a row.", _child),
    ),
)
LOOKUP: MadeObject[[_Asked]] = MadeObject(
    "Lookup",
    "What was found for a list of A-numbers: each is in one of three lists, in the order and as often as given.",
    (
        Field("matched", "[LookupMatch!]!", "Those of children on record.", _matched),
        Field("unmatched", "[String!]!", "Those that no child on record has.", _unmatched),
        Field(
            "malformed",
            "[String!]!",
            "Those that are no A-numbers: not nine digits, and not seven or eight that lost leading zeros.",
            _malformed,
        ),
    ),
)
CAPABILITY = Capability(
    types=(MATCH, LOOKUP),
    queries=(
        Field(
            "lookup",
            "Lookup!",
            "Children by their A-numbers, {aNumbers} at once, however they are written: 012345678, A012-345-678. "
            "By POST only, so that no A-number gets into an address.",
            lookup_part,
            (A_NUMBERS,),
        ),
    ),
)
