import asyncio
import time
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime

import pytest

from graph.errors import BadInput, StatementRefused, StoreError, StoreTimeout, StoreUnavailable
from graph.opening import Opened
from graph.store import Store
from graph.store.connections import Run
from graph.store.plans import Position
from graph.store.status import ServerStatus

SLOW = "CYPHER 25 /* slow */ UNWIND range(1, 100000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x)"


async def test_reads_what_was_written(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: $key})", {"key": "c1"})
    assert await empty.read("MATCH (c:Child) RETURN c.key") == [["c1"]]
    assert await empty.read_value("MATCH (c:Child) RETURN count(c)") == 1


async def test_empty_wipes_the_data_and_keeps_the_schema(empty: Store) -> None:
    assert await empty.read_value("MATCH (n) RETURN count(n)") == 0
    assert await empty.read_value("SHOW CONSTRAINTS YIELD name RETURN count(*) > 10")


async def test_dates_and_instants_are_the_language_s_own(store: Store) -> None:
    day, instant = date(2024, 5, 31), datetime(2024, 5, 31, 12, 30, tzinfo=UTC)
    got = await store.read("RETURN $day, [$instant], {day: $day}", {"day": day, "instant": instant})
    assert got == [[day, [instant], {"day": day}]]


async def test_a_transaction_is_one_and_an_error_undoes_all_of_it(empty: Store) -> None:
    count = "MATCH (p:Phone) RETURN count(p)"

    async def work(run: Run) -> object:
        await run("CREATE (:Phone {key: 'a'})", None)
        await run("CREATE (:Phone {key: $key})", {"key": "b"})
        return (await run(count, None))[0][0]

    async def fail(run: Run) -> None:
        await work(run)
        raise BadInput("no")

    with pytest.raises(BadInput, match=r"^no$"):
        await empty.transaction(fail)
    assert await empty.read(count) == [[0]]
    assert await empty.transaction(work) == 2
    assert await empty.read(count) == [[2]], "a later read waits for it"


async def test_write_auto_runs_statements_that_make_their_own_transactions(empty: Store) -> None:
    await empty.write_auto("UNWIND range(1, 30) AS i CALL (i) { CREATE (:Phone {key: i}) } IN TRANSACTIONS OF 10 ROWS")
    assert await empty.read_value("MATCH (p:Phone) RETURN count(p)") == 30


@pytest.mark.parametrize("statement", ["UNWIND [] AS x RETURN x", "UNWIND [1, 2] AS x RETURN x"])
async def test_read_value_wants_exactly_one_record(store: Store, statement: str) -> None:
    with pytest.raises(StoreError, match="exactly one record"):
        await store.read_value(statement)


async def test_a_read_may_not_write(empty: Store) -> None:
    with pytest.raises(StoreError, match="AccessMode"):
        await empty.read("CREATE (:Child {key: 'c1'})")
    assert await empty.read_value("MATCH (n) RETURN count(n)") == 0


async def test_a_deadline_ends_the_statement_on_the_server(store: Store) -> None:
    began = time.monotonic()
    with pytest.raises(StoreTimeout, match="in time"):
        await store.read(SLOW, timeout=0.5)
    assert time.monotonic() - began < 5
    await _wait_for_slow_statements(store, 0)


async def test_a_write_has_a_deadline_too(empty: Store) -> None:
    with pytest.raises(StoreTimeout):
        await empty.write(f"{SLOW.removesuffix('RETURN count(x)')} CREATE (:Child {{key: x}})", timeout=0.5)
    await _wait_for_slow_statements(empty, 0)


async def test_a_cancelled_task_ends_its_statement_and_leaves_the_pool_clean(store: Store) -> None:
    task = asyncio.create_task(store.read_value(SLOW, timeout=60))
    await _wait_for_slow_statements(store, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await _wait_for_slow_statements(store, 0)
    assert await asyncio.gather(*(store.read_value("RETURN $i", {"i": i}) for i in range(20))) == list(range(20))


async def test_a_write_s_bookmark_is_kept_and_replaces_the_one_before(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: 'c1'})")
    first = empty.last_bookmarks()
    await empty.write("CREATE (:Child {key: 'c2'})")
    assert len(first) == len(empty.last_bookmarks()) == 1
    assert first != empty.last_bookmarks()
    assert await empty.read_value("MATCH (c:Child) RETURN count(c)", bookmarks=first) == 2


async def test_a_bookmark_that_nobody_has_yet_is_not_waited_for_long(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: 'c1'})")
    marks = [to_come(mark) for mark in empty.last_bookmarks()]
    readings = [
        empty.read("MATCH (c:Child) RETURN c.key", bookmarks=marks),
        empty.read_value("RETURN 1", bookmarks=marks),
        empty.version(bookmarks=marks),
        anext(empty.pages("MATCH (c:Child) RETURN c.key", {}, size=10, timeout=300, bookmarks=marks)),
    ]
    async with asyncio.timeout(25):  # the server itself would wait for 30 seconds
        told = await asyncio.gather(*readings, return_exceptions=True)
    assert [type(error) for error in told] == [StoreUnavailable] * 4
    assert {str(error) for error in told} == {
        "the database has not caught up with these bookmarks; try again in a moment"
    }
    known = empty.last_bookmarks()
    assert await empty.read_value("MATCH (c:Child) RETURN count(c)", bookmarks=known) == 1
    assert [page async for page in empty.pages("RETURN 7", {}, size=10, timeout=60, bookmarks=known)] == [[[7]]]
    assert await empty.version(bookmarks=known) == await empty.version()


def to_come(bookmark: str) -> str:
    """Return a bookmark of the same database that is far ahead: its last part is the number of a transaction."""
    head = b64decode(bookmark.removeprefix("FB:") + "===")[:19]
    return "FB:" + b64encode(head + b"\xca\x7f\xff\xff\xff\x90").decode()


