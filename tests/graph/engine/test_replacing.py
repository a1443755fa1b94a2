from pathlib import Path

import pytest

from graph.engine.folder import Folder
from graph.engine.incoming import INCOMING, MARK, finish_replacement

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
