from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from graph.text import twin
from tests.queries.scenarios import ask, put
from tests.queries.sponsors.test_sponsors import release

RELEASED = (
    "(c:Child {key: 'c'})",
    "(d:Child {key: 'd'})",
    release("c", "a", "2024-01-01"),
    release("d", "b", "2024-05-01"),
)
PHONE = "(a)-[:HAS_PHONE {key: 'x'%s}]->(:Phone {key: 'p'})<-[:HAS_PHONE {key: 'y'%s}]-(b)"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsUnderSeveralRecords", **arguments)


def sponsor(key: str, first: str | None = "Ana", last: str | None = "López", born: str | None = "1980-05-05") -> str:
    names = {"firstName": first, "lastName": last, "firstNameFolded": first and twin(first)}
    names["lastNameFolded"] = last and twin(last)
    known = "".join(f", {name}: '{value}'" for name, value in names.items() if value)
    return f"({key}:Sponsor {{key: '{key}'{known}{f', dateOfBirth: @{born}' if born else ''}}})"


async def test_the_same_names_and_date_of_birth(empty: Store) -> None:
    await put(empty, sponsor("a"), sponsor("b", "ANA", "Lopez"), *RELEASED)
    assert await asked(empty) == [("a", "b", True, False, False, 2)]


@pytest.mark.parametrize(
    "other",
    [
        sponsor("b", born="1980-05-06"),
        sponsor("b", born=None),
        sponsor("b", "Ana María"),
        sponsor("b", "Anabel"),
        sponsor("b", last="Lópezano"),
        sponsor("b", None, None),
    ],
)
async def test_records_that_are_not_known_to_be_of_one_person(empty: Store, other: str) -> None:
    await put(empty, sponsor("a"), other, *RELEASED)
    assert await asked(empty) == []


async def test_names_that_nobody_knows_are_not_the_same(empty: Store) -> None:
    await put(empty, sponsor("a", None, None), sponsor("b", None, None), *RELEASED)
    assert await asked(empty) == []


async def test_a_telephone_number_in_common(empty: Store) -> None:
    await put(empty, sponsor("a"), sponsor("b", "Luz"), PHONE % ("", ""), *RELEASED)
    assert await asked(empty) == [("a", "b", False, True, False, 2)]
    await empty.write("MATCH (b:Sponsor {key: 'b'}) SET b.dateOfBirth = date('1980-05-06')")
    assert await asked(empty) == []


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        (", until: @2020-01-01", ", since: @2020-01-02", False),
        (", until: @2020-01-02", ", since: @2020-01-02", True),
        (", since: @2020-01-02", ", until: @2020-01-01", False),
        (", since: @2024-06-01", "", False),
        ("", ", since: @2024-06-01", False),
        ("", ", until: @2020-01-01", True),
        (", since: @2020-02-01, until: @2020-01-01", "", False),
        ("", ", since: @2020-02-01, until: @2020-01-01", False),
    ],
)
async def test_a_number_that_both_have_at_one_time(empty: Store, own: str, others: str, found: bool) -> None:
    await put(empty, sponsor("a"), sponsor("b", "Luz"), PHONE % (own, others), *RELEASED)
    assert bool(await asked(empty)) == found


async def test_a_number_of_many_joins_nobody(empty: Store) -> None:
    await put(
        empty, sponsor("a"), sponsor("b", "Luz"), sponsor("e", "Eva", born="1990-01-01"), PHONE % ("", ""), *RELEASED
    )
    await empty.write("MATCH (e:Sponsor {key: 'e'}), (p:Phone) CREATE (e)-[:HAS_PHONE {key: 'z'}]->(p)")
    assert await asked(empty, maxSharing=2) == []
    assert len(await asked(empty, maxSharing=3)) == 1


async def test_an_identity_document_in_common(empty: Store) -> None:
    await put(
        empty,
        sponsor("a"),
        sponsor("b", "Luz"),
        *RELEASED,
        "(a)-[:PRESENTED]->(:IdentityDocument {key: 'i', numberHash: '5f', presentedOn: @2023-12-01})",
        "(b)-[:PRESENTED]->(:IdentityDocument {key: 'j', numberHash: '5f', presentedOn: @2024-04-01})",
    )
    assert await asked(empty) == [("a", "b", False, False, True, 2)]
    await empty.write("MATCH (j:IdentityDocument {key: 'j'}) SET j.presentedOn = date('2024-06-01')")
    assert await asked(empty) == []
    await empty.write("MATCH (i:IdentityDocument {key: 'i'}), (b:Sponsor {key: 'b'}) CREATE (b)-[:PRESENTED]->(i)")
    assert await asked(empty) == [("a", "b", False, False, True, 2)]


async def test_both_records_have_a_child(empty: Store) -> None:
    await put(empty, sponsor("a"), sponsor("b"), *RELEASED)
    assert await asked(empty, asOf="2024-04-30") == []
    await empty.write("MATCH (p:Placement)-[:WITH_SPONSOR]->(:Sponsor {key: 'a'}) REMOVE p.releasedOn")
    assert await asked(empty) == []


async def test_each_pair_once_and_a_child_of_both_once(empty: Store) -> None:
    await put(empty, sponsor("a"), sponsor("b"), sponsor("e"), *RELEASED, release("c", "e", "2024-02-01"))
    assert await asked(empty) == [
        ("a", "b", True, False, False, 2),
        ("b", "e", True, False, False, 2),
        ("a", "e", True, False, False, 1),
    ]
