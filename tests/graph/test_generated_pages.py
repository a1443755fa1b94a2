from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.generated_pages import check_page, keep_page, write_page

COMMAND = "python -m pages"


def test_written_page_passes_its_check(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "page.md"
    write_page(path, "é\n")
    check_page(path, "é\n", command=COMMAND)
    assert path.read_bytes() == "é\n".encode()


@pytest.mark.parametrize("found", [None, "old\n", "new\r\n"])
def test_stale_or_absent_page_names_the_command(tmp_path: Path, found: str | None) -> None:
    path = tmp_path / "page.md"
    if found is not None:
        path.write_bytes(found.encode())
    with pytest.raises(BadInput) as error:
        check_page(path, "new\n", command=COMMAND)
    assert str(error.value) == f"{path} is out of date; run `{COMMAND} {path}` and commit it"


def test_command_line_writes_or_checks(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    keep_page("one\n", command=COMMAND, arguments=[str(path)])
    assert path.read_text() == "one\n"
    keep_page("one\n", command=COMMAND, arguments=["--check", str(path)])
    with pytest.raises(SystemExit, match="out of date"):
        keep_page("two\n", command=COMMAND, arguments=["--check", str(path)])
    assert path.read_text() == "one\n"


def test_a_text_may_keep_what_stands_in_the_page(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("one\n")
    keep_page(lambda page: f"{page.read_text()}two\n", command=COMMAND, arguments=[str(path)])
    assert path.read_text() == "one\ntwo\n"
