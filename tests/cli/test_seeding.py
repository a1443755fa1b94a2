from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import COMMAND, Command


async def test_a_graph_is_made_and_what_was_planted_written_down(
    sightline: Command, empty: Store, tmp_path: Path
) -> None:
    truth = tmp_path / "truth.json"

    done = sightline("seed", "--preset", "demo", "--scale", "0.05", "--seed", "7", "--yes", "--truth", truth)
    status = json.loads(sightline("db", "status", "--format", "json").out)

    assert done.status == 0
    assert "Children transferred to HHS: 100\n" in done.out
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == [[100]]
    assert json.loads(truth.read_text())["seed"] == 7
    assert (status["synthetic"], status["referenceDate"]) == (True, "2024-05-31")


async def test_made_up_data_is_replaced_and_other_data_is_not(sightline: Command, empty: Store) -> None:
    small = ("seed", "--scale", "0.01", "--yes")
    await empty.write("CREATE (:Child {key: 'syn-old'})")
    replaced = sightline(*small)
    old = await empty.read("MATCH (c:Child {key: 'syn-old'}) RETURN count(c)")
    await empty.write("CREATE (:Child {key: 'hhs-1'})")

    assert (replaced.status, old) == (0, [[0]])
    assert "1 records that are not synthetic" in sightline(*small).sentence
    assert sightline(*small, "--store", "neo4j").status == 0


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--preset", "city"], "demo or national"),
        (["--scale", "0"], "above 0"),
        (["--scale", "nan"], "above 0"),
        (["--seed", "one"], "--seed"),
    ],
)
def test_what_cannot_be_made_is_told_before_a_database_is_started(
    alone: Command, tmp_path: Path, arguments: list[str], part: str
) -> None:
    assert part in alone("seed", "--yes", *arguments).sentence
    assert not (tmp_path / "data").exists()


def test_files_are_written_without_a_database_and_replaced_only_when_asked(alone: Command, tmp_path: Path) -> None:
    folder = tmp_path / "made-up"
    small = ("seed", "--scale", "0.05", "--others", "0.01", "--write-files", folder)

    done = alone(*small)
    refused = alone(*small)
    again = alone(*small, "--yes", "--faults", "0")

    assert done.status == 0
    assert f"Every person in {folder} is made up:\n" in done.out
    assert "nobody can be asked here" in refused.sentence
    assert again.out.count(" rows, 0 faults\n") == 6
    assert json.loads((folder / "manifest.json").read_text())["faults"] == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--faults", "0.1"], "--faults has no meaning without --write-files"),
        (["--others", "2"], "--others has no meaning without --write-files"),
        (["--write-files", "x", "--truth", "y"], "--truth has no meaning with --write-files"),
        (["--write-files", "x", "--store", "neo4j"], "--store has no meaning with --write-files"),
        (["--write-files", "x", "--faults", "2"], "from 0 to 0.5"),
        (["--write-files", "x", "--scale", "0"], "above 0"),
    ],
)
def test_files_that_cannot_be_written_are_told(alone: Command, arguments: list[str], part: str) -> None:
    assert part in alone("seed", "--yes", *arguments).sentence


def test_of_two_that_serve_a_fresh_folder_at_once_one_seeds_and_both_serve_the_whole(
    alone: Command, tmp_path: Path
) -> None:
    """As two people do who say `make run` on one data folder at the same moment."""
    environment = {**os.environ, "SIGHTLINE_DATA_DIR": str(tmp_path / "data"), "SIGHTLINE_STATEMENT_TIMEOUT": "300"}
    command: list[str | Path] = [COMMAND, "serve", "--port", "0", "--seed-when-empty", "demo"]
    processes = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        graphs = [_graph(process) for process in processes]
        status = json.loads(alone("db", "status", "--format", "json").out)
    finally:
        for process in processes:
            process.kill()
            process.communicate(timeout=30)
    assert graphs[0] == graphs[1]
    assert "synthetic: every person is made up" in graphs[0]
    assert (status["complete"], status["trouble"], status["lease"]) == (True, None, None)
    assert (status["relationships"]["HAS_PLACEMENT"], status["counts"]["Child"]) == (
        status["counts"]["Placement"],
        2000,
    )


def _graph(process: subprocess.Popen[str]) -> str:
    """Return what the greeting tells of the graph."""
    assert process.stdout is not None
    return next(line for line in process.stdout if line.startswith("  Graph "))
