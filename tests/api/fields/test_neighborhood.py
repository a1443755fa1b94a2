"""The neighborhood of a node, held against breadth-first search in memory; hubs, limits and what is unknown."""

from __future__ import annotations

from random import Random
from typing import Any

import networkx as nx
import pytest

from api.compiler.ids import global_id
from api.fields.links import HUB_LINKS
from graph.errors import BadInput
from graph.model import MODEL
from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.fields.test_shortest_paths import HUBS, Named, random_graph, store_graph

NEIGHBORHOOD = """
query ($id: ID!, $depth: Int = 2, $first: Int = 100, $through: [LinkKind!], $hubs: Boolean = false) {
  neighborhood(id: $id, depth: $depth, first: $first, through: $through, includeHubs: $hubs) {
    truncated
    nodes { distance linkCount isHub node { id key __typename ... on Sponsor { lastName } } }
    links { kind from to }
  }
}
"""


async def near(ask: Asker, middle: Named, **more: Any) -> Any:
    return (await ask.ask(NEIGHBORHOOD, {"id": global_id(*middle), **more}))["neighborhood"]


def shown(found: Any) -> list[tuple[str, int]]:
    return [(neighbor["node"]["key"], neighbor["distance"]) for neighbor in found["nodes"]]


async def test_nodes_and_links_are_ready_to_draw(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'})-[:HAS_PLACEMENT]->(p:Placement {key: 'p'})"
        "-[:WITH_SPONSOR]->(s:Sponsor {key: 's', lastName: 'Paz'}), "
        "(p)-[:RELEASED_TO]->(:Address {key: 'a'})<-[:RESIDES_AT {key: 'r'}]-(s)"
    )
    found = await near(ask, ("Child", "c"))
    assert shown(found) == [("c", 0), ("p", 1), ("a", 2), ("s", 2)]
    assert found["truncated"] is False
    assert found["nodes"][3] == {
        "distance": 2,
        "linkCount": 2,
        "isHub": False,
        "node": {"id": global_id("Sponsor", "s"), "key": "s", "__typename": "Sponsor", "lastName": "Paz"},
    }
    ids = {key: global_id(label, key) for label, key in (("Child", "c"), ("Placement", "p"), ("Sponsor", "s"))}
    ids["a"] = global_id("Address", "a")
    assert [(link["kind"], link["from"], link["to"]) for link in found["links"]] == [
        ("HAS_PLACEMENT", ids["c"], ids["p"]),
        ("RELEASED_TO", ids["p"], ids["a"]),
        ("RESIDES_AT", ids["s"], ids["a"]),
        ("WITH_SPONSOR", ids["p"], ids["s"]),
    ]


async def test_a_hub_is_shown_with_its_count_and_followed_when_asked_for(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (s:Sponsor {key: 'me'})-[:HAS_PHONE]->(p:Phone {key: 'switchboard'}) "
        "WITH p UNWIND range(1, $more) AS i CREATE (:Sponsor {key: 's' + (1000 + i)})-[:HAS_PHONE]->(p)",
        {"more": HUB_LINKS},
    )
    found = await near(ask, ("Sponsor", "me"))
    assert shown(found) == [("me", 0), ("switchboard", 1)]
    assert [(n["isHub"], n["linkCount"]) for n in found["nodes"]] == [(False, 1), (True, HUB_LINKS + 1)]
    assert found["links"] == [
        {"kind": "HAS_PHONE", "from": global_id("Sponsor", "me"), "to": global_id("Phone", "switchboard")}
    ]
    assert shown(await near(ask, ("Phone", "switchboard"))) == [("switchboard", 0)]
    followed = await near(ask, ("Sponsor", "me"), hubs=True, first=4)
    assert shown(followed) == [("me", 0), ("switchboard", 1), ("s1001", 2), ("s1002", 2)]
    assert len(followed["links"]) == 3
    assert followed["truncated"] is True


async def test_a_hub_is_followed_in_the_order_of_keys(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (p:Phone {key: 'switchboard'}) WITH p UNWIND range(9999, 1000, -3) AS i "
        "CREATE (:Sponsor {key: 's' + i})-[:HAS_PHONE]->(p)"
    )
    followed = await near(ask, ("Phone", "switchboard"), hubs=True, first=4)
    assert shown(followed) == [("switchboard", 0), ("s1002", 1), ("s1005", 1), ("s1008", 1)]


async def test_the_links_of_a_hub_are_counted_by_kind(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (a:Agency {key: 'ero'})<-[:PART_OF]-(:Agency {key: 'x'}), (a)-[:PART_OF]->(:Agency {key: 'ice'}), "
        "(a)<-[:HAS_SUBJECT {key: 's'}]-(:Finding {key: 'f'}) "
        "WITH a UNWIND range(1, 3) AS i CREATE (:ContactAttempt {key: 'c' + i})-[:MADE_BY]->(a)"
    )
    document = "query ($id: ID!) { neighborhood(id: $id) { nodes { linkCount linksByKind { kind count } } } }"
    found = await ask(document, id=global_id("Agency", "ero"))
    assert found["neighborhood"]["nodes"][0] == {
        "linkCount": 5,
        "linksByKind": [{"kind": "MADE_BY", "count": 3}, {"kind": "PART_OF", "count": 2}],
    }


