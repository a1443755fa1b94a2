from dataclasses import replace
from datetime import date

import pytest

from graph.errors import Refused
from graph.maintenance.contents import (
    Contents,
    Dataset,
    foreign,
    is_empty,
    needs_seed,
    read_contents,
    read_dataset,
    read_size,
    refuse_foreign,
    reset,
    write_dataset,
)
from graph.store import Store

DATASET = Dataset(
    preset="demo",
    scale=1.0,
    seed=1,
    reference_date=date(2024, 5, 31),
    complete=True,
    children=2_000,
    missed=143,
    without_notice=1_299,
    not_reached=667,
    bad_addresses=138,
    nodes=3,
    relationships=1,
)
SYNTHETIC = """
CREATE (c:Child {key: 'syn-child-1'})-[:HAS_PLACEMENT]->(:Placement {key: 'syn-placement-1'}),
       (:Source {key: 'syn-source-1'})
"""


async def test_nothing(empty: Store) -> None:
    assert await read_contents(empty) == Contents(0, 0, 0)
    assert await is_empty(empty)
    assert await needs_seed(empty)
    assert await read_dataset(empty) is None


async def test_synthetic_data(empty: Store) -> None:
    await empty.write(SYNTHETIC)
    await write_dataset(empty, DATASET)
    assert await read_contents(empty) == Contents(4, 1, 0)
    assert not await is_empty(empty)
    assert not await needs_seed(empty)
    assert await read_dataset(empty) == DATASET
    assert await empty.read("MATCH (d:Dataset) RETURN d.synthetic, d.referenceDate") == [[True, date(2024, 5, 31)]]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Child {key: 'a'})",
        "CREATE (:Child {key: 'zebra'})",
        "CREATE (:Child {key: 'syn'})",
        "CREATE (:Child {key: 'syn.'})",
        "CREATE (:Child)",
        "CREATE (:Child {key: 7})",
        "CREATE (:Person {key: 'syn-person-1'})",
        "CREATE ()",
        "CREATE (:Dataset {key: 'syn-other'})",
        "MATCH (a:Child), (b:Placement) CREATE (a)-[:KNOWS]->(b)",
    ],
)
async def test_other_data_is_foreign(empty: Store, statement: str) -> None:
    await empty.write(SYNTHETIC)
    assert await foreign(empty) == 0
    await empty.write(statement)
    assert await foreign(empty) == 1
    assert not await needs_seed(empty)


async def test_findings_about_synthetic_records_make_nothing_foreign(empty: Store) -> None:
    await empty.write(SYNTHETIC)
    await write_dataset(empty, DATASET)
    size = await read_size(empty)
    await empty.write(
        "MATCH (c:Child) CREATE (c)<-[:HAS_SUBJECT]-(f:Finding {key: 'syn-child-1/any'})-[:HAS_EVIDENCE]->(c), "
        "(f)-[:HAS_CHANGE]->(:FindingChange {key: 'syn-child-1/any/1'})"
    )
    assert await foreign(empty) == 0
    assert await read_size(empty) == size
    assert (size.nodes, size.relationships) == (DATASET.nodes, DATASET.relationships)
    await refuse_foreign(empty, store_name=None, action="seed")


async def test_an_interrupted_seed_is_to_be_mended(empty: Store) -> None:
    await empty.write(SYNTHETIC)
    assert await needs_seed(empty)
    await write_dataset(empty, replace(DATASET, complete=False))
    assert await needs_seed(empty)


async def test_other_data_is_deleted_only_by_name(empty: Store) -> None:
    await empty.write(SYNTHETIC)
    assert await reset(empty) == Contents(3, 1, 0)
    await empty.write("CREATE (:Child {key: 'real'}), (:Child {key: 'real too'})")
    message = (
        "the database neo4j holds 2 records that are not synthetic, and db reset deletes them; "
        "to do so, name the store: --store neo4j"
    )
    with pytest.raises(Refused) as raised:
        await reset(empty)
    assert str(raised.value) == message
    with pytest.raises(Refused, match="this store is named neo4j, not what --store says; give --store neo4j"):
        await reset(empty, store_name="other")
    assert await read_contents(empty) == Contents(2, 0, 2)
    assert await reset(empty, store_name="neo4j") == Contents(2, 0, 2)
    assert await is_empty(empty)


async def test_a_wrong_name_is_refused_even_for_synthetic_data(empty: Store) -> None:
    with pytest.raises(Refused):
        await refuse_foreign(empty, store_name="other", action="seed")
    assert await refuse_foreign(empty, store_name="neo4j", action="seed") == Contents(0, 0, 0)


async def test_deleting_keeps_constraints_and_tells_progress(empty: Store) -> None:
    await empty.write(SYNTHETIC)
    await empty.write("CREATE (:Person)-[:KNOWS]->(:Person)")
    before = await empty.read("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name")
    told: list[tuple[int, int]] = []
    await reset(empty, store_name="neo4j", progress=lambda done, total: told.append((done, total)))
    assert await is_empty(empty)
    assert await empty.read("SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name") == before
    assert told[-1] == (7, 7)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
