"""Looking up children by their A-numbers: many in; those on record, those that are not, and what is no number out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.compiler.context import Context
from api.compiler.objects import TYPENAME, node_part
from api.compiler.operation import Selection
from api.compiler.parts import Part, record
from api.compiler.shapes import Bound, Made, maker
from api.compiler.slots import Converted, slot_of
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
    both,
    collect,
    count,
    infix,
    known,
    returning,
)
from graph.errors import BadInput

MOST_NUMBERS = 1_000
_WRITTEN = re.compile(r"A?[\s#-]*((?:\d[\s-]*){9})", re.ASCII | re.IGNORECASE)


def a_number(text: str) -> str | None:
    """Return the nine digits of an A-number however it is written (`A012-345-678`); `None` for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    return "".join(re.findall(r"\d", found[1])) if found else None


def lookup_part(ctx: Context, selection: Selection) -> Part:
    """Return the part for a lookup; raises `Forbidden` when A-numbers may not be seen."""
    given = ctx.local(Converted(slot_of(selection.given("aNumbers")), _checked))
    numbers = Parameter(Converted(given, lambda texts: [a_number(text) for text in _texts(texts)]))
    child, number = Variable("c"), Variable("number")
    stored = ctx.value(ctx.model.node("Child"), child, "aNumber")
    found = Match(child, "Child", where=both([infix("=", stored, number), known(PropertyOf(child, "key"))]))
    values: list[Printable] = [collect(Unwind(numbers, number), returning(count(found)))]
    fields = ctx.operation.fields(selection, "Lookup")
    answers: list[tuple[str, Answer]] = []
    with ctx.page(Converted(given, lambda texts: max(1, len(_texts(texts))))):
        for field in fields:
            if field.name == "matched":
                row = _match(ctx, field, child)
                children = collect(
                    found, With((child,), order=(Order(PropertyOf(child, "key")),)), returning(row.expression)
                )
                answers.append((field.key, _matched(len(values), row.make)))
                values.append(collect(Unwind(numbers, number), returning(children)))
            else:
                answers.append((field.key, SIMPLE[field.name]))

    def make(value: Any, bound: Bound) -> dict[str, object]:
        texts = _texts(bound.local(given))
        return {key: answer(value, texts, bound) for key, answer in answers}

    return Part(ListOf(tuple(values)), Made(make))


def _checked(texts: object) -> object:
    if len(_texts(texts)) > MOST_NUMBERS:
        raise BadInput(f"aNumbers has {len(_texts(texts))} entries; give at most {MOST_NUMBERS} at once.")
    return texts


def _texts(texts: object) -> list[str]:
    assert isinstance(texts, list)
    return texts


Answer = Callable[[Any, list[str], Bound], object]
"""What makes a field from the statement's value, the texts that were given, and the request's other values."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A row of what matched: what the statement returns for its child, and what makes it with the text given."""

    expression: Printable
    make: Callable[[Any, str, Bound], dict[str, object]]


def _match(ctx: Context, selection: Selection, child: Variable) -> _Match:
    fields = ctx.operation.fields(selection, "LookupMatch")
    parts = {
        field.key: node_part(ctx, ctx.model.node("Child"), child, ctx.operation.fields(field, "Child"))
        for field in fields
        if field.name == "child"
    }
    part = record(parts)
    make = maker(part.shape)

    def row(value: Any, text: str, bound: Bound) -> dict[str, object]:
        children = make(value, bound)
        simple = {"given": text, TYPENAME: "LookupMatch"}
        return {f.key: children[f.key] if f.name == "child" else simple[f.name] for f in fields}

    return _Match(part.expression, row)


def _matched(place: int, make: Callable[[Any, str, Bound], dict[str, object]]) -> Answer:
    def matched(value: Any, texts: list[str], bound: Bound) -> list[dict[str, object]]:
        return [
            make(child, text, bound) for text, children in zip(texts, value[place], strict=True) for child in children
        ]

    return matched


def _unmatched(value: Any, texts: list[str], bound: Bound) -> list[str]:
    return [text for text, found in zip(texts, value[0], strict=True) if not found and a_number(text)]


def _malformed(value: Any, texts: list[str], bound: Bound) -> list[str]:
    return [text for text in texts if a_number(text) is None]


SIMPLE: Mapping[str, Answer] = {
    "unmatched": _unmatched,
    "malformed": _malformed,
    TYPENAME: lambda value, texts, bound: "Lookup",
}
