from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import Command
from tests.test_repository import ROOT

RELEASES = ROOT / "tests" / "seed" / "fixtures" / "hhs_releases.csv"


async def test_a_file_is_imported_once(sightline: Command, empty: Store, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"

    first = sightline("import", "hhs-releases", RELEASES, "--rejects", rejects)
    children = await empty.read("MATCH (c:Child) RETURN count(c)")
    again = sightline("import", "hhs-releases", RELEASES, "--rejects", rejects)

    assert (first.status, again.status) == (0, 0)
    assert f"Children: {children[0][0]} created, 0 already there" in first.out
    assert f"Children: 0 created, {children[0][0]} already there" in again.out
    assert rejects.read_text().startswith("row,column,value,reason")
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == children


@pytest.mark.parametrize(
    ("content", "part"),
    [(None, "releases.csv"), (b"", "releases.csv"), (b"a,b\n1,2\n", "releases.csv")],
    ids=["no file", "an empty file", "another header"],
)
def test_a_wrong_file_is_told_before_a_database_is_started(
    alone: Command, tmp_path: Path, content: bytes | None, part: str
) -> None:
    file = tmp_path / "releases.csv"
    if content is not None:
        file.write_bytes(content)

    assert part in alone("import", "hhs-releases", file).sentence
    assert not (tmp_path / "data").exists()
