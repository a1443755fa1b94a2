"""The pages of the repository, as its tests read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
GENERATED = (DOCS / "catalogue.md", DOCS / "data-dictionary.md")
HISTORY = ROOT / "CHANGELOG.md"
"""Names what earlier versions had, too."""

_CODE = re.compile(r"```.*?^[ ]*```|`[^`\n]+`", re.DOTALL | re.MULTILINE)


def pages() -> list[Path]:
    """Return every Markdown page that the project itself keeps."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / ".github").rglob("*.md"), *DOCS.rglob("*.md")])


def written_pages() -> list[Path]:
    """Return the pages that people write and that speak of today's version."""
    return [page for page in pages() if page not in (*GENERATED, HISTORY)]


def shown(page: Path) -> str:
    """Return a page's path for messages, from the repository's root."""
    return page.relative_to(ROOT).as_posix()


def code_in(page: Path) -> Iterator[str]:
    """Yield what stands in a page's code blocks and code spans."""
    yield from _CODE.findall(page.read_text())
