from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import httpx
import pytest
from graphql import GraphQLError

from api.errors import BadVariables
from api.execution import Answer
from api.headers import GRAPHQL_RESPONSE, JSON
from api.http.responses import STATUSES
from graph.errors import (
    BadInput,
    CostLimitExceeded,
    Forbidden,
    NotFound,
    SightlineError,
    StoreError,
    StoreTimeout,
    StoreUnavailable,
)

Connect = Callable[..., httpx.AsyncClient]


async def ask(connect: Connect, outcome: Answer | Exception, accept: str = JSON) -> httpx.Response:
    async def answerer(*_: object) -> Answer:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return await connect(answerer).post("/graphql", json={"query": "{ greeting }"}, headers={"accept": accept})


@pytest.mark.parametrize(
    ("error", "in_json", "in_graphql_response"),
    [
        (BadInput("Give a date."), 200, 400),
        (CostLimitExceeded("Too much."), 200, 400),
        (BadVariables([GraphQLError("Wrong."), GraphQLError("Wrong too.")]), 200, 400),
        (GraphQLError("A bad argument."), 200, 400),
        (NotFound("No such question."), 200, 404),
        (Forbidden("Not allowed."), 403, 403),
        (StoreTimeout("Ask for less."), 504, 504),
        (StoreUnavailable("Try again."), 503, 503),
    ],
)
async def test_an_error_before_data_has_the_status_of_its_code(
    connect: Connect, error: Exception, in_json: int, in_graphql_response: int
) -> None:
    for accept, status in ((JSON, in_json), (GRAPHQL_RESPONSE, in_graphql_response)):
        response = await ask(connect, error, accept)
        assert response.status_code == status
        assert response.headers["content-type"] == f"{accept}; charset=utf-8"
        assert "data" not in response.json()
        for shown in response.json()["errors"]:
            assert shown["extensions"]["requestId"] == response.headers["x-request-id"]
            assert shown["extensions"]["code"] in STATUSES


async def test_each_wrong_variable_is_told(connect: Connect) -> None:
    response = await ask(connect, BadVariables([GraphQLError(f"Wrong {number}.") for number in range(50)]))
    assert [error["message"] for error in response.json()["errors"]] == [f"Wrong {number}." for number in range(20)]


async def test_an_unavailable_store_says_when_to_try_again(connect: Connect) -> None:
    response = await ask(connect, StoreUnavailable("Try again."))
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Ana Lopez"),
        StoreError("Ana Lopez"),
        SightlineError("Ana Lopez"),
        GraphQLError("Ana Lopez", original_error=ValueError("Ana Lopez")),
    ],
)
async def test_the_unexpected_is_logged_by_type_and_place_alone(
    connect: Connect, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = await ask(connect, error, GRAPHQL_RESPONSE)
    shown = response.json()["errors"][0]
    assert (response.status_code, shown["extensions"]["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert "Ana" not in response.text
    assert type(error).__name__ in caplog.text
    assert response.headers["x-request-id"] in caplog.text
    assert "Ana" not in caplog.text
    assert "greeting" not in caplog.text


async def test_an_answer_that_cannot_be_written_is_unexpected(connect: Connect) -> None:
    response = await ask(connect, Answer({"since": {date(2024, 5, 31)}}))
    assert response.status_code == 500


async def test_partial_data_is_a_success(connect: Connect) -> None:
    wrong = {"message": "Not known.", "path": ["greeting"], "extensions": {"code": "TIMEOUT"}}
    for data in ({"greeting": None}, None):
        response = await ask(connect, Answer(data, [wrong]), GRAPHQL_RESPONSE)
        assert response.status_code == 200
        assert response.json()["data"] == data
        assert response.json()["errors"][0]["extensions"] == {
            "code": "TIMEOUT",
            "requestId": response.headers["x-request-id"],
        }


async def test_an_answer_without_data_has_no_data_key(connect: Connect) -> None:
    wrong = {"message": "No.", "extensions": {"code": "BAD_USER_INPUT"}}
    response = await ask(connect, Answer(None, [wrong], has_data=False), GRAPHQL_RESPONSE)
    assert (response.status_code, list(response.json())) == (400, ["errors"])


async def test_an_error_without_a_code_is_not_shown(connect: Connect) -> None:
    response = await ask(connect, Answer({"greeting": None}, [{"message": "Ana Lopez"}]))
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "Ana" not in response.text


async def test_extensions_and_long_messages(connect: Connect) -> None:
    wrong = {"message": "x" * 5_000, "extensions": {"code": "BAD_USER_INPUT"}}
    response = await ask(connect, Answer({}, [wrong], extensions={"took": 3}))
    assert response.json()["extensions"] == {"took": 3}
    assert len(response.json()["errors"][0]["message"]) == 1_003
