"""The command that sweeps, on the run's server."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import Command

MANY = "sponsorsWithMultipleChildren"
SPONSOR = """
CREATE (s:Sponsor {key: 's'})
WITH s UNWIND ['a', 'b', 'c'] AS key
CREATE (:Child {key: key})-[:HAS_PLACEMENT]->(:Placement {key: key + 'p', releasedOn: $day})-[:WITH_SPONSOR]->(s)
"""


def test_sweeping_tells_what_became_of_the_findings(empty: Store, sightline: Command, tmp_path: Path) -> None:
    done = sightline("sweep", "--as-of", "2024-05-31", "--only", MANY, "--format", "json")

    (row,) = json.loads(done.out)
    assert {name: row[name] for name in ("indicator", "opened", "resolved", "unchanged", "whole")} == {
        "indicator": MANY,
        "opened": 0,
        "resolved": 0,
        "unchanged": 0,
        "whole": True,
    }
    assert "Everything was looked at: it is the first sweep." in done.err


async def test_the_thresholds_of_the_file_are_used_and_kept(empty: Store, sightline: Command, tmp_path: Path) -> None:
    await empty.write(SPONSOR, {"day": date(2024, 1, 1)})
    file = tmp_path / "thresholds.toml"
    file.write_text(f"[{MANY}]\nminChildren = 3\n[weights]\nMEDIUM = 7\n")

    sightline("sweep", "--only", MANY, environment={"SIGHTLINE_THRESHOLDS": str(file)})

    rows = await empty.read("MATCH (f:Finding) RETURN f.key, f.thresholds, f.weight, f.status")
    assert rows == [[f"s/{MANY}", '{"minChildren":3,"minUnrelated":0}', 7, "OPEN"]]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--only", "sponsorsWithMultipleChild"],
            f"there is no indicator sponsorsWithMultipleChild (did you mean {MANY}?); use ",
        ),
        (["--as-of", "31/05/2024"], "--as-of must be a day such as 2024-05-31"),
        (["--as-of", "9999-01-01"], "the day of a sweep cannot be after today, which is "),
    ],
)
def test_what_cannot_be_swept_is_said(sightline: Command, options: list[str], sentence: str) -> None:
    assert sightline("sweep", *options).sentence.startswith(sentence)


def test_thresholds_that_cannot_be_used_stop_the_command(alone: Command, tmp_path: Path) -> None:
    file = tmp_path / "thresholds.toml"
    file.write_text(f"[{MANY}]\nminChildren = 0\n")

    done = alone("sweep", environment={"SIGHTLINE_THRESHOLDS": str(file)})

    assert done.sentence == (
        f"the thresholds in {file} cannot be used: {MANY}.minChildren must be a whole number from 1 to 2147483647."
    )
