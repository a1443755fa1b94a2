"""Random arguments: filters, orders, pages and parameters of questions, with values that the graph has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from graphql import GraphQLField, GraphQLSchema, get_named_type

from api.fields.questions import row_stem
from api.schema.orders import counted_links, upper_snake
from graph.model import MODEL, Enumeration, Link, Point, Property
from graph.text import fold
from queries.library.question import Parameter, Question
from tests.api.compiler.compiling import library
from tests.reference.generate import FIRST_DAY
from tests.reference.small import SmallGraph
from tests.reference.wire import Name
from tests.truth.values import Values

MALFORMED = ("", "x", "!", "Q2hpbGQ6", "Q2hpbGQ", "ÿ", "Q2hpbGQ6bm9uZQ")
PAGING = ("first", "last", "after", "before")
LIBRARY = {f"{row_stem(question)}Connection": question for question in library()}
"""The questions by the type of their field."""


def root_questions(schema: GraphQLSchema) -> list[str]:
    """Return the root fields that are questions."""
    assert schema.query_type is not None
    return [name for name, field in schema.query_type.fields.items() if get_named_type(field.type).name in LIBRARY]


def node_label(field: GraphQLField) -> str | None:
    """Return the label of a connection's nodes; `None` for the rows of a question."""
    filtered = field.args.get("filter")
    return get_named_type(filtered.type).name.removesuffix("Filter") if filtered else None


