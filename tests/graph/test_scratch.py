from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.scratch import remove_abandoned, scratch_folder

WORK = """
import sys, time
from pathlib import Path
from graph.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), "work-") as folder:
    (folder / "rows.csv").write_text("a,b")
    print(folder, flush=True)
    time.sleep(600)
"""


def begun(parent: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that works in a folder, and wait until it does."""
    process = subprocess.Popen([sys.executable, "-c", WORK, parent], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_its_owners_alone_and_goes_at_the_end(tmp_path: Path) -> None:
    with scratch_folder(tmp_path, "work-") as folder:
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "rows.csv").write_text("a,b")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_and_what_is_in_use_stays(tmp_path: Path) -> None:
    killed, left = begun(tmp_path)
    living, used = begun(tmp_path)
    try:
        killed.kill()
        killed.wait(timeout=60)
        assert (left / "rows.csv").exists()
        with scratch_folder(tmp_path, "work-") as folder:
            assert {path.name for path in tmp_path.iterdir()} == {used.name, folder.name}
            remove_abandoned(tmp_path, "work-")
            assert (used / "rows.csv").exists()
            assert folder.exists()
    finally:
        living.kill()
        living.wait(timeout=60)
        for process in (killed, living):
            assert process.stdout
            process.stdout.close()


def test_a_folder_without_a_lock_goes_when_it_is_no_longer_new(tmp_path: Path) -> None:
    for name in ("work", "work-new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rows.csv").write_text("")
    os.utime(tmp_path / "work", (1, 1))
    remove_abandoned(tmp_path, "work")
    assert [path.name for path in tmp_path.iterdir()] == ["work-new"]


def test_links_files_and_other_names_stay(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.mkdir()
    (tmp_path / "work-link").symlink_to(target)
    (tmp_path / "work-file").write_text("")
    os.utime(target, (1, 1))
    os.utime(tmp_path / "work-file", (1, 1))
    remove_abandoned(tmp_path, "work-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["precious", "work-file", "work-link"]


def test_of_other_users_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work-x").mkdir()
    os.utime(tmp_path / "work-x", (1, 1))
    monkeypatch.setattr(os, "getuid", lambda: 12_345)
    remove_abandoned(tmp_path, "work-")
    assert (tmp_path / "work-x").exists()
