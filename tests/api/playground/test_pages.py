from __future__ import annotations

import gzip
import re
from pathlib import Path

import httpx
import pytest

from api.access.policy import INVESTIGATOR, Actor
from api.access.sessions import Sessions
from api.access.sign_in import SignIns
from api.http.app import create_app
from api.playground.files import built_files
from api.playground.pages import POLICY, Playground
from tests.api.compiler.compiling import library
from tests.api.conftest import SCHEMA, always, execute

ORIGIN = "http://sightline"
ACTOR = Actor("an analyst", INVESTIGATOR)


@pytest.fixture
def sign_ins(tmp_path: Path) -> SignIns:
    return SignIns(tmp_path)


@pytest.fixture
def visitor(sign_ins: SignIns) -> httpx.AsyncClient:
    """A browser that is not signed in."""
    return behind(sign_ins, ())


def behind(sign_ins: SignIns, proxies: tuple[str, ...]) -> httpx.AsyncClient:
    app = create_app(
        schema=SCHEMA,
        schema_text=str,
        answerer=execute,
        readiness=always,
        token_key=b"k" * 32,
        trusted_proxies=proxies,
        playground=Playground(Sessions(b"s" * 32), sign_ins, list(library()), 100),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)


@pytest.fixture
async def analyst(visitor: httpx.AsyncClient, sign_ins: SignIns) -> httpx.AsyncClient:
    """A browser that is signed in."""
    response = await signed_in(visitor, sign_ins.issue(ACTOR))
    assert (response.status_code, response.headers["location"]) == (303, "/")
    return visitor


async def signed_in(visitor: httpx.AsyncClient, token: str, *, origin: str = ORIGIN) -> httpx.Response:
    """Press the button of a sign-in address."""
    return await visitor.post("/sign-in", data={"token": token}, headers={"origin": origin})


async def test_who_is_not_signed_in_is_told_how(visitor: httpx.AsyncClient) -> None:
    response = await visitor.get("/")
    assert response.status_code == 401
    assert "sightline sign-in" in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    for path in ("/playground/questions.json", *(f"/playground/{path}" for path in built_files())):
        assert (await visitor.get(path)).status_code == 401


async def test_a_sign_in_address_works_once(visitor: httpx.AsyncClient, sign_ins: SignIns) -> None:
    token = sign_ins.issue(ACTOR)
    first = await signed_in(visitor, token)
    assert first.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= {*first.headers["set-cookie"].split("; ")}
    assert (first.headers["cache-control"], first.headers["referrer-policy"]) == ("no-store", "no-referrer")
    second = await signed_in(visitor, token)
    assert "used already" in (await visitor.get("/sign-in", params={"token": token})).text
    assert (second.status_code, "used already" in second.text) == (401, True)
    assert "set-cookie" not in second.headers


async def test_looking_at_a_sign_in_address_does_not_use_it_up(visitor: httpx.AsyncClient, sign_ins: SignIns) -> None:
    token = sign_ins.issue(Actor("<b>Ana</b>", INVESTIGATOR))
    for method in ("HEAD", "GET", "HEAD", "GET"):
        looked = await visitor.request(method, "/sign-in", params={"token": token})
        assert (looked.status_code, "set-cookie" in looked.headers) == (200, False)
    assert "&lt;b&gt;Ana" in looked.text
    assert "form-action 'self'" in looked.headers["content-security-policy"]
    assert "script" not in looked.headers["content-security-policy"]
    assert (await signed_in(visitor, token)).status_code == 303


async def test_no_other_page_can_sign_a_browser_in(visitor: httpx.AsyncClient, sign_ins: SignIns) -> None:
    token = sign_ins.issue(ACTOR)
    for origin in ("http://elsewhere.example", "null"):
        assert (await signed_in(visitor, token, origin=origin)).status_code == 403
    assert (await visitor.post("/sign-in", data={"token": token})).status_code == 403
    wrong = await visitor.post("/sign-in", json={"token": token}, headers={"origin": ORIGIN})
    large = await visitor.post("/sign-in", data={"token": "x" * 5_000}, headers={"origin": ORIGIN})
    assert (wrong.status_code, large.status_code) == (415, 413)
    assert (await signed_in(visitor, token)).status_code == 303


