"""The playground in a real browser: how it is started, and what is seen on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # CI runs as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LACKING = "These tests need Chromium: install it (Debian: apt-get install chromium) so that `chromium` is on the PATH."


def chromium() -> str:
    """Return the browser's path; skips the test without one, and fails in CI."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if os.environ.get("CI"):
        pytest.fail(LACKING)
    pytest.skip(LACKING)


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """Start the browser, without a window."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Seen:
    """What a page did beside what it showed."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every request, and everything that the console calls a warning or an error."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def elsewhere(self, origin: str) -> list[str]:
        """Return the requests that went to another origin; the page's own data are not requests."""
        return [url for url in self.requests if not url.startswith((f"{origin}/", "data:", f"blob:{origin}/"))]

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)
