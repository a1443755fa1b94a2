"""How long a statement is expected to run, and that a client is asked before a long one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
from graphql import GraphQLError

from api.errors import TAKES_LONG, takes_long
from api.execution import Answer, run_times
from api.execution.run_times import RunTimes
from graph.errors import StoreTimeout
from graph.store import Store
from tests.api.compiler.asking import Asker

SHORT = "CYPHER 25 RETURN 1"


async def _slowly() -> str:
    await asyncio.sleep(0.1)
    return "answer"


async def test_a_statement_is_expected_to_take_as_long_as_last_time() -> None:
    times = RunTimes()
    times.check(SHORT, 0.05)
    assert await times(SHORT, _slowly) == "answer"
    assert 0.1 <= times.last(SHORT) < 5
    with pytest.raises(GraphQLError, match="about 1 s") as caught:
        times.check(SHORT, 0.05)
    assert caught.value.extensions == {"code": TAKES_LONG, "expectedSeconds": round(times.last(SHORT))}
    times.check(SHORT, 10)


async def test_a_statement_that_met_its_deadline_is_expected_to_meet_it_again() -> None:
    times = RunTimes()

    async def late() -> str:
        await asyncio.sleep(0.1)
        raise StoreTimeout("too late")

    async def broken() -> str:
        raise asyncio.CancelledError

    with pytest.raises(StoreTimeout):
        await times(SHORT, late)
    with pytest.raises(asyncio.CancelledError):
        await times(SHORT, broken)
    with pytest.raises(GraphQLError):
        times.check(SHORT, 0.05)


async def test_few_statements_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_times, "MOST_KNOWN", 2)
    times = RunTimes()
    for statement in ("a", "b", "a", "c"):
        await times(statement, _slowly)
    assert [times.last(one) > 0 for one in ("a", "b", "c")] == [True, False, True]


async def test_a_client_is_asked_before_a_long_statement(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker(store)
    document = "{ children(first: 1) { totalCount } }"
    await asker.ask(document, {}, most_seconds=10)
    with monkeypatch.context() as patched:
        patched.setattr(RunTimes, "last", lambda *_: 12.4)
        with pytest.raises(GraphQLError) as caught:
            await asker.ask(document, {}, most_seconds=10)
        assert caught.value.extensions == {"code": TAKES_LONG, "expectedSeconds": 12}
        await asker(document)
        await asker.ask(document, {}, most_seconds=10)  # The answer was kept, so nothing runs.
    await asker.ask(document, {}, most_seconds=10)


async def test_the_extension_of_a_request_says_how_long_its_client_waits(
    connect: Callable[..., httpx.AsyncClient],
) -> None:
    seen: list[object] = []

    async def answerer(*given: object) -> Answer:
        seen.append(given[-1])
        raise takes_long(19.6)

    client = connect(answerer)
    for extensions in ({"mostSeconds": 10}, {"mostSeconds": None}, {}, {"clientsOwn": 1}):
        response = await client.post(
            "/graphql",
            json={"query": "{ greeting }", "extensions": extensions},
            headers={"accept": "application/graphql-response+json"},
        )
        assert response.status_code == 400
        [error] = response.json()["errors"]
        assert error["message"] == "This takes about 20 s. Run it all the same, or ask for less."
        assert (error["extensions"]["code"], error["extensions"]["expectedSeconds"]) == ("TAKES_LONG", 20)
    assert seen == [10, None, None, None]


@pytest.mark.parametrize("most", [0, -1, True, "10", 1e9, [10]])
async def test_a_wrong_number_of_seconds_is_refused(connect: Callable[..., httpx.AsyncClient], most: object) -> None:
    asked = {"query": "{ greeting }", "extensions": {"mostSeconds": most}}
    response = await connect().post("/graphql", json=asked, headers={"accept": "application/graphql-response+json"})
    assert response.status_code == 400
    assert "number of seconds" in response.json()["errors"][0]["message"]
