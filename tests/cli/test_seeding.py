from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import Command


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
