"""A newer version of a file: what it no longer has is marked, kept and told, until it is back."""

from __future__ import annotations

from datetime import date

from graph.store import Store
from graph.writing.imports import read_sources
from graph.writing.missing import marked_missing
from tests.everything import everything
from tests.seed.labor_findings.test_actions import TODAY, Write, load, write

__all__ = ["write"]
CAFE = {"case_id": "2", "trade_nm": "CAFE", "street_addr_1_txt": "2 MAIN ST"}
SHOP = {"case_id": "3", "trade_nm": "SHOP", "street_addr_1_txt": "3 MAIN ST"}


def told(lines: object) -> list[str]:
    return [line.replace(str(TODAY), "today") for line in lines if "file" in line]  # type: ignore[attr-defined]


async def test_what_a_newer_version_no_longer_has_is_marked(empty: Store, write: Write) -> None:
    first = await load(empty, write({}, CAFE, SHOP))
    assert (first.versions.gone, first.versions.back, first.versions.dropped) == ({}, {}, [])
    before = await everything(empty)
    newer = write({}, CAFE)
    dry = await load(empty, newer, dry_run=True)
    assert await everything(empty) == before
    done = await load(empty, newer)
    assert done.versions.gone == dry.versions.gone == {"Employer": 1, "LaborViolation": 1, "Address": 1}
    assert "Employer: 1 no longer in the file; kept, and marked as missing since today" in told(done.lines())
    assert "Employer: 1 no longer in the file; kept, and would be marked as missing since today" in told(dry.lines())
    assert [one.label for one in done.versions.dropped] == ["Address", "Employer", "LaborViolation"]
    marked = await marked_missing(empty, (await read_sources(empty))[0].key)
    assert marked["LaborViolation"] == {"whd-case-3"}
    assert await empty.read("MATCH (v:LaborViolation) RETURN count(v)") == [[3]], "nothing is deleted"


async def test_the_mark_stays_as_it_is_and_goes_when_the_record_is_back(empty: Store, write: Write) -> None:
    await load(empty, write({}, CAFE))
    once = await everything(empty)
    await load(empty, write({}))
    await empty.write(
        "MATCH ()-[f:FROM_SOURCE]->() WHERE f.missingSince IS NOT NULL SET f.missingSince = $day",
        {"day": date(2024, 1, 2)},
    )
    again = await load(empty, write({}))
    assert again.versions.gone == {}
    days = "MATCH ()-[f:FROM_SOURCE]->() WHERE f.missingSince IS NOT NULL RETURN DISTINCT toString(f.missingSince)"
    assert await empty.read(days) == [["2024-01-02"]]
    back = await load(empty, write({}, CAFE))
    assert back.versions.back == {"Employer": 1, "LaborViolation": 1, "Address": 1}
    assert await empty.read(days) == []
    assert [one for one in await everything(empty) if not one.startswith("Import")] == [
        one for one in once if not one.startswith("Import")
    ]


async def test_a_file_of_another_name_is_another_source(empty: Store, write: Write) -> None:
    await load(empty, write({}, CAFE))
    other = await load(empty, write(SHOP, name="other.csv"))
    assert other.versions.gone == {}


async def test_what_is_told_once_is_told_again_under_a_key(empty: Store, write: Write) -> None:
    await load(empty, write({}, CAFE, SHOP))
    newer = write({})
    first = await load(empty, newer, key="march")
    assert [one.label for one in first.versions.dropped] == ["Address", "Employer", "LaborViolation"]
    assert await load(empty, newer, key="march") == first


async def test_a_file_without_rows_marks_nothing(empty: Store, write: Write) -> None:
    await load(empty, write({}))
    assert (await load(empty, write())).versions.gone == {}
