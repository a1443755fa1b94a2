from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from api.access.policy import INVESTIGATOR, Actor
from api.access.revocations import Revocations
from api.access.sessions import Sessions
from api.access.tokens import issue_token
from api.headers import Headers
from graph.errors import Unauthenticated

KEY = b"s" * 32
ACTOR = Actor("an analyst", INVESTIGATOR)


def started(sessions: Sessions, *, secure: bool = False) -> str:
    response = Response()
    sessions.start(response, ACTOR, secure=secure)
    return response.headers["set-cookie"]


def ended(sessions: Sessions, headers: Headers) -> str:
    response = Response()
    sessions.end(response, headers)
    return response.headers["set-cookie"]


def cookie(sessions: Sessions) -> bytes:
    return started(sessions).partition(";")[0].encode()


def sent(sessions: Sessions, **headers: Any) -> Headers:
    """Headers as the page's own requests have them, but for what is given."""
    usual = {"cookie": cookie(sessions), "host": b"127.0.0.1:8000", "origin": b"http://127.0.0.1:8000"}
    return Headers(**{**usual, "fetch_site": b"same-origin", **headers})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    _, *attributes = started(Sessions(KEY), secure=True).split("; ")
    assert {*attributes} == {"Path=/", "Max-Age=43200", "HttpOnly", "SameSite=strict", "Secure"}
    assert "Max-Age=0" in ended(Sessions(KEY), Headers())
    assert ended(Sessions(KEY), Headers(secure=True)).endswith("; Secure")


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


def test_a_session_that_is_signed_out_is_over_for_all_who_have_its_cookie(tmp_path: Path) -> None:
    here, elsewhere = (Sessions(KEY, Revocations(tmp_path)) for _ in range(2))
    first, second = sent(here), sent(here)
    assert "Max-Age=0" in ended(here, first)
    with pytest.raises(Unauthenticated, match="session is over"):
        here.visitor(first)
    assert here.visitor(second) == ACTOR
    after_a_restart = Revocations(tmp_path)
    after_a_restart.refresh()
    for sessions in (here, Sessions(KEY, after_a_restart)):
        with pytest.raises(Unauthenticated, match="session is over"):
            sessions.actor(first, method="POST")
    assert elsewhere.visitor(second) == ACTOR


def test_each_session_has_an_id_of_its_own() -> None:
    sessions = Sessions(KEY)
    holders = {sessions.visitor(Headers(cookie=cookie(sessions))).holder for _ in range(3)}
    assert len(holders) == 3


def test_where_the_request_came_by_https_the_page_must_have_too() -> None:
    sessions = Sessions(KEY)
    own = sent(sessions, secure=True, origin=b"https://127.0.0.1:8000")
    assert sessions.actor(own, method="POST") == ACTOR
    with pytest.raises(Unauthenticated):
        sessions.actor(sent(sessions, secure=True), method="POST")
