"""The playground over a small graph of the run's store, with one question more that takes long."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette

from api.access.policy import INVESTIGATOR, Actor
from api.access.sign_in import SignIns
from api.serving.service import Api, build_api, create_service
from graph.settings import Settings
from graph.store import Store
from queries.library import QueryLibrary
from tests.api.playground.browser import Seen, started

PATIENCE = 60_000
"""Milliseconds to wait for a state of the page; a first statement is planned for seconds when the machine is busy."""
SLOW = """
// name: slowSponsors
// title: Sponsors, slowly
// question: Which sponsors are there?
// columns:
//   sponsor: Sponsor -- The sponsor.
//   number: Int! -- A number that takes long.
// key: sponsor
// order: number DESC
// severity: LOW
// source: default
// example: { slowSponsors { nodes { number sponsor { id lastName } } } }

MATCH (sponsor:Sponsor)
UNWIND range(1, 4000000000) AS n
WITH sponsor, count(n % 7) AS number
RETURN sponsor, number
"""
GRAPH = """
CREATE (street:Address {key: 'street', street: '12 Example Road', city: 'Springfield', sponsorCount: 3, childCount: 6})
WITH street UNWIND range(1, 3) AS s
CREATE (sponsor:Sponsor {key: 's' + s, firstName: 'Rosa', lastName: 'Reyes' + s, childCount: 2, unrelatedChildCount: 2})
CREATE (sponsor)-[:RESIDES_AT {key: 'r' + s, since: date('2023-01-01')}]->(street)
CREATE (sponsor)-[:HAS_PHONE {key: 't' + s}]->(:Phone {key: 'f' + s, number: '+1555010' + s})
WITH street, sponsor, s UNWIND range(1, 2) AS c
CREATE (child:Child {key: 'c' + s + c, aNumber: '90000000' + s + c, firstName: '=SUM(1)', lastName: 'Cruz',
  dateOfBirth: date('2010-02-03'), transferredOn: date('2022-12-01')})
CREATE (child)-[:HAS_PLACEMENT]->(placement:Placement {key: 'p' + s + c, releasedOn: date('2023-02-01'),
  relationship: 'UNRELATED'})-[:WITH_SPONSOR]->(sponsor)
CREATE (placement)-[:RELEASED_TO]->(street)
CREATE (child)-[:RESPONDENT_IN]->(:CourtCase {key: 'k' + s + c})
  -[:HAS_HEARING]->(:Hearing {key: 'h' + s + c, scheduledOn: date('2023-06-01'), outcome: 'MISSED'})
"""


@pytest.fixture(scope="package")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with started() as browser:
        yield browser


@pytest.fixture(scope="package")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    """The built-in questions, and the slow one."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "slow.cypher").write_text(SLOW.lstrip())
    return build_api(list(QueryLibrary.load((folder,))))


@pytest.fixture
async def origin(
    browser: Browser,
    settings: Settings,
    empty: Store,
    api: Api,
    served: Callable[[Starlette], AbstractAsyncContextManager[int]],
) -> AsyncIterator[str]:
    """The address of the playground, served over the small graph."""
    await empty.write(GRAPH)
    async with served(create_service(settings, empty, api)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def address(origin: str, settings: Settings) -> str:
    """An address that signs in."""
    return f"{origin}/sign-in?token={SignIns(settings.data_dir).issue(Actor('an analyst', INVESTIGATOR))}"


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
async def page(browser: Browser, address: str, seen: Seen) -> AsyncIterator[Page]:
    """The page, signed in and ready."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    seen.watch(page)
    await page.goto(address)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Questions").wait_for()
    await page.locator(".graphiql-query-editor .monaco-editor").first.wait_for()
    await expect(page.get_by_role("button", name="Re-fetch GraphQL schema")).to_be_enabled()
    yield page
    await context.close()
