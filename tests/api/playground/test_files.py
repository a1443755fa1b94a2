from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from api.playground.files import HERE, MANIFEST, built_files, stale_files

OUTSIDE = re.compile(rb"""(?:src|href)=["']?(?:https?:)?//|@import[^;]*https?:|url\(["']?https?:""")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The playground's folder without what npm installs."""
    return shutil.copytree(HERE, tmp_path / "playground", ignore=shutil.ignore_patterns("node_modules"))


def test_the_build_is_fresh() -> None:
    assert stale_files() == []


def test_a_changed_source_or_a_changed_build_is_found(copy: Path) -> None:
    assert stale_files(copy) == []
    with (copy / "web" / "src" / "style.css").open("a") as file:
        file.write("/* changed */")
    (copy / "web" / "src" / "new.ts").write_text("")
    (copy / "dist" / "index.html.gz").unlink()
    assert stale_files(copy) == ["dist/index.html.gz", "web/src/new.ts", "web/src/style.css"]
    (copy / "dist" / MANIFEST).unlink()
    assert len(stale_files(copy)) > 20


def test_ends_of_lines_are_those_of_git(copy: Path) -> None:
    path = copy / "web" / "src" / "style.css"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert stale_files(copy) == []


def test_nothing_is_loaded_from_outside() -> None:
    files = built_files()
    assert {"index.html", "licenses.md"} < files.keys()
    for path, file in files.items():
        if path.endswith((".html", ".css")):
            assert OUTSIDE.search(gzip.decompress(file.body)) is None, path


def test_the_lock_names_no_addresses() -> None:
    assert '"resolved"' not in (HERE / "web" / "package-lock.json").read_text()
