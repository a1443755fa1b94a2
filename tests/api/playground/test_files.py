from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from api.playground.files import HERE, MANIFEST, built_files, stale_files

SANITIZER = re.compile(r"""\.version=[`'"]([\d.]+)[`'"],\w+\.removed=\[\]""")
"""How DOMPurify tells its version; every copy in the build does."""
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


def test_the_only_sanitizer_is_the_one_that_was_asked_for() -> None:
    scripts = [gzip.decompress(file.body).decode() for path, file in built_files().items() if path.endswith(".js")]
    wanted = json.loads((HERE / "web" / "package.json").read_text())["dependencies"]["dompurify"]
    assert [version for script in scripts for version in SANITIZER.findall(script)] == [wanted]
    assert tuple(map(int, wanted.split("."))) >= (3, 5, 0)


def test_the_licences_name_what_the_editor_carries_inside() -> None:
    licences = gzip.decompress(built_files()["licenses.md"].body).decode()
    names = re.findall(r"^## (.+) - [\d.]+", licences, re.MULTILINE)
    assert {"dompurify", "Codicons, the icon font of monaco-editor", "Third-party notices of monaco-editor"} <= {*names}
    assert "(CC-BY-4.0)" in licences
    assert any(path.startswith("assets/codicon-") for path in built_files())
