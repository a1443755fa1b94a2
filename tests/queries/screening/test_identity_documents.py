from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put
from tests.queries.sponsors.test_sponsors import PEOPLE, release

KEYS = "MATCH (c:Child)-[:HAS_PLACEMENT]->(p) SET p.key = c.key + coalesce(toString(p.releasedOn), '')"


async def shared(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "identityDocumentsSharedBySponsors", **arguments)


async def unverified(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    await store.write(KEYS)
    return await ask(store, "identityDocumentsUnverified", **arguments)


def document(who: str, key: str, values: str, day: str | None = "2024-01-01") -> str:
    presented = f", presentedOn: @{day}" if day else ""
    return f"({who})-[:PRESENTED]->({key}:IdentityDocument {{key: '{key}'{presented}{values and ', ' + values}}})"


async def test_one_record_that_two_sponsors_presented(empty: Store) -> None:
    await put(empty, PEOPLE, document("a", "i", ""), "(b)-[:PRESENTED]->(i)", release("c", "a", "2024-02-01"))
    assert await shared(empty) == [("i", 2, 1, "2024-01-01")]
    assert await shared(empty, minSponsors=3) == []


async def test_two_records_of_one_number(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        document("b", "i", "numberHash: '5f'", "2024-03-01"),
        document("a", "j", "numberHash: '5f'"),
        release("c", "a", "2024-02-01"),
        release("c", "b", "2024-03-01"),
        release("d", "b", "2024-06-01"),
    )
    assert await shared(empty) == [("i", 2, 1, "2024-03-01")]
    assert await shared(empty, asOf="2024-02-28") == []
    assert await shared(empty, asOf="2024-06-01") == [("i", 2, 2, "2024-03-01")]


async def test_documents_that_are_not_shared(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        document("a", "i", "numberHash: '5f'"),
        document("a", "j", "numberHash: '5f'"),
        document("b", "k", "numberHash: 'a0'"),
        document("b", "m", ""),
        document("a", "n", ""),
        document("b", "o", "numberHash: '5f'", None),
    )
    assert await shared(empty) == []


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ("legible: false, verified: true", "ILLEGIBLE"),
        ("legible: false", "ILLEGIBLE"),
        ("legible: true, verified: false", "UNVERIFIED"),
        ("verified: false", "UNVERIFIED"),
        ("legible: true, verified: true", None),
        ("legible: true", None),
        ("", None),
    ],
)
async def test_what_is_wrong_with_a_document(empty: Store, values: str, fault: str | None) -> None:
    await put(empty, PEOPLE, document("a", "i", values), release("c", "a", "2024-02-01"))
    assert await unverified(empty) == ([("c", "c2024-02-01", "a", fault, 1, "2024-02-01")] if fault else [])


async def test_a_good_document_among_bad_ones_suffices(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        document("a", "i", "legible: false"),
        document("a", "j", "verified: false"),
        release("c", "a", "2024-02-01"),
    )
    assert await unverified(empty) == [("c", "c2024-02-01", "a", "UNVERIFIED", 2, "2024-02-01")]
    await empty.write("MATCH (j:IdentityDocument {key: 'j'}) SET j.verified = true")
    assert await unverified(empty) == []


async def test_documents_count_that_were_presented_up_to_the_release(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        document("a", "i", "legible: false", "2024-02-01"),
        document("a", "j", "legible: true", "2024-02-02"),
        document("a", "k", "legible: true", None),
        release("c", "a", "2024-02-01"),
        release("d", "a", "2024-02-02"),
        release("e", "a", "2024-01-31"),
        release("e", "a", None),
    )
    assert await unverified(empty) == [("c", "c2024-02-01", "a", "ILLEGIBLE", 1, "2024-02-01")]
    assert await unverified(empty, asOf="2024-01-31") == []
