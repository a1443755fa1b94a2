"""Nobody's word is lost: what is replaced or outranked stands beside the record."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from graph.writing.history import Reason, conflicts, history
from graph.writing.origin import Extract
from graph.writing.precedence import precedence
from graph.writing.rows import Position
from tests.writers import writer

MARCH = datetime(2024, 3, 1, tzinfo=UTC)
SHELTER = Extract("shelter-1", "HHS ORR", "march.csv", MARCH)
SHELTER_AGAIN = Extract("shelter-2", "HHS ORR", "april.csv", datetime(2024, 4, 1, tzinfo=UTC))
COURT = Extract("court-1", "DOJ EOIR")
FIELD = Extract("field-1", "ICE ERO")


async def say(store: Store, source: Extract | None, *, label: str = "Child", actor: str = "Ana", **values: Any) -> None:
    """Let a source say something of the one record."""
    await writer(store, source=source, actor=actor).nodes(label, [{"key": "c", **values}])


async def value(store: Store, name: str, label: str = "Child") -> object:
    """Return what is shown."""
    return await store.read_value(f"MATCH (c:{label} {{key: 'c'}}) RETURN c.{name}")


async def told(store: Store, name: str, label: str = "Child") -> list[tuple[object, ...]]:
    """Return what was said of a property."""
    return [
        (one.value, one.source, one.shown, one.stands)
        for one in await history(store, label, "c")
        if one.property == name
    ]


async def words(store: Store) -> object:
    """Return how many words stand beside records."""
    return await store.read_value("MATCH (a:Assertion) RETURN count(a)")


async def test_where_nobody_differs_there_is_nothing_beside_the_record(empty: Store) -> None:
    for source in (SHELTER, SHELTER, SHELTER_AGAIN, FIELD):
        await say(empty, source, firstName="Belén", dateOfBirth=date(2008, 2, 29))
    assert await words(empty) == 0
    assert await conflicts(empty, "Child", "c") == []
    assert await told(empty, "firstName") == [("Belén", "shelter-2", True, True), ("Belén", "field-1", True, True)]


async def test_a_source_that_corrects_itself_contradicts_nobody(empty: Store) -> None:
    await say(empty, SHELTER, sex="FEMALE")
    await say(empty, SHELTER_AGAIN, sex="MALE")
    assert await told(empty, "sex") == [("FEMALE", "shelter-1", False, False), ("MALE", "shelter-2", True, True)]
    (before, _) = (one for one in await history(empty, "Child", "c") if one.property == "sex")
    assert (before.recorded_at, before.superseded_by, before.system) == (MARCH, "Ana", "HHS ORR")
    assert before.superseded_at is not None
    assert await conflicts(empty, "Child", "c") == []


async def test_the_latest_word_is_shown_and_the_other_stands(empty: Store) -> None:
    await say(empty, SHELTER, lastName="Núñez", sex="FEMALE")
    await say(empty, FIELD, lastName="Nunez")
    assert await value(empty, "lastName") == "Nunez"
    assert await value(empty, "lastNameFolded") == "nunez\tNunez"
    (found,) = await conflicts(empty, "Child", "c")
    assert (found.property, found.shown, found.why) == ("lastName", "Nunez", Reason.LATEST)
    assert [(one.system, one.value) for one in found.words] == [("ICE ERO", "Nunez"), ("HHS ORR", "Núñez")]
    assert await told(empty, "sex") == [("FEMALE", "shelter-1", True, True)], "the field office said nothing of it"

    await say(empty, SHELTER_AGAIN, lastName="Nunez")
    assert await conflicts(empty, "Child", "c") == []
    assert await words(empty) == 1
    await say(empty, FIELD, lastName="Nuñez")
    (found,) = await conflicts(empty, "Child", "c")
    assert {(one.system, one.value) for one in found.words} == {("ICE ERO", "Nuñez"), ("HHS ORR", "Nunez")}


async def test_what_a_source_does_not_know_takes_nothing_from_another(empty: Store) -> None:
    await say(empty, SHELTER, sex="FEMALE", lastName="Núñez")
    await say(empty, FIELD, sex=None, countryOfBirth="Honduras")
    assert await value(empty, "sex") == "FEMALE"
    await say(empty, SHELTER, sex=None)
    assert await value(empty, "sex") is None
    assert await told(empty, "sex") == [("FEMALE", "shelter-1", False, False)]
    assert await told(empty, "countryOfBirth") == [("Honduras", "field-1", True, True)]


async def test_a_system_that_ranks_higher_is_shown_whenever_it_speaks(empty: Store) -> None:
    await say(empty, COURT, label="Hearing", outcome="MISSED")
    await say(empty, FIELD, label="Hearing", outcome="ATTENDED")
    await say(empty, FIELD, label="Hearing", outcome="ATTENDED")
    assert await value(empty, "outcome", "Hearing") == "MISSED"
    assert await words(empty) == 1
    (found,) = await conflicts(empty, "Hearing", "c")
    assert (found.shown, found.why) == ("MISSED", Reason.RANK)
    assert [(one.system, one.value) for one in found.words] == [("DOJ EOIR", "MISSED"), ("ICE ERO", "ATTENDED")]

    await say(empty, FIELD, label="Hearing", outcome="ADJOURNED")
    assert await told(empty, "outcome", "Hearing") == [
        ("ATTENDED", "field-1", False, False),
        ("ADJOURNED", "field-1", False, True),
        ("MISSED", "court-1", True, True),
    ]
    await say(empty, COURT, label="Hearing", outcome="ADJOURNED")
    assert await conflicts(empty, "Hearing", "c") == []
    assert await value(empty, "outcome", "Hearing") == "ADJOURNED"


async def test_a_system_that_ranks_higher_takes_the_place_of_another(empty: Store) -> None:
    await say(empty, FIELD, label="Hearing", outcome="ATTENDED")
    await say(empty, COURT, label="Hearing", outcome="MISSED")
    (found,) = await conflicts(empty, "Hearing", "c")
    assert (found.shown, found.why) == ("MISSED", Reason.RANK)


async def test_words_of_every_type_are_kept(empty: Store) -> None:
    sent = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
    await say(empty, SHELTER, label="Address", location=Position(1, 2), city="Dallas")
    await say(empty, FIELD, label="Address", location=Position(3, 4))
    await say(empty, SHELTER, label="Notification", sentAt=sent)
    await say(empty, FIELD, label="Notification", sentAt=MARCH)
    kept = "MATCH (a:Assertion) RETURN a.of, valueType(a.value), a.value = point({latitude: 1, longitude: 2})"
    assert sorted(await empty.read(kept), key=str) == [
        ["Address", "POINT NOT NULL", True],
        ["Notification", "ZONED DATETIME NOT NULL", False],
    ]
    assert [one.value for one in await history(empty, "Notification", "c")] == [sent, MARCH]
    await say(empty, SHELTER, label="Address", location=Position(3, 4), city="Dallas")
    assert await conflicts(empty, "Address", "c") == []


async def test_a_row_that_comes_twice_in_a_batch_loses_nothing(empty: Store) -> None:
    rows = [{"key": "c", "sex": sex} for sex in ("FEMALE", "MALE")]
    await writer(empty, source=SHELTER).nodes("Child", rows)
    assert await told(empty, "sex") == [("FEMALE", "shelter-1", False, False), ("MALE", "shelter-1", True, True)]


async def test_words_without_a_source_are_kept_too(empty: Store) -> None:
    await say(empty, None, sex="FEMALE")
    await say(empty, None, sex="MALE", actor="Berta")
    first, second = await history(empty, "Child", "c")
    assert (first.value, first.source, first.superseded_by) == ("FEMALE", None, "Berta")
    assert (second.value, second.shown) == ("MALE", True)


async def test_what_a_link_said_is_kept(empty: Store) -> None:
    new = writer(empty, source=SHELTER)
    await new.nodes("Child", [{"key": "c"}])
    await new.nodes("Address", [{"key": "a"}, {"key": "b"}])
    home = {"key": "r", "start": "c", "end": "a", "since": date(2024, 1, 1), "reportedBy": "ORR"}
    await new.relationships("RESIDES_AT", "Child", "Address", [home])
    await new.relationships("RESIDES_AT", "Child", "Address", [home])
    assert await words(empty) == 0
    await new.relationships("RESIDES_AT", "Child", "Address", [{**home, "end": "b", "since": date(2024, 2, 1)}])
    got = [(one.property, one.value, one.shown) for one in await history(empty, "RESIDES_AT", "r")]
    assert got == [
        ("end", "a", False),
        ("reportedBy", "ORR", True),
        ("since", date(2024, 1, 1), False),
        ("since", date(2024, 2, 1), True),
    ]


async def test_two_at_once_lose_no_word(empty: Store) -> None:
    names = [f"N{number}" for number in range(12)]
    await say(empty, SHELTER, lastName=names[0])
    await asyncio.gather(*(say(empty, Extract(name, name), lastName=name) for name in names[1:]))
    found = [one.value for one in await history(empty, "Child", "c") if one.property == "lastName"]
    assert sorted(map(str, found)) == sorted(names)


async def test_with_a_record_goes_what_stands_beside_it(empty: Store) -> None:
    new = writer(empty, source=SHELTER)
    await say(empty, SHELTER, sex="FEMALE")
    await say(empty, SHELTER, sex="MALE")
    assert await new.transact(lambda transaction: transaction.remove("Child", ["c", "d"])) == {"c"}
    assert await words(empty) == 0
    assert await history(empty, "Child", "c") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[Person]\n'*' = ['A']", "Person is not a label of the model"),
        ("[Hearing]\nroom = ['A']", "Hearing has no property room"),
        ("[Hearing]\noutcome = 'A'", "Hearing.outcome must be a list of systems"),
    ],
)
def test_ranks_that_cannot_be_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "precedence.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=said):
        precedence(path)


def test_a_property_has_its_own_ranks(tmp_path: Path) -> None:
    path = tmp_path / "precedence.toml"
    path.write_text("[Hearing]\n'*' = ['A', 'B']\noutcome = ['B']")
    ranks = precedence(path)
    assert [ranks.rank("Hearing", "kind", system) for system in ("A", "B", "C", None)] == [0, 1, 2, 2]
    assert [ranks.rank("Hearing", "outcome", system) for system in ("A", "B")] == [1, 0]
    assert ranks.rank("Child", "sex", "A") == 0
