from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from graph.engine.client import Engine
from graph.errors import StoreTimeout, StoreUnavailable
from graph.settings import read_settings
from graph.store import Store
from graph.store.pulse import Pulse

SLOW = "CYPHER 25 /* pulse */ UNWIND range(1, 100000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x)"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped by a signal")


@pytest.fixture(scope="module")
async def own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Store, int]]:
    """A store of a server of its own, and the server's process."""
    folder = tmp_path_factory.mktemp("pulse") / "data"
    with Engine.start(read_settings(data_dir=folder, heap="512m", page_cache="64m")) as engine:
        running = engine.running
        async with Store.connect(running.uri, username=running.username, password=running.password) as store:
            await store.read("RETURN 1", timeout=300)
            yield store, running.pid


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def answers_again(store: Store) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                assert await store.read_value("RETURN 7") == 7
                return
            except StoreUnavailable:
                await asyncio.sleep(0.1)


async def test_a_stopped_database_is_noticed_by_all_who_wait_and_costs_the_next_nothing(own: tuple[Store, int]) -> None:
    store, pid = own
    async with store.watched():
        pages = store.pages("UNWIND range(1, 1000000) AS x RETURN x", {}, size=10, timeout=300)
        assert len(await anext(pages)) == 10
        with stopped(pid):
            waiting = [
                asyncio.create_task(store.read("RETURN 1", timeout=300)),
                asyncio.create_task(store.read_value(SLOW, timeout=300)),
                asyncio.create_task(store.write("CREATE (:Phone {key: 'p'})", timeout=300)),
                asyncio.create_task(store.read("RETURN 1", timeout=300, bookmarks=store.last_bookmarks())),
            ]
            async with asyncio.timeout(60):
                told = await asyncio.gather(*waiting, return_exceptions=True)
            assert [type(error) for error in told] == [StoreUnavailable] * 4
            assert {str(error) for error in told} == {"the database does not answer; try again in a moment"}
            assert store.pulse.silent
            began = time.process_time()
            for _ in range(200):
                with pytest.raises(StoreUnavailable):
                    await store.read("RETURN 1")
            with pytest.raises(StoreUnavailable):
                await anext(pages)
            assert time.process_time() - began < 5
        await answers_again(store)
        assert await asyncio.gather(*(store.read_value("RETURN $n", {"n": n}) for n in range(20))) == list(range(20))


async def test_what_a_stopped_database_does_not_end_is_abandoned_with_its_connection(own: tuple[Store, int]) -> None:
    store, pid = own
    pages = store.pages("UNWIND range(1, 1000000) AS x RETURN x", {}, size=10, timeout=10)
    unread = store.pages("UNWIND range(1, 1000000) AS x RETURN x", {}, size=10, timeout=300)
    assert (len(await anext(pages)), len(await anext(unread))) == (10, 10)
    with stopped(pid):
        async with asyncio.timeout(60):
            with pytest.raises(StoreTimeout):
                await store.read_value(SLOW, timeout=0.5)
            with pytest.raises(StoreTimeout):
                await _last(pages)
            await unread.aclose()
    await answers_again(store)


async def test_a_slow_statement_is_no_silence(own: tuple[Store, int]) -> None:
    store, _ = own
    async with store.watched():
        with pytest.raises(StoreTimeout):
            await store.read_value(SLOW, timeout=4)
        assert not store.pulse.silent


async def test_an_answer_to_another_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.pulse.PATIENCE", 1.2)
    pulse = Pulse()
    probed = asyncio.Event()

    async def probe() -> None:
        probed.set()
        await asyncio.sleep(60)

    async def wait(seconds: float) -> None:
        async with pulse.wait(60):
            await asyncio.sleep(seconds)

    async with pulse.watched(probe):
        slow = asyncio.create_task(wait(3))
        await probed.wait()
        while not slow.done():
            await wait(0.1)
        await slow


async def test_silence_ends_with_the_watch() -> None:
    pulse = Pulse()
    asked = asyncio.Event()

    async def probe() -> None:
        asked.set()
        raise StoreUnavailable("Away.")

    async def wait() -> None:
        async with pulse.wait(60):
            await asyncio.sleep(60)

    async with pulse.watched(probe):
        with pytest.raises(StoreUnavailable, match="does not answer"):
            await wait()
        assert asked.is_set()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            await wait()
    assert not pulse.silent


async def _last(pages: AsyncGenerator[list[list[object]]]) -> None:
    async for _ in pages:
        pass
