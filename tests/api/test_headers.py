from __future__ import annotations

import pytest

from api.errors import RequestRefused
from api.headers import GRAPHQL_RESPONSE, JSON, Headers, read_headers


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", GRAPHQL_RESPONSE),
        ("application/graphql-response+json, application/json", GRAPHQL_RESPONSE),
        ("application/json, application/graphql-response+json", JSON),
        ("application/json;q=0.9, application/graphql-response+json", GRAPHQL_RESPONSE),
        ("application/graphql-response+json;charset=utf-8, application/json;charset=utf-8", GRAPHQL_RESPONSE),
        ("application/graphql-response+json, */*", GRAPHQL_RESPONSE),
        ("text/html, application/graphql-response+json;q=0.5, */*;q=0.1", GRAPHQL_RESPONSE),
        ("application/json;q=0, */*", GRAPHQL_RESPONSE),
        ("application/json, multipart/mixed", JSON),
        ("APPLICATION/JSON ; Q=1", JSON),
        ("application/json;q=nonsense", JSON),
        (",,application/json,", JSON),
    ],
)
def test_the_response_type_follows_the_accept_header(accept: str | None, wanted: str) -> None:
    assert Headers(accept=None if accept is None else accept.encode()).response_type() == wanted


@pytest.mark.parametrize(
    "accept", ["text/html", "application/json;charset=latin-1", "*/*;q=0", "", "application/json;q=0", "nonsense"]
)
def test_what_cannot_be_answered_is_not_acceptable(accept: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        Headers(accept=accept.encode()).response_type()
    assert refused.value.status == 406


def test_repeated_headers_are_one_list() -> None:
    sent = [(b"accept", b"text/html"), (b"x-other", b"1"), (b"accept", b"application/graphql-response+json")]
    assert read_headers({"headers": sent}).response_type() == GRAPHQL_RESPONSE
