from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta

import httpx
import pytest
from graphql import OperationDefinitionNode

from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token
from api.documents import Document
from api.documents.limits import Limits
from api.execution import Answer
from api.http.turns import Turns
from graph.errors import RateLimited

Connect = Callable[..., httpx.AsyncClient]


async def test_a_holder_has_so_many_turns_and_another_has_its_own() -> None:
    turns = Turns(2, "questions", patience=0.01)
    async with turns.of("a"), turns.of("a"):
        with pytest.raises(RateLimited, match=r"Too many questions .* \(at most 2 at once\)"):
            async with turns.of("a"):
                pass
        async with turns.of("b"):
            pass
    async with turns.of("a"), turns.of("a"):
        pass


async def test_who_has_waited_longest_comes_next() -> None:
    turns = Turns(1, "questions", patience=60)
    order: list[int] = []

    async def take(number: int) -> None:
        async with turns.of("a"):
            order.append(number)
            await asyncio.sleep(0)

    async with turns.of("a"):
        waiting = [asyncio.create_task(take(number)) for number in range(5)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert order == [0, 2, 3, 4]


async def test_a_turn_is_not_lost_with_whoever_leaves_as_it_comes() -> None:
    turns = Turns(1, "questions", patience=60)
    async with AsyncExitStack() as first:
        await first.enter_async_context(turns.of("a"))
        leaving = asyncio.create_task(turns.of("a").__aenter__())
        await asyncio.sleep(0)
        await first.aclose()
        leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await turns.take("a")


async def test_no_more_than_so_many_wait() -> None:
    turns = Turns(1, "questions", patience=60, waiting=1)
    async with turns.of("a"):
        waiting = asyncio.create_task(turns.of("a").__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(RateLimited):
            await turns.of("a").__aenter__()
    await waiting
    turns.give_back("a")
    await turns.take("a")


async def test_one_token_too_many_operations_is_refused_while_another_is_answered(
    connect: Connect, token_key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.turns.PATIENCE", 0.01)
    going_on, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def heavy(
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        *_: object,
    ) -> Answer:
        if actor.name == "a test":
            begun.release()
            await going_on.wait()
        return Answer({"greeting": actor.name})

    other = issue_token(token_key, Actor("another", INVESTIGATOR), timedelta(hours=1))
    client = connect(heavy, limits=Limits(operations=3))
    body = {"query": "{ greeting }"}
    heavy_ones = [asyncio.create_task(client.post("/graphql", json=body)) for _ in range(3)]
    for _ in heavy_ones:
        await begun.acquire()

    for media_type in ("application/json", "application/graphql-response+json"):
        refused = await client.post("/graphql", json=body, headers={"accept": media_type})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        [error] = refused.json()["errors"]
        assert error["extensions"]["code"] == "RATE_LIMITED"
        assert error["message"] == (
            "Too many operations of this token are under way (at most 3 at once); send fewer at a time."
        )
    answered = await client.post("/graphql", json=body, headers={"authorization": f"Bearer {other}"})
    assert answered.json() == {"data": {"greeting": "another"}}
    assert (await client.get("/readyz")).status_code == 200

    going_on.set()
    assert {response.status_code for response in await asyncio.gather(*heavy_ones)} == {200}
    assert (await client.post("/graphql", json=body)).status_code == 200