@pytest.mark.parametrize(
    ("proxies", "proto", "secure"),
    [
        ((), "https", False),
        (("127.0.0.1",), "https", True),
        (("127.0.0.0/8",), "http", False),
        (("10.1.1.1",), "https", False),
    ],
)
async def test_the_cookie_is_for_https_alone_where_a_trusted_proxy_says_so(
    sign_ins: SignIns, proxies: tuple[str, ...], proto: str, secure: bool
) -> None:
    """The test's client is 127.0.0.1, which may be a proxy or not."""
    browser = behind(sign_ins, proxies)
    headers = {"origin": ORIGIN.replace("http", "https" if secure else "http"), "x-forwarded-proto": proto}
    done = await browser.post("/sign-in", data={"token": sign_ins.issue(ACTOR)}, headers=headers)
    assert done.status_code == 303
    assert done.headers["set-cookie"].endswith("; Secure") is secure


async def test_the_page_is_sent_under_a_strict_policy(analyst: httpx.AsyncClient) -> None:
    page = await analyst.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"] == POLICY
    assert page.headers["cache-control"] == "no-store"
    assert "unsafe-eval" not in POLICY
    assert "script-src 'self';" in POLICY
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|https?:", page.text)


async def test_files_are_kept_and_sent_as_the_browser_takes_them(analyst: httpx.AsyncClient) -> None:
    for path, file in built_files().items():
        if path.endswith(".html"):
            continue
        packed = await analyst.get(f"/playground/{path}", headers={"accept-encoding": "gzip"})
        flat = await analyst.get(f"/playground/{path}", headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in flat.headers
        assert packed.content == flat.content == gzip.decompress(file.body)
        assert packed.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert packed.headers["vary"] == "accept-encoding"


async def test_the_cookie_asks_by_post_from_the_page_alone(analyst: httpx.AsyncClient) -> None:
    body = {"query": "{ greeting }"}
    page = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    own = await analyst.post("/graphql", json=body, headers=page)
    assert own.json() == {"data": {"greeting": "hello"}}
    refused = [
        await analyst.get("/graphql", params=body, headers=page),
        await analyst.post("/graphql", json=body),
        await analyst.post("/graphql", json=body, headers={"origin": "http://elsewhere.example"}),
        await analyst.post("/graphql", json=body, headers={**page, "sec-fetch-site": "cross-site"}),
    ]
    assert [response.status_code for response in refused] == [401] * 4
    form = await analyst.post("/graphql", data=body, headers=page)
    assert form.status_code == 415


async def test_a_token_decides_whatever_cookie_goes_along(analyst: httpx.AsyncClient, token: str) -> None:
    params = {"query": "{ greeting }"}
    good = await analyst.get("/graphql", params=params, headers={"authorization": f"Bearer {token}"})
    assert good.status_code == 200
    bad = await analyst.post(
        "/graphql",
        json=params,
        headers={"authorization": "Bearer x", "origin": ORIGIN, "sec-fetch-site": "same-origin"},
    )
    assert bad.status_code == 401


async def test_signing_out_ends_the_session(analyst: httpx.AsyncClient) -> None:
    assert (await analyst.post("/sign-out", headers={"origin": "http://elsewhere.example"})).status_code == 403
    assert (await analyst.get("/")).status_code == 200
    kept = dict(analyst.cookies)
    assert (await analyst.post("/sign-out", headers={"origin": ORIGIN})).status_code == 303
    assert (await analyst.get("/")).status_code == 401
    analyst.cookies.update(kept)
    assert (await analyst.get("/")).status_code == 401


async def test_the_questions_are_told(analyst: httpx.AsyncClient) -> None:
    told = (await analyst.get("/playground/questions.json")).json()
    assert [question["name"] for question in told["questions"]] == [question.name for question in library()]
    assert (told["maxPageSize"], told["reviewer"]) == (100, ACTOR.name)


@pytest.mark.parametrize("path", ["index.html", "nothing.js", "../files.py", "%2e%2e/files.py"])
async def test_nothing_else_is_sent(analyst: httpx.AsyncClient, path: str) -> None:
    response = await analyst.get(f"/playground/{path}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
