"""What was said of a record, over GraphQL: each source's word, what is shown and why, and what the actor may see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.access.policy import Access
from api.compiler.ids import global_id
from graph.model import RECORDS, Sensitivity
from graph.store import Store
from graph.writing.history import conflicts, history
from graph.writing.origin import Extract
from graph.writing.rows import Position
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text, schema
from tests.writers import writer

SHELTER = Extract("shelter-1", "HHS ORR", "march.csv", datetime(2024, 3, 1, tzinfo=UTC))
COURT = Extract("court-1", "DOJ EOIR")
FIELD = Extract("field-1", "ICE ERO")
SAID = "property value sourceId system recordedAt supersededAt supersededBy shown stands"
DIFFERS = "property shown reason assertions { value system shown }"


async def say(store: Store, source: Extract, label: str = "Child", **values: Any) -> None:
    """Let a source say something of the one record of a label."""
    await writer(store, source=source, actor="Ana").nodes(label, [{"key": "c", **values}])


async def told(ask: Asker, label: str = "Child") -> Any:
    """Return the history of the one record of a label, and its conflicts."""
    field = RECORDS.node(label).field
    text = f"query ($id: ID!) {{ record: {field}(id: $id) {{ history {{ {SAID} }} conflicts {{ {DIFFERS} }} }} }}"
    return (await ask.ask(text, {"id": global_id(label, "c")}))["record"]


def pairs(assertions: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    """Return the properties, values and systems of assertions."""
    return [(one["property"], one["value"], one["system"]) for one in assertions]


async def test_both_words_are_told_and_which_is_shown(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, lastName="Núñez", dateOfBirth=date(2008, 2, 29))
    await say(empty, FIELD, lastName="Nunez")
    found = await told(ask)
    assert pairs(found["history"]) == [
        ("dateOfBirth", "2008-02-29", "HHS ORR"),
        ("lastName", "Núñez", "HHS ORR"),
        ("lastName", "Nunez", "ICE ERO"),
    ]
    born, before, shown = found["history"]
    assert (born["shown"], born["supersededAt"], born["recordedAt"]) == (True, None, "2024-03-01T00:00:00Z")
    assert (before["shown"], before["stands"], before["supersededBy"]) == (False, True, "Ana")
    assert before["supersededAt"].endswith("Z")
    assert (shown["shown"], shown["sourceId"]) == (True, global_id("Source", "field-1"))
    assert found["conflicts"] == [
        {
            "property": "lastName",
            "shown": "Nunez",
            "reason": "LATEST",
            "assertions": [
                {"value": "Nunez", "system": "ICE ERO", "shown": True},
                {"value": "Núñez", "system": "HHS ORR", "shown": False},
            ],
        }
    ]


async def test_a_system_that_ranks_higher_is_the_reason(empty: Store, ask: Asker) -> None:
    await say(empty, COURT, "Hearing", outcome="MISSED")
    await say(empty, FIELD, "Hearing", outcome="ATTENDED")
    (found,) = (await told(ask, "Hearing"))["conflicts"]
    assert (found["shown"], found["reason"]) == ("MISSED", "RANK")


async def test_values_are_told_as_their_own_fields_tell_them(empty: Store, ask: Asker) -> None:
    for place, category in ((Position(29.25, -95.5), "1"), (Position(30, -96), "2A")):
        await say(empty, SHELTER, "Address", location=place)
        await say(empty, SHELTER, "Placement", sponsorCategory=category, releasedOn=date(2024, 1, 2))
    assert [one["value"] for one in (await told(ask, "Address"))["history"]] == ["29.25, -95.5", "30.0, -96.0"]
    found = pairs((await told(ask, "Placement"))["history"])
    assert [value for name, value, _ in found if name == "sponsorCategory"] == ["CATEGORY_1", "CATEGORY_2A"]


async def test_the_api_and_the_library_tell_the_same(empty: Store, ask: Asker) -> None:
    for source, values in ((SHELTER, {"sex": "FEMALE"}), (FIELD, {"sex": "MALE"}), (COURT, {"sex": None})):
        await say(empty, source, lastName="Paz", **values)
    found = await told(ask)
    said = [(one.property, one.value, one.system) for one in await history(empty, "Child", "c")]
    assert pairs(found["history"]) == said
    assert [one["property"] for one in found["conflicts"]] == [
        one.property for one in await conflicts(empty, "Child", "c")
    ]


async def test_a_record_that_one_source_gave_has_no_conflicts(empty: Store, ask: Asker) -> None:
    await say(empty, SHELTER, lastName="Paz")
    assert await told(ask) == {
        "history": [
            {
                "property": "lastName",
                "value": "Paz",
                "sourceId": global_id("Source", "shelter-1"),
                "system": "HHS ORR",
                "recordedAt": "2024-03-01T00:00:00Z",
                "supersededAt": None,
                "supersededBy": None,
                "shown": True,
                "stands": True,
            }
        ],
        "conflicts": [],
    }


def test_properties_that_may_not_be_seen_are_left_out() -> None:
    text = '{ node(id: "x") { ... on Child { history { value } } } }'
    names = {prop.name for prop in RECORDS.node("Child").properties if prop.sensitivity is Sensitivity.IDENTITY}
    assert "lastName" in names
    everything, _ = compile_text(text)
    assert "lastName" in everything.statement
    limited, _ = compile_text(text, access=Access(frozenset(Sensitivity) - {Sensitivity.IDENTITY}))
    assert not [name for name in names if name in limited.statement]


@pytest.mark.parametrize("label", sorted(RECORDS.labels))
def test_every_type_of_record_has_a_history(label: str) -> None:
    fields = schema().type_map[label].fields  # type: ignore[attr-defined]
    assert {"history", "conflicts"} <= set(fields)
