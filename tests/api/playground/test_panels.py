from __future__ import annotations

from playwright.async_api import Page, expect

from tests.api.playground.steps import ask, check, write


async def test_the_page_is_accessible(page: Page) -> None:
    await check(page)
    await ask(page, "Sponsors of several children")
    await page.get_by_role("button", name="sponsor.children: 2").first.click()
    await check(page)
    await page.get_by_role("tab", name="Graph").click()
    await page.get_by_role("combobox", name="Node", exact=True).select_option(label="Reyes1")
    await check(page)


async def test_graphiqls_own_panels_are_accessible(page: Page) -> None:
    await write(page, "{ sponsors { totalCount } }")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".sl-status")).to_contain_text("row")
    await page.get_by_role("button", name="New tab").click()
    await expect(page.get_by_role("list", name="Select active operation").get_by_role("listitem")).to_have_count(2)
    await check(page)
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await page.get_by_role("link", name="Query", exact=True).click()
    await expect(page.get_by_role("link", name="sponsorsWithMultipleChildren", exact=True)).to_be_visible()
    await check(page)
    await page.get_by_role("button", name="Show GraphiQL Explorer").click()
    await expect(page.get_by_role("combobox", name="Kind of operation")).to_be_visible()
    await check(page)
    await page.get_by_role("button", name="Show History").click()
    await expect(page.locator(".graphiql-history")).to_contain_text("sponsors")
    await check(page)
    await page.get_by_role("button", name="Open settings dialog").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Theme")
    await check(page)
