import asyncio
import csv
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.files.importing import check_layout
from seed.files.options import Options
from seed.files.summary import FileSummary
from seed.hhs_releases.importing import import_hhs_releases
from seed.hhs_releases.rows import LAYOUT

Write = Callable[..., Path]

FAULTS = Path(__file__).parents[1] / "fixtures" / "hhs_releases.csv"
TODAY = date(2024, 5, 31)
ONE = "1,Honduras,F,1/5/15,2/6/15,33125,1,Mother"


@pytest.fixture
def faults(tmp_path: Path) -> Path:
    return Path(shutil.copy(FAULTS, tmp_path))


async def load(store: Store, file: Path, **options: Any) -> FileSummary:
    return await import_hhs_releases(store, file, Options(today=TODAY, **options))


def told(summary: FileSummary, kind: str) -> dict[str, int]:
    """Return how many records of each label an import did something with."""
    return dict(summary.difference.counts[kind])


async def facts(store: Store) -> list[list[object]]:
    return await store.read(
        "MATCH (c:Child)-[:HAS_PLACEMENT]->(p:Placement) OPTIONAL MATCH (p)-[:RELEASED_IN]->(a) "
        "RETURN c.key, c.countryOfBirth, c.sex, toString(c.enteredOn), toString(p.releasedOn), a.postalCode, "
        "p.sponsorCategory, p.relationship ORDER BY c.key"
    )


async def counts(store: Store) -> dict[object, object]:
    beside = ("SightlineStore", "ChangeLog", "Change", "Assertion", "IdempotencyKey", "Import")
    records = "&".join(f"!{label}" for label in beside)
    nodes = await store.read(f"MATCH (n:{records}) RETURN labels(n)[0], count(*)")
    links = await store.read("MATCH ()-[r]->() RETURN type(r), count(*)")
    return {row[0]: row[1] for row in [*nodes, *links]}


def rejected(file: Path) -> list[list[str]]:
    with file.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))[1:]


async def test_every_fault_of_the_layout_is_handled(empty: Store, faults: Path) -> None:
    summary = await load(empty, faults)
    assert (summary.rows, summary.imported, summary.repeated, summary.rejected) == (23, 17, 1, 5)
    assert told(summary, "created") == {"Child": 17, "Placement": 17, "PostalArea": 7}
    assert summary.difference.of("created") == sum(map(summary.difference.of, summary.difference.counts))
    assert summary.seen == {
        "Lines that are not UTF-8, read as Windows-1252": 1,
        "Lines with NUL bytes, which were left out": 1,
        "Rows with something unknown": 5,
        "  Child's Country of Origin": 1,
        "  Child's Gender": 1,
        "  Child's Date of Entry": 2,
        "  Child's Date of Release": 1,
        "  Sponsor Zipcode": 2,
        "  Sponsor Category": 4,
        "  Relationship of Sponsor": 2,
        "Record numbers that several rows have": 3,
    }
    assert (summary.notes, summary.rejects) == (12, faults.with_name("hhs_releases.csv.rejects.csv"))
    got = {str(key).removeprefix("hhs-releases-"): rest for key, *rest in await facts(empty)}
    assert {key: rest for key, rest in got.items() if len(key) < 3} == {
        "1": ["Honduras", "FEMALE", "2015-01-05", "2015-02-06", "33125", "1", "PARENT"],
        "2": ["Guatemala", "MALE", "2015-01-07", "2015-03-01", "02118", "2", "AUNT_UNCLE"],
        "3": ["El Salvador", "MALE", "2016-02-11", "2016-03-20", "00601", "3", "COUSIN"],
        "4": ["Congo, Democratic Republic of the", "FEMALE", "2017-06-01", "2017-08-15", "33125", "3", "UNRELATED"],
        "5": ["Mexico", "MALE", "2018-04-02", "2018-05-30", "33125", None, "FAMILY_FRIEND"],
        "6": ["Honduras", "FEMALE", "2018-04-03", "2018-05-31", "77036", None, "FAMILY_FRIEND"],
        "7": ["M\u00e9xico", "MALE", "2019-07-01", "2019-08-01", "90044", "1", "PARENT"],
        "8": ["Guatemala", "FEMALE", "2019-07-02", "2019-08-02", "90044", "2", "SIBLING"],
        "9": ["Honduras", "FEMALE", None, "2021-04-01", "77036", "1", "PARENT"],
        "10": ["Honduras", "FEMALE", "2021-05-01", "2021-04-01", "77036", "1", "PARENT"],
        "11": ["Honduras", "FEMALE", "2021-03-01", "2021-04-01", None, None, None],
        "12": [None, None, None, None, None, None, None],
        "16": ["Honduras", "FEMALE", "2021-03-01", "2021-04-01", "77036", "1", "PARENT"],
    }
    assert sorted(str(rest[0]) for key, rest in got.items() if key.startswith("1905-")) == ["El Salvador", "Guatemala"]
    assert [rest[6] for key, rest in got.items() if key.startswith("3787-")] == ["PARENT", "PARENT"]


