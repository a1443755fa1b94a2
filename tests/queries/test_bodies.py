"""Every question's body: its plan is bounded, and with its subject bound it answers for that alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest

from graph.model import MODEL
from graph.store import Store
from queries.findings.thresholds import node_keys
from queries.library.cypher_text import replace_parameters
from queries.library.question import Question
from seed.seeding import seed_store
from tests.api.compiler.compiling import library
from tests.queries.plan_rules import faults
from tests.queries.scenarios import DAY, answered, ordered

LIBRARY = library()
NAMES = [question.name for question in LIBRARY]


@pytest.fixture(scope="module")
async def demo(store: Store) -> Store:
    """The store with a part of the demo graph."""
    await seed_store(store, scale=0.25, seed=7, store_name="neo4j")
    await store.write_auto("CALL db.prepareForReplanning(120)")  # Plans shall rest on what the indexes hold now.
    return store


@pytest.mark.parametrize("name", [one.name for one in LIBRARY if node_keys(one)])
async def test_a_bound_subject_is_asked_about_alone(demo: Store, name: str) -> None:
    question = LIBRARY[name]
    wanted = await answered(demo, question, asOf=DAY)
    nodes = [column for column in question.key if question.column(column).kind in MODEL.labels]
    label = question.column(nodes[0]).kind
    rows = await demo.read(bound(question, nodes[:1], f"MATCH ({nodes[0]}:{label})"), values(question, []), timeout=120)
    assert ordered(rows) == wanted
    places = [[column.name for column in question.columns].index(node) for node in nodes]
    keys = [list(key) for key in dict.fromkeys(tuple(row[place] for place in places) for row in wanted)]
    matches = " ".join(
        f"MATCH ({node}:{question.column(node).kind} {{key: keys[{place}]}})" for place, node in enumerate(nodes)
    )
    statement = bound(question, nodes, f"UNWIND $p[{len(question.parameters)}] AS keys {matches}")
    rows = await demo.read(statement, values(question, keys), timeout=120)
    assert ordered(rows) == wanted


def values(question: Question, keys: list[list[str]]) -> dict[str, Any]:
    return {"p": [*question.values({"asOf": DAY}).values(), keys]}


def bound(question: Question, nodes: Sequence[str], binding: str) -> str:
    """Return the statement that asks the body about bound nodes, which its last RETURN must not bind again."""
    places = {parameter.name: f"$p[{place}]" for place, parameter in enumerate(question.parameters)}
    *before, last = re.split(r"^RETURN\b", replace_parameters(question.body, places), flags=re.MULTILINE)
    for node in nodes:
        last, changed = re.subn(rf"(?<=\s){node}(?=,|\s*$)", f"{node} AS own{node}", last, count=1)
        assert changed == 1
    names = [
        f"{name}.key" if column.kind in MODEL.labels else f"toString({name})" if column.kind == "Date" else name
        for column in question.columns
        for name in (f"own{column.name}" if column.name in nodes else column.name,)
    ]
    return (
        f"CYPHER 25 {binding}\nCALL ({', '.join(nodes)}) {{\n{'RETURN'.join([*before, last])}}}\n"
        f"RETURN {', '.join(f'{name} AS c{place}' for place, name in enumerate(names))}"
    )


@pytest.mark.parametrize("name", NAMES)
async def test_the_plan_is_bounded(demo: Store, name: str) -> None:
    for one in LIBRARY[name].bodies:
        assert await faults(demo, one) == []
