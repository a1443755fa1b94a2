"""Slow answers are kept until anybody writes, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from api.execution import kept_answers
from api.execution.kept_answers import KeptAnswers
from graph.store import Store
from tests.api.compiler.asking import Asker


class Asked:
    """An answer that counts how often it was asked for."""

    def __init__(self, *, seconds: float = 0.0, value: str = "answer") -> None:
        self.times = 0
        self._seconds = seconds
        self._value = value

    async def __call__(self) -> str:
        self.times += 1
        await asyncio.sleep(self._seconds)
        return self._value


@pytest.fixture
def value(empty: Store) -> Callable[..., Awaitable[object]]:
    kept = KeptAnswers(empty)

    async def ask(asked: Asked, *parameters: object, costly: bool = True, statement: str = "a") -> object:
        return await kept.value(statement, parameters, asked, costly=costly)

    return ask


async def test_an_answer_is_kept_until_somebody_writes(empty: Store, value: Callable[..., Awaitable[object]]) -> None:
    asked = Asked()
    for _ in range(3):
        assert await value(asked, "x") == "answer"
    assert asked.times == 1
    await value(asked, "y")
    await value(asked, "x", statement="b")
    assert asked.times == 3
    await empty.write("CREATE (:Child {key: 'a'})")
    await value(asked, "x")
    await value(asked, "x")
    assert asked.times == 4
    await empty.write("MATCH (c:Child) SET c.sex = 'FEMALE'")
    await value(asked, "x")
    assert asked.times == 5, "a property that changes counts too"


async def test_what_was_slow_is_kept_until_it_is_quick(
    value: Callable[..., Awaitable[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "SLOW_SECONDS", 0.05)
    quick, slow = Asked(), Asked(seconds=0.1)
    for _ in range(5):
        await value(quick, costly=False, statement="quick")
        await value(slow, costly=False, statement="slow")
    assert (quick.times, slow.times) == (5, 2)
    for _ in range(2):
        await value(quick, "other values", costly=False, statement="slow")
    await value(quick, "again others", costly=False, statement="slow")
    assert quick.times == 8, "a statement that became quick is asked each time"


async def test_few_and_short_answers_are_kept(
    value: Callable[..., Awaitable[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "MOST", 2)
    monkeypatch.setattr(kept_answers, "LARGEST", 10)
    asked, long = Asked(), Asked(value="a long answer")
    for parameter in (1, 2, 1, 3, 1, 2):
        await value(asked, parameter)
    assert asked.times == 4, "the second was dropped, because it was not used for longest"
    await value(long)
    await value(long)
    assert long.times == 2


async def test_an_operation_that_counts_the_graph_is_kept(empty: Store) -> None:
    ask = Asker(empty)
    document = "{ oversightSummary { total { transferred } } }"
    await empty.write("CREATE (:Child {key: 'a', transferredOn: date('2024-01-01')})")
    assert [(await ask(document))["oversightSummary"]["total"]["transferred"] for _ in range(2)] == [1, 1]
    await empty.write("CREATE (:Child {key: 'b', transferredOn: date('2024-01-01')})")
    assert (await ask(document))["oversightSummary"]["total"]["transferred"] == 2