async def test_the_four_children_of_two_doubled_ids_are_told_apart_and_reported(empty: Store, faults: Path) -> None:
    summary = await load(empty, faults)
    twins = await empty.read(
        "MATCH (c:Child) WHERE c.key STARTS WITH 'hhs-releases-1905-' OR c.key STARTS WITH 'hhs-releases-3787-' "
        "RETURN count(*)"
    )
    assert twins == [[4]]
    assert [remark for remark in summary.remarks if "1905" not in remark] == [
        "ID 1 in rows 2, 22: the same row repeated, one child",
        "ID 3787 in rows 20, 25: 2 children, told apart by Relationship of Sponsor",
    ]
    assert set(summary.remarks) < set(summary.lines())


async def test_the_rejects_file_has_what_was_not_used_as_it_was_written(empty: Store, faults: Path) -> None:
    summary = await load(empty, faults)
    assert summary.rejects is not None
    assert [line[:3] for line in rejected(summary.rejects)] == [
        ["8", "Sponsor Category", "Family Friend"],
        ["11", "Child's Date of Entry", "02/30/21"],
        ["12", "Child's Date of Release", "04/01/21"],
        ["13", "Sponsor Zipcode", "ABCDE"],
        ["13", "Sponsor Category", "9"],
        ["13", "Relationship of Sponsor", "Pastor"],
        ["15", "", "13,Honduras,F,03/01/21"],
        ["16", "", "14,Honduras,F,03/01/21,04/01/21,77036,1,Mother,extra"],
        ["17", "", '15,"Honduras,F,03/01/21,04/01/21,77036,1,Mother'],
        ["18", "ID", ""],
        ["22", "", ""],
        ["26", "", "17,Nicaragua,F,12/20/22,01/1"],
    ]
    assert all(line[3] for line in rejected(summary.rejects))


async def test_everything_is_from_the_source_with_its_row(empty: Store, faults: Path) -> None:
    await load(empty, faults)
    assert await empty.read("MATCH (s:Source) RETURN s.key, s.system, s.file, s.extractedAt") == [
        ["hhs-releases", "HHS ORR", "hhs_releases.csv", None]
    ]
    rows = await empty.read(
        "MATCH (n)-[r:FROM_SOURCE]->(:Source) WHERE n.key IN ['hhs-releases-16', 'zip-90044'] "
        "RETURN labels(n)[0], n.key, r.row ORDER BY labels(n)[0]"
    )
    assert rows == [
        ["Child", "hhs-releases-16", 21],
        ["Placement", "hhs-releases-16", 21],
        ["PostalArea", "zip-90044", 9],
    ]
    assert await empty.read(
        "MATCH (n:!Source&!SightlineStore&!ChangeLog&!Change&!Import) "
        "WHERE COUNT { (n)-[:FROM_SOURCE]->() } <> 1 RETURN count(*)"
    ) == [[0]]
    assert await empty.read("MATCH (n) WHERE n:Sponsor OR n.firstName IS NOT NULL RETURN count(*)") == [[0]]


async def test_importing_again_creates_nothing(empty: Store, faults: Path) -> None:
    await load(empty, faults)
    before = await counts(empty), await facts(empty)
    again = await load(empty, faults, batch_size=3)
    assert told(again, "unchanged") == {"Child": 17, "Placement": 17, "PostalArea": 7}
    assert again.difference.of("unchanged") == sum(map(again.difference.of, again.difference.counts))
    assert (await counts(empty), await facts(empty)) == before


async def test_the_order_of_the_rows_does_not_matter(empty: Store, faults: Path, write: Write) -> None:
    await load(empty, faults)
    before = await counts(empty), await facts(empty)
    header, *lines = FAULTS.read_bytes().split(b"\r\n")
    file = write(*reversed(lines[:-1]), lines[-1], header=header, name=faults.name, end=b"\r\n")
    summary = await load(empty, file)
    assert (told(summary, "created"), told(summary, "unchanged")["Child"]) == ({}, 17)
    assert (await counts(empty), await facts(empty)) == before


async def test_a_corrected_file_corrects_the_graph(empty: Store, write: Write) -> None:
    await load(empty, write(ONE, ONE.replace("1,", "2,", 1)))
    await load(empty, write("1,Guatemala,,1/5/15,,77036,3,", "2,Honduras,F,1/5/15,2/6/15,,1,Mother"))
    assert await facts(empty) == [
        ["hhs-releases-1", "Guatemala", None, "2015-01-05", None, "77036", "3", None],
        ["hhs-releases-2", "Honduras", "FEMALE", "2015-01-05", "2015-02-06", None, "1", "PARENT"],
    ]


