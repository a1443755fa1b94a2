from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from api.access.authentication import Authenticator
from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token
from graph.errors import Unauthenticated

Connect = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_a_bearer_token_gives_its_actor(token_key: bytes, token: str, scheme: str) -> None:
    authenticator = Authenticator(token_key)
    for _ in range(2):
        assert authenticator.actor(f"{scheme} {token}".encode()) == Actor("a test", INVESTIGATOR)


def test_a_token_that_was_good_still_expires(token_key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    authenticator = Authenticator(token_key)
    header = b"Bearer " + issue_token(token_key, Actor("a test", INVESTIGATOR), timedelta(hours=1)).encode()
    authenticator.actor(header)
    monkeypatch.setattr("time.time", lambda: 4e9)
    with pytest.raises(Unauthenticated, match="has expired"):
        authenticator.actor(header)


@pytest.mark.parametrize(
    "header", [None, b"", b"Bearer", b"Bearer ", b"Basic abc", b"Bearer \xff\x00", b"Bearer a, Bearer b", b"\xff"]
)
def test_anything_else_is_refused(token_key: bytes, header: bytes | None) -> None:
    with pytest.raises(Unauthenticated):
        Authenticator(token_key).actor(header)


@pytest.mark.parametrize("path", ["/graphql", "/schema.graphql"])
async def test_nothing_but_health_checks_answers_without_a_token(connect: Connect, path: str) -> None:
    for header in ("", "Bearer nonsense"):
        response = await connect().get(path, params={"query": "{ greeting }"}, headers={"authorization": header})
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith('Bearer realm="sightline"')
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert "hello" not in response.text


async def test_a_request_without_a_token_is_not_read(connect: Connect) -> None:
    response = await connect().post("/graphql", content=b"\xff" * 5_000_000, headers={"authorization": ""})
    assert response.status_code == 401
