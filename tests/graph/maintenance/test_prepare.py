"""Preparing a database: what it lacks is created, what is wrong mended, and nothing of others touched."""

from __future__ import annotations

import pytest

from graph.maintenance.definitions import read_definitions
from graph.maintenance.lease import hold
from graph.maintenance.prepare import prepare_store
from graph.maintenance.record import read_record
from graph.store import Store


async def test_creates_what_is_missing_and_nothing_twice(store: Store) -> None:
    await prepare_store(store)
    await store.write_auto("DROP CONSTRAINT Child_key")
    await store.write_auto("DROP INDEX search")

    assert await prepare_store(store) == 2
    assert await prepare_store(store) == 0


async def test_everything_serves_afterwards(store: Store) -> None:
    await store.write_auto("DROP INDEX Sponsor_childCount IF EXISTS")

    await prepare_store(store)

    states = await store.read("SHOW INDEXES YIELD state RETURN DISTINCT state")
    assert states == [["ONLINE"]]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Hearing_outcome", "CREATE INDEX Hearing_outcome FOR (n:Hearing) ON (n.key, n.outcome)"),
        ("Hearing_outcome", "CREATE INDEX Hearing_outcome FOR (n:Placement) ON (n.outcome, n.key)"),
        ("Hearing_outcome", "CREATE TEXT INDEX Hearing_outcome FOR (n:Hearing) ON (n.outcome)"),
        ("Hearing_outcome", "CREATE INDEX Hearing_outcome FOR ()-[n:RECORDED]-() ON (n.outcome, n.key)"),
        ("Phone_key", "CREATE INDEX Phone_key FOR (n:Phone) ON (n.key)"),
        ("RESIDES_AT_key", "CREATE CONSTRAINT RESIDES_AT_key FOR ()-[r:RESIDES_AT]-() REQUIRE r.row IS UNIQUE"),
        ("search", "CREATE FULLTEXT INDEX search FOR (n:Child) ON EACH [n.lastName]"),
        (
            "search",
            "{search} OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword', `fulltext.eventually_consistent`: true}}",
        ),
    ],
)
async def test_the_right_name_with_another_definition_is_mended(store: Store, name: str, other: str) -> None:
    await prepare_store(store)
    right, _ = (await read_definitions(store))[name]
    labels, properties = "|".join(right.labels), ", ".join(f"n.{one}" for one in right.properties)
    search = f"CREATE FULLTEXT INDEX search FOR (n:{labels}) ON EACH [{properties}]"
    await store.write_auto(right.drop)
    await store.write_auto(other.replace("{search}", search))
    assert (await read_definitions(store))[name][0] != right

    assert await prepare_store(store) == 1

    assert (await read_definitions(store))[name] == (right, "ONLINE")
    assert await prepare_store(store) == 0


async def test_what_an_earlier_version_made_goes_and_what_others_made_stays(empty: Store) -> None:
    await prepare_store(empty)
    retired = "Child_nickname RANGE NODE Child nickname,key"
    await empty.write("MATCH (r:SightlineStore) SET r.made = r.made + $retired", {"retired": [retired]})
    await empty.write_auto("CREATE INDEX Child_nickname FOR (n:Child) ON (n.nickname, n.key)")
    await empty.write_auto("CREATE INDEX theirs FOR (n:Child) ON (n.shoeSize)")
    await empty.write_auto("CREATE INDEX Child_hobby FOR (n:Child) ON (n.hobby, n.key)")
    try:
        await empty.write_auto("DROP INDEX Child_sex")
        assert await prepare_store(empty) == 1
        names = set(await read_definitions(empty))
        assert names & {"Child_nickname", "theirs", "Child_hobby"} == {"theirs", "Child_hobby"}
        assert retired not in (await read_record(empty)).made
    finally:
        for name in ("theirs", "Child_hobby", "Child_nickname"):
            await empty.write_auto(f"DROP INDEX {name} IF EXISTS")


async def test_an_index_of_another_name_that_does_the_same_will_do(store: Store) -> None:
    await prepare_store(store)
    await store.write_auto("DROP INDEX Agency_code")
    await store.write_auto("CREATE INDEX theirs FOR (n:Agency) ON (n.code, n.key)")
    try:
        assert await prepare_store(store) == 0
    finally:
        await store.write_auto("DROP INDEX theirs")
    assert await prepare_store(store) == 1


async def test_a_store_that_is_up_to_date_needs_no_lease(empty: Store) -> None:
    await prepare_store(empty)
    async with hold(empty, "import"):
        assert await prepare_store(empty) == 0