async def test_an_import_that_was_broken_off_is_completed_by_the_next(empty: Store, write: Write) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, 31)), "x")

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(empty, file, batch_size=10, progress=stop)
    assert [path.name for path in file.parent.iterdir()] == ["releases.csv"]
    summary = await load(empty, file, batch_size=10)
    assert told(summary, "created") == {"Child": 20, "Placement": 20}
    assert told(summary, "unchanged") == {"Child": 10, "Placement": 10, "PostalArea": 1}
    assert (await counts(empty))["HAS_PLACEMENT"] == 30


async def test_a_cancelled_import_leaves_no_file_behind(empty: Store, write: Write) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, 3_000)))

    def cancel(done: int, total: int) -> None:
        if done:
            task.cancel()

    task = asyncio.create_task(load(empty, file, batch_size=1_000, progress=cancel))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await counts(empty))["Child"] == 1_000
    assert [path.name for path in file.parent.iterdir()] == ["releases.csv"]


async def test_progress_runs_from_nothing_to_the_size(empty: Store, write: Write) -> None:
    told: list[tuple[int, int]] = []
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, 1_001)))
    await load(empty, file, batch_size=100, progress=lambda done, total: told.append((done, total)))
    size = file.stat().st_size
    assert told[0] == (0, size)
    assert told[-1] == (size, size)
    assert told == sorted(told)
    assert len(told) == 12


async def test_a_header_alone_imports_nothing_and_says_so(empty: Store, write: Write) -> None:
    summary = await load(empty, write())
    assert list(summary.lines()) == [
        "releases.csv: the header is right, but there are no rows below it; nothing was imported"
    ]
    assert await counts(empty) == {}


async def test_a_clean_file_leaves_no_rejects_file(empty: Store, write: Write) -> None:
    file = write(ONE)
    stale = file.with_name("releases.csv.rejects.csv")
    stale.write_text("row,column,value,reason\n2,ID,x,y\n")
    summary = await load(empty, file)
    assert (summary.rejects, summary.notes) == (None, 0)
    assert not stale.exists()


async def test_the_rejects_file_can_be_elsewhere(empty: Store, faults: Path, tmp_path: Path) -> None:
    summary = await load(empty, faults, rejects=tmp_path / "elsewhere.csv")
    assert summary.rejects == tmp_path / "elsewhere.csv"
    assert len(rejected(tmp_path / "elsewhere.csv")) == 12


async def test_the_summary_in_words(empty: Store, faults: Path) -> None:
    lines = list((await load(empty, faults)).lines())
    assert lines[:6] == [
        "hhs_releases.csv: 23 rows read: 17 imported, 5 rejected, 1 repeated, 0 passed over",
        "Child: 17 created",
        "Placement: 17 created",
        "PostalArea: 7 created",
        "Lines that are not UTF-8, read as Windows-1252: 1",
        "Lines with NUL bytes, which were left out: 1",
    ]
    assert lines[-1].startswith("Values and rows that could not be used: 12, listed in ")


async def test_a_very_long_value_costs_no_row(empty: Store, write: Write) -> None:
    summary = await load(empty, write(ONE.replace("Honduras", "H" * 30_000), ONE.replace("1,", "2,", 1)))
    assert (summary.imported, summary.notes) == (2, 1)


async def test_a_file_that_changes_meanwhile_is_told(empty: Store, write: Write) -> None:
    file = write(ONE)

    def change(done: int, total: int) -> None:
        os.utime(file, ns=(1, 1))

    with pytest.raises(BadInput, match=r"^releases.csv changed while it was being imported; import it again$"):
        await load(empty, file, progress=change)


async def test_a_batch_size_of_nothing(empty: Store, write: Write) -> None:
    with pytest.raises(BadInput, match="batch size"):
        await load(empty, write(ONE), batch_size=0)


async def test_a_file_of_another_layout_writes_nothing(empty: Store, write: Write) -> None:
    file = write("1,2", header="a,b")
    with pytest.raises(BadInput):
        await load(empty, file)
    assert await counts(empty) == {}
    assert [path.name for path in file.parent.iterdir()] == ["releases.csv"]


def test_a_file_can_be_checked_without_a_database(write: Write, tmp_path: Path) -> None:
    check_layout(LAYOUT, write(ONE), {})
    check_layout(LAYOUT, FAULTS, {})
    for file, said in ((tmp_path / "none.csv", "does not exist"), (write(ONE, header="a,b"), "lacks ID")):
        with pytest.raises(BadInput, match=said):
            check_layout(LAYOUT, file, {})
