"""Asking the built-in questions on small graphs; the day asked about is 2024-05-31."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.store import Store
from queries.asking.run import run_question
from queries.catalogue import example_arguments
from queries.library.question import Question
from tests.api.compiler.compiling import library

LIBRARY = library()
DAY = "2024-05-31"


async def ask(store: Store, name: str, **arguments: object) -> list[tuple[Any, ...]]:
    """Return the rows of a question, each node as its key."""
    rows = (await run_question(store, LIBRARY[name], {"asOf": DAY, **arguments})).rows
    return [tuple(v["key"] if isinstance(v, dict) else v for v in row.values()) for row in rows]


def given(question: Question) -> dict[str, object]:
    """Return the values that a question must be given, as its example gives them."""
    example = dict(example_arguments(question))
    return {parameter.name: example[parameter.name] for parameter in question.parameters if parameter.required}


async def answered(store: Store, question: Question, **arguments: object) -> list[list[Any]]:
    """Return the rows of a question, each node as its key, in an order of their own."""
    answer = await run_question(store, question, arguments, deadline=120)
    return ordered([v["key"] if isinstance(v, dict) else v for v in row.values()] for row in answer.rows)


def ordered(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Return rows in an order that does not depend on how they came, unknown values last."""
    return sorted((list(row) for row in rows), key=lambda row: [(value is None, str(value)) for value in row])


async def put(store: Store, *patterns: str) -> None:
    """Create patterns, all in one statement, in which `@2024-05-31` is that day."""
    first, *rest = ",\n".join(patterns).split("@")
    await store.write("CREATE " + first + "".join(f"date('{part[:10]}'){part[10:]}" for part in rest))
