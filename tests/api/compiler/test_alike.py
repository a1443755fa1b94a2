"""Filters of many members: answered like the reference, found by an index, in a text that does not grow with them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from graph.errors import CostLimitExceeded
from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text, library
from tests.reference import difference, random_graph, reference_answer, reference_schema, write_graph
from tests.reference.small import Thing

PEOPLE = "query ($filter: ChildFilter) { children(filter: $filter, first: 100) { totalCount nodes { key } } }"


def person(number: int) -> dict[str, Any]:
    return {"firstName": {"eq": f"F{number}"}, "lastName": {"eq": f"L{number}"}, "dateOfBirth": {"eq": "2007-03-04"}}


def asked(one: Thing) -> dict[str, Any]:
    """Return what asks for a child by its name and birth date; what is unknown of it is asked for as a guess."""
    born = one.get("dateOfBirth")
    return {
        "firstName": {"eq": one.get("firstName") or "Ana"},
        "lastName": {"eq": one.get("lastName") or "Lopez"},
        "dateOfBirth": {"eq": born.isoformat() if born else "2007-03-04"},
    }


def numbers(one: Thing) -> dict[str, Any]:
    """Return a form with what a row holds beside texts: lists, enumerations, null tests, links, nested members."""
    return {
        "id": {"in": [one.id, "Q2hpbGQ6bm9uZQ"]},
        "sex": {"notIn": []},
        "placements": {"some": {"or": [{"sponsor": {"lastName": {"contains": "a"}}}, {"key": {"contains": "P"}}]}},
        "or": [{"countryOfBirth": {"startsWith": name}} for name in "ABCDEGHMNPSU"],
    }


@pytest.mark.parametrize("seed", [1, 31])
async def test_many_members_are_answered_like_the_reference(store: Store, ask: Asker, seed: int) -> None:
    graph = random_graph(Random(seed), size=12)
    await store.write("MATCH (n) DETACH DELETE n")
    await write_graph(store, graph)
    reference = reference_schema(list(library()))
    children = graph.labelled("Child")
    few = children[: len(children) // 2]
    rows = [asked(child) for child in few] + [person(number) for number in range(300 - len(few))]
    names = [{"lastName": row["lastName"]} for row in rows]
    apart = [{name: {"isNull": bool(i % 2)}, "not": {"sex": {"ne": "MALE"}}} for i, name in enumerate(rows[0])]
    filters = [
        {"or": rows},
        {"not": {"or": rows}},
        {"not": {"not": {"or": [*rows, *names]}}},
        {"and": [{"not": row} for row in rows]},
        {"not": {"and": [{"not": name} for name in names]}},
        {"or": [*apart, *rows[:5], {"not": {"or": names[:4]}}, {"and": rows[:1] * 4}]},
        {"or": [numbers(child) for child in few]},
        {"not": {"or": [numbers(child) for child in few]}},
        {"or": [{"firstName": {"gt": str(n), "lt": "z"}} for n in range(4)], "lastName": {"gte": "A"}},
    ]
    for given in filters:
        wanted = reference_answer(graph, reference, PEOPLE, {"filter": given})
        assert "errors" not in wanted
        assert difference(await ask(PEOPLE, filter=given), wanted["data"]) is None
    assert (await ask(PEOPLE, filter={"or": rows}))["children"]["totalCount"] >= 1


def test_the_statement_is_the_same_for_five_members_and_for_three_hundred() -> None:
    few, many = (compile_text(PEOPLE, {"filter": {"or": [person(i) for i in range(n)]}})[0] for n in (5, 300))
    assert few.statement == many.statement


async def test_many_members_are_counted_by_an_index(empty: Store) -> None:
    await empty.write(
        "UNWIND range(1, 2000) AS i CREATE (:Child {key: toString(i), firstName: 'F' + i, lastName: 'L' + i})"
    )
    await empty.write_auto("CALL db.resampleOutdatedIndexes()")
    text = "query ($filter: ChildFilter) { children(filter: $filter) { totalCount } }"
    program, coerced = compile_text(text, {"filter": {"or": [person(i) for i in range(60)]}})
    plan = await empty.explain(program.statement, {"p": program.bind(coerced).parameters})
    read = [operator for operator in plan.root.walk() if "Index" in operator.name or "Scan" in operator.name]
    assert [operator.name for operator in read] == ["NodeIndexSeek"]


def test_conditions_of_too_many_forms_are_refused_with_the_limit() -> None:
    names = ["firstName", "lastName", "aNumber", "countryOfBirth", "key"]
    forms = [
        {a: {x: "u"}, b: {y: "v"}} for a in names for b in names if a != b for x in ("eq", "lt") for y in ("gt", "ne")
    ]
    assert compile_text(PEOPLE, {"filter": {"or": forms}})[0].statement.count("any(one") == 2
    more = [{**form, "sex": {"in": ["MALE"]}} for form in forms]
    with pytest.raises(CostLimitExceeded, match="more than 200 conditions of different forms"):
        compile_text(PEOPLE, {"filter": {"or": [*forms, *more]}})
