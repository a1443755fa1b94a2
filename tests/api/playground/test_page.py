from __future__ import annotations

import asyncio
import csv
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from api.execution.run_times import RunTimes
from graph.store import Store
from queries.export.cells import CsvLines
from tests.api.playground.browser import Seen
from tests.api.playground.steps import ask, heading_of, write

FLAGSHIPS = {
    "Addresses shared by sponsors": ({"minSponsors": "3"}, 1),
    "Children without contact after a missed hearing": ({"minDays": "30"}, 6),
    "Children without a Notice to Appear": ({}, 6),
    "Sponsors of several children": ({"minChildren": "2", "asOf": "2024-05-31"}, 3),
}
STORED = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage), cookies: document.cookie,
  databases: await indexedDB.databases(), caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""  # noqa: E501
OWN = (
    "query Own($from: String) { sponsors(first: 1, after: $from, orderBy: [{ field: LAST_NAME, direction: ASC }]) "
    "{ totalCount nodes { lastName } pageInfo { hasNextPage endCursor } } }"
)
NOTHING: dict[str, Any] = {"local": [], "session": [], "cookies": "", "databases": [], "caches": [], "workers": 0}


async def test_signing_in_leaves_the_address_and_happens_once(
    page: Page, address: str, origin: str, browser: Browser
) -> None:
    assert page.url == f"{origin}/"
    other = await browser.new_page()
    await other.goto(address)
    await expect(other.get_by_text("used already")).to_be_visible()
    await other.goto(origin)
    await expect(other.get_by_text("sightline sign-in", exact=True)).to_be_visible()
    await other.close()


async def test_signing_out_ends_the_session_wherever_its_cookie_is(
    page: Page, origin: str, browser: Browser, seen: Seen
) -> None:
    cookies = await page.context.cookies()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("sightline sign-in", exact=True)).to_be_visible()
    thief = await browser.new_context()
    await thief.add_cookies([{"name": one["name"], "value": one["value"], "url": origin} for one in cookies])
    other = await thief.new_page()
    await other.goto(origin)
    await expect(other.get_by_text("The session is over.")).to_be_visible()
    await thief.close()


async def test_what_looks_at_the_address_before_leaves_it_good(browser: Browser, address: str, origin: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    for _ in range(2):
        await page.goto(address)
    await expect(page.get_by_text("You will be signed in as an analyst")).to_be_visible()
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url(f"{origin}/")
    await context.close()


async def test_every_question_is_run_by_its_form_and_nothing_is_left_behind(
    page: Page, origin: str, seen: Seen
) -> None:
    for title, (values, rows) in FLAGSHIPS.items():
        await ask(page, title, values)
        await page.get_by_role("tab", name="Table").click()
        await expect(page.locator(".sl-scroll > table > tbody > tr")).to_have_count(rows)
        await expect(page.locator(".sl-status")).to_contain_text(f"{rows} row")
        await page.get_by_role("tab", name="Graph").click()
        await expect(page.locator(".sl-drawing canvas").first).to_be_visible()
        await expect(page.get_by_role("list", name="Legend")).to_be_visible()
    await page.get_by_role("tab", name="JSON").click()
    await expect(page.locator(".result-window")).to_contain_text("sponsorsWithMultipleChildren")
    await expect(page.locator(".result-window")).not_to_contain_text("sightlineId")

    assert await page.evaluate(STORED) == NOTHING
    assert page.url == f"{origin}/"
    assert seen.elsewhere(origin) == []
    assert seen.complaints == []


async def test_a_question_asked_before_the_schema_is_known_is_drawn_as_well(browser: Browser, address: str) -> None:
    page = await browser.new_page()
    asked = asyncio.Event()

    async def hold(route: Route) -> None:
        if "IntrospectionQuery" in (route.request.post_data or ""):
            await asked.wait()
        await route.continue_()

    await page.route("**/graphql", hold)
    await page.goto(address)
    await page.get_by_role("button", name="Sign in").click()
    await ask(page, "Addresses shared by sponsors")
    await expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    asked.set()
    await expect(page.locator(".sl-status")).to_contain_text("1 row in")
    await page.get_by_role("tab", name="Graph").click()
    await expect(page.get_by_role("list", name="Legend")).to_contain_text("Address 1")
    await page.close()


async def test_pages_are_turned_forth_and_back(page: Page) -> None:
    await ask(page, "Sponsors of several children", {"first": "2"})
    names = page.locator(".sl-scroll > table > tbody > tr > td:nth-child(4)")
    next_page, previous = (page.get_by_role("button", name=name) for name in ("Next page", "Previous page"))
    await expect(names).to_have_text(["Reyes1", "Reyes2"])
    await expect(page.locator(".sl-status")).to_contain_text("2 of 3 rows in")
    await expect(previous).to_be_disabled()
    await next_page.click()
    await expect(names).to_have_text(["Reyes3"])
    await expect(page.locator(".sl-status")).to_contain_text("row 3 of 3 in")
    await expect(next_page).to_be_disabled()
    await previous.click()
    await expect(names).to_have_text(["Reyes1", "Reyes2"])
    await expect(previous).to_be_disabled()
    await ask(page, "Sponsors of several children", {"first": "3"})
    await expect(names).to_have_text(["Reyes1", "Reyes2", "Reyes3"])
    await expect(next_page).to_have_count(0)


async def test_an_operation_of_ones_own_is_paged_by_its_variable(page: Page) -> None:
    await write(page, OWN)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".sl-scroll tbody")).to_have_text("Reyes1")
    await page.get_by_role("button", name="Next page").click()
    await expect(page.locator(".sl-scroll tbody")).to_have_text("Reyes2")
    await expect(page.locator(".sl-status")).to_contain_text("row 2 of 3 in")