async def test_short_work_has_connections_of_its_own(opened: Opened) -> None:
    access = opened.access
    async with Store.connect(access.uri, username="neo4j", password=access.password) as store:
        unread = [store.pages("UNWIND range(1, 100000) AS x RETURN x", {}, size=1, timeout=300) for _ in range(100)]
        try:
            assert [await anext(pages) for pages in unread] == [[[1]]] * 100
            with pytest.raises(StoreTimeout):
                await store.read("RETURN 1", timeout=0.5)
            assert await store.aside.read("RETURN 1", timeout=60) == [[1]]
            assert (await store.aside.status()).edition == "community"
        finally:
            for pages in unread:
                await pages.aclose()
        assert await store.read("RETURN 1") == [[1]]


async def test_a_refused_statement_is_told_without_its_text_and_values(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: $key})", {"key": "a-secret"})
    with pytest.raises(StoreUnavailable, match="a record with this key") as refused:
        await empty.write("CREATE (:Child {key: $key})", {"key": "a-secret"})
    assert "a-secret" not in str(refused.value)
    assert "a-secret" in str(refused.value.__cause__)


async def test_explain_names_operators_and_unknown_labels(store: Store) -> None:
    plan = await store.explain("CYPHER 25 MATCH (c:Chil) RETURN c.key")
    assert plan.operators == ("ProduceResults", "Projection", "NodeByLabelScan")
    assert [(notice.code, notice.position) for notice in plan.notifications] == [("01N50", Position(1, 20))]
    assert not plan.writes


async def test_explain_runs_nothing(empty: Store) -> None:
    assert (await empty.explain("CREATE (:Child {key: 'c1'})")).writes
    assert await empty.read_value("MATCH (n) RETURN count(n)") == 0


async def test_explain_says_where_a_statement_is_wrong(store: Store) -> None:
    with pytest.raises(StatementRefused, match="Variable `x` not defined") as refused:
        await store.explain("CYPHER 25 RETURN x")
    assert (refused.value.line, refused.value.column) == (1, 18)
    with pytest.raises(StatementRefused, match="Invalid input 'MATC'") as refused:
        await store.explain("CYPHER 25\nMATC (n)\nRETURN n")
    assert (refused.value.line, refused.value.column) == (2, 1)


async def test_status_is_the_server_s(store: Store, opened: Opened) -> None:
    status = await store.status()
    assert status == ServerStatus(opened.access.uri.removeprefix("bolt://"), status.version, "community", "neo4j")
    assert status.version.startswith("20")


@pytest.mark.parametrize("uri", ["http://localhost:7687", "localhost:7687", "bolt://", "bolt://host:port", ""])
async def test_an_address_that_cannot_be_used_is_bad_input(uri: str) -> None:
    with pytest.raises(BadInput, match="NEO4J_URI"):
        Store.connect(uri, username="neo4j", password="x")


@pytest.mark.parametrize("scheme", ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"])
async def test_each_scheme_of_the_driver_is_known(scheme: str) -> None:
    await Store.connect(f"{scheme}://host.example:7687", username="neo4j", password="x").close()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j+s"])
async def test_a_server_that_is_not_there_is_unavailable(scheme: str) -> None:
    async with Store.connect(f"{scheme}://127.0.0.1:9", username="neo4j", password="x") as store:
        with pytest.raises(StoreUnavailable, match="NEO4J_URI"):
            await store.verify()


async def test_a_wrong_password_names_the_variables(opened: Opened) -> None:
    async with Store.connect(opened.access.uri, username="neo4j", password="wrong") as store:
        with pytest.raises(StoreUnavailable, match="NEO4J_USERNAME and NEO4J_PASSWORD"):
            await store.verify()


async def test_an_unknown_database_names_the_variable(opened: Opened) -> None:
    access = opened.access
    async with Store.connect(access.uri, username="neo4j", password=access.password, database="nothere") as store:
        with pytest.raises(StoreUnavailable, match="NEO4J_DATABASE"):
            await store.verify()


async def test_an_old_server_is_refused(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    async def status(_: Store) -> ServerStatus:
        return ServerStatus("host:7687", "5.26.1", "enterprise", "neo4j")

    monkeypatch.setattr(Store, "status", status)
    with pytest.raises(BadInput, match=r"5\.26\.1; Sightline needs 2025\.06"):
        await opened.store.verify()


async def test_a_read_survives_a_lost_connection(opened: Opened) -> None:
    async with (
        _proxy(opened) as (uri, cut),
        Store.connect(uri, username="neo4j", password=opened.access.password) as store,
    ):
        assert await store.read_value("RETURN 1") == 1
        cut()
        assert await store.read_value("RETURN 2") == 2


@asynccontextmanager
async def _proxy(opened: Opened) -> AsyncIterator[tuple[str, Callable[[], None]]]:
    """A way to the server by another port, and a function that cuts all its connections."""
    writers: list[asyncio.StreamWriter] = []
    tasks: list[asyncio.Task[None]] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = opened.access.uri.removeprefix("bolt://").split(":")
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        writers.extend((writer, far_writer))
        tasks.extend(asyncio.create_task(pump(*pair)) for pair in ((reader, far_writer), (far_reader, writer)))

    def cut() -> None:
        for writer in writers:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"bolt://127.0.0.1:{server.sockets[0].getsockname()[1]}", cut
    finally:
        server.close()
        cut()
        await asyncio.gather(*tasks)


async def _wait_for_slow_statements(store: Store, number: int) -> None:
    counting = (
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'CYPHER 25 /* slow */' RETURN count(*)"
    )
    for _ in range(500):
        if await store.read_value(counting) == number:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"the server never ran {number} slow statements")
