"""Stores of other versions: what 0.1 left is brought up to date, and what a newer one left is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.errors import Refused
from graph.maintenance.contents import is_whole, read_trouble
from graph.maintenance.definitions import read_definitions
from graph.maintenance.prepare import prepare_store
from graph.maintenance.record import Record, read_record
from graph.maintenance.upgrades import STEPS, Step, check_version, newest, upgrade
from graph.model import MODEL
from graph.opening import open_store
from graph.settings import Settings, read_settings
from graph.store import Store
from graph.writing.change_log import changes
from graph.writing.derived import check_derived, derived_digest
from graph.writing.derived_marks import derived_types, read_held
from graph.writing.folded_text import check_twins, fold_digest
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Thresholds, indicators
from queries.library import load_library

LEFT = Path(__file__).parents[1] / "fixtures" / "store-0.1.cypher"
NEWER = "MERGE (r:SightlineStore {key: 'store'}) SET r.schemaVersion = 9, r.writtenBy = '9.1.0'"


@pytest.fixture(scope="module")
async def old(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """What version 0.1 left in a store of its own."""
    own = read_settings(data_dir=tmp_path_factory.mktemp("old"), heap=settings.heap, page_cache=settings.page_cache)
    async with open_store(own) as store:
        for statement in LEFT.read_text(encoding="utf-8").split(";\n"):
            text = "\n".join(line for line in statement.splitlines() if not line.startswith("//"))
            if text.strip():
                await store.write_auto(text)
        await store.read("CALL db.awaitIndexes(60)")
        yield store


@pytest.mark.database
async def test_a_store_of_version_0_1_is_brought_up_to_date(old: Store) -> None:
    await old.write("MATCH (s:Sweep) SET s.holder = 'left over', s.expiresAt = datetime()")
    await old.write("MATCH (c:Child {key: 'syn-child-2'}) SET c.lastNameFolded = 'as another fold wrote it'")
    await old.write("MATCH (s:Sponsor {key: 'syn-sponsor-1'}) SET s.childCount = 1")
    await old.write("CREATE (:Touched {label: 'Child', keys: ['syn-child-1']}), (:Touched {label: '*', keys: []})")
    await old.write_auto("DROP INDEX Address_city")
    await old.write_auto("CREATE INDEX Address_city FOR (n:Address) ON (n.city)")
    await old.write_auto("CREATE INDEX Child_shelter FOR (n:Child) ON (n.shelter, n.key)")
    await old.write_auto("CREATE INDEX theirs FOR (n:Child) ON (n.shoeSize)")
    before = await old.read("MATCH (f:Finding)-[:HAS_CHANGE]->(c) RETURN f.key, f.status, c.kind ORDER BY c.key")
    assert await read_record(old) == Record()
    assert await is_whole(old)
    told: list[tuple[str, int, int]] = []

    assert await prepare_store(old, progress=lambda step, done=0, total=0: told.append((step, done, total)))

    ((logged,), _, _) = await changes(old, after=0)
    assert (logged.kind, set(logged.records["Child"]), set(logged.whole)) == ("upgrade", {"syn-child-1"}, {"*"})
    assert await old.read("MATCH (t:Touched) RETURN count(t)") == [[0]]
    record = await read_record(old)
    assert (record.schema_version, record.fold, record.derived) == (newest(), fold_digest(), derived_digest())
    assert {("Folding texts", 6, 6), ("Deriving properties", 4, 4)} <= set(told)
    assert (await check_twins(old), await check_derived(old)) == ({}, [])
    definitions = await read_definitions(old)
    assert definitions["Address_city"][0].properties == ("city", "key")
    assert {"Child_shelter", "theirs"} & set(definitions) == {"theirs"}
    assert await old.read("MATCH (s:Sweep) RETURN s.holder, s.state IS NOT NULL") == [[None, True]]
    assert await is_whole(old)
    assert await read_trouble(old) is None
    after = await old.read("MATCH (f:Finding)-[:HAS_CHANGE]->(c) RETURN f.key, f.status, c.kind ORDER BY c.key")
    assert after == before != []
    assert await prepare_store(old) == 0


@pytest.mark.database
async def test_a_store_that_went_back_to_0_1_is_brought_up_to_date_again(old: Store) -> None:
    """As docs/upgrading.md says: the record is deleted, and version 0.1 folds all texts by its own rule."""
    await prepare_store(old)
    await old.write("MATCH (r:SightlineStore) DELETE r")
    await old.write("MATCH (c:Child) WHERE c.lastName IS NOT NULL SET c.lastNameFolded = toLower(c.lastName)")
    assert await read_record(old) == Record()
    assert await check_twins(old) != {}

    await prepare_store(old)

    record = await read_record(old)
    assert (record.schema_version, record.fold) == (newest(), fold_digest())
    assert await check_twins(old) == {}


@pytest.mark.database
async def test_an_interrupted_seed_of_version_0_1_is_found_by_its_numbers(old: Store) -> None:
    await old.write("MATCH (:Placement)-[r:WITH_SPONSOR]->() WITH r LIMIT 1 DELETE r")
    try:
        assert not await is_whole(old)
        assert "1 of relationships" in str(await read_trouble(old))
    finally:
        await old.write(
            "MATCH (p:Placement) WHERE NOT EXISTS { (p)-[:WITH_SPONSOR]->() } "
            "MATCH (s:Sponsor) CREATE (p)-[:WITH_SPONSOR]->(s)"
        )


@pytest.mark.database
async def test_findings_of_a_question_that_is_gone_are_resolved_with_that_reason(old: Store) -> None:
    gone = "childrenWithoutNoticeToAppear"
    alive = "MATCH (f:Finding {indicator: $gone}) WHERE f.status <> 'RESOLVED' RETURN count(f)"
    ((found,),) = await old.read(alive, {"gone": gone})
    known = [one for one in indicators(load_library(), Thresholds()) if one.name != gone]

    report = await Sweeper(old, known)()

    assert {one.indicator: one.resolved for one in report.swept if one.indicator == gone} == {gone: found}
    assert await old.read(alive, {"gone": gone}) == [[0]]
    reasons = "MATCH (:Finding {indicator: $gone})-[:HAS_CHANGE]->(c {kind: 'RESOLVED'}) RETURN DISTINCT c.reason"
    assert await old.read(reasons, {"gone": gone}) == [["the question that found it was removed"]]


async def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(empty: Store) -> None:
    await empty.write(NEWER)
    wanted = (
        f"Sightline 9.1.0 wrote this store (version 9, and this Sightline knows those up to {newest()}); "
        "use that Sightline, or another data folder"
    )
    with pytest.raises(Refused) as told:
        await prepare_store(empty)
    assert str(told.value) == wanted
    with pytest.raises(Refused):
        await check_version(empty)
    assert (await read_record(empty)).schema_version == 9


async def test_an_upgrade_goes_on_from_the_step_at_which_it_was(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    fails = True

    async def third(_: Store) -> None:
        if fails:
            raise ValueError
        taken.append(3)

    async def fourth(_: Store) -> None:
        taken.append(4)

    async def second(_: Store) -> None:
        taken.append(2)

    steps = [Step(2, "", second), Step(3, "", third), Step(4, "", fourth)]
    await empty.write("CREATE (:Child {key: 'syn-a'})")
    with pytest.raises(ValueError, match=r"^$"):
        await upgrade(empty, empty=False, progress=lambda *_: None, steps=steps)
    assert (taken, (await read_record(empty)).schema_version) == ([2], 2)
    fails = False
    await upgrade(empty, empty=False, progress=lambda *_: None, steps=steps)
    assert (taken, (await read_record(empty)).schema_version) == ([2, 3, 4], 4)
    await upgrade(empty, empty=False, progress=lambda *_: None, steps=steps)
    assert taken == [2, 3, 4]


async def test_twins_of_another_fold_are_written_anew(empty: Store) -> None:
    await prepare_store(empty)
    await empty.write("CREATE (:Sponsor {key: 's', lastName: 'Peña', lastNameFolded: 'peña'})")
    assert await prepare_store(empty) == 0
    assert await check_twins(empty) == {"Sponsor.lastName": 1}
    await empty.write("MATCH (r:SightlineStore) SET r.fold = 'another'")

    await prepare_store(empty)

    assert await check_twins(empty) == {}


async def test_properties_that_were_derived_in_another_way_are_found_anew(empty: Store) -> None:
    await prepare_store(empty)
    await empty.write("CREATE (:Sponsor {key: 's', childCount: 3, unrelatedChildCount: 0})")
    assert await prepare_store(empty) == 0
    assert [one.property for one in await check_derived(empty)] == ["childCount"]
    assert await read_held(empty.write) == []
    await empty.write("MATCH (r:SightlineStore) SET r.derived = 'another'")

    await prepare_store(empty)

    assert await check_derived(empty) == []
    assert await read_held(empty.write) == derived_types(MODEL)
    assert (await read_record(empty)).derived == derived_digest()


def test_steps_are_in_order_and_each_says_what_it_does() -> None:
    versions = [step.version for step in STEPS]
    assert versions == list(range(2, newest() + 1))
    assert all(step.doc.endswith(".") for step in STEPS)
