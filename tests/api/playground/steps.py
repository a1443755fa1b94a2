"""What an analyst does on the page, and how it is held against the rules of accessibility."""

from __future__ import annotations

import re
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")
RULES: dict[str, Any] = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SETTLED = """() => {
  const running = document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState === "running");
  return Promise.allSettled(running.map((one) => one.finished));
}"""


def heading_of(page: Page, title: str) -> Locator:
    """Return the button that opens a question; its name begins with the severity, and titles may begin alike."""
    return page.get_by_role("button", name=re.compile(rf"^[A-Z]+ {re.escape(title)}$"))


DRAWN = """() => {
  const core = document.querySelector(".sl-kept:not([hidden]) .sl-drawing")._cyreg.cy;
  const inside = (node) => {
    const { x, y } = node.renderedPosition();
    return x > 0 && y > 0 && x < core.width() && y < core.height();
  };
  const titled = (node) => `${node.data("type")} ${node.data("title")}`;
  return {
    nodes: core.nodes().map(titled).sort(),
    lines: core.edges().map((line) => [titled(line.source()), line.data("name"), titled(line.target())]).sort(),
    inside: core.nodes().filter(inside).length,
  };
}"""


async def drawn(page: Page) -> dict[str, Any]:
    """Return what the graph shows: its nodes by type and title, its lines, and how many nodes are in sight."""
    found: dict[str, Any] = await page.evaluate(DRAWN)
    return found


async def ask(page: Page, title: str, values: dict[str, str] | None = None) -> None:
    """Open a question, fill its form and run it."""
    heading = heading_of(page, title)
    if await heading.get_attribute("aria-expanded") == "false":
        await heading.click()
    form = page.get_by_role("form", name=title, exact=True)
    for name, value in (values or {}).items():
        await form.get_by_label(name, exact=True).fill(value)
    await form.get_by_role("button", name="Run").click()


async def write(page: Page, text: str, editor: str = ".graphiql-query-editor") -> None:
    """Replace what an editor holds."""
    await page.locator(f"{editor} .monaco-editor:visible").first.click()
    await page.keyboard.press("Control+a")
    await page.keyboard.press("Delete")
    await page.keyboard.insert_text(text)


async def run(page: Page, text: str) -> None:
    """Write an operation, and run it."""
    await write(page, text)
    await page.keyboard.press("Control+Enter")


async def check(page: Page) -> None:
    """Hold the whole page against axe's rules of WCAG 2.1, levels A and AA, in both themes."""
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        await page.evaluate(SETTLED)
        results = await Axe().run(page, options=RULES)
        found = [
            f"{scheme}: {violation['id']} {node['target']} {node['failureSummary']}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], "\n".join(found)
