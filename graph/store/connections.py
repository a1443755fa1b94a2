"""Connections to Neo4j: the driver's settings, and how its errors and values are translated. For `graph.store` only."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    Query,
    unit_of_work,
)
from neo4j.api import AsyncBookmarkManager
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from graph.errors import BadInput
from graph.store.guards import Guard, understood
from graph.store.plans import Plan, read_plan
from graph.store.uri import BAD_URI, check_uri
from graph.store.values import native

RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds before each retry of a read that met a temporary fault, such as a change of leader."""

# `explain` returns the server's remarks to its caller; without this the driver's logger would print them as well.
logging.getLogger("neo4j.notifications").propagate = False
logging.getLogger("neo4j.notifications").addHandler(logging.NullHandler())

EXPLAIN = "EXPLAIN "

T = TypeVar("T")
Rows = list[list[object]]
Parameters = Mapping[str, object] | None
Run = Callable[[str, Parameters], Awaitable[Rows]]
"""Runs one statement of a transaction and returns its rows."""


def open_driver(uri: str, *, username: str, password: str, most: int, seconds: float) -> AsyncDriver:
    """Return a driver with at most `most` connections; nothing is sent yet. Getting a connection takes up to `seconds`.

    Raises `BadInput` when the address cannot be used.
    """
    check_uri(uri)
    try:
        return AsyncGraphDatabase.driver(
            uri,
            auth=(username, password),
            connection_timeout=min(seconds, 10.0),
            connection_acquisition_timeout=min(seconds, 10.0),
            max_connection_pool_size=most,
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


class Marks(AsyncBookmarkManager):
    """Makes every read wait for what the store wrote, but not for earlier reads."""

    def __init__(self) -> None:
        self.written: frozenset[str] = frozenset()

    async def get_bookmarks(self) -> frozenset[str]:
        """Return the bookmarks of what was written."""
        return self.written

    async def update_bookmarks(self, previous_bookmarks: Iterable[str], new_bookmarks: Iterable[str]) -> None:
        """Ignore the bookmarks of reads."""

    async def forget(self) -> None:
        """Do nothing: there is nothing to release."""


def query_of(statement: str, seconds: float) -> Query:
    """Return a statement that the server ends after `seconds`."""
    return Query(cast(Any, statement), timeout=seconds)


async def rows_of(result: AsyncResult) -> Rows:
    """Return all rows of a result, with Python's own types of values."""
    return [[native(value) for value in record.values()] async for record in result]


def in_transaction(work: Callable[[Run], Awaitable[T]], seconds: float) -> Callable[[AsyncSession], Awaitable[T]]:
    """Return a function that does `work` in a write transaction of a session; the server ends it after `seconds`."""

    @unit_of_work(timeout=seconds)
    async def unit(transaction: AsyncManagedTransaction) -> T:
        async def run(statement: str, parameters: Parameters = None) -> Rows:
            return await rows_of(await transaction.run(cast(Any, statement), cast(Any, parameters)))

        return await work(run)

    return lambda session: session.execute_write(unit)


async def plan_of(result: AsyncResult) -> Plan:
    """Return the plan of a statement that begins with `EXPLAIN`."""
    told = await result.consume()
    notices = [status for status in told.gql_status_objects if status.is_notification]
    return read_plan(told.plan or {}, told.query_type or "r", notices, prefix=len(EXPLAIN))


async def value_of(result: AsyncResult) -> object:
    """Return the first value of a result's one record."""
    return (await result.single(strict=True)).value()


@contextmanager
def translated(guard: Guard) -> Iterator[None]:
    """Turn whatever the driver raises inside into one of `graph.errors`, and tell the guard."""
    try:
        yield
    except (TimeoutError, OverflowError, UnicodeEncodeError, DriverError, Neo4jError) as error:
        raise understood(error, guard) from error
