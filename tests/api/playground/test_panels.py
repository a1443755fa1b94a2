from __future__ import annotations

from playwright.async_api import Page, expect

from tests.api.playground.steps import ask, check, write

ASTRAY = """() => {
  const kinds = "a[href], button, input, select, textarea, [tabindex], [contenteditable]";
  const stops = [...document.querySelectorAll(kinds)];
  const reached = stops.filter((stop) => {
    stop.focus();
    return stop.tabIndex >= 0 && document.activeElement === stop;
  });
  const astray = reached.filter((stop) => {
    stop.focus();
    const { left, top, right, bottom } = stop.getBoundingClientRect();
    return right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight;
  });
  return { reached: reached.length, astray: astray.map((stop) => stop.outerHTML.slice(0, 200)) };
}"""


async def test_the_page_is_accessible(page: Page) -> None:
    await check(page)
    await ask(page, "Sponsors of several children")
    await page.get_by_role("button", name="sponsor.children: 2").first.click()
    await check(page)
    await page.get_by_role("tab", name="Graph").click()
    await page.get_by_role("combobox", name="Node", exact=True).select_option(label="Reyes1")
    await check(page)


async def test_the_page_has_one_main_part_and_one_title(page: Page) -> None:
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sightline")
    await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()


async def test_no_stop_of_the_keyboard_is_outside_the_window(page: Page) -> None:
    for width in (1280, 768):
        await page.set_viewport_size({"width": width, "height": 800})
        await hold_stops(page)
    await ask(page, "Sponsors of several children")
    await page.get_by_role("button", name="sponsor.children: 2").first.click()
    await hold_stops(page)
    for view in ("Graph", "JSON"):
        await page.get_by_role("tab", name=view).click()
        await hold_stops(page)
    await page.get_by_role("button", name="Wide").click()
    await page.get_by_role("button", name="Variables").click()
    await hold_stops(page)
    await page.get_by_role("button", name="Hide Questions").click()
    await hold_stops(page)


async def hold_stops(page: Page) -> None:
    """Focus everything that the tabulator reaches; it must be in sight then."""
    stops = await page.evaluate(ASTRAY)
    assert stops["astray"] == []
    assert stops["reached"] > 20


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
