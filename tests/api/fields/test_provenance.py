"""Where each value of a record is from, over GraphQL: its source, file, row and times, and who may see that."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.access.policy import Access
from api.compiler.ids import global_id
from graph.model import RECORDS, Sensitivity
from graph.store import Store
from graph.writing.missing import mark_missing
from graph.writing.origin import Extract
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text, schema
from tests.writers import writer

SHELTER = Extract("shelter-1", "HHS ORR", "march.csv", datetime(2024, 3, 1, tzinfo=UTC))
SHELTER_AGAIN = Extract("shelter-2", "HHS ORR", "april.csv", datetime(2024, 4, 1, tzinfo=UTC))
FIELD = Extract("field-1", "ICE ERO", "tracking.xlsx")
ASKED = "property sourceId system file row recordedAt importedAt missingSince"


async def say(store: Store, source: Extract, row: int, **values: Any) -> None:
    """Let a row of a source say something of the one child."""
    await writer(store, source=source).sourced_nodes("Child", [({"key": "c", **values}, {"row": row})])


async def told(ask: Asker) -> list[dict[str, Any]]:
    text = f"query ($id: ID!) {{ child(id: $id) {{ provenance {{ {ASKED} }} }} }}"
    found: list[dict[str, Any]] = (await ask.ask(text, {"id": global_id("Child", "c")}))["child"]["provenance"]
    return found


async def test_every_value_knows_its_file_row_and_time(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, 7, lastName="Paz", sex="FEMALE")
    first, second = await told(ask)
    imported = first.pop("importedAt")
    assert datetime.fromisoformat(imported).tzinfo is not None
    assert first == {
        "property": "lastName",
        "sourceId": global_id("Source", "shelter-1"),
        "system": "HHS ORR",
        "file": "march.csv",
        "row": 7,
        "recordedAt": "2024-03-01T00:00:00Z",
        "missingSince": None,
    }
    assert second == {**first, "property": "sex", "importedAt": imported}


async def test_only_who_gives_what_is_shown_is_told(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, 7, lastName="Paz", sex="FEMALE")
    await say(empty, FIELD, 3, sex="MALE")
    await say(empty, SHELTER_AGAIN, 9, lastName="Paz")
    found = [(one["property"], one["file"], one["row"]) for one in await told(ask)]
    assert found == [("lastName", "april.csv", 9), ("sex", "tracking.xlsx", 3)]


async def test_of_one_system_the_file_that_gave_a_value_is_told(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, 7, lastName="Paz", sex="FEMALE")
    await say(empty, SHELTER_AGAIN, 9, sex="MALE")
    assert [(one["property"], one["file"]) for one in await told(ask)] == [
        ("lastName", "march.csv"),
        ("sex", "april.csv"),
    ]


async def test_importing_the_same_again_is_nothing_new(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, 7, lastName="Paz")
    first = await told(ask)
    await say(empty, SHELTER, 7, lastName="Paz")
    assert await told(ask) == first
    await say(empty, SHELTER, 7, lastName="Ruiz")
    assert (await told(ask))[0]["importedAt"] > first[0]["importedAt"]


async def test_a_record_that_its_source_no_longer_has_is_marked_until_it_is_back(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, 7, lastName="Paz")
    day = date(2024, 5, 1)
    new = writer(empty, source=SHELTER)
    await new.transact(lambda work: mark_missing(work, "shelter-1", "Child", ["c"], day))
    assert [one["missingSince"] for one in await told(ask)] == ["2024-05-01"]
    await say(empty, SHELTER, 7, lastName="Paz")
    assert [one["missingSince"] for one in await told(ask)] == [None]


async def test_a_value_that_no_source_gave_is_told_without_one(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'c', lastName: 'Paz'})")
    (found,) = await told(ask)
    assert {name for name, value in found.items() if value is not None} == {"property"}


def test_properties_that_may_not_be_seen_are_left_out() -> None:
    text = '{ node(id: "x") { ... on Child { provenance { property } } } }'
    limited, _ = compile_text(text, access=Access(frozenset(Sensitivity) - {Sensitivity.IDENTITY}))
    names = [prop.name for prop in RECORDS.node("Child").properties if prop.sensitivity is Sensitivity.IDENTITY]
    assert names
    assert not [name for name in names if name in limited.statement]


@pytest.mark.parametrize("label", sorted(RECORDS.labels))
def test_every_type_of_record_has_it(label: str) -> None:
    assert "provenance" in schema().type_map[label].fields  # type: ignore[attr-defined]
