from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from graph.private_files import part_of, write_private


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_its_owners_alone_and_replaces_what_was_there(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "file"
    path.write_text("what was there")
    path.chmod(0o644)
    write_private(path, "é", durable=durable)
    assert path.read_text(encoding="utf-8") == "é"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_private(path, "text")
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_leaves_tells_whose_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int | None] = []
    monkeypatch.setattr(Path, "replace", lambda part, path: seen.extend((part_of(part), part_of(path))))
    write_private(tmp_path / "engine.json", "{}")
    assert seen == [os.getpid(), None]
