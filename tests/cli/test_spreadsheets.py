from __future__ import annotations

import shutil
from pathlib import Path

from graph.store import Store
from tests.cli.conftest import Command
from tests.seed.spreadsheets.test_examples import EXAMPLES
from tests.test_repository import ROOT

RELEASES = ROOT / "tests" / "seed" / "fixtures" / "hhs_releases.csv"


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copy(EXAMPLES / name, folder / name))


async def test_a_spreadsheet_is_told_and_imported(sightline: Command, empty: Store, tmp_path: Path) -> None:
    file, mapping = copied(tmp_path, "calls.csv"), EXAMPLES / "calls.yaml"
    told = sightline("import", "spreadsheet", file, "--mapping", mapping, "--dry-run")
    assert (told.status, "ContactAttempt: 5 created" in told.out) == (0, True)
    assert "Columns that the mapping does not read (Remarks): 1" in told.out
    assert await empty.read("MATCH (c:ContactAttempt) RETURN count(c)") == [[0]]
    done = sightline("import", "spreadsheet", file, "--mapping", mapping, "--yes")
    assert (done.status, "5 imported" in done.out) == (0, True)
    again = sightline("import", "spreadsheet", file, "--mapping", mapping, "--yes")
    assert "ContactAttempt: 5 unchanged" in again.out


def test_a_mapping_is_suggested_and_not_overwritten(alone: Command, tmp_path: Path) -> None:
    file, mapping = copied(tmp_path, "calls.csv"), tmp_path / "calls.yaml"
    shown = alone("import", "spreadsheet", file, "--suggest")
    written = alone("import", "spreadsheet", file, "--suggest", "--mapping", mapping)
    assert (shown.status, written.status, written.out) == (0, 0, "")
    assert "Call Date: contact.attemptedOn (100% sure" in written.err
    assert mapping.read_text() == shown.out
    assert "exists; give the suggested mapping another name" in (
        alone("import", "spreadsheet", file, "--suggest", "--mapping", mapping).sentence
    )
    assert "system: say whose records these are" in (
        alone("import", "spreadsheet", file, "--mapping", mapping, "--dry-run").sentence
    )
    assert "Say with --mapping what the columns mean" in alone("import", "spreadsheet", file, "--yes").sentence
    assert not (tmp_path / "data").exists()


def test_a_published_file_is_told_with_its_own_command(alone: Command, tmp_path: Path) -> None:
    given = ("--mapping", EXAMPLES / "calls.yaml", "--dry-run")
    assert "holds HHS releases; use `sightline import hhs-releases`" in (
        alone("import", "spreadsheet", RELEASES, *given).sentence
    )
    dump = tmp_path / "A_TblCase.csv"
    dump.write_text("IDNCASE\tNAT\n1\tHO\n")
    assert "holds a table of the courts' dump; use `sightline import eoir`" in (
        alone("import", "spreadsheet", dump, "--suggest").sentence
    )
