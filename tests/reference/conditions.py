"""Filters in three-valued logic: true, false, or `None` for unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from graphql import GraphQLError

from graph.model import MODEL, Link
from graph.text import clean, fold, twin
from tests.reference.small import SmallGraph, Thing

Answer = bool | None

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "eq": lambda value, operand: value == operand,
        "ne": lambda value, operand: value != operand,
        "in": lambda value, operand: value in operand,
        "notIn": lambda value, operand: value not in operand,
        "lt": lambda value, operand: value < operand,
        "lte": lambda value, operand: value <= operand,
        "gt": lambda value, operand: value > operand,
        "gte": lambda value, operand: value >= operand,
        "contains": lambda value, operand: _form(operand)(operand) in _form(operand)(value),
        "startsWith": lambda value, operand: _form(operand)(value).startswith(_form(operand)(operand)),
    }
)


_RANGES = frozenset({"lt", "lte", "gt", "gte"})


def _form(operand: str) -> Callable[[str], str]:
    """Return the form in which texts are searched for a part: their letters, unless the part has none."""
    return fold if fold(operand) else clean


def bad_input(message: str) -> GraphQLError:
    """Return the error of an argument that cannot be used."""
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})


def refuse_nulls(given: object) -> None:
    """Raise the error of a filter that holds a null operand, however deep."""
    if given is None:
        raise bad_input("A filter's operand is null.")
    if isinstance(given, Mapping):
        given = given.values()
    if isinstance(given, Iterable) and not isinstance(given, str):
        for item in given:
            refuse_nulls(item)


def every(answers: Iterable[Answer]) -> Answer:
    """Return Kleene's conjunction; true of nothing."""
    found = set(answers)
    if False in found:
        return False
    return None if None in found else True


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return Kleene's disjunction; false of nothing."""
    return negation(every(map(negation, answers)))


def negation(answer: Answer) -> Answer:
    """Return Kleene's negation."""
    return None if answer is None else not answer


def holds(graph: SmallGraph, thing: Thing, given: Mapping[str, Any]) -> Answer:
    """Return a filter's answer for a node."""
    return every(_member(graph, thing, name, operand) for name, operand in given.items())


def _member(graph: SmallGraph, thing: Thing, name: str, operand: Any) -> Answer:
    if name == "and":
        return every(holds(graph, thing, part) for part in operand)
    if name == "or":
        return any_of(holds(graph, thing, part) for part in operand)
    if name == "not":
        return negation(holds(graph, thing, operand))
    if name == "isNull":
        return not operand
    if name == "id":
        return _compare(thing.id, operand)
    link = MODEL.links(thing.label).get(name)
    if link is None:
        return _compare(thing.get(name), operand, ordered=MODEL.node(thing.label).named(name).folded)
    return _many(graph, thing, link, operand) if link.many else _one(graph, thing, link, operand)


def _compare(value: Any, operands: Mapping[str, Any], *, ordered: bool = False) -> Answer:
    return every(_operand(value, operator, operand, ordered) for operator, operand in operands.items())


def _operand(value: Any, operator: str, operand: Any, ordered: bool) -> Answer:
    if operator == "isNull":
        return (value is None) is operand
    if value is None:
        return None
    if ordered and operator in _RANGES:
        value, operand = twin(value), twin(operand)
    return _OPERATORS[operator](value, operand)


def _many(graph: SmallGraph, thing: Thing, link: Link, given: Mapping[str, Any]) -> Answer:
    linked = graph.linked(thing, link)

    def answers(nested: Mapping[str, Any]) -> list[Answer]:
        return [holds(graph, one.thing, nested) for one in linked]

    parts: list[Answer] = []
    for name, nested in given.items():
        if name == "count":
            parts.append(_compare(len(linked), nested))
        elif name == "some":
            parts.append(any(answer is True for answer in answers(nested)))
        elif name == "none":
            parts.append(not any(answer is True for answer in answers(nested)))
        else:
            parts.append(all(answer is True for answer in answers(nested)))
    return every(parts)


def _one(graph: SmallGraph, thing: Thing, link: Link, given: Mapping[str, Any]) -> Answer:
    found = graph.single(thing, link)
    if found is not None:
        return holds(graph, found, given)
    return _missing(given)


def _missing(given: Mapping[str, Any]) -> Answer:
    """Return a filter's answer where a link leads nowhere: nothing but `isNull` is known."""
    answers: list[Answer] = []
    for name, operand in given.items():
        if name == "isNull":
            answers.append(operand)
        elif name == "not":
            answers.append(negation(_missing(operand)))
        elif name in ("and", "or"):
            parts = [_missing(part) for part in operand]
            answers.append((every if name == "and" else any_of)(parts) if parts else None)
        else:
            answers.append(None)
    return every(answers) if answers else None
