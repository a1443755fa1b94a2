"""What an import leaves beside the records: its source, what earlier files said, the change log, and its key."""

from __future__ import annotations

import pytest

from graph.errors import BadInput
from graph.store import Store
from graph.writing.change_log import changes
from graph.writing.history import conflicts, history
from tests.seed.hhs_releases.test_importing import ONE, Write, counts, load, told


async def test_a_second_file_is_a_source_of_its_own(empty: Store, write: Write) -> None:
    await load(empty, write(ONE, name="march.csv"))
    await load(empty, write(ONE, ONE.replace("1,", "2,", 1), name="april.csv"))
    await load(empty, write(ONE, name="march.csv"))
    sources = await empty.read(
        "MATCH (s:Source) RETURN s.file, s.key STARTS WITH 'hhs-releases', COUNT { (:Child)-->(s) } ORDER BY s.file"
    )
    assert sources == [["april.csv", True, 2], ["march.csv", True, 1]]
    assert await empty.read("MATCH (s:Source {key: 'hhs-releases'}) RETURN s.file") == [["march.csv"]]
    assert await empty.read("MATCH (a:Assertion) RETURN count(a)") == [[0]]


async def test_what_an_earlier_file_said_stands_beside_the_record(empty: Store, write: Write) -> None:
    await load(empty, write(ONE, name="march.csv"))
    await load(empty, write(ONE.replace("Honduras", "Peru").replace("33125", "77036"), name="april.csv"))
    said = [one for one in await history(empty, "Child", "hhs-releases-1") if one.property == "countryOfBirth"]
    assert [(one.value, one.source == "hhs-releases", one.shown) for one in said] == [
        ("Honduras", True, False),
        ("Peru", False, True),
    ]
    area = [one.value for one in await history(empty, "Placement", "hhs-releases-1") if one.property == "RELEASED_IN"]
    assert area == ["zip-33125"]
    assert await conflicts(empty, "Child", "hhs-releases-1") == [], "one system corrected itself"


async def test_each_batch_has_one_entry_in_the_change_log(empty: Store, write: Write) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, 4)))
    await load(empty, file, batch_size=2)
    first, second = (await changes(empty, after=0)).entries
    assert (first.actor, first.kind, first.source) == ("importer", "import", "hhs-releases")
    keys = {"hhs-releases-1", "hhs-releases-2"}
    assert first.records == {
        "Source": {"hhs-releases"},
        "Child": keys,
        "Placement": keys,
        "PostalArea": {"zip-33125"},
    }
    assert set(second.records["Child"]) == {"hhs-releases-3"}


async def test_a_file_is_imported_once_under_a_key(empty: Store, write: Write) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in (1, 1, 3787, 3787)), "x")
    first = await load(empty, file, key="march")
    assert (len(first.remarks), first.rejects is None) == (2, False)
    before = await counts(empty), len((await changes(empty, after=0)).entries)
    await empty.write("MATCH (c:Child {key: 'hhs-releases-1'}) SET c.sex = 'MALE'")
    assert await load(empty, file, key="march") == first
    assert (await counts(empty), len((await changes(empty, after=0)).entries)) == before
    assert await empty.read("MATCH (c:Child {key: 'hhs-releases-1'}) RETURN c.sex") == [["MALE"]]
    with pytest.raises(BadInput, match="used before for other content"):
        await load(empty, write(ONE, name="other.csv"), key="march")


async def test_an_import_that_was_broken_off_goes_on_under_its_key(empty: Store, write: Write) -> None:
    file = write(*(ONE.replace("1,", f"{number},", 1) for number in range(1, 5)))

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(empty, file, batch_size=2, progress=stop, key="march")
    summary = await load(empty, file, key="march")
    assert (told(summary, "created")["Child"], told(summary, "unchanged")["Child"]) == (2, 2)
