from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import pytest

from graph.errors import Refused, StoreUnavailable
from graph.maintenance import lease as lease_module
from graph.maintenance.lease import begin, hold, is_held
from graph.maintenance.record import UNFINISHED, WORK, read_record
from graph.opening import Opened
from graph.store import Store

TAKEN_OVER = "MATCH (record:SightlineStore) SET record.holder = 'another'"


@contextmanager
def holding(environment: Mapping[str, str], work: str) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the lease of the run's store."""
    command = [sys.executable, "-m", "tests.graph.holding", work]
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


async def take(store: Store, work: str) -> None:
    """Take the lease and give it back."""
    async with hold(store, work):
        pass


@pytest.mark.parametrize("work", WORK)
async def test_a_second_is_told_what_goes_on_and_may_begin_when_it_has_ended(empty: Store, work: str) -> None:
    async with hold(empty, work):
        with pytest.raises(Refused) as told:
            await take(empty, "seed")
    assert str(told.value) == f"{WORK[work]}; wait until it has ended, and try again"
    await take(empty, "seed")


async def test_one_of_many_at_once_has_it(empty: Store) -> None:
    await empty.write_auto("DROP CONSTRAINT SightlineStore_key IF EXISTS")
    holders = 0

    async def work() -> None:
        nonlocal holders
        async with hold(empty, "import", waiting=lambda _: None):
            holders += 1
            assert holders == 1
            await asyncio.sleep(0.01)
            holders -= 1

    await asyncio.gather(*(work() for _ in range(4)))
    assert await empty.read("MATCH (record:SightlineStore) RETURN count(record)") == [[1]]


async def test_a_second_can_wait_and_is_told_for_what(empty: Store) -> None:
    told = asyncio.Event()
    texts: list[str] = []

    def tell(text: str) -> None:
        texts.append(text)
        told.set()

    async with hold(empty, "import"):
        waiting = asyncio.create_task(_wait(empty, tell))
        await told.wait()
        assert not waiting.done()
    await waiting
    assert set(texts) == {"Waiting: a file is being imported"}


async def _wait(store: Store, tell: Callable[[str], None]) -> None:
    async with hold(store, "seed", waiting=tell):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a lease is waited for until it has run out")
async def test_a_lease_of_a_process_that_was_killed_is_free_at_once(
    empty: Store, opened: Opened, environment: Mapping[str, str]
) -> None:
    with holding(environment, "import") as process:
        with pytest.raises(Refused, match="a file is being imported"):
            await take(empty, "reset")
        assert (await read_record(empty)).process == process.pid
    record = await read_record(empty)
    assert (record.working, record.interrupted) == (None, UNFINISHED["import"])
    await take(empty, "sweep")
    assert (await read_record(empty)).interrupted == UNFINISHED["import"]


async def test_a_lease_of_another_machine_is_free_when_it_has_run_out(empty: Store) -> None:
    elsewhere = (
        "MERGE (r:SightlineStore {key: 'store'}) SET r.holder = 'x', r.work = 'sweep', r.machine = 'elsewhere', "
        "r.process = 1, r.processBegan = 1, r.expiresAt = datetime() + duration({seconds: $left})"
    )
    await empty.write(elsewhere, {"left": 60})
    with pytest.raises(Refused, match="a sweep is running"):
        await take(empty, "sweep")
    await empty.write(elsewhere, {"left": -1})
    await take(empty, "sweep")


async def test_who_lost_the_lease_is_stopped(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_module, "RENEWALS", 600)

    async def work() -> None:
        async with hold(empty, "import", seconds=600) as lease:
            await empty.write(TAKEN_OVER)
            assert not await is_held(empty, lease)
            await asyncio.Event().wait()

    with pytest.raises(Refused, match="another process took over the store"):
        await work()
    assert await empty.read("MATCH (r:SightlineStore) RETURN r.holder") == [["another"]]


async def test_who_cannot_renew_is_stopped(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreachable(*_: object, **__: object) -> None:
        raise StoreUnavailable("the database cannot be reached")

    async def work() -> None:
        async with hold(empty, "import", seconds=4):
            monkeypatch.setattr(empty, "write", unreachable)
            await asyncio.Event().wait()

    with pytest.raises(Refused, match="another process took over the store"):
        await work()


async def test_work_that_goes_on_keeps_the_lease(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_module, "RENEWALS", 600)
    expiry = "MATCH (r:SightlineStore) RETURN r.expiresAt"
    async with hold(empty, "sweep", seconds=600) as lease:
        first = await empty.read(expiry)
        for _ in range(1_000):
            if await empty.read(expiry) != first:
                break
            await asyncio.sleep(0.1)
        assert await empty.read(expiry) > first
        assert await is_held(empty, lease)


async def test_what_did_not_end_well_is_remembered_until_it_has(empty: Store) -> None:
    async def fail(work: str) -> None:
        async with hold(empty, work) as lease:
            await begin(empty, lease)
            raise ValueError

    async def succeed(work: str) -> None:
        async with hold(empty, work) as lease:
            await begin(empty, lease)

    for work, after in (("reset", "reset"), ("import", "reset"), ("seed", "seed")):
        with pytest.raises(ValueError, match=r"^$"):
            await fail(work)
        assert (await read_record(empty)).unfinished == after
    await succeed("import")
    await take(empty, "reset")
    assert (await read_record(empty)).interrupted == UNFINISHED["seed"]
    await succeed("reset")
    assert (await read_record(empty)).interrupted is None
