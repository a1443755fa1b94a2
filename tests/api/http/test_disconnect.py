from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

import pytest
from graphql import OperationDefinitionNode
from starlette.applications import Starlette
from starlette.types import Message

from api.access.policy import Actor
from api.documents import Document
from api.execution import Answer
from api.http.disconnect import CancelWhenGone

Served = Callable[[Starlette], AbstractAsyncContextManager[int]]
MakeApp = Callable[..., Starlette]

BODY = b'{"query": "{ greeting }"}'


class Waiting:
    """An answerer that waits, and notes how each wait ended."""

    def __init__(self, seconds: float) -> None:
        self.started = asyncio.Event()
        self.ended = asyncio.Event()
        self.cancelled = False
        self._seconds = seconds

    async def __call__(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
        actor: Actor,
        *_: object,
    ) -> Answer:
        self.started.set()
        try:
            await asyncio.sleep(self._seconds)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        finally:
            self.ended.set()
        return Answer({"greeting": "late"})


def request(token: str, body: bytes = BODY) -> bytes:
    head = (
        "POST /graphql HTTP/1.1\r\nhost: sightline\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {token}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@pytest.mark.parametrize("reset", [False, True])
async def test_a_client_that_goes_away_cancels_its_answer(
    make_app: MakeApp, served: Served, token: str, reset: bool, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = Waiting(60)
    before = len(asyncio.all_tasks())
    async with served(make_app(waiting)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(token))
        await waiting.started.wait()
        await asyncio.sleep(0.05)
        left = time.monotonic()
        writer.transport.abort() if reset else writer.close()
        await asyncio.wait_for(waiting.ended.wait(), 5)
        assert waiting.cancelled
        assert time.monotonic() - left < 2
    await asyncio.sleep(0.01)
    assert len(asyncio.all_tasks()) <= before
    assert caplog.records == []


async def test_a_client_that_goes_away_at_once_cancels_its_answer(
    make_app: MakeApp, served: Served, token: str
) -> None:
    waiting = Waiting(60)
    async with served(make_app(waiting)) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(token))
        await waiting.started.wait()
        writer.close()
        await asyncio.wait_for(waiting.ended.wait(), 5)
        assert waiting.cancelled


async def test_a_client_that_goes_away_with_its_body_is_forgotten(
    make_app: MakeApp, served: Served, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(make_app()) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(token)[:-5])
        await asyncio.sleep(0.05)
        writer.close()
        await asyncio.sleep(0.05)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_client_that_waits_gets_its_answer_and_may_ask_again(
    make_app: MakeApp, served: Served, token: str
) -> None:
    async with served(make_app(Waiting(0.1))) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(request(token))
            assert await asyncio.wait_for(reader.readuntil(b'{"data":{"greeting":"late"}}'), 2)
        writer.close()


async def test_waiting_for_a_client_costs_no_time(make_app: MakeApp, served: Served, token: str) -> None:
    async with served(make_app(Waiting(1))) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        started = time.process_time()
        writer.write(request(token))
        await reader.readuntil(b"late")
        assert time.process_time() - started < 0.3
        writer.close()


async def test_a_server_that_repeats_messages_is_not_asked_in_a_loop() -> None:
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"", "more_body": False}

    with CancelWhenGone(receive):
        await asyncio.sleep(0.3)
    assert 1 <= asked <= 8


async def test_a_cancellation_from_elsewhere_goes_on() -> None:
    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def work() -> None:
        with CancelWhenGone(receive):
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_only_the_block_is_cancelled() -> None:
    async def receive() -> Message:
        return {"type": "http.disconnect"}

    with CancelWhenGone(receive) as watch:
        await asyncio.sleep(60)
    assert watch.gone
    await asyncio.sleep(0)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
