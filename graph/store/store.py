"""The store, which runs statements with the Neo4j driver through `graph.store.connections`.

Statements go in with their parameters, rows of plain values come out, and every error of the driver leaves as one
of `graph.errors`. Reads are single auto-commit transactions in access mode READ, which take one round trip and are
safe to retry. Writes are managed transactions, and later reads of the same store wait for their bookmarks. A
statement that the server does not end in time is abandoned together with its connection.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any, Self, TypeVar, cast

import neo4j
from neo4j import AsyncDriver, AsyncResult, AsyncSession, Query
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import BadInput, StoreError
from graph.store.connections import (
    EXPLAIN,
    RETRY_DELAYS,
    Marks,
    Parameters,
    Rows,
    Run,
    in_transaction,
    open_driver,
    plan_of,
    query_of,
    rows_of,
    translated,
    value_of,
)
from graph.store.driver_errors import translate
from graph.store.guards import NO_GUARD, Guard
from graph.store.plans import Plan, refusal
from graph.store.pulse import Pulse
from graph.store.status import ServerStatus
from graph.store.values import native

GRACE = 0.5
"""Extra seconds in which the server may end a statement itself before the client gives up on the connection."""
CATCH_UP = 2.0
"""Seconds that a read waits for the database to catch up with its bookmarks."""
SHORT = 3.0
"""The deadline in seconds of short work, which has its own connections."""

T = TypeVar("T")


class Store:
    """A graph database that is open for reading and writing; safe to share between tasks of one event loop.

    `aside` reaches the same database over a few separate connections, for short work that must not wait for other work.
    """

    _no_marks = Marks()

    def __init__(self, driver: AsyncDriver, *, database: str, timeout: float, aside: Store | None = None) -> None:
        self._driver = driver
        self.guard: Guard = NO_GUARD
        self.aside = aside or self
        self.pulse = Pulse()
        self._database = database
        self._timeout = timeout
        self._marks = Marks()
        self._idle: list[AsyncSession] = []

    @classmethod
    def connect(
        cls, uri: str, *, username: str, password: str, database: str = "neo4j", timeout: float = 30.0
    ) -> Store:
        """Make a store for the server at `uri`; nothing is sent yet. `timeout` is the default deadline, in seconds.

        Raises `BadInput` when the address cannot be used.
        """
        short = min(timeout, SHORT)
        aside, driver = (
            open_driver(uri, username=username, password=password, most=most, seconds=seconds)
            for most, seconds in ((4, short), (100, timeout))
        )
        return cls(driver, database=database, timeout=timeout, aside=cls(aside, database=database, timeout=short))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        while self._idle:
            await self._idle.pop().close()
        await self._driver.close()
        if self.aside is not self:
            await self.aside.close()

    def watched(self) -> AbstractAsyncContextManager[None]:
        """Watch, inside a `with` block, whether the database answers; while it is silent, nothing waits for it."""
        return self.pulse.watched(lambda: self.aside.read("RETURN 1"))

    async def verify(self) -> None:
        """Raise `StoreUnavailable` or `BadInput` unless the server answers, lets us in, has the database and is new."""
        (await self.status()).check()

    async def status(self) -> ServerStatus:
        """Ask the server for its version, edition and address."""
        statement = "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"
        version, edition = (await self.read(statement))[0]
        with translated(self.guard):
            async with self.pulse.wait(self._timeout):
                info = await self._driver.get_server_info()
        return ServerStatus(f"{info.address[0]}:{info.address[1]}", str(version), str(edition), self._database)

    async def read(
        self,
        statement: str,
        parameters: Parameters = None,
        *,
        timeout: float | None = None,
        bookmarks: Iterable[str] = (),
    ) -> Rows:
        """Run one reading statement and return its rows as lists of values; temporal values are those of `datetime`.

        Raises `StoreTimeout` after `timeout` seconds (by default the store's own), `StoreUnavailable` or `StoreError`.
        """
        return await self._read(statement, parameters, timeout, bookmarks, rows_of)

    async def read_value(
        self,
        statement: str,
        parameters: Parameters = None,
        *,
        timeout: float | None = None,
        bookmarks: Iterable[str] = (),
    ) -> object:
        """Run a reading statement that returns one record, and return its first value as the driver gives it.

        It takes one round trip. Temporal values stay the driver's own, so have the statement return text. Raises as
        `read` does.
        """
        return await self._read(statement, parameters, timeout, bookmarks, value_of)

    async def pages(
        self, statement: str, parameters: Parameters, *, size: int, timeout: float, bookmarks: Iterable[str] = ()
    ) -> AsyncGenerator[Rows]:
        """Run one reading statement once and yield its rows in pages, as the caller takes them; raises as `read` does.

        `timeout` covers the time from the first page to the last, including the caller's own. Stopping early ends it.
        """
        ends = asyncio.get_running_loop().time() + timeout + GRACE
        if marks := tuple(bookmarks):
            await self.read("RETURN 1", bookmarks=marks)
        session = self._reader(marks, "OFF", fetch=size)
        query = query_of(statement, timeout)
        try:
            result = await self._step(lambda: session.run(query, cast(Any, parameters)), ends)
            while page := await self._step(lambda: result.fetch(size), ends):
                yield [[native(value) for value in record.values()] for record in page]
        except BaseException:
            session.cancel()
            raise
        finally:
            await session.close()

    async def _step(self, step: Callable[[], Awaitable[T]], ends: float) -> T:
        with translated(self.guard):
            async with self.pulse.wait(ends - asyncio.get_running_loop().time()):
                return await step()

    async def write(self, statement: str, parameters: Parameters = None, *, timeout: float | None = None) -> Rows:
        """Run one statement in a write transaction, and retry after temporary faults; so it must be idempotent.

        Raises as `read` does; after `StoreTimeout` it is unknown whether the statement took effect.
        """
        return await self.transaction(lambda run: run(statement, parameters), timeout=timeout)

    async def transaction(self, work: Callable[[Run], Awaitable[T]], *, timeout: float | None = None) -> T:
        """Run `work` in one write transaction, and retry after temporary faults; an error undoes everything."""
        seconds = self._timeout if timeout is None else timeout
        return await self._write(in_transaction(work, seconds), seconds)

    async def write_auto(self, statement: str, parameters: Parameters = None, *, timeout: float | None = None) -> Rows:
        """Run one statement outside our own transactions: schema commands and `CALL {} IN TRANSACTIONS`.

        It is not retried. Raises as `write` does.
        """
        seconds = self._timeout if timeout is None else timeout

        async def run(session: AsyncSession) -> Rows:
            return await rows_of(await session.run(query_of(statement, seconds), cast(Any, parameters)))

        return await self._write(run, seconds)

    async def explain(self, statement: str, parameters: Parameters = None) -> Plan:
        """Plan a statement without running it.

        Raises `StatementRefused`, with the reason and its position, when the statement cannot be planned.
        """
        try:
            return await self._read(f"{EXPLAIN}{statement}", parameters, None, (), plan_of, notifications="INFORMATION")
        except (BadInput, StoreError) as error:
            cause = error.__cause__
            raise refusal(str(getattr(cause, "message", None) or error), prefix=len(EXPLAIN)) from cause

    def last_bookmarks(self) -> frozenset[str]:
        """The bookmarks of what this store has written, for a reader elsewhere that must see it."""
        return self._marks.written

    async def version(self, *, bookmarks: Iterable[str] = ()) -> str:
        """Return a text that changes whenever anybody writes to the database; raises as `read` does."""

        async def mark(result: AsyncResult) -> str:
            made = await rows_of(result)
            return f"{made} {(await result.consume()).metadata['bookmark']}"

        if marks := tuple(bookmarks):
            await self.read("RETURN 1", bookmarks=marks)
        return await self._read("CALL db.info() YIELD creationDate RETURN creationDate", None, None, (), mark)

    async def _read(
        self,
        statement: str,
        parameters: Parameters,
        timeout: float | None,
        bookmarks: Iterable[str],
        take: Callable[[AsyncResult], Awaitable[T]],
        *,
        notifications: str = "OFF",
    ) -> T:
        seconds = self._timeout if timeout is None else timeout
        query = query_of(statement, seconds)
        marks = tuple(bookmarks)
        delays = iter(RETRY_DELAYS)
        with translated(self.guard):
            async with self.pulse.wait(seconds + GRACE):
                while True:
                    try:
                        if marks:
                            return await self._read_after(marks, query, parameters, take)
                        if notifications != "OFF":
                            async with self._reader((), notifications) as session:
                                return await take(await session.run(query, cast(Any, parameters)))
                        return await self._read_again(query, parameters, take)
                    except (DriverError, Neo4jError) as error:
                        delay = next(delays, None)
                        if delay is None or not error.is_retryable():
                            raise
                    await asyncio.sleep(delay * random.uniform(0.8, 1.2))

    async def _read_again(self, query: Query, parameters: Parameters, take: Callable[[AsyncResult], Awaitable[T]]) -> T:
        """Read in a session that was used before: making a new one takes a tenth of the time of a short read."""
        session = self._idle.pop() if self._idle else self._reader((), "OFF")
        try:
            found = await take(await session.run(query, cast(Any, parameters)))
        except BaseException:
            async with session:
                raise
        self._idle.append(session)
        return found

    async def _read_after(
        self, marks: tuple[str, ...], query: Query, parameters: Parameters, take: Callable[[AsyncResult], Awaitable[T]]
    ) -> T:
        """Read in a transaction; once it has begun, the database has caught up with the bookmarks."""
        async with self._reader(marks, "OFF") as session:
            try:
                async with asyncio.timeout(CATCH_UP):
                    transaction = await session.begin_transaction(timeout=query.timeout)
            except TimeoutError:
                raise translate(["BookmarkTimeout"], "") from None
            async with transaction:
                return await take(await transaction.run(query.text, cast(Any, parameters)))

    def _reader(self, marks: tuple[str, ...], notifications: str, *, fetch: int = -1) -> AsyncSession:
        return self._driver.session(
            database=self._database,
            default_access_mode=neo4j.READ_ACCESS,
            fetch_size=fetch,
            bookmarks=neo4j.Bookmarks.from_raw_values(marks) if marks else None,
            bookmark_manager=self._no_marks if self.guard.alone else self._marks,
            notifications_min_severity=cast(Any, notifications),
        )

    async def _write(self, run: Callable[[AsyncSession], Awaitable[T]], seconds: float) -> T:
        self.guard.check_write()
        used = self._marks.written
        awaited = neo4j.Bookmarks.from_raw_values(() if self.guard.alone else used)
        with translated(self.guard):
            async with (
                self.pulse.wait(seconds + GRACE),
                self._driver.session(database=self._database, fetch_size=-1, bookmarks=awaited) as session,
            ):
                found = await run(session)
                made = (await session.last_bookmarks()).raw_values
        self._marks.written = (self._marks.written - used) | made
        return found
