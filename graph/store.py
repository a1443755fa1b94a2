"""The store: the only module that speaks to the Neo4j driver.

Statements go in with their parameters, rows of plain values come out, and every error of the driver leaves as one
of `graph.errors`. Reads are single auto-commit transactions in access mode READ, which take one round trip and are
safe to try again; writes are managed transactions whose bookmarks later reads of the same store wait for. A session
that has read is kept for the next reading, since making one costs as much as a tenth of a short read.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar, cast

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncResult, AsyncSession, Query
from neo4j.api import AsyncBookmarkManager
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from graph.errors import BadInput, StoreError
from graph.faults import translate
from graph.plan import Plan, read_plan, refusal
from graph.status import ServerStatus
from graph.uri import BAD_URI, check_uri
from graph.values import native

RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds before each further try of a read that met a passing fault, such as a change of leader."""
GRACE = 0.5
"""Seconds that the server has to end a statement by itself before the client gives up on the connection."""

# `explain` hands the server's remarks to its caller; without this the driver's logger would print them as well.
logging.getLogger("neo4j.notifications").addHandler(logging.NullHandler())

T = TypeVar("T")
Parameters = Mapping[str, object] | None
Rows = list[list[object]]


class _Marks(AsyncBookmarkManager):
    """Lets every reading wait for what the store wrote, and for no earlier reading."""

    def __init__(self) -> None:
        self.written: frozenset[str] = frozenset()

    async def get_bookmarks(self) -> frozenset[str]:
        return self.written

    async def update_bookmarks(self, previous_bookmarks: Iterable[str], new_bookmarks: Iterable[str]) -> None: ...

    async def forget(self) -> None: ...


