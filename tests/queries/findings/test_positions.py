"""Positions sort as the database sorts the values that they are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from graph.store import Store
from queries.findings.positions import Part, own_position, parts_of, position_of
from queries.library import load_library
from queries.library.question import Ordering

LARGEST = 2**63 - 1
VALUES: dict[str, list[Any]] = {
    "Int": [0, 1, -1, 9, 10, 11, -9, -10, 12345, LARGEST, LARGEST - 1, -LARGEST - 1, -LARGEST],
    "Boolean": [True, False],
    "Date": [date(1, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(9999, 12, 31)],
    "DateTime": [
        datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC) + timedelta(microseconds=micros)
        for micros in (0, 1, 2, 10**13)
    ],
    "String": ["", "a", "a b", "aa", "A", "z", "~", "é", "ß", "語", "\U0001f600", "\uffee"],
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("descending", [False, True])
async def test_a_position_sorts_as_its_values_do(store: Store, kind: str, descending: bool) -> None:
    if kind == "String" and descending:
        pytest.skip("text has no position in descending order")
    parts = (
        Part("a", kind, descending, nullable=True),
        Part("b", "String", descending=False, nullable=False, node=True),
    )
    rows = [[value, key] for value in (*VALUES[kind], None) for key in ("x", "x1", "y")]
    Random(5).shuffle(rows)
    live = await store.read(
        f"UNWIND $rows AS row WITH row[0] AS a, row[1] AS b "
        f"RETURN a, b ORDER BY a IS NULL, a{' DESC' if descending else ''}, b",
        {"rows": rows},
    )
    by_position = await store.read(
        f"CYPHER 25 UNWIND $rows AS row WITH row[0] AS a, row[1] AS b "
        f"RETURN a, b ORDER BY {position_of('name', parts, ['a', 'b'])}",
        {"rows": rows},
    )
    assert by_position == live


def test_what_no_text_can_be_ordered_by_has_no_position() -> None:
    question = next(one for one in load_library() if one.name == "sponsorsWithMultipleChildren")
    assert parts_of(question) is not None
    column = replace(question.column("childCount"), type="Float!")
    others = tuple(column if one.name == column.name else one for one in question.columns)
    assert parts_of(replace(question, columns=others)) is None
    assert own_position(replace(question, columns=others)) == "null"
    assert parts_of(replace(question, order=(Ordering("sponsor"),))) is None
