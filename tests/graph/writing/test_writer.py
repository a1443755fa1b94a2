from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.errors import BadInput
from graph.model.report_days import ALWAYS, NEVER
from graph.store import Store
from graph.writing.rows import Position
from graph.writing.writer import Writer
from tests.writers import writer as new_writer

CHILD = {
    "key": "c1",
    "firstName": "Belén",
    "lastName": "Núñez",
    "dateOfBirth": date(2008, 2, 29),
    "sex": "FEMALE",
}


async def test_nodes_are_merged_by_key_and_only_given_properties_are_set(empty: Store) -> None:
    writer = new_writer(empty)
    assert await writer.nodes("Child", [CHILD]) == 1
    assert await writer.nodes("Child", [{"key": "c1", "firstName": "Ana", "sex": None}]) == 1
    assert await empty.read("MATCH (c:Child) RETURN properties(c)") == [
        [
            {
                "key": "c1",
                "firstName": "Ana",
                "firstNameFolded": "ana\tAna",
                "lastName": "Núñez",
                "lastNameFolded": "nunez\tNúñez",
                "dateOfBirth": date(2008, 2, 29),
                "reportDays": [ALWAYS, 0, *[NEVER] * 5, ALWAYS, NEVER, NEVER, 0],
            }
        ]
    ]


async def test_values_are_stored_in_their_own_types(empty: Store) -> None:
    writer = new_writer(empty)
    sent = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
    await writer.nodes("Notification", [{"key": "n", "sentAt": sent}])
    await writer.nodes("Address", [{"key": "a", "location": Position(29.5, -95.25)}])
    await writer.nodes("LaborViolation", [{"key": "v", "penalty": 7, "minorsAffected": 3}])
    got = await empty.read(
        "MATCH (n:Notification), (a:Address), (v:LaborViolation) RETURN valueType(n.sentAt), toString(n.sentAt), "
        "valueType(a.location), a.location.latitude, a.location.longitude, valueType(v.penalty), v.minorsAffected"
    )
    assert got == [
        [
            "ZONED DATETIME NOT NULL",
            "2024-05-01T09:30:00Z",
            "POINT NOT NULL",
            29.5,
            -95.25,
            "FLOAT NOT NULL",
            3,
        ]
    ]


async def test_a_point_is_kept_replaced_and_removed(empty: Store) -> None:
    writer = new_writer(empty)
    read = "MATCH (a:Address) RETURN a.location.latitude"
    await writer.nodes("Address", [{"key": "a", "location": Position(1, 2)}])
    await writer.nodes("Address", [{"key": "a", "city": "Houston"}])
    assert await empty.read(read) == [[1.0]]
    await writer.nodes("Address", [{"key": "a", "location": Position(3, 4)}])
    assert await empty.read(read) == [[3.0]]
    await writer.nodes("Address", [{"key": "a", "location": None}])
    assert await empty.read(read) == [[None]]


async def test_rows_go_in_batches_and_progress_is_told(empty: Store) -> None:
    told: list[int] = []
    writer = new_writer(empty, batch_size=4, progress=told.append)
    assert await writer.nodes("Phone", ({"key": f"p{n}"} for n in range(10))) == 10
    assert told == [4, 4, 2]
    assert await empty.read("MATCH (p:Phone) RETURN count(p)") == [[10]]


async def _two_children_and_two_addresses(store: Store) -> Writer:
    writer = new_writer(store)
    await writer.nodes("Child", [{"key": "c1"}, {"key": "c2"}])
    await writer.nodes("Address", [{"key": "a1"}, {"key": "a2"}])
    return writer


async def test_relationships_are_written_once(empty: Store) -> None:
    writer = await _two_children_and_two_addresses(empty)
    for _ in range(2):
        await writer.relationships("SIBLING_OF", "Child", "Child", [{"start": "c1", "end": "c2"}])
        await writer.relationships("SIBLING_OF", "Child", "Child", [{"start": "c2", "end": "c1"}])
    assert await empty.read("MATCH (a)-[r:SIBLING_OF]->(b) RETURN a.key, b.key") == [["c1", "c2"]]


