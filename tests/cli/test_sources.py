"""The sources of the records, listed and undone, by the real command."""

from __future__ import annotations

import json
from pathlib import Path

from graph.store import Store
from tests.cli.conftest import Command
from tests.cli.test_importing import ACTIONS
from tests.everything import everything


async def test_sources_are_listed_and_an_import_is_undone(sightline: Command, empty: Store, tmp_path: Path) -> None:
    file, other = tmp_path / "whd.csv", tmp_path / "other.csv"
    file.write_text(ACTIONS)
    assert sightline("import", "whd", file, "--yes").status == 0
    before = await everything(empty)
    other.write_text(ACTIONS.replace("7,BAKERY,1 MAIN ST", "9,SHOP,3 MAIN ST"))
    assert sightline("import", "whd", other, "--yes").status == 0
    listed = json.loads(sightline("sources", "--format", "json").out)
    assert {(one["file"], one["type"], one["records"], one["dropped"]) for one in listed} == {
        (name, label, 1, False)
        for name in ("whd.csv", "other.csv")
        for label in ("Address", "Employer", "LaborViolation", "PostalArea")
    }
    source = next(one["source"] for one in listed if one["file"] == "other.csv")
    told = sightline("import", "undo", source, "--dry-run").out
    assert told.splitlines()[1:] == [
        "Employer: 1 to delete",
        "LaborViolation: 1 to delete",
        "PostalArea: 1 to keep, with what others gave",
        "Nothing was written.",
    ]
    assert "say --yes to go on without a question" in sightline("import", "undo", source).sentence
    done = sightline("import", "undo", source, "--yes")
    assert (done.status, "Employer: 1 deleted" in done.out) == (0, True)
    assert await everything(empty) == before
    assert (
        "there is no source whd-none; `sightline sources` lists"
        in sightline("import", "undo", "whd-none", "--yes").sentence
    )
