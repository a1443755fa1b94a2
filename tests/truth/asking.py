"""Every way of asking a question: the command, the pages of the API, an export, and findings."""

from __future__ import annotations

from contextlib import aclosing
from json import dumps, loads
from typing import Any

from graph.model import MODEL
from graph.store import Store
from queries.asking.run import pages_of, run_question
from queries.library.question import GROWN_UP, Question
from tests.api.compiler.asking import Asker

PEOPLE = {"child": "Child-1", "person": "Child-1", "from": "Child-1", "to": "Child-2"}
"""What a question must be given."""
SIZE = 10


def plain(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return a row's values, each node as its key."""
    return tuple(value["key"] if isinstance(value, dict) else value for value in row.values())


def key_of(question: Question, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the values of a row's key."""
    places = [[column.name for column in question.columns].index(name) for name in question.key]
    return tuple(row[place] for place in places)


async def asked(store: Store, question: Question, given: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return the rows as `sightline query` gives them."""
    return [plain(row) for row in (await run_question(store, question, given)).rows]


async def walked(ask: Asker, question: Question, given: dict[str, object]) -> tuple[list[tuple[Any, ...]], int]:
    """Return the rows of all pages of the API, and the total that they tell."""
    columns = " ".join(
        f"{column.name} {{ key }}" if column.kind in MODEL.labels else column.name for column in question.columns
    )
    written = _written(question, given)
    document = f"""query ($after: String) {{ {question.name}({written}, first: {SIZE}, after: $after) {{
        totalCount nodes {{ {columns} }} pageInfo {{ endCursor hasNextPage }} }} }}"""
    found: list[tuple[Any, ...]] = []
    after = None
    while True:
        page = (await ask(document, after=after))[question.name]
        found += [plain(row) for row in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found, page["totalCount"]
        after = page["pageInfo"]["endCursor"]


def _written(question: Question, given: dict[str, object]) -> str:
    """Return arguments as GraphQL text; values of enumerations are names there."""
    named = {one.name: one.enumeration for one in question.parameters if one.enumeration}
    texts = {name: dumps(value) for name, value in given.items()}
    for name, kind in named.items():
        values = given.get(name)
        if isinstance(values, list):
            texts[name] = f"[{', '.join(kind.graphql_name(value) for value in values)}]"
    return ", ".join(f"{name}: {text}" for name, text in texts.items())


async def left_out(ask: Asker, question: Question, given: dict[str, object]) -> int:
    """Return how many rows the API tells that it leaves out because somebody has turned 18; none where it says none."""
    if GROWN_UP not in {one.name for one in question.parameters}:
        return 0
    found = await ask(f"{{ {question.name}({_written(question, given)}, first: 1) {{ grownUpLeftOut }} }}")
    return int(found[question.name]["grownUpLeftOut"])


async def rings(ask: Asker, given: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return the rings that the API's own field finds: the key, and the sponsors, children, addresses and phones."""
    written = ", ".join(f"{name}: {dumps(value)}" for name, value in given.items())
    members = ("sponsors", "children", "addresses", "phones")
    listed = " ".join(f"{name}(first: {SIZE}) {{ key }}" for name in members)
    counted = "sponsorCount childCount addressCount phoneCount"
    page = (await ask(f"{{ rings({written}, first: {SIZE}) {{ nodes {{ key {counted} {listed} }} }} }}"))["rings"]
    for row in page["nodes"]:
        assert [row[name] for name in counted.split()] == [len(row[name]) for name in members]
    return [(row["key"], *(row[name] for name in counted.split())) for row in page["nodes"]]


async def exported(store: Store, question: Question, given: dict[str, object]) -> list[tuple[Any, ...]]:
    """Return the rows of all pages of an export."""
    pages = pages_of(store, question, given, deadline=60, size=SIZE)
    async with aclosing(pages) as each:
        return [plain(row) async for page in each for row in page.rows]


async def found(store: Store, question: Question) -> dict[str, dict[str, Any]]:
    """Return the open findings of a question by their keys: the values of the columns that are no nodes."""
    rows = await store.read(
        "MATCH (f:Finding {indicator: $name}) WHERE f.status IN ['OPEN', 'REOPENED'] RETURN f.key, f.values",
        {"name": question.name},
    )
    return {str(key): loads(str(values)) for key, values in rows}


def as_findings(question: Question, rows: list[tuple[Any, ...]]) -> dict[str, dict[str, Any]]:
    """Return the findings that rows are, as `found` does."""
    names = [column.name for column in question.columns if column.kind not in MODEL.labels]
    every = [column.name for column in question.columns]
    return {
        "/".join((*(_part(value) for value in key_of(question, row)), question.name)): {
            name: row[every.index(name)] for name in names
        }
        for row in rows
    }


def _part(value: object) -> str:
    return "~2" if value is None else str(value).replace("~", "~0").replace("/", "~1")
