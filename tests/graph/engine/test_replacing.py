import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.engine.database_swap import INCOMING, MARK, TRIED, begin_exchange, end_exchange, finish_replacement
from graph.engine.folder import Folder

PLACES = ("databases", "transactions")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    folder.create()
    for place in PLACES:
        for name, text in (("neo4j", "old"), (INCOMING, "new")):
            path = folder.home / "data" / place / name
            path.mkdir(parents=True)
            (path / "store").write_text(text)
    return folder


def _stores(folder: Folder) -> dict[str, str]:
    return {
        f"{place}/{path.parent.name}": path.read_text()
        for place in PLACES
        for path in sorted((folder.home / "data" / place).glob("*/store"))
    }


def test_an_incomplete_database_is_removed(folder: Folder) -> None:
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "old", "transactions/neo4j": "old"}


def test_a_complete_database_takes_the_place(folder: Folder) -> None:
    (folder.home / MARK).touch()
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "new", "transactions/neo4j": "new"}
    assert not (folder.home / MARK).exists()


def test_a_change_of_places_that_was_interrupted_is_finished(folder: Folder) -> None:
    (folder.home / MARK).touch()
    databases = folder.home / "data" / "databases"
    (databases / "neo4j" / "store").unlink()
    (databases / "neo4j").rmdir()
    (databases / INCOMING).rename(databases / "neo4j")
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "new", "transactions/neo4j": "new"}


def test_nothing_to_do(tmp_path: Path) -> None:
    finish_replacement(Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_processes_that_were_killed_left_is_removed(folder: Folder) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    folder.files_to_import.mkdir()
    (folder.files_to_import / "Child.0001.csv").touch()
    left = folder.conf / f"neo4j.conf.{ended.pid}.0123abcd"
    being_written = folder.root / f"ground-truth.json.{os.getpid()}.0123abcd"
    others = folder.root / "notes.2024.backup"
    for path in (left, being_written, others):
        path.touch()

    finish_replacement(folder)

    assert not folder.files_to_import.exists()
    assert [path.exists() for path in (left, being_written, others)] == [False, True, True]


def test_a_database_that_is_tried_gives_the_old_one_back(folder: Folder) -> None:
    begin_exchange(folder)
    assert _stores(folder) == {
        "databases/neo4j": "new",
        "databases/outgoing": "old",
        "transactions/neo4j": "new",
        "transactions/outgoing": "old",
    }
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "old", "transactions/neo4j": "old"}
    assert not (folder.home / TRIED).exists()


def test_a_database_that_opened_is_kept(folder: Folder) -> None:
    begin_exchange(folder)
    end_exchange(folder)
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "new", "transactions/neo4j": "new"}


def test_a_trial_that_was_interrupted_halfway_gives_the_old_one_back(folder: Folder) -> None:
    (folder.home / TRIED).touch()
    databases = folder.home / "data" / "databases"
    (databases / "neo4j").rename(databases / "outgoing")
    finish_replacement(folder)
    assert _stores(folder) == {"databases/neo4j": "old", "transactions/neo4j": "old"}