async def test_each_tab_has_its_own_answer(page: Page) -> None:
    await ask(page, "Addresses shared by sponsors")
    await expect(page.locator(".sl-status")).to_contain_text("1 row in")
    await page.get_by_role("button", name="New tab").click()
    await expect(page.locator(".sl-status")).to_be_empty()
    await ask(page, "Sponsors of several children")
    await expect(page.locator(".sl-status")).to_contain_text("3 rows in")
    await page.get_by_role("button", name="AddressesSharedBySponsors").click()
    await expect(page.locator(".sl-status")).to_contain_text("1 row in")
    await expect(page.get_by_role("columnheader", name="sponsorCount")).to_be_visible()


async def test_what_is_wrong_is_told(page: Page) -> None:
    alert = page.locator(".sl-error")
    await write(page, "{ sponsors { lastNam } }")
    await page.keyboard.press("Control+Enter")
    await expect(alert).to_contain_text("lastNam")
    await write(page, "{ sponsors { totalCount } }")
    await page.get_by_role("button", name="Variables").click()
    await write(page, "{ nonsense", ".graphiql-editor-tool")
    await page.keyboard.press("Control+Enter")
    await expect(alert).to_contain_text("Request not sent. Variables")
    await heading_of(page, "Sponsors of several children").click()
    form = page.get_by_role("form", name="Sponsors of several children", exact=True)
    await form.get_by_label("minChildren").fill("0")
    await form.get_by_role("button", name="Run").click()
    assert await form.get_by_label("minChildren").evaluate("field => field.validity.rangeUnderflow")
    await expect(page.get_by_role("button", name="Cancel")).to_have_count(0)


async def test_the_table_is_sorted_filtered_unfolded_and_downloaded(page: Page) -> None:
    await ask(page, "Sponsors of several children")
    names = page.locator(".sl-scroll > table > tbody > tr > td:nth-child(4)")
    await expect(names).to_have_text(["Reyes1", "Reyes2", "Reyes3"])
    header = page.get_by_role("columnheader", name="sponsor.lastName")
    await header.get_by_role("button").click()
    await header.get_by_role("button").click()
    await expect(header).to_have_attribute("aria-sort", "descending")
    await expect(names).to_have_text(["Reyes3", "Reyes2", "Reyes1"])
    await page.get_by_label("Filter rows").fill("reyes2")
    await expect(names).to_have_text(["Reyes2"])
    await page.get_by_role("button", name="sponsor.children: 2").click()
    await expect(page.locator(".sl-inner tbody tr")).to_have_count(2)
    await page.get_by_label("Filter rows").fill("")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download CSV").click()
    download = await downloading.value
    path = await download.path()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert download.suggested_filename == "sponsorsWithMultipleChildren.csv"
    assert [(row["sponsor.lastName"], row["childCount"]) for row in rows] == [
        ("Reyes3", "2"),
        ("Reyes2", "2"),
        ("Reyes1", "2"),
    ]