async def test_reports_have_keys_of_their_own_and_move_with_their_record(empty: Store) -> None:
    writer = await _two_children_and_two_addresses(empty)
    first: dict[str, Any] = {"start": "c1", "end": "a1", "key": "r1", "since": date(2023, 1, 1), "reportedBy": "ORR"}
    other = {**first, "key": "r2", "reportedBy": "ERO"}
    await writer.relationships("RESIDES_AT", "Child", "Address", [first, other])
    await writer.relationships("RESIDES_AT", "Child", "Address", [first, {**other, "end": "a2", "since": None}])
    got = await empty.read(
        "MATCH (c)-[r:RESIDES_AT]->(a) RETURN c.key, a.key, r.key, r.since, r.reportedBy ORDER BY r.key"
    )
    assert got == [["c1", "a1", "r1", date(2023, 1, 1), "ORR"], ["c1", "a2", "r2", None, "ERO"]]


async def test_provenance_is_written_once(empty: Store) -> None:
    writer = await _two_children_and_two_addresses(empty)
    await writer.nodes("Source", [{"key": "s"}])
    at = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [{"start": "c1", "end": "s", "key": "c1 in s", "row": 7, "recordedAt": at}]
    for _ in range(2):
        await writer.relationships("FROM_SOURCE", "Child", "Source", rows)
    assert await empty.read("MATCH ()-[r:FROM_SOURCE]->() RETURN r.key, r.row, r.recordedAt") == [["c1 in s", 7, at]]


@pytest.mark.parametrize("fresh", [True, False])
async def test_nodes_are_written_with_their_source(empty: Store, fresh: bool) -> None:
    writer = new_writer(empty, fresh=fresh)
    await writer.nodes("Source", [{"key": "s"}])
    at = datetime(2024, 1, 1, tzinfo=UTC)
    address = {"key": "a1", "city": "Dallas", "location": Position(1, 2)}
    source = {"end": "s", "key": "a1 in s", "row": 7, "recordedAt": at}
    for _ in range(1 if fresh else 2):
        assert await writer.sourced_nodes("Address", [(address, source)]) == 1
    got = await empty.read(
        "MATCH (a)-[r:FROM_SOURCE]->(s) RETURN a.key, a.cityFolded, a.location.latitude, r.key, r.row, r.recordedAt"
    )
    assert got == [["a1", "dallas\tDallas", 1.0, "a1 in s", 7, at]]
    with pytest.raises(BadInput, match="not in the graph; write Address and Source first"):
        await writer.sourced_nodes("Address", [({"key": "a2"}, {"end": "t", "key": "a2 in t"})])
    with pytest.raises(BadInput, match="FROM_SOURCE has no property page"):
        await writer.sourced_nodes("Address", [({"key": "a3"}, {**source, "page": 1})])


async def test_fresh_creates(empty: Store) -> None:
    writer = new_writer(empty, fresh=True)
    await writer.nodes("Child", [CHILD, {"key": "c2"}])
    await writer.nodes("Address", [{"key": "a1", "location": Position(1, 2)}])
    await writer.relationships("SIBLING_OF", "Child", "Child", [{"start": "c1", "end": "c2"}])
    rows = [{"start": "c1", "end": "a1", "key": "r1", "since": date(2023, 1, 1)}]
    await writer.relationships("RESIDES_AT", "Child", "Address", rows)
    got = await empty.read(
        "MATCH (:Child)-[:SIBLING_OF]->(b), (a:Child)-[r:RESIDES_AT]->(d) "
        "RETURN a.lastNameFolded, b.key, r.key, d.location.longitude"
    )
    assert got == [["nunez\tNúñez", "c2", "r1", 2.0]]


async def test_a_missing_end_is_told(empty: Store) -> None:
    writer = await _two_children_and_two_addresses(empty)
    rows = [{"start": "c1", "end": "c2"}, {"start": "c1", "end": "c3"}]
    with pytest.raises(BadInput, match=r"1 rows of SIBLING_OF name a node that is not in the graph"):
        await writer.relationships("SIBLING_OF", "Child", "Child", rows)


async def test_names_outside_the_model_are_refused(empty: Store) -> None:
    writer = new_writer(empty)
    with pytest.raises(BadInput, match="Person is not a label of the model"):
        await writer.nodes("Person", [])
    with pytest.raises(BadInput, match=r"\(Child\)-\[KNOWS\]->\(Child\) is not a relationship of the model"):
        await writer.relationships("KNOWS", "Child", "Child", [])
    with pytest.raises(BadInput, match="The batch size must be at least 1"):
        new_writer(empty, batch_size=0)


async def test_nothing_of_a_batch_with_a_wrong_row_is_written(empty: Store) -> None:
    with pytest.raises(BadInput, match="Child has no property nickname"):
        await new_writer(empty).nodes("Child", [{"key": "c1"}, {"key": "c2", "nickname": "x"}])
    assert await empty.read("MATCH (c:Child) RETURN count(c)") == [[0]]