class Arguments:
    """Makes arguments for the fields of a schema over one graph."""

    def __init__(self, random: Random, graph: SmallGraph) -> None:
        self._random = random
        self._graph = graph
        self._values = Values.of(graph)

    def identity(self, label: str | None = None) -> str:
        """Return a global id: most often of a node of that label, else of another one, or none's."""
        chance = self._random.random()
        things = self._graph.labelled(label) if label and chance < 0.8 else self._graph.things
        if chance > 0.95 or not things:
            return self._random.choice(MALFORMED)
        return self._random.choice(things).id

    def page(self, *, small: bool) -> dict[str, Any]:
        """Return `first` or `last`, or neither; at most 5 when `small`."""
        size = self._random.choice((1, 1, 2, 3, 5) if small else (1, 2, 3, 5, 25, 100))
        return self._random.choice(({"first": size}, {"last": size}, {"first": size} if small else {}))

    def order(self, label: str) -> list[dict[str, Any]]:
        """Return up to three parts of an order."""
        node = MODEL.node(label)
        names = [upper_snake(name) for name, prop in node.all_properties.items() if prop.type is not Point]
        names += [f"{upper_snake(link.name)}_COUNT" for link in counted_links(MODEL, label)]
        parts: list[dict[str, Any]] = []
        for name in self._random.sample(names, min(self._random.choice((0, 1, 1, 1, 2, 3)), len(names))):
            direction = self._random.choice(({}, {"direction": Name("ASC")}, {"direction": Name("DESC")}))
            parts.append({"field": Name(name), **direction})
        return parts

    def condition(self, label: str, depth: int = 3) -> dict[str, Any]:
        """Return a filter of a label; `depth` bounds how far it nests."""
        node, links = MODEL.node(label), MODEL.links(label)
        found: dict[str, Any] = {}
        for _ in range(self._random.choice((0, 1, 1, 1, 2, 2))):
            kind = self._random.random()
            if depth and kind < 0.2:
                name = self._random.choice(("and", "or"))
                found[name] = [self.condition(label, depth - 1) for _ in range(self._random.randrange(4))]
            elif depth and kind < 0.35:
                found["not"] = self.condition(label, depth - 1)
            elif depth and kind < 0.6 and links:
                link = self._random.choice(list(links.values()))
                found[link.name] = self._many(link, depth) if link.many else self._one(link, depth)
            elif kind < 0.68:
                found["id"] = self._operands("id", str, lambda: self.identity(label))
            elif kind < 0.7:
                found["isNull"] = self._random.random() < 0.3
            else:
                prop = self._random.choice(list(node.all_properties.values()))
                found[prop.name] = self._operands(prop.name, prop.type, partial(self._value, label, prop))
        return found

    def parameters(self, question: Question) -> dict[str, Any]:
        """Return values for most parameters of a question, and null for some of the others."""
        given: dict[str, Any] = {}
        for one in question.parameters:
            if one.required or self._random.random() < 0.85:
                given[one.name] = self._parameter(one)
            elif self._random.random() < 0.2:
                given[one.name] = None
        return given

    def of_connection(self, field: GraphQLField, *, small: bool) -> dict[str, Any]:
        """Return the arguments of a connection of nodes or of a question's rows."""
        given, label = self.page(small=small), node_label(field)
        if label is None:
            return given | self.parameters(LIBRARY[get_named_type(field.type).name])
        if self._random.random() < 0.5:
            given["filter"] = self.condition(label)
        if self._random.random() < 0.5:
            given["orderBy"] = self.order(label)
        if self._random.random() < 0.1:
            given[self._random.choice([name for name in field.args if name not in given])] = None
        return given

    def _parameter(self, parameter: Parameter) -> Any:
        """Return a value of a parameter as JSON has it."""
        value, kind = self._values.draw(parameter, self._random), parameter.enumeration
        return [Name(kind.graphql_name(one)) for one in value] if kind else value

    def _many(self, link: Link, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in self._random.sample(("some", "none", "every", "count"), self._random.choice((0, 1, 1, 1, 2))):
            if name == "count":
                found[name] = self._operands("count", int, lambda: self._random.randrange(4))
            else:
                found[name] = self.condition(link.target, depth - 1)
        return found

    def _one(self, link: Link, depth: int) -> dict[str, Any]:
        if self._random.random() < 0.3:
            return {"isNull": self._random.random() < 0.5}
        return self.condition(link.target, depth - 1)

    def _operands(self, name: str, kind: Any, value: Callable[[], Any]) -> dict[str, Any]:
        """Return one or two operands; the null test among them."""
        known = ["eq", "ne", "in", "notIn"]
        if kind is bool:
            known = ["eq", "ne"]
        elif kind is Point:
            known = []
        elif not isinstance(kind, Enumeration) and name != "id":
            known += ["lt", "lte", "gt", "gte"]
        if kind is str and name != "id":
            known += ["contains", "startsWith"] * 2
        found: dict[str, Any] = {}
        for operator in self._random.sample([*known, "isNull"], min(self._random.choice((1, 1, 1, 2)), len(known) + 1)):
            if operator == "isNull":
                found[operator] = self._random.random() < 0.5
            elif operator in ("in", "notIn"):
                found[operator] = [value() for _ in range(self._random.randrange(4))]
            elif operator in ("contains", "startsWith"):
                found[operator] = self._piece(value())
            else:
                found[operator] = value()
        return found

    def _value(self, label: str, prop: Property) -> Any:
        """Return a value as JSON has it: one that some node has, when any has."""
        have = [value for thing in self._graph.labelled(label) if (value := thing.get(prop.name)) is not None]
        value = self._random.choice(have) if have else None
        if isinstance(prop.type, Enumeration):
            stored = value if value and self._random.random() < 0.7 else self._random.choice(list(prop.type.values))
            return Name(prop.type.graphql_name(stored))
        if prop.type is bool:
            return self._random.random() < 0.5
        if prop.type is datetime:
            return value.isoformat() if value else "2024-01-01T02:00:00+02:00"
        if prop.type is date:
            day = value or FIRST_DAY
            return (day + timedelta(days=self._random.choice((-1, 0, 0, 1)))).isoformat()
        if prop.type in (int, float):
            return self._number(value or 0, prop)
        return value if value is not None else "x"

    def _number(self, value: float, prop: Property) -> float:
        near = value + self._random.choice((-1, 0, 0, 1))
        return max(-(2**31), min(int(near), 2**31 - 1)) if prop.type is int else near

    def _piece(self, text: str) -> str:
        """Return a part of a text, in another case or without accents at times."""
        start = self._random.choice((0, 0, self._random.randrange(len(text) + 1)))
        piece = text[start : start + self._random.randrange(4)]
        return self._random.choice((piece, piece, piece.upper(), fold(piece)))
