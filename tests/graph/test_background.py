from __future__ import annotations

import asyncio

import pytest

from graph.background import running


async def test_the_work_goes_on_inside_and_has_ended_afterwards() -> None:
    told: list[str] = []
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            told.append("ended")

    async with running(work()):
        await begun.wait()
        told.append("inside")
    assert told == ["inside", "ended"]


async def test_work_that_ends_by_itself_leaves_the_block_alone() -> None:
    async with running(asyncio.sleep(0)):
        await asyncio.sleep(0.01)


async def test_what_the_work_raises_is_raised_at_the_end() -> None:
    reached: list[str] = []

    async def work() -> None:
        raise LookupError

    async def block() -> None:
        async with running(work()):
            await asyncio.sleep(0.01)
            reached.append("the end")

    with pytest.raises(LookupError):
        await block()
    assert reached == ["the end"]


async def test_cancelling_while_the_work_ends_is_not_lost() -> None:
    ending = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ending.set()
            await asyncio.sleep(0.01)

    async def block() -> None:
        async with running(work()):
            await asyncio.sleep(0)

    task = asyncio.create_task(block())
    await ending.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()
