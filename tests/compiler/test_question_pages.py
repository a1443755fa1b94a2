"""Every question, read page by page in either direction, gives each of its rows once, and in one order."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import MODEL
from graph.store import Store
from queries.library import load_library
from queries.question import Question
from seed.seeding import seed_store
from tests.compiler.asking import Asker
from tests.queries.asking import DAY, given

QUESTIONS = list(load_library())
SIZE = 7
MOST = 12
"""Pages that are read."""


@pytest.fixture(scope="module")
async def demo(store: Store) -> Store:
    """The store with a small part of the demo graph."""
    await seed_store(store, scale=0.1, seed=7, store_name="neo4j")
    return store


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
async def test_pages_are_the_whole(demo: Store, question: Question) -> None:
    ask = Asker(demo)
    whole = (await rows(ask, question, first=100))["edges"]
    assert await paged(ask, question, "first", "after", "endCursor", "hasNextPage") == whole[: SIZE * MOST]
    backward = await paged(ask, question, "last", "before", "startCursor", "hasPreviousPage")
    total = (await rows(ask, question, first=1))["totalCount"]
    if total <= min(100, SIZE * MOST):
        assert backward == whole
    assert len(whole) == min(100, total)


async def paged(ask: Asker, question: Question, size: str, beside: str, cursor: str, more: str) -> list[Any]:
    found: list[Any] = []
    at: dict[str, object] = {}
    for _ in range(MOST):
        page = await rows(ask, question, **{size: SIZE}, **at)
        found = [*found, *page["edges"]] if size == "first" else [*page["edges"], *found]
        if not page["pageInfo"][more]:
            break
        at = {beside: page["pageInfo"][cursor]}
    return found


async def rows(ask: Asker, question: Question, **paging: object) -> Any:
    columns = " ".join(
        f"{column.name} {{ key }}" if column.kind in MODEL.labels else column.name for column in question.columns
    )
    arguments = {**given(question), "asOf": DAY, **paging}
    written = ", ".join(
        f'{name}: "{value}"' if isinstance(value, str) else f"{name}: {value}" for name, value in arguments.items()
    )
    document = (
        f"{{ {question.name}({written}) {{ totalCount edges {{ cursor node {{ {columns} }} }}"
        " pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }"
    )
    found = (await ask(document))[question.name]
    for edge in found["edges"]:
        del edge["cursor"]  # sealed anew each time
    return found
