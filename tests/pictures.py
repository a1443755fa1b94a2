"""`python -m tests.pictures` retakes the pictures in the pages: a question's table and its graph, of the demo graph."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page

from tests.api.playground.browser import started
from tests.api.playground.steps import heading_of

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
COMMAND = Path(sys.executable).parent / "sightline"
SIZE = {"width": 1180, "height": 640}
QUESTION = "Sponsors of several children"


def main() -> None:
    """Serve the demo graph from a folder of its own, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        serving = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", "--seed-when-empty", "demo"],
            env={**os.environ, "SIGHTLINE_DATA_DIR": data, "SIGHTLINE_HEAP": "512m"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert serving.stdout is not None
            address = next(line.split()[1] for line in serving.stdout if line.strip().startswith("Playground"))
            asyncio.run(take(address))
        finally:
            serving.terminate()
            serving.communicate(timeout=60)


async def take(address: str) -> None:
    """Ask the question in a browser, and keep what it shows."""
    async with started() as browser:
        page = await browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        await page.goto(address)
        await page.get_by_role("button", name="Sign in").click()
        await heading_of(page, QUESTION).click()
        form = page.get_by_role("form", name=QUESTION, exact=True)
        await form.get_by_label("minChildren").fill("5")
        await form.get_by_label("asOf").fill("2024-05-31")
        await form.get_by_label("first").fill("14")
        for _ in range(2):  # the second time, the statement is planned already
            await form.get_by_role("button", name="Run").click()
            await page.get_by_role("region", name="Rows of").wait_for()
            await page.wait_for_timeout(1_500)
        await keep(page, "table")
        await page.get_by_role("tab", name="Graph").click()
        await page.locator(".sl-drawing canvas").first.wait_for()
        await keep(page, "graph")


async def keep(page: Page, name: str) -> None:
    """Write what the page shows, once it has been drawn."""
    await page.wait_for_timeout(1_500)
    await page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
