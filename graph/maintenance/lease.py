"""The lease on a store: whoever changes the whole store holds it, so that two never do so at once.

It is part of the store's record, so it works across processes and machines. Its holder renews it during the work. A
holder that cannot is stopped before the lease expires and another may take it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import uuid4

from graph.background import running
from graph.errors import Refused, SightlineError, StoreError, StoreUnavailable
from graph.maintenance.record import RECORD, RECORD_SCHEMA, REPLACING, STORE, WORK
from graph.processes import Process
from graph.store import Store

HOLD_SECONDS = 120.0
"""Seconds that a lease lasts unless it is renewed."""
RENEWALS = 4
"""How often a lease is renewed during the time that it lasts."""
POLL_SECONDS = 1.0
_MARGIN = 0.1
"""The holder stops when only this fraction of the lease is left."""
_TRIES = 5

_KNOWN = f"CYPHER 25 MATCH {RECORD} RETURN 1"
_TAKE = f"""CYPHER 25
MERGE {RECORD}
SET record.asked = $holder
WITH record, record.holder IS NULL OR record.holder = $holder OR record.holder = $ended
  OR record.expiresAt <= datetime.realtime() AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET record.holder = $holder, record.work = $work, record.since = datetime.realtime(),
    record.expiresAt = datetime.realtime() + duration({{seconds: $seconds}}),
    record.machine = $machine, record.process = $process, record.processBegan = $began
)
REMOVE record.asked
RETURN free, record.holder, record.work, record.machine, record.process, record.processBegan"""
_RENEW = f"""CYPHER 25
MATCH {RECORD} WHERE record.holder = $holder
SET record.expiresAt = datetime.realtime() + duration({{seconds: $seconds}})
RETURN count(*)"""
_RELEASE = f"""CYPHER 25
MATCH {RECORD} WHERE record.holder = $holder
REMOVE record.holder, record.work, record.since, record.expiresAt,
  record.machine, record.process, record.processBegan
SET record.unfinished = CASE WHEN $finished AND record.unfinished = $work THEN null ELSE record.unfinished END
RETURN count(*)"""
_BEGIN = f"""CYPHER 25
MATCH {RECORD} WHERE record.holder = $holder
SET record.unfinished = CASE WHEN $replaces THEN $work ELSE coalesce(record.unfinished, $work) END
RETURN count(*)"""
LOST = "another process took over the store, because this one was not heard of for too long; run this again"


def fence(holder: str) -> str:
    """Return the clause that finds nothing once `holder`, an expression, has lost the lease."""
    return f"MATCH (lease_:{STORE} {{key: 'store'}}) WHERE lease_.holder = {holder}"


@dataclass(slots=True)
class Lease:
    """The right to change the whole store; `holder` names it in the store's record, and `begun` says if it was used."""

    holder: str
    work: str
    begun: bool = False


def lease_properties(lease: Lease, *, seconds: float) -> dict[str, object]:
    """Return what a store's record says about a lease of this process, for a store that is still being made."""
    us, now = Process.current(), datetime.now(UTC)
    return {
        "key": "store",
        "holder": lease.holder,
        "work": lease.work,
        "unfinished": lease.work,
        "machine": us.machine,
        "process": us.id,
        "processBegan": us.began,
        "since": now,
        "expiresAt": now + timedelta(seconds=seconds),
    }


async def is_held(store: Store, lease: Lease) -> bool:
    """Tell whether the lease is still held."""
    found = await store.read(f"CYPHER 25 {fence('$holder')} RETURN count(*)", {"holder": lease.holder})
    return found == [[1]]


@asynccontextmanager
async def hold(
    store: Store,
    work: str,
    *,
    seconds: float = HOLD_SECONDS,
    waiting: Callable[[str], None] | None = None,
    holder: str | None = None,
) -> AsyncIterator[Lease]:
    """Hold the store's lease for one of `graph.maintenance.record.WORK`, renewed until the block ends.

    While another process has the lease, this waits and calls `waiting` with what is running; without `waiting` it
    raises `Refused`, which says so. A holder that stalls or is cut off for so long that it loses the lease is stopped,
    and `Refused` is raised. `holder` takes over a lease that was written beforehand.
    """
    lease = Lease(holder or uuid4().hex, work)
    taken_at = await _take(store, lease, seconds, waiting)
    finished = False
    try:
        async with asyncio.timeout_at(taken_at + seconds * (1 - _MARGIN)) as limit:
            async with running(_renew(store, lease, seconds, limit)):
                yield lease
            finished = True
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise Refused(LOST) from error
    finally:
        values = {"holder": lease.holder, "work": work, "finished": finished and lease.begun}
        with suppress(SightlineError):
            await asyncio.shield(store.write(_RELEASE, values))


async def begin(store: Store, lease: Lease) -> None:
    """Note, before anything is written or deleted, that the store is incomplete until the lease's block succeeds.

    Raises `Refused` when the lease is lost.
    """
    values = {"holder": lease.holder, "work": lease.work, "replaces": lease.work in REPLACING}
    if await store.write(_BEGIN, values) != [[1]]:
        raise Refused(LOST)
    lease.begun = True


async def _take(store: Store, lease: Lease, seconds: float, waiting: Callable[[str], None] | None) -> float:
    """Take the lease and return the event loop's time at which it began."""
    loop = asyncio.get_running_loop()
    us = Process.current()
    if not await store.read(_KNOWN):
        await _ensure_unique(store)
    values: dict[str, object] = {
        "holder": lease.holder,
        "work": lease.work,
        "seconds": seconds,
        "ended": None,
        "machine": us.machine,
        "process": us.id,
        "began": us.began,
    }
    while True:
        asked_at = loop.time()
        ((free, holder, work, *process),) = await store.write(_TAKE, values)
        if free:
            return asked_at
        if Process(*cast(tuple[str, int, int], process)).has_ended():
            values["ended"] = holder
            continue
        told = WORK.get(cast(str, work), "other work on the store is going on")
        if waiting is None:
            raise Refused(f"{told}; wait until it has ended, and try again")
        waiting(f"Waiting: {told}")
        await asyncio.sleep(POLL_SECONDS)


async def _ensure_unique(store: Store) -> None:
    """Make sure that there can never be two records, even while others do the same."""
    for tries_left in reversed(range(_TRIES)):
        try:
            await store.write_auto(RECORD_SCHEMA)
        except (StoreError, StoreUnavailable):
            if not tries_left:
                raise
            await asyncio.sleep(POLL_SECONDS / 10)
        else:
            return


async def _renew(store: Store, lease: Lease, seconds: float, limit: asyncio.Timeout) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(seconds / RENEWALS)
        asked_at = loop.time()
        with suppress(SightlineError):
            kept = await store.write(_RENEW, {"holder": lease.holder, "seconds": seconds}) == [[1]]
            if limit.expired():
                return
            limit.reschedule(asked_at + seconds * (1 - _MARGIN) if kept else loop.time())
