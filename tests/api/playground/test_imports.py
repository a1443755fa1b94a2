"""The page for importing files, in a real browser."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.async_api import FilePayload, Page, expect

from graph.store import Store
from tests.api.http.test_imports import CALLS, FILE
from tests.api.playground.browser import Seen
from tests.api.playground.steps import check

EMPLOYERS = "MATCH (e:Employer) RETURN count(e)"
LOOK = "See what it would change"


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


async def opened(page: Page, kind: str = "Employers cited for child labor") -> None:
    await page.get_by_role("link", name="Import files").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Import a file")
    await page.get_by_role("radio", name=kind).check()


async def test_a_file_is_looked_at_imported_and_its_rejects_are_saved(
    page: Page, empty: Store, seen: Seen, origin: str, tmp_path: Path
) -> None:
    await opened(page)
    await check(page)
    await page.get_by_label("File", exact=True).set_input_files([payload("whd.csv", FILE)])
    await page.get_by_role("button", name=LOOK).click()

    await expect(page.get_by_role("heading", level=2)).to_have_text("What whd.csv would change")
    await expect(page.get_by_role("row", name="Employer")).to_contain_text("1")
    assert await empty.read_value(EMPLOYERS, {}) == 0
    await check(page)

    await page.get_by_role("button", name="Import it").click()
    await expect(page.get_by_role("heading", level=2)).to_have_text("whd.csv is imported")
    assert await empty.read_value(EMPLOYERS, {}) == 1
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download the list").click()
    await (await download.value).save_as(tmp_path / "rejects.csv")
    assert "five" in (tmp_path / "rejects.csv").read_text("utf-8-sig")

    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("row", name="Records")).to_contain_text("Unchanged")
    assert seen.complaints == []
    assert seen.elsewhere(origin) == []


async def test_a_spreadsheet_is_imported_by_a_corrected_mapping(page: Page, empty: Store, tmp_path: Path) -> None:
    await opened(page, "An office's spreadsheet or e-mail")
    await page.get_by_label("File", exact=True).set_input_files(CALLS)
    await page.get_by_role("button", name="Read the columns").click()
    await expect(page.get_by_role("heading", level=2)).to_have_text("What the columns mean")
    await expect(page.get_by_role("cell", name="child.aNumber")).to_be_visible()
    await check(page)
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/imports-mapping.png", full_page=True)

    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("alert")).to_contain_text("system")
    mapping = page.get_by_label("Mapping", exact=True)
    text = await mapping.input_value()
    await mapping.fill(text.replace("NAME OF THE SYSTEM", "HHS ORR"))
    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("heading", level=2).last).to_have_text("What calls.csv would change")
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Save the mapping").click()
    await (await download.value).save_as(tmp_path / "calls.yaml")
    assert "system: HHS ORR" in (tmp_path / "calls.yaml").read_text("utf-8")

    await page.get_by_role("button", name="Import it").click()
    await expect(page.get_by_role("heading", level=2).last).to_have_text("calls.csv is imported")
    assert await empty.read_value("MATCH (c:ContactAttempt) RETURN count(c)", {})
    await mapping.fill("system: x")
    await page.get_by_label("Open a saved mapping").set_input_files(tmp_path / "calls.yaml")
    await expect(mapping).to_have_value(re.compile("system: HHS ORR"))


async def test_what_is_wrong_is_said_and_nothing_is_lost(page: Page) -> None:
    await opened(page)
    await page.get_by_label("File", exact=True).set_input_files([payload("other.csv", b"a,b\n1,2\n")])
    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("alert")).to_contain_text("other.csv")
    await expect(page.get_by_label("File", exact=True)).to_have_value("C:\\fakepath\\other.csv")
    await check(page)

    await page.context.set_offline(True)
    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("alert")).to_contain_text("The server was not reached")
    await page.context.set_offline(False)
    await page.get_by_role("button", name=LOOK).click()
    await expect(page.get_by_role("alert")).to_contain_text("other.csv")


async def test_the_page_can_be_used_by_keyboard_at_any_width(page: Page, empty: Store) -> None:
    await page.emulate_media(color_scheme="dark")
    await opened(page)
    await check(page)
    for width in (360, 768, 2560):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_label("File", exact=True).set_input_files([payload("whd.csv", FILE)])
    await page.get_by_label("File", exact=True).focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=2)).to_be_focused()
    if folder := os.environ.get("PICTURES"):
        await page.set_viewport_size({"width": 1280, "height": 900})
        await page.screenshot(path=f"{folder}/imports-dark.png", full_page=True)
        await page.emulate_media(color_scheme="light")
        await page.screenshot(path=f"{folder}/imports.png", full_page=True)


async def test_who_is_not_signed_in_sees_no_page(page: Page, origin: str) -> None:
    await opened(page)
    await page.get_by_role("button", name="Sign out").click()
    await page.goto(f"{origin}/imports")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Sightline")
