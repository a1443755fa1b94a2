from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import Command


@pytest.mark.parametrize("command", [("backup", "a.dump"), ("restore", "a.dump", "--yes"), ("repair",)])
def test_the_server_of_others_is_left_alone(alone: Command, command: tuple[str, ...]) -> None:
    done = alone("db", *command, environment={"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "x"})

    assert done.sentence.startswith(f"db {command[0]} works on Sightline's own database, and NEO4J_URI names another")


def test_a_folder_without_a_database(alone: Command, tmp_path: Path) -> None:
    assert "there is no database in" in alone("db", "repair").sentence
    assert "there is no database in" in alone("db", "backup", tmp_path / "made.dump").sentence
    assert "is no file" in alone("db", "restore", tmp_path / "made.dump", "--yes").sentence
    assert "say --yes" in alone("db", "restore", tmp_path / "made.dump").sentence


async def test_data_that_is_not_made_up_is_replaced_only_by_name_and_never_while_it_is_used(
    sightline: Command, empty: Store, tmp_path: Path
) -> None:
    await empty.write("CREATE (:Child {key: 'hhs-1'})")
    file = tmp_path / "of today.dump"
    file.touch()

    refused = sightline("db", "restore", file, "--yes")
    wrong = sightline("db", "restore", file, "--yes", "--store", "graph")
    used = [sightline("db", "restore", file, "--yes", "--store", "neo4j"), sightline("db", "backup", tmp_path / "b")]

    assert "1 records that are not synthetic, and db restore deletes them" in refused.sentence
    assert "named neo4j" in wrong.sentence
    assert all("is in use" in done.sentence for done in used)
    assert "is in use" in sightline("db", "repair").sentence
    assert await empty.read("MATCH (n) RETURN count(n)") == [[1]]
