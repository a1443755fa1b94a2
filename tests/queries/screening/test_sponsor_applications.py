from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from tests.queries.scenarios import ask, put

PEOPLE = "(s:Sponsor {key: 's'}), (t:Sponsor {key: 't'}), (c:Child {key: 'c'}), (d:Child {key: 'd'})"


async def asked(store: Store, **arguments: object) -> list[tuple[Any, ...]]:
    return await ask(store, "sponsorsApprovedAfterDenial", **arguments)


def application(key: str, decision: str, day: str | None, *, child: str = "c", sponsor: str = "s") -> str:
    decided = f", decidedOn: @{day}" if day else ""
    node = f"({key}:SponsorApplication {{key: '{key}', decision: '{decision}'{decided}}})"
    return f"({sponsor})-[:MADE_APPLICATION]->{node}-[:FOR_CHILD]->({child})"


async def test_approved_after_a_denial_for_the_child_or_another(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        application("x", "DENIED", "2024-01-01"),
        application("y", "APPROVED", "2024-01-11"),
        application("z", "APPROVED", "2024-01-21", child="d"),
    )
    assert await asked(empty) == [
        ("s", "y", "x", "2024-01-01", "2024-01-11", 10, True),
        ("s", "z", "x", "2024-01-01", "2024-01-21", 20, False),
    ]
    assert [row[1] for row in await asked(empty, asOf="2024-01-20")] == ["y"]


@pytest.mark.parametrize(
    ("denied", "approved"),
    [
        (("DENIED", "2024-01-01", "s"), ("APPROVED", "2024-01-01", "s")),
        (("DENIED", "2024-01-02", "s"), ("APPROVED", "2024-01-01", "s")),
        (("DENIED", None, "s"), ("APPROVED", "2024-01-02", "s")),
        (("DENIED", "2024-01-01", "s"), ("APPROVED", None, "s")),
        (("WITHDRAWN", "2024-01-01", "s"), ("APPROVED", "2024-01-02", "s")),
        (("DENIED", "2024-01-01", "t"), ("APPROVED", "2024-01-02", "s")),
        (("DENIED", "2024-01-01", "s"), ("DENIED", "2024-01-02", "s")),
    ],
)
async def test_what_is_no_approval_after_a_denial(
    empty: Store, denied: tuple[str, str | None, str], approved: tuple[str, str | None, str]
) -> None:
    first, second = (application(key, *one[:2], sponsor=one[2]) for key, one in (("x", denied), ("y", approved)))
    await put(empty, PEOPLE, first, second)
    assert await asked(empty) == []


async def test_the_latest_denial_is_shown_once(empty: Store) -> None:
    await put(
        empty,
        PEOPLE,
        application("x", "DENIED", "2024-01-01"),
        application("v", "DENIED", "2024-01-05", child="d"),
        application("w", "DENIED", "2024-01-05"),
        application("y", "APPROVED", "2024-01-11"),
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'p'})",
    )
    await empty.write(
        "MATCH (s:Sponsor {key: 's'}), (y:SponsorApplication {key: 'y'}) CREATE (s)-[:MADE_APPLICATION]->(y)"
    )
    assert await asked(empty) == [("s", "y", "v", "2024-01-05", "2024-01-11", 6, False)]
