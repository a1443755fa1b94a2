"""The pages hold together: the README is short, and every link, file, module and make target that they name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.pages import README, ROOT, code_in, pages, shown, written_pages
from tests.test_repository import texts

LONGEST_README = 200
LINK = re.compile(r"\]\((?P<inline>[^)\s]+)(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s*(?P<reference>\S+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +(?P<text>.+?) *$", re.MULTILINE)
ANCHOR = re.compile(r"<a (?:id|name)=\"(?P<name>[^\"]+)\"")

FOLDERS = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name != ".git")
NAMED = re.compile(rf"`((?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*|[\w-]+\.(?:py|cypher|toml|yml|lock|graphql))`")
"""A path from the repository's root, or the name of a file alone."""
PLACEHOLDER = re.compile(r"[A-Z]{4,}")
"""A word that stands for a name to be chosen: `queries/THEME/NAME.cypher`."""
MODULE = re.compile(r"\bpython -m ([a-z_]+(?:\.[a-z_]+)*)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")


def links(page: Path) -> Iterator[str]:
    """Yield what a page links to, other sites aside."""
    for match in LINK.finditer(re.sub(r"```.*?^ *```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)):
        target = match["inline"] or match["reference"]
        if not urlsplit(target).scheme:
            yield target


def anchors(page: Path) -> set[str]:
    """Return the names that a link into a page may give, as GitHub makes them of its headings."""
    found: set[str] = set()
    text = re.sub(r"```.*?^ *```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    for match in HEADING.finditer(text):
        slug = re.sub(r"[^\w\- ]", "", match["text"].lower()).replace(" ", "-")
        number = next(n for n in range(len(text)) if (f"{slug}-{n}" if n else slug) not in found)
        found.add(f"{slug}-{number}" if number else slug)
    return found | {match["name"] for match in ANCHOR.finditer(text)}


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = unquote(target).partition("#")
    to = (page.parent / path).resolve() if path else page
    return to.exists() and (not anchor or (to.suffix == ".md" and anchor in anchors(to)))


def test_the_readme_is_short() -> None:
    assert len(README.read_text().splitlines()) <= LONGEST_README


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not leads_somewhere(page, target)] == []


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / unquote(target).partition("#")[0]).resolve()
        for page in pages()
        for target in links(page)
        if unquote(target).partition("#")[0]
    }
    alone = [shown(page) for page in pages() if page not in linked and page != README and ".github" not in page.parts]
    assert alone == []


@pytest.mark.parametrize("page", written_pages(), ids=shown)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    names = {path.name for path, _ in texts()}
    named = [path for code in code_in(page) for path in NAMED.findall(code) if not PLACEHOLDER.search(path)]
    assert [path for path in named if path not in names and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", written_pages(), ids=shown)
def test_every_command_of_a_developer_exists(page: Path) -> None:
    targets = set(TARGET.findall("\n".join(f"make {line}" for line in (ROOT / "Makefile").read_text().splitlines())))
    code = "\n".join(code_in(page))
    assert [target for target in TARGET.findall(code) if target not in targets] == []
    ours = [module for module in MODULE.findall(code) if module.partition(".")[0] in FOLDERS]
    paths = [ROOT.joinpath(*module.split(".")) for module in ours]
    assert [
        str(path) for path in paths if not (path.with_suffix(".py").exists() or (path / "__main__.py").exists())
    ] == []


def test_links_in_code_are_no_links(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n[one](other.md#part)\n\n```sh\n[two](three.md)\n```\n\n[site](https://example.org)\n")
    assert list(links(page)) == ["other.md#part"]
    assert not leads_somewhere(page, "other.md#part")
    assert leads_somewhere(page, "#a-page")
    assert not leads_somewhere(page, "#another")
