"""Looking up A-numbers: many in; matched, unmatched and malformed out, in order, as often as given."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.access.policy import Access
from graph.errors import BadInput, Forbidden
from graph.model import Sensitivity
from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text

LOOKUP = """
query ($numbers: [String!]!) {
  lookup(aNumbers: $numbers) { __typename matched { given child { key lastName } } unmatched malformed }
}
"""


async def lookup(ask: Asker, *numbers: str) -> Any:
    return (await ask(LOOKUP, numbers=list(numbers)))["lookup"]


async def test_each_number_is_in_one_list_in_order_and_as_often_as_given(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (:Child {key: 'c1', aNumber: '012345678', lastName: 'Paz'}), (:Child {key: 'c2', aNumber: '111111111'})"
    )
    found = await lookup(ask, "999999999", "A111-111-111", "x", "012345678", "A 999 999 999", "111111111", "x")
    assert found == {
        "__typename": "Lookup",
        "matched": [
            {"given": "A111-111-111", "child": {"key": "c2", "lastName": None}},
            {"given": "012345678", "child": {"key": "c1", "lastName": "Paz"}},
            {"given": "111111111", "child": {"key": "c2", "lastName": None}},
        ],
        "unmatched": ["999999999", "A 999 999 999"],
        "malformed": ["x", "x"],
    }


async def test_a_pasted_number_is_answered_as_it_was_given(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'c1', aNumber: '004567891'})")
    pasted = ["A\u2011004\u2011567\u2011891", "\u200b4567891.0", "'004\u00a0567\u00a0891", "4\u00a0567"]
    found = await lookup(ask, *pasted)
    assert [row["given"] for row in found["matched"]] == pasted[:3]
    assert (found["unmatched"], found["malformed"]) == ([], pasted[3:])


async def test_children_who_share_a_number_have_a_row_each(empty: Store, ask: Asker) -> None:
    await empty.write("UNWIND ['c2', 'c1'] AS key CREATE (:Child {key: key, aNumber: '012345678'})")
    answer = await ask(
        '{ lookup(aNumbers: ["A012345678"]) '
        "{ a: matched { child { key } } b: matched { n: given __typename } unmatched } }"
    )
    assert answer["lookup"] == {
        "a": [{"child": {"key": "c1"}}, {"child": {"key": "c2"}}],
        "b": [{"n": "A012345678", "__typename": "LookupMatch"}] * 2,
        "unmatched": [],
    }


async def test_none_and_many(empty: Store, ask: Asker) -> None:
    await empty.write("UNWIND range(1, 1000) AS i CREATE (:Child {key: 'c' + i, aNumber: toString(100000000 + i)})")
    assert await lookup(ask) == {"__typename": "Lookup", "matched": [], "unmatched": [], "malformed": []}
    numbers = [str(100000000 + i) for i in range(1, 1001)]
    assert [row["given"] for row in (await lookup(ask, *numbers))["matched"]] == numbers
    with pytest.raises(BadInput, match="aNumbers has 1001 entries; give at most 1000 at once") as refused:
        await lookup(ask, *numbers, "100000001")
    assert not re.search(r"\d{9}", str(refused.value))


def test_who_may_not_see_a_numbers_may_not_look_them_up() -> None:
    access = Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE}))
    with pytest.raises(Forbidden, match=r"Child\.aNumber"):
        compile_text(LOOKUP, {"numbers": ["012345678"]}, access=access)


def test_a_number_is_in_no_statement() -> None:
    program, _ = compile_text('{ lookup(aNumbers: ["A012-345-678"]) { unmatched } }')
    assert "345" not in program.statement