class Store:
    """A graph database that is open for reading and writing; safe to share between tasks of one event loop."""

    def __init__(self, driver: AsyncDriver, *, database: str, timeout: float) -> None:
        self._driver = driver
        self._database = database
        self._timeout = timeout
        self._marks = _Marks()
        self._idle: list[AsyncSession] = []

    @classmethod
    def connect(
        cls, uri: str, *, username: str, password: str, database: str = "neo4j", timeout: float = 30.0
    ) -> Store:
        """Make a store for the server at `uri`; nothing is sent yet. `timeout` is the default deadline, in seconds.

        Raises `BadInput` when the address cannot be used.
        """
        check_uri(uri)
        try:
            driver = AsyncGraphDatabase.driver(
                uri,
                auth=(username, password),
                connection_timeout=min(timeout, 10.0),
                connection_acquisition_timeout=timeout,
                max_transaction_retry_time=sum(RETRY_DELAYS),
                initial_retry_delay=RETRY_DELAYS[0],
                liveness_check_timeout=60.0,
                keep_alive=True,
                telemetry_disabled=True,
                user_agent="sightline",
                notifications_min_severity="OFF",
            )
        except (ConfigurationError, ValueError) as error:
            raise BadInput(BAD_URI) from error
        return cls(driver, database=database, timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        while self._idle:
            await self._idle.pop().close()
        await self._driver.close()

    async def verify(self) -> None:
        """Check that the server answers, accepts the password, has the database and is new enough.

        Raises `StoreUnavailable` or `BadInput`, in one sentence.
        """
        (await self.status()).check()

    async def status(self) -> ServerStatus:
        """Ask the server for its version, edition and address."""
        rows = await self.read("CALL dbms.components() YIELD versions, edition RETURN versions[0], edition")
        version, edition = rows[0]
        with _translated():
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
        """Run one reading statement and give its rows as lists of values; dates come as `datetime` values.

        Raises `StoreTimeout` after `timeout` seconds (the store's own when None), `StoreUnavailable`, `StoreError`.
        """
        return await self._read(statement, parameters, timeout, bookmarks, _rows)

    async def read_value(
        self,
        statement: str,
        parameters: Parameters = None,
        *,
        timeout: float | None = None,
        bookmarks: Iterable[str] = (),
    ) -> object:
        """Run a reading statement that returns one record and give its first value as the driver has it.

        One round trip. Temporal values stay the driver's own: return text. Raises as `read` does.
        """
        return await self._read(statement, parameters, timeout, bookmarks, _value)

    async def pages(
        self, statement: str, parameters: Parameters, *, size: int, timeout: float, bookmarks: Iterable[str] = ()
    ) -> AsyncGenerator[Rows]:
        """Run one reading statement once and give its rows in pages, as they are taken; raises as `read` does."""
        with _translated():
            async with self._reader(tuple(bookmarks), "OFF", fetch=size) as session:
                running = session.run(_query(statement, timeout), cast(Any, parameters))
                result = await asyncio.wait_for(running, timeout + GRACE)
                while page := await asyncio.wait_for(result.fetch(size), timeout + GRACE):
                    yield [[native(value) for value in record.values()] for record in page]

    async def write(self, statement: str, parameters: Parameters = None, *, timeout: float | None = None) -> Rows:
        """Run one statement in a write transaction, again after passing faults; so it must be idempotent.

        Raises as `read` does; after `StoreTimeout` it is unknown whether the statement took effect.
        """
        seconds = self._timeout if timeout is None else timeout

        @neo4j.unit_of_work(timeout=seconds)
        async def work(transaction: neo4j.AsyncManagedTransaction) -> Rows:
            return await _rows(await transaction.run(cast(Any, statement), cast(Any, parameters)))

        async def run(session: AsyncSession) -> Rows:
            return await session.execute_write(work)

        return await self._write(run, seconds)

    async def write_auto(self, statement: str, parameters: Parameters = None, *, timeout: float | None = None) -> Rows:
        """Run one statement outside a transaction of ours: schema commands and `CALL {} IN TRANSACTIONS`.

        It is tried once. Raises as `write` does.
        """
        seconds = self._timeout if timeout is None else timeout

        async def run(session: AsyncSession) -> Rows:
            return await _rows(await session.run(_query(statement, seconds), cast(Any, parameters)))

        return await self._write(run, seconds)

    async def explain(self, statement: str, parameters: Parameters = None) -> Plan:
        """Plan a statement without running it.

        Raises `StatementRefused`, with the reason and its place, when the statement does not plan.
        """

        async def summary(result: AsyncResult) -> Plan:
            told = await result.consume()
            notices = [status for status in told.gql_status_objects if status.is_notification]
            return read_plan(told.plan or {}, told.query_type or "r", notices, prefix=len("EXPLAIN "))

        try:
            return await self._read(f"EXPLAIN {statement}", parameters, None, (), summary, notifications="INFORMATION")
        except StoreError as error:
            cause = error.__cause__
            raise refusal(str(getattr(cause, "message", None) or error), prefix=len("EXPLAIN ")) from cause

    def last_bookmarks(self) -> frozenset[str]:
        """The marks of what this store has written, for a reader elsewhere that must see it."""
        return self._marks.written

    async def version(self, *, bookmarks: Iterable[str] = ()) -> str:
        """Return a text that is another one once anything was written, by whomever; raises as `read` does."""

        async def mark(result: AsyncResult) -> str:
            return str((await result.consume()).metadata["bookmark"])

        return await self._read("RETURN 1", None, None, bookmarks, mark)

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
        query = _query(statement, seconds)
        marks = tuple(bookmarks)
        delays = iter(RETRY_DELAYS)
        with _translated():
            async with asyncio.timeout(seconds + GRACE):
                while True:
                    try:
                        if marks or notifications != "OFF":
                            async with self._reader(marks, notifications) as session:
                                return await take(await session.run(query, cast(Any, parameters)))
                        return await self._read_again(query, parameters, take)
                    except (DriverError, Neo4jError) as error:
                        delay = next(delays, None)
                        if delay is None or not error.is_retryable():
                            raise
                    await asyncio.sleep(delay * random.uniform(0.8, 1.2))

    async def _read_again(self, query: Query, parameters: Parameters, take: Callable[[AsyncResult], Awaitable[T]]) -> T:
        """Read in a session that has read before, where one is idle; it is kept unless something goes wrong."""
        session = self._idle.pop() if self._idle else self._reader((), "OFF")
        try:
            found = await take(await session.run(query, cast(Any, parameters)))
        except BaseException:
            async with session:
                raise
        self._idle.append(session)
        return found

    def _reader(self, marks: tuple[str, ...], notifications: str, *, fetch: int = -1) -> AsyncSession:
        return self._driver.session(
            database=self._database,
            default_access_mode=neo4j.READ_ACCESS,
            fetch_size=fetch,
            bookmarks=neo4j.Bookmarks.from_raw_values(marks) if marks else None,
            bookmark_manager=self._marks,
            notifications_min_severity=cast(Any, notifications),
        )

    async def _write(self, run: Callable[[AsyncSession], Awaitable[Rows]], seconds: float) -> Rows:
        used = self._marks.written
        with _translated():
            async with (
                asyncio.timeout(seconds + GRACE),
                self._driver.session(
                    database=self._database, fetch_size=-1, bookmarks=neo4j.Bookmarks.from_raw_values(used)
                ) as session,
            ):
                rows = await run(session)
                made = (await session.last_bookmarks()).raw_values
        self._marks.written = (self._marks.written - used) | made
        return rows


def _query(statement: str, seconds: float) -> Query:
    return Query(cast(Any, statement), timeout=seconds)


async def _rows(result: AsyncResult) -> Rows:
    return [[native(value) for value in record.values()] async for record in result]


async def _value(result: AsyncResult) -> object:
    return (await result.single(strict=True)).value()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever the driver raises inside into one of `graph.errors`."""
    try:
        yield
    except (TimeoutError, DriverError, Neo4jError) as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        raise translate(kinds, getattr(error, "code", None) or "") from error