async def test_what_a_spreadsheet_would_run_is_made_text(page: Page) -> None:
    await write(page, "{ children(first: 1) { nodes { firstName } } }")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("1 row in")).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download CSV").click()
    assert (await (await downloading.value).path()).read_text("utf-8-sig") == "firstName\n'=SUM(1)\n"


async def test_the_pages_csv_is_by_the_rule_of_the_servers_files(page: Page, store: Store) -> None:
    names = ["-7", "\uff1d1", " \n@x", "\u200b+1", "\r=1", "\u3164-1", "\ufe66x", "a\r=1", "a;=1", 'Núñez, "Ana"']
    await store.write(
        "UNWIND range(0, size($p) - 1) AS n CREATE (:Employer {key: 'e' + (100 + n), name: $p[n]})", {"p": names}
    )
    await write(page, "{ employers(first: 25) { nodes { key name } } }")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text(f"{len(names)} rows in")).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Download CSV").click()
    lines = CsvLines()
    lines.add([["key", "name"], *([f"e{100 + place}", name] for place, name in enumerate(names))])
    assert (await (await downloading.value).path()).read_bytes() == lines.take()


async def test_cancelling_ends_the_statement(page: Page, store: Store) -> None:
    async def running() -> int:
        rows = await store.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery")
        return sum("n % 7" in str(query) for (query,) in rows)

    async def until(wanted: int) -> None:
        async with asyncio.timeout(60):
            while True:
                if await running() == wanted:
                    return
                await asyncio.sleep(0.05)

    await ask(page, "Sponsors, slowly")
    await until(1)
    await expect(page.get_by_role("status")).to_have_text("Running for 1 s")
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_text("Cancelled after")).to_be_visible()
    await until(0)


async def test_what_is_expected_to_take_long_is_run_when_its_asker_says_so(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(RunTimes, "last", lambda *_: 20.2)
        await ask(page, "Sponsors of several children", {"minChildren": "2", "asOf": "2024-05-31"})
        await expect(page.get_by_text("This takes about 20 s.")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("Not run yet")
        await page.get_by_role("button", name="Run it").click()
        await expect(page.get_by_role("status")).to_contain_text("3 rows in")
    await ask(page, "Sponsors of several children", {"minChildren": "2", "asOf": "2024-05-31"})
    await expect(page.get_by_role("status")).to_contain_text("3 rows in")


async def test_people_who_have_turned_18_are_counted_once_the_rows_are_shown(page: Page, store: Store) -> None:
    await store.write("MATCH (c:Child) SET c.dateOfBirth = date('1990-01-01')")
    await ask(page, "Children without contact after a missed hearing", {"minDays": "30"})
    await expect(page.get_by_role("status")).to_contain_text("0 rows in")
    await expect(page.get_by_role("note")).to_have_text(
        "6 more about people who have turned 18; set includeGrownUp to true to see them."
    )


async def test_the_editor_completes_prettifies_and_keeps_a_history_for_the_page_alone(page: Page, origin: str) -> None:
    await write(page, "{ sponsors { totalCou")
    await page.keyboard.press("Control+Space")
    await page.locator(".suggest-widget.visible").get_by_text("totalCount").first.wait_for()
    await page.keyboard.press("Enter")
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("totalCount")
    await write(page, "{sponsors{totalCount}}")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text(" row")).to_be_visible()
    await page.get_by_role("button", name="Prettify").click()
    await expect(page.locator(".graphiql-query-editor .view-line")).to_have_count(6)
    await page.get_by_role("button", name="Show History").click()
    await expect(page.get_by_role("complementary").or_(page.locator(".graphiql-history"))).to_contain_text("sponsors")
    assert await page.evaluate(STORED) == NOTHING
    await page.reload()
    await page.locator(".graphiql-query-editor .monaco-editor").first.wait_for()
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("Choose a question")


async def test_the_keyboard_reaches_everything_that_a_question_needs(page: Page) -> None:
    await heading_of(page, "Sponsors of several children").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("minChildren")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("3 rows in")).to_be_visible()
    await page.get_by_role("tab", name="Table").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="Graph")).to_be_focused()
    await expect(page.locator(".sl-drawing canvas").first).to_be_visible()
