from __future__ import annotations

import pytest

from queries.library.cypher_text import significant
from queries.library.structure import Unbalanced, last_returns, opened


def returned(text: str) -> list[list[str]]:
    return [[item.name for item in returning.items] for returning in last_returns(significant(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MATCH (a) RETURN a", [["a"]]),
        ("RETURN DISTINCT a, b AS c", [["a", "c"]]),
        ("RETURN a.b, c", [["", "c"]]),
        ("RETURN f(a, b) AS c, [x IN y | x] AS d, {a: 1, b: 2} AS e", [["c", "d", "e"]]),
        ("RETURN COUNT { MATCH (x) RETURN x } AS n", [["n"]]),
        ("RETURN CASE WHEN a THEN b ELSE c END AS d", [["d"]]),
        ("RETURN CASE a WHEN 1 THEN CASE WHEN b THEN 1 END END AS d, e", [["d", "e"]]),
        ("RETURN a.end AS end, b.case AS x, {case: 1} AS y", [["end", "x", "y"]]),
        ("RETURN `a b`", [["a b"]]),
        ("RETURN a UNION ALL RETURN b AS a", [["a"], ["a"]]),
        ("RETURN a NEXT RETURN a AS b", [["b"]]),
        ("WHEN x THEN RETURN a ELSE RETURN b", [["a"], ["b"]]),
        ("MATCH (a)", []),
        ("RETURN 1", [[""]]),
    ],
)
def test_returned(text: str, wanted: list[list[str]]) -> None:
    assert returned(text) == wanted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("RETURN a ORDER BY a", "ORDER"),
        ("RETURN a SKIP 1", "SKIP"),
        ("RETURN a OFFSET 1", "OFFSET"),
        ("RETURN a limit 1", "limit"),
        ("RETURN a AS limit, b AS offset", None),
        ("WITH a ORDER BY a LIMIT 1 RETURN a", None),
        ("RETURN COLLECT { MATCH (x) RETURN x ORDER BY x LIMIT 1 } AS a", None),
    ],
)
def test_order_or_limit_of_the_end(text: str, word: str | None) -> None:
    [returning] = last_returns(significant(text))
    assert (returning.bounded.text if returning.bounded else None) == word
    assert "" not in {item.name for item in returning.items}


def test_everything() -> None:
    assert [r.everything for r in last_returns(significant("RETURN * UNION RETURN a"))] == [True, False]


@pytest.mark.parametrize(
    ("text", "partnerless"),
    [("(a", "("), ("a)", ")"), ("([a)", ")"), ("{ CASE }", "}"), ("CASE WHEN a", "CASE"), ("RETURN 1 } {", "}")],
)
def test_brackets_without_a_partner(text: str, partnerless: str) -> None:
    with pytest.raises(Unbalanced) as error:
        opened(significant(text))
    assert error.value.token.text == partnerless


def test_what_is_open_around_a_token() -> None:
    assert opened(significant("a ( b [ c ] )")) == [(), (), (1,), (1,), (1, 3), (1,), ()]