async def test_links_of_one_kind_between_two_nodes_are_drawn_once(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'}), (a:Address {key: 'a'}) "
        "WITH c, a UNWIND range(1, 3) AS i CREATE (c)-[:RESIDES_AT {key: 'r' + i}]->(a)"
    )
    assert [link["kind"] for link in (await near(ask, ("Child", "c")))["links"]] == ["RESIDES_AT"]


async def test_findings_are_shown_and_not_walked_through(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (:Child {key: 'c'})<-[:HAS_SUBJECT {key: 's'}]-(:Finding {key: 'f'})"
        "-[:HAS_EVIDENCE {key: 'e'}]->(:Sponsor {key: 'x'})"
    )
    found = await near(ask, ("Child", "c"))
    assert shown(found) == [("c", 0), ("f", 1)]
    assert [node["linkCount"] for node in found["nodes"]] == [0, 2]
    assert shown(await near(ask, ("Finding", "f"))) == [("f", 0), ("c", 1), ("x", 1)]


async def test_a_link_between_two_hubs_is_shown_where_it_led_to_one(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Agency {key: 'office'})-[:PART_OF]->(:Agency {key: 'ero'})")
    assert shown(await near(ask, ("Agency", "office"))) == [("office", 0)]
    followed = await near(ask, ("Agency", "office"), hubs=True)
    assert shown(followed) == [("office", 0), ("ero", 1)]
    assert [link["kind"] for link in followed["links"]] == ["PART_OF"]


async def test_an_unknown_node_gives_null(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'c'})")
    assert await near(ask, ("Child", "x")) is None
    assert await near(ask, ("Sponsor", "c")) is None
    assert shown(await near(ask, ("Child", "c"))) == [("c", 0)]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"depth": 0}, "depth is 0; give a number from 1 to 4"),
        ({"depth": 5}, "depth is 5"),
        ({"first": 0}, "first is 0; give a number from 1 to 500"),
        ({"first": 501}, "first is 501"),
        ({"through": []}, "through is empty"),
    ],
)
async def test_what_is_out_of_bounds_is_refused(ask: Asker, more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        await near(ask, ("Child", "c"), **more)


def expected(
    graph: nx.Graph[Named], middle: Named, depth: int, kinds: set[str], *, hubs: bool
) -> list[tuple[str, str, int]]:
    """Return the key, label and distance of what a search finds that does not go on from hubs and findings."""
    found = {middle: 0}
    ring = [middle]
    for distance in range(1, depth + 1):
        followed = [node for node in ring if hubs or node[0] not in HUBS]
        followed = [node for node in followed if node == middle or node[0] != "Finding"]
        ring = []
        for node in followed:
            for other in graph[node]:
                if graph[node][other]["kind"] in kinds and other not in found:
                    found[other] = distance
                    ring.append(other)
    rows = [(key, label, distance) for (label, key), distance in found.items()]
    return sorted(rows, key=lambda row: (row[2], row[0], row[1]))


@pytest.mark.parametrize("seed", range(3))
async def test_neighborhoods_are_those_of_a_search_in_memory(empty: Store, ask: Asker, seed: int) -> None:
    random = Random(f"near/{seed}")
    graph = random_graph(random, 14 + seed * 3)
    await store_graph(empty, graph)
    every = sorted(MODEL.types)
    sizes = set()
    for _ in range(30):
        middle = random.choice(list(graph))
        depth, first, hubs = random.randint(1, 4), random.choice([1, 3, 8, 20, 500]), random.random() < 0.5
        kinds = random.choice([None, random.sample(every, random.randint(1, len(every)))])
        more = {} if kinds is None else {"through": kinds}
        allowed = set(every) - {"FROM_SOURCE"} if kinds is None else set(kinds)
        found = await near(ask, middle, depth=depth, first=first, hubs=hubs, **more)
        wanted = expected(graph, middle, depth, allowed, hubs=hubs)
        assert [(n["node"]["key"], n["node"]["__typename"], n["distance"]) for n in found["nodes"]] == wanted[:first]
        assert found["truncated"] is (len(wanted) > first)
        ids = {global_id(label, key) for key, label, _ in wanted[:first]}
        links = {(link["kind"], link["from"], link["to"]) for link in found["links"]}
        assert len(links) == len(found["links"])
        inside = set()
        for one, other, data in graph.edges(data=True):
            start, end = (one, other) if data["start"] == one else (other, one)
            pair = global_id(*start), global_id(*end)
            if data["kind"] in allowed and ids.issuperset(pair) and not {start[0], end[0]} <= HUBS:
                inside.add((data["kind"], *pair))
        assert inside <= links
        assert all({start, end} <= ids for _, start, end in links)
        sizes.add(len(ids))
    assert len(sizes) > 4
