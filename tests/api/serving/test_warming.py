"""Warming asks each document once, and gives up one that takes long."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

from api.serving.warming import warm


class Application:
    """Notes what it is asked; what is named slow is answered when it is cancelled, as by a client that went away."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cancelled: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        document = orjson.loads((await receive())["body"])["query"]
        self.asked.append(document)
        if "slow" in document:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                self.cancelled.append(document)


async def test_a_document_that_takes_long_is_given_up_and_the_others_are_asked() -> None:
    app = Application()

    await warm(app, ["{ a }", "{ slow }", "{ b }"], token="t", most=0.05)

    assert app.asked == ["{ a }", "{ slow }", "{ b }"]
    assert app.cancelled == ["{ slow }"]


async def test_cancelled_it_asks_no_more() -> None:
    app = Application()
    task = asyncio.create_task(warm(app, ["{ slow }", "{ b }"], token="t"))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (app.asked, app.cancelled) == (["{ slow }"], ["{ slow }"])
