from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.store import Store
from tests.cli.conftest import COMMAND, Command
from tests.seed.court_dump.conftest import WriteDump, dump
from tests.test_repository import ROOT

RELEASES = ROOT / "tests" / "seed" / "fixtures" / "hhs_releases.csv"


async def test_a_file_is_imported_once(sightline: Command, empty: Store, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"

    first = sightline("import", "hhs-releases", RELEASES, "--yes", "--rejects", rejects)
    children = await empty.read("MATCH (c:Child) RETURN count(c)")
    again = sightline("import", "hhs-releases", RELEASES, "--yes", "--rejects", rejects)

    assert (first.status, again.status) == (0, 0)
    assert f"Child: {children[0][0]} created\n" in first.out
    assert f"Child: {children[0][0]} unchanged\n" in again.out
    assert rejects.read_text("utf-8-sig").startswith("row,column,value,reason")
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == children


async def test_what_releases_would_do_is_told_with_findings(sightline: Command, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "releases.csv"
    file.write_bytes(b"".join(RELEASES.read_bytes().splitlines(keepends=True)[:3]))
    foretold = sightline("import", "hhs-releases", file, "--dry-run")
    assert foretold.status == 0
    assert "Child: 2 created" in foretold.out
    assert "childrenWithoutNoticeToAppear: 2" in foretold.out
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == [[0]]
    assert "say --yes to go on without a question" in sightline("import", "hhs-releases", file).sentence


async def test_a_key_is_good_for_one_file(sightline: Command, empty: Store, tmp_path: Path) -> None:
    given = ("import", "hhs-releases", RELEASES, "--rejects", tmp_path / "rejects.csv", "--yes", "--key", "foia-1")
    first, again = sightline(*given), sightline(*given)
    assert (first.status, again.status, again.out) == (0, 0, first.out)
    other = tmp_path / "other.csv"
    other.write_bytes(b"".join(RELEASES.read_bytes().splitlines(keepends=True)[:3]))
    refused = sightline("import", "hhs-releases", other, "--yes", "--key", "foia-1")
    assert "was used before for other content" in refused.sentence


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


__all__ = ["dump"]
ACTIONS = (
    "CASE_ID,TRADE_NM,STREET_ADDR_1_TXT,CTY_NM,ST_CD,ZIP_CD,FINDINGS_START_DATE,FINDINGS_END_DATE,"
    "FLSA_CL_VIOLTN_CNT,FLSA_CL_MINOR_CNT,MORE\n"
    "7,BAKERY,1 MAIN ST,HOUSTON,TX,77002,2021-01-04,2023-01-03,2,3,x\n"
    "8,CAFE,2 MAIN ST,HOUSTON,TX,77002,2021-01-04,2023-01-03,0,0,x\n"
)


async def test_what_an_import_changes_is_told_before_it_is_done(
    sightline: Command, empty: Store, tmp_path: Path
) -> None:
    file = tmp_path / "whd.csv"
    file.write_text(ACTIONS)
    told = sightline("import", "whd", file, "--dry-run")
    assert told.status == 0
    assert "2 rows read: 1 to import, 0 rejected, 0 repeated, 1 passed over" in told.out
    assert "Employer: 1 created" in told.out
    assert "Nothing was written." in told.out
    assert await empty.read("MATCH (e:Employer) RETURN count(e)") == [[0]]
    assert "say --yes to go on without a question" in sightline("import", "whd", file).sentence
    done = sightline("import", "whd", file, "--yes")
    assert (done.status, "1 imported" in done.out) == (0, True)
    assert await empty.read("MATCH (e:Employer)-[:CITED_FOR]->(v) RETURN e.name, v.minorsAffected") == [["Bakery", 3]]
    again = sightline("import", "whd", file, "--yes")
    assert "Employer: 1 unchanged" in again.out


def test_a_file_of_another_layout_is_told_with_its_own(alone: Command, tmp_path: Path) -> None:
    refused = alone("import", "whd", RELEASES, "--dry-run").sentence
    assert "holds HHS releases; use `sightline import hhs-releases`" in refused
    file = tmp_path / "whd.csv"
    file.write_text(ACTIONS)
    assert "use `sightline import whd`" in alone("import", "hhs-releases", file).sentence
    assert not (tmp_path / "data").exists()


async def test_the_courts_dump_is_told_and_imported(
    sightline: Command, alone: Command, empty: Store, dump: WriteDump, tmp_path: Path
) -> None:
    path = dump(
        juveniles=[{"idnCase": "10", "idnJuvenile": "1"}, {"idnCase": "11", "idnJuvenile": "3"}],
        cases=[{"IDNCASE": "10", "Sex": "F"}, {"IDNCASE": "11", "Sex": "M"}],
    )
    (tmp_path / "nothing").mkdir()
    told = sightline("import", "eoir", path, "--dry-run")
    assert "Child: 1 created" in told.out
    done = sightline("import", "eoir", path, "--yes", "--juvenile", "UJ, AJ")
    assert (done.status, "Child: 2 created" in done.out) == (0, True)
    assert "XX is no code of juveniles" in alone("import", "eoir", path, "--yes", "--juvenile", "XX").sentence
    assert "lacks tblLookup_Juvenile, tbl_JuvenileHistory" in alone("import", "eoir", tmp_path / "nothing").sentence


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_killed_import_leaves_no_file_and_the_next_completes_it(
    sightline: Command, empty: Store, environment: Mapping[str, str], tmp_path: Path
) -> None:
    header = RELEASES.read_text("utf-8", "replace").splitlines()[0]
    file = tmp_path / "releases.csv"
    rows = (f"{number},Honduras,F,1/5/15,2/6/15,nowhere,1,Mother" for number in range(1, 6_001))
    file.write_text("\n".join([header, *rows, ""]))
    process = await asyncio.create_subprocess_exec(
        *(COMMAND, "import", "hhs-releases", file, "--yes"),
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        while await empty.read("MATCH (c:Child) RETURN count(*) > 0") == [[False]]:
            assert process.returncode is None
            await asyncio.sleep(0.05)
    finally:
        process.kill()
        await process.wait()
    assert files_of(tmp_path) == ["releases.csv"]

    (tmp_path / "releases.csv.rejects.csv.part").write_text("what an earlier version left")
    assert sightline("import", "hhs-releases", file, "--yes").status == 0
    assert files_of(tmp_path) == ["releases.csv", "releases.csv.rejects.csv"]
    assert await empty.read("MATCH (c:Child)-[:HAS_PLACEMENT]->() RETURN count(*)") == [[6_000]]
