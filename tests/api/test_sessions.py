from __future__ import annotations

from datetime import timedelta

import pytest

from api.headers import Headers
from api.policy import INVESTIGATOR, Actor
from api.sessions import Sessions
from api.tokens import issue_token
from graph.errors import Unauthenticated

KEY = b"s" * 32
ACTOR = Actor("an analyst", INVESTIGATOR)


def cookie(sessions: Sessions) -> bytes:
    return sessions.start(ACTOR, secure=False).partition(";")[0].encode()


def sent(sessions: Sessions, **headers: bytes) -> Headers:
    """Headers as the page's own requests have them, but for what is given."""
    usual = {"cookie": cookie(sessions), "host": b"127.0.0.1:8000", "origin": b"http://127.0.0.1:8000"}
    return Headers(**{**usual, "fetch_site": b"same-origin", **headers})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    value = Sessions(KEY).start(ACTOR, secure=True)
    assert value.partition("; ")[2] == "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"
    assert "Max-Age=0" in Sessions(KEY).end(secure=False)


def test_the_page_itself_is_known() -> None:
    sessions = Sessions(KEY)
    assert sessions.actor(sent(sessions), method="POST") == ACTOR
    assert sessions.visitor(Headers(cookie=b"a=b; " + cookie(sessions))) == ACTOR


@pytest.mark.parametrize(
    ("headers", "method"),
    [
        ({}, "GET"),
        ({"fetch_site": b"same-site"}, "POST"),
        ({"fetch_site": b"cross-site"}, "POST"),
        ({"fetch_site": b"none"}, "POST"),
        ({"origin": b"http://127.0.0.1:9000"}, "POST"),
        ({"origin": b"http://elsewhere.example"}, "POST"),
        ({"origin": b"null"}, "POST"),
        ({"origin": None}, "POST"),
        ({"host": None}, "POST"),
    ],
)
def test_what_another_site_may_have_sent_does_not_count(headers: dict[str, bytes], method: str) -> None:
    sessions = Sessions(KEY)
    with pytest.raises(Unauthenticated):
        sessions.actor(sent(sessions, **headers), method=method)


def test_a_browser_that_does_not_tell_the_site_is_known_by_the_origin() -> None:
    sessions = Sessions(KEY)
    headers = sent(sessions)
    headers.fetch_site = None
    assert sessions.actor(headers, method="POST") == ACTOR


def test_a_bearer_token_is_no_cookie_and_another_installations_neither() -> None:
    sessions = Sessions(KEY)
    name = cookie(sessions).partition(b"=")[0]
    bearer = issue_token(b"k" * 32, ACTOR, timedelta(hours=1)).encode()
    for wrong in (b"", name + b"=" + bearer, name + b"=", cookie(Sessions(b"t" * 32))):
        with pytest.raises(Unauthenticated):
            sessions.visitor(Headers(cookie=wrong))
