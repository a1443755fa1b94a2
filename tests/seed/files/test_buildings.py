"""Addresses that lack their unit, in buildings that are known to have units."""

import pytest

from graph.store import Store
from graph.writing.history import conflicts, history
from graph.writing.origin import Extract, Origin
from graph.writing.writer import Writer
from seed.files.addresses import read_address
from seed.files.buildings import LACKING
from seed.files.loading import Loader
from seed.files.records import NodeFact, Record
from tests.api.compiler.asking import Asker

SHELTER, COURT = Extract("shelter", "HHS ORR", "releases.csv"), Extract("court", "EOIR", "addresses.csv")
WHOLE = "123 North Main Street"


def record(row: int, street: str, **given: str) -> Record:
    read = read_address(street, "", "Houston", "TX", "77002")
    assert read.key is not None
    return Record(row, (NodeFact("Address", read.key, {**read.properties, **given}),), (), ())


async def load(store: Store, source: Extract, *batches: list[Record]) -> None:
    loader = Loader(lambda _: Writer(store, Origin("importer", "import", source)).transact)
    for batch in batches:
        await loader.write(batch)


async def verdicts(store: Store) -> dict[str, str | None]:
    rows = await store.read("MATCH (a:Address) RETURN a.street + coalesce(' ' + a.unit, ''), a.deliverability")
    return {str(street): verdict for street, verdict in rows}  # type: ignore[misc]


@pytest.mark.parametrize("order", ["unit first", "unit last", "together"])
async def test_a_building_with_units_needs_one(empty: Store, order: str) -> None:
    whole, unit = record(2, WHOLE), record(3, "123 N Main St #4")
    batches = {"unit first": [[unit], [whole]], "unit last": [[whole], [unit]], "together": [[whole, unit]]}[order]
    await load(empty, SHELTER, *batches, [record(4, "9 Elm St")])
    assert await verdicts(empty) == {"123 N Main St": "MISSING_UNIT", "123 N Main St Unit 4": None, "9 Elm St": None}


@pytest.mark.parametrize(
    "other",
    ["123 N Main St Bsmt", "123 N Main St Rear", "123 N Main St PMB 4", "Motel 6, 123 N Main St Rm 4", "123 N Main St"],
)
async def test_parts_of_a_house_and_mailboxes_show_no_units(empty: Store, other: str) -> None:
    await load(empty, SHELTER, [record(2, WHOLE), record(3, "9 Elm St")], [record(4, other)])
    assert (await verdicts(empty))["123 N Main St"] is None


@pytest.mark.parametrize("whole", ["PO Box 12", "The UPS Store, 123 N Main St", "Days Inn, 123 N Main St"])
async def test_what_is_no_home_lacks_no_unit(empty: Store, whole: str) -> None:
    await load(empty, SHELTER, [record(2, "123 N Main St Apt 4"), record(3, whole)])
    assert "MISSING_UNIT" not in (await verdicts(empty)).values()


async def test_what_was_judged_before_is_left(empty: Store) -> None:
    await load(empty, SHELTER, [record(2, WHOLE, deliverability="DELIVERABLE")], [record(3, "123 N Main St #4")])
    assert (await verdicts(empty))["123 N Main St"] == "DELIVERABLE"


async def test_the_source_that_showed_the_unit_says_so(empty: Store) -> None:
    await load(empty, SHELTER, [record(2, WHOLE)])
    await load(empty, COURT, [record(7, "123 N Main St #4")])
    key = record(2, WHOLE).nodes[0].key
    said = {one.property: (one.value, one.system) for one in await history(empty, "Address", key)}
    assert said["deliverability"] == ("MISSING_UNIT", "EOIR")
    assert said["street"][1] == "HHS ORR"


async def test_loading_again_changes_nothing(empty: Store) -> None:
    everything = "MATCH (n) WHERE n:Address OR n:Assertion RETURN properties(n), COLLECT { MATCH (n)-[r]->() RETURN r }"
    batches = [[record(2, WHOLE)], [record(3, "123 N Main St #4"), record(4, "123 N Main St Apt 5")]]
    await load(empty, SHELTER, *batches)
    before = [row[0] for row in await empty.read(everything)]
    await load(empty, SHELTER, *batches)
    assert [row[0] for row in await empty.read(everything)] == before


async def test_two_wordings_of_one_address_do_not_contradict(empty: Store) -> None:
    await load(empty, SHELTER, [record(2, WHOLE)])
    loader = Loader(lambda _: Writer(empty, Origin("importer", "import", COURT)).transact)
    await loader.write([record(2, "123 N MAIN ST")])
    key = record(2, WHOLE).nodes[0].key
    assert await conflicts(empty, "Address", key) == []
    assert loader.difference.counts["joined"] == {"Address": 1}
    wordings = [one.value for one in await history(empty, "Address", key) if one.property == "asWritten"]
    assert sorted(map(str, wordings)) == [f"{text}, Houston, TX, 77002" for text in ("123 N MAIN ST", WHOLE)]
    found = await Asker(empty)(
        "{ addresses { nodes { asWritten conflicts { property } history { property value } } } }"
    )
    [node] = found["addresses"]["nodes"]
    assert node["conflicts"] == []
    assert sum(one["property"] == "asWritten" for one in node["history"]) == 2


async def test_buildings_are_found_by_the_index_of_keys(empty: Store) -> None:
    plan = await empty.explain(LACKING, {"buildings": [], "noHome": [], "inAHouse": []})
    reading = {step.name for step in plan.root.walk() if step.name.startswith("Node")}
    assert reading == {"NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange"}


async def test_a_release_there_is_found(empty: Store) -> None:
    await load(empty, SHELTER, [record(2, WHOLE)])
    await empty.write(
        "MATCH (a:Address) CREATE (:Child {key: 'c', dateOfBirth: date('2010-01-01')})-[:HAS_PLACEMENT]->"
        "(:Placement {key: 'p', releasedOn: date('2023-06-01')})-[:RELEASED_TO]->(a)"
    )
    await load(empty, COURT, [record(2, "123 N Main St #4")])
    found = await Asker(empty)('{ releaseAddressesUnusable(asOf: "2024-05-31") { nodes { fault child { key } } } }')
    assert found["releaseAddressesUnusable"]["nodes"] == [{"fault": "MISSING_UNIT", "child": {"key": "c"}}]
