from __future__ import annotations

import pytest

from queries.library.cypher_text import significant
from queries.library.mentions import Mention, What, read_mentions


def named(text: str) -> list[tuple[What, str]]:
    return [(mention.what, mention.name) for mention in read_mentions(significant(text)).names]


def owned(text: str) -> dict[str, frozenset[str]]:
    return {m.name: m.owners for m in read_mentions(significant(text)).names if m.what is What.PROPERTY}


LABEL, TYPE, EITHER, PROPERTY = What.LABEL, What.TYPE, What.LABEL_OR_TYPE, What.PROPERTY


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MATCH (a:A)-[:R]->(:B)<-[r:S]-(c)", [(LABEL, "A"), (TYPE, "R"), (LABEL, "B"), (TYPE, "S")]),
        ("MATCH (a:A|B&!C:D)", [(LABEL, "A"), (LABEL, "B"), (LABEL, "C"), (LABEL, "D")]),
        ("MATCH (a:(A|B)&C {x: 1})", [(LABEL, "A"), (LABEL, "B"), (LABEL, "C"), (PROPERTY, "x")]),
        ("MATCH (a:`A b`)", [(LABEL, "A b")]),
        ("MATCH ()-[:R|:S]-()", [(TYPE, "R"), (TYPE, "S")]),
        ("MATCH ()-[:R|S*1..3]-()", [(TYPE, "R"), (TYPE, "S")]),
        ("MATCH ((a:A)-[:R]->(b)){1,3}", [(LABEL, "A"), (TYPE, "R")]),
        ("MATCH (a IS A)", [(LABEL, "A")]),
        ("WHERE a:A AND NOT b:B", [(EITHER, "A"), (EITHER, "B")]),
        ("WHERE (a:A)", [(EITHER, "A")]),
        ("WHERE a IS A", [(EITHER, "A")]),
        ("WHERE a IS NULL OR a IS NOT NULL OR a IS :: INTEGER OR a IS TYPED DATE", []),
        ("RETURN [x IN xs WHERE x:A | x.p] AS y", [(EITHER, "A"), (PROPERTY, "p")]),
        ("RETURN a.p, b.`q r` AS c", [(PROPERTY, "p"), (PROPERTY, "q r")]),
        ("RETURN duration.inDays(a.p, b.q).days AS d", [(PROPERTY, "p"), (PROPERTY, "q"), (PROPERTY, "days")]),
        ("CALL db.index.fulltext.queryNodes('search', $x) YIELD node, score", []),
        ("RETURN a {.p, .q, r: a.s} AS b", [(PROPERTY, "p"), (PROPERTY, "q"), (PROPERTY, "s")]),
        ("RETURN a {.*} AS b", []),
        ("RETURN xs[1..2] AS y, xs[a..b] AS z", []),
        ("RETURN $x.p AS y", []),
        ("RETURN 1.5 AS y", []),
        ("MATCH ({p: 1})-[{q: 2}]->()", [(PROPERTY, "p"), (PROPERTY, "q")]),
        ("RETURN {p: 1, q: {r: 2}} AS m", []),
        ("RETURN f({p: 1}) AS m", []),
        ("RETURN EXISTS { (a:A {p: 1}) } AS x", [(LABEL, "A"), (PROPERTY, "p")]),
        ("'(:A)' /* (:B) */ RETURN 1 AS x // (:C)", []),
    ],
)
def test_names(text: str, wanted: list[tuple[What, str]]) -> None:
    assert sorted(named(text), key=str) == sorted(wanted, key=str)


def test_owners_of_properties() -> None:
    assert owned("MATCH (a:A {p: 1}) WHERE a.q = 1") == {"p": frozenset({"A"}), "q": frozenset({"A"})}
    assert owned("MATCH (a:A:B) RETURN a.q AS x") == {"q": frozenset({"A", "B"})}
    assert owned("MATCH (a:A|B) RETURN a.q AS x") == {"q": frozenset({"A", "B"})}
    assert owned("MATCH ()-[r:R {p: 1}]->() WHERE r.q = 1") == {"p": frozenset({"R"}), "q": frozenset({"R"})}
    assert owned("MATCH (a:A) MATCH (a {p: 1})") == {"p": frozenset({"A"})}
    assert owned("MATCH (a) WHERE (a:A OR a:B) AND a.q = 1") == {"q": frozenset()}
    assert owned("MATCH (a) WHERE b AND ((a:A AND c) OR a.q = 1)") == {"q": frozenset()}
    assert owned("MATCH (a:A WHERE a.q = 1 OR b)") == {"q": frozenset({"A"})}
    assert owned("MATCH (a:A {p: b OR c}) WHERE a.q = 1") == {"p": frozenset({"A"}), "q": frozenset({"A"})}
    assert owned("MATCH (a:A) RETURN a {.p} AS x") == {"p": frozenset({"A"})}


def test_owners_are_unknown_of_what_is_bound_otherwise() -> None:
    assert owned("MATCH (a)-[r]->(b) RETURN a.p AS x") == {"p": frozenset()}
    assert owned("MATCH (a:A) WITH f(a) AS a RETURN a.p AS x") == {"p": frozenset()}
    assert owned("UNWIND xs AS a MATCH (b:B) RETURN a.p AS x") == {"p": frozenset()}
    assert owned("MATCH (a WHERE b:B AND a.p = 1)") == {"p": frozenset()}
    assert owned("MATCH (a:A) RETURN f(a).p AS x") == {"p": frozenset()}


def test_keys_of_maps() -> None:
    assert read_mentions(significant("RETURN {p: 1, q: 2} AS m, a {.r, s: 1} AS n")).keys == {"p", "q", "s"}


def test_lines() -> None:
    found = read_mentions(significant("MATCH (a:A)\nWHERE a.p = 1\n\nRETURN a.q AS x"))
    assert found.names == (
        Mention(LABEL, "A", 1),
        Mention(PROPERTY, "p", 2, frozenset({"A"})),
        Mention(PROPERTY, "q", 4, frozenset({"A"})),
    )
