from __future__ import annotations

import pytest

from graph.model import MODEL
from queries.library.bound_names import rebinding
from queries.library.cypher_text import significant
from queries.library.node_patterns import read_node_patterns


def bound(body: str) -> list[str]:
    """Return, for each pattern that names a node, whether it is one that is bound: `c` or `new c`."""
    tokens = significant(body)
    nodes = read_node_patterns(tokens, MODEL).nodes
    known = rebinding(tokens, nodes)
    return [node.name if node.start in known else f"new {node.name}" for node in nodes if node.name]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("MATCH (c:Child) MATCH (c)--(x) RETURN c", "new c, c, new x"),
        ("MATCH (c:Child), (c)--(x) RETURN c", "new c, c, new x"),
        ("MATCH (c:Child) WITH c MATCH (c)--(x) RETURN c", "new c, c, new x"),
        ("MATCH (c:Child) WITH DISTINCT c, 1 AS x MATCH (c)--() RETURN c", "new c, c"),
        ("MATCH (c:Child) WITH * MATCH (c)--() RETURN c", "new c, c"),
        ("MATCH (c:Child) WITH c.key AS key MATCH (c)--() RETURN key", "new c, new c"),
        ("MATCH (c:Child) WITH c AS d, count(c) AS c2 MATCH (c)--(d) RETURN d", "new c, new c, new d"),
        ("MATCH (c:Child) WITH head(collect(c)) AS c MATCH (c)--() RETURN c", "new c, new c"),
        ("MATCH (c:Child) WHERE EXISTS { (c)--(x) } MATCH (x)--() RETURN c", "new c, c, new x, new x"),
        (
            "MATCH (c:Child) RETURN c, COUNT { MATCH (c)--(x) WITH x MATCH (x)--(c) RETURN x } AS n",
            "new c, c, new x, x, c",
        ),
        ("MATCH (c:Child) CALL (c) { MATCH (c)--(x) RETURN x } MATCH (c)--(x) RETURN c", "new c, c, new x, c, new x"),
        ("MATCH (c:Child) CALL (*) { MATCH (c)--(x) RETURN x } RETURN c", "new c, new c, new x"),
        ("MATCH (c:Child) CALL () { MATCH (c)--(x) RETURN x } RETURN c", "new c, new c, new x"),
        ("MATCH (c:Child) CALL { MATCH (c)--(x) RETURN x } RETURN c", "new c, new c, new x"),
        ("MATCH (c:Child) RETURN c UNION MATCH (c)--() RETURN c", "new c, new c"),
        ("MATCH (c:Child) RETURN c NEXT MATCH (c)--() RETURN c", "new c, new c"),
        ("MATCH ((a)--(b))+(c) MATCH (a)--(c) RETURN c", "new a, new b, new c, new a, c"),
        ("MATCH (c:Child) WITH c WHERE c.key STARTS WITH 'a' MATCH (c)--() RETURN c", "new c, c"),
    ],
)
def test_a_pattern_names_a_bound_node_or_a_new_one(body: str, wanted: str) -> None:
    assert ", ".join(bound(body)) == wanted
