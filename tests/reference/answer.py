"""The API's schema with resolvers that walk a small graph, and documents executed over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    execute,
    parse,
    validate,
)

from api.fields import build_schema
from api.schema import OrderField, core_schema
from graph.model import MODEL, Link
from graph.text import twin
from queries.library.question import AS_OF, GROWN_UP, Question
from tests.reference.conditions import holds, refuse_nulls
from tests.reference.paging import Row, page, part
from tests.reference.questions import question_rows
from tests.reference.small import Linked, SmallGraph, Thing

Arguments = Mapping[str, Any]
Resolver = Callable[..., Any]


def reference_schema(questions: Sequence[Question]) -> GraphQLSchema:
    """Return the API's schema with resolvers over the `SmallGraph` that is the context.

    Fields that neither the model nor a question gives, such as `search`, have none and answer null.
    """
    core = core_schema(build_schema(MODEL, questions))
    for kind in core.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            kind.is_type_of = None
            for field in kind.fields.values():
                field.resolve = None
    node = core.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    node.resolve_type = lambda thing, _info, _kind: thing.label
    for label in MODEL.labels:
        _attach_label(core, label)
    root = core.query_type
    assert root is not None
    for name, resolver in _root_resolvers().items():
        root.fields[name].resolve = resolver
    for question in questions:
        root.fields[question.name].resolve = _question(question)
    return core


def reference_answer(graph: SmallGraph, schema: GraphQLSchema, text: str, variables: Arguments) -> dict[str, Any]:
    """Return the response to a valid document; one with a bad argument has `errors` and no `data`, as the API's has."""
    document = parse(text)
    faults = validate(schema, document)
    assert not faults, f"{faults[0].message}\n{text}"
    result = execute(schema, document, context_value=graph, variable_values=dict(variables))
    assert not hasattr(result, "__await__")
    if result.errors:
        return {"errors": [error.formatted for error in result.errors]}
    return {"data": result.data}


def _attach_label(core: GraphQLSchema, label: str) -> None:
    kind = core.type_map[label]
    assert isinstance(kind, GraphQLObjectType)
    kind.fields["id"].resolve = lambda thing, _info: thing.id
    for name in MODEL.node(label).all_properties:
        kind.fields[name].resolve = _property(name)
    for name, link in MODEL.links(label).items():
        kind.fields[name].resolve = _many(link) if link.many else _one(link)


def _root_resolvers() -> dict[str, Resolver]:
    found: dict[str, Resolver] = {
        "node": lambda _root, info, id: info.context.by_id(id),
        "nodes": lambda _root, info, ids: [info.context.by_id(one) for one in ids],
    }
    for node in MODEL.nodes:
        found[node.field] = _single(node.label)
        found[node.fields] = _all(node.label)
    return found


def _property(name: str) -> Resolver:
    return lambda thing, _info: thing.get(name)


def _one(link: Link) -> Resolver:
    return lambda thing, info: info.context.single(thing, link)


def _single(label: str) -> Resolver:
    return lambda _root, info, id: info.context.by_id(id, label)


def _all(label: str) -> Resolver:
    def resolve(_root: object, info: GraphQLResolveInfo[Any], **arguments: Any) -> dict[str, Any]:
        graph: SmallGraph = info.context
        return _connection(graph, [Linked(thing) for thing in graph.labelled(label)], arguments)

    return resolve


def _many(link: Link) -> Resolver:
    def resolve(thing: Thing, info: GraphQLResolveInfo[Any], **arguments: Any) -> dict[str, Any]:
        graph: SmallGraph = info.context
        return _connection(graph, graph.linked(thing, link), arguments, link)

    return resolve


def _question(question: Question) -> Resolver:
    def resolve(_root: object, info: GraphQLResolveInfo[Any], **arguments: Any) -> dict[str, Any]:
        rows = question_rows(info.context, question, arguments)
        return {**page(rows, arguments, lambda: rows), **_beside(info.context, question, arguments)}

    return resolve


def _beside(graph: SmallGraph, question: Question, arguments: Arguments) -> dict[str, Any]:
    """Return what a question's connection has beside the usual fields."""
    day = arguments.get(AS_OF) or datetime.now(UTC).date()
    return {
        "grownUpLeftOut": lambda _info: _left_out(graph, question, arguments),
        "rules": [
            {
                "citation": rule.citation,
                "text": rule.doc,
                "inForceFrom": rule.since,
                "inForceUntil": rule.until,
                "secondary": rule.secondary,
            }
            for rule in question.rules
            if (rule.since or day) <= day <= (rule.until or day)
        ],
    }


def _left_out(graph: SmallGraph, question: Question, arguments: Arguments) -> int:
    """Return how many rows a question leaves out because somebody has turned 18."""
    everybody = question_rows(graph, question, {**arguments, GROWN_UP: True})
    return len(everybody) - len(question_rows(graph, question, arguments))


def _connection(
    graph: SmallGraph, linked: Sequence[Linked], arguments: Arguments, link: Link | None = None
) -> dict[str, Any]:
    condition, order = arguments.get("filter"), arguments.get("orderBy") or []
    if condition is not None:
        refuse_nulls(condition)
        linked = [one for one in linked if holds(graph, one.thing, condition) is True]

    def rows(found: Sequence[Linked]) -> list[Row]:
        return [_row(graph, one, order) for one in found]

    def everything() -> list[Row]:
        if link is None:
            return rows(linked)
        return rows([one for thing in graph.labelled(link.source) for one in graph.linked(thing, link)])

    return page(rows(linked), arguments, everything)


def _row(graph: SmallGraph, one: Linked, order: Sequence[Arguments]) -> Row:
    parts = [part(_ordered(graph, one.thing, o["field"]), descending=o["direction"] == "DESC") for o in order]
    key = one.tie.key if one.tie else one.thing.key
    return Row(one.thing, key, (*parts, key), one.tie.values if one.tie else {})


def _ordered(graph: SmallGraph, thing: Thing, field: OrderField) -> Any:
    if field.link is not None:
        return len(graph.linked(thing, MODEL.links(thing.label)[field.link]))
    assert field.property is not None
    value = thing.get(field.property)
    folded = MODEL.node(thing.label).named(field.property).folded
    return twin(value) if folded and value is not None else value
