"""The shortest paths between two nodes, held against breadth-first search in memory."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from typing import Any

import networkx as nx
import pytest

from api.compiler.ids import global_id, label_and_key
from api.fields.links import HUB_LINKS
from graph.errors import BadInput
from graph.model import MODEL
from graph.store import Store
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text

ASKED = """
query ($from: ID!, $to: ID!, $maxHops: Int = 6, $through: [LinkKind!], $hubs: Boolean = false, $first: Int = 50) {
  %s(from: $from, to: $to, maxHops: $maxHops, through: $through, includeHubs: $hubs, first: $first) { %s }
}
"""
SHOWN = "length nodes { id __typename ... on Child { firstName } } links { kind from to }"
PATHS, CHAINS = ASKED % ("shortestPaths", SHOWN), ASKED % ("connection", f"complete chains {{ {SHOWN} }}")
"""The field, and the same under its older name."""
HUBS = {"Agency", "PostalArea", "Source"}
Named = tuple[str, str]


async def chains(ask: Asker, start: Named, end: Named, **more: Any) -> Any:
    """Return what is found under the older name, when it is the same as under the other."""
    variables = {"from": global_id(*start), "to": global_id(*end), **more}
    paths, found = (await ask.ask(PATHS, variables))["shortestPaths"], (await ask.ask(CHAINS, variables))["connection"]
    assert paths == (None if found is None else found["chains"])
    return found


def keys(found: Any) -> list[list[str]]:
    return [[(label_and_key(node["id"]) or ("", ""))[1] for node in chain["nodes"]] for chain in found["chains"]]


def child(number: int) -> Named:
    return "Child", f"c{number}"


def test_the_older_name_has_the_same_statement() -> None:
    given = {"from": global_id(*child(1)), "to": global_id(*child(2))}
    assert compile_text(PATHS, given)[0].statement == compile_text(CHAINS, given)[0].statement


async def test_a_chain_shows_its_nodes_and_its_links(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (:Child {key: 'c1', firstName: 'Ana'})-[:HAS_PLACEMENT]->(:Placement {key: 'p1'})"
        "-[:WITH_SPONSOR]->(:Sponsor {key: 's'})<-[:WITH_SPONSOR]-(:Placement {key: 'p2'})"
        "<-[:HAS_PLACEMENT]-(:Child {key: 'c2'})"
    )
    found = await chains(ask, child(1), child(2))
    assert found["complete"] is True
    (chain,) = found["chains"]
    ids = [
        global_id(*pair) for pair in (child(1), ("Placement", "p1"), ("Sponsor", "s"), ("Placement", "p2"), child(2))
    ]
    assert chain["length"] == 4
    assert [node["id"] for node in chain["nodes"]] == ids
    assert [node["__typename"] for node in chain["nodes"]] == ["Child", "Placement", "Sponsor", "Placement", "Child"]
    assert chain["nodes"][0]["firstName"] == "Ana"
    assert [link["kind"] for link in chain["links"]] == [
        "HAS_PLACEMENT",
        "WITH_SPONSOR",
        "WITH_SPONSOR",
        "HAS_PLACEMENT",
    ]
    assert [(link["from"], link["to"]) for link in chain["links"]] == [
        (ids[0], ids[1]),
        (ids[1], ids[2]),
        (ids[3], ids[2]),
        (ids[4], ids[3]),
    ]


async def test_labels_that_the_model_lacks_are_passed_over(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (:AAA:Child {key: 'c1'})-[:HAS_PHONE]->(:AAA:Phone {key: 'p'})<-[:HAS_PHONE]-(:Child:ZZZ {key: 'c2'})"
    )
    (chain,) = (await chains(ask, child(1), child(2)))["chains"]
    assert [node["__typename"] for node in chain["nodes"]] == ["Child", "Phone", "Child"]
    assert [(link["from"], link["to"]) for link in chain["links"]] == [
        (global_id(*one), global_id("Phone", "p")) for one in (child(1), child(2))
    ]


async def test_an_unknown_end_gives_null_and_the_same_node_an_error(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'c1'}), (:Child {key: 'c2'})")
    assert await chains(ask, child(1), child(9)) is None
    assert await chains(ask, ("Sponsor", "c1"), child(2)) is None
    assert await chains(ask, child(1), child(2)) == {"complete": True, "chains": []}
    answer = await ask.ask(CHAINS, {"from": "nonsense", "to": "nonsense"})
    assert answer["connection"] is None
    with pytest.raises(BadInput, match="are the same node; give two different ones"):
        await chains(ask, child(1), child(1))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"maxHops": 0}, "maxHops is 0; give a number from 1 to 8"),
        ({"maxHops": 9}, "maxHops is 9"),
        ({"maxHops": None}, "maxHops is null"),
        ({"first": 51}, "first is 51; give a number from 1 to 50"),
        ({"through": []}, "through is empty"),
    ],
)
async def test_what_is_out_of_bounds_is_refused(ask: Asker, more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        await chains(ask, child(1), child(2), **more)


async def test_hubs_are_passed_only_when_asked_for(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (a:Address {key: 'shelter'}), (c1:Child {key: 'c1'}), (c2:Child {key: 'c2'}), (o:Agency {key: 'orr'}) "
        "CREATE (c1)-[:RESIDES_AT {key: 'r1'}]->(a)<-[:RESIDES_AT {key: 'r2'}]-(c2) "
        "WITH a UNWIND range(1, $more) AS i CREATE (:Sponsor {key: 's' + i})-[:RESIDES_AT {key: 't' + i}]->(a)",
        {"more": HUB_LINKS - 1},
    )
    assert keys(await chains(ask, child(1), child(2))) == []
    assert keys(await chains(ask, child(1), child(2), hubs=True)) == [["c1", "shelter", "c2"]]
    assert keys(await chains(ask, child(1), ("Address", "shelter"))) == [["c1", "shelter"]]
    assert keys(await chains(ask, ("Address", "shelter"), child(1))) == [["shelter", "c1"]]
    await empty.write("MATCH (s:Sponsor {key: 's1'}) DETACH DELETE s")
    assert keys(await chains(ask, child(1), child(2))) == [["c1", "shelter", "c2"]]


async def test_findings_join_nobody_and_make_no_hub(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (a:Address {key: 'home'}), (c1:Child {key: 'c1'}), (c2:Child {key: 'c2'}) "
        "CREATE (c1)-[:RESIDES_AT {key: 'r1'}]->(a)<-[:RESIDES_AT {key: 'r2'}]-(c2) "
        "CREATE (c1)<-[:HAS_SUBJECT {key: 's'}]-(:Finding {key: 'both'})-[:HAS_EVIDENCE {key: 'e'}]->(c2) "
        "WITH a UNWIND range(1, $more) AS i CREATE (a)<-[:HAS_SUBJECT {key: 's' + i}]-(:Finding {key: 'f' + i})",
        {"more": HUB_LINKS},
    )
    for hubs in (False, True):
        assert keys(await chains(ask, child(1), child(2), hubs=hubs)) == [["c1", "home", "c2"]]
    assert keys(await chains(ask, ("Finding", "both"), child(2))) == [["both", "c2"]]
    assert keys(await chains(ask, child(1), ("Finding", "f1"))) == [["c1", "home", "f1"]]


async def test_parallel_reports_of_one_link_are_one_chain(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (a:Child {key: 'c1'}), (b:Sponsor {key: 's'}) "
        "WITH a, b UNWIND ['x', 'y'] AS key CREATE (home:Address {key: key}) "
        "WITH a, b, home UNWIND range(1, 4) AS i "
        "CREATE (a)-[:RESIDES_AT {key: 'r' + home.key + i}]->(home)<-[:RESIDES_AT {key: 't' + home.key + i}]-(b)"
    )
    found = await chains(ask, child(1), ("Sponsor", "s"), first=2)
    assert keys(found) == [["c1", "x", "s"], ["c1", "y", "s"]]
    assert found["complete"] is True


async def test_of_many_chains_the_first_are_shown_and_the_rest_told_of(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (a:Child {key: 'c1'}), (b:Child {key: 'c2'}) "
        "WITH a, b UNWIND range(10, 40) AS i CREATE (a)-[:HAS_PHONE]->(:Phone {key: 'p' + i})<-[:HAS_PHONE]-(b)"
    )
    found = await chains(ask, child(1), child(2), first=3)
    assert keys(found) == [["c1", "p10", "c2"], ["c1", "p11", "c2"], ["c1", "p12", "c2"]]
    assert found["complete"] is False
    assert (await chains(ask, child(1), child(2), first=31))["complete"] is True


async def test_hubs_are_left_out_while_the_database_walks(store: Store) -> None:
    program, variables = compile_text(PATHS, {"from": global_id(*child(1)), "to": global_id(*child(2))})
    walk = next(line for line in program.statement.splitlines() if "ALL SHORTEST" in line)
    found = re.search(r"MATCH (path\d+) = ALL SHORTEST \((\w+)\).* \((\w+)\)$", walk)
    assert found is not None
    path, start, end = found.groups()
    plan = await store.explain(
        "CYPHER 25 WITH COLLECT { MATCH (n:Child) WHERE n.key IN ['c1', 'c2'] RETURN n } AS ends "
        f"WITH ends[0] AS {start}, ends[1] AS {end} {walk.strip()} RETURN {path}",
        {"p": program.bind(variables).parameters},
    )
    (step,) = [operator for operator in plan.root.walk() if "ShortestPath" in operator.name]
    assert "getDegree" in step.details
    assert "Agency" in step.details
    names = {operator.name for operator in plan.root.walk()}
    assert not [name for name in names if name.startswith("VarLength")]


def random_graph(random: Random, size: int) -> nx.Graph[Named]:
    """Return a graph of the model's links, some of them at agencies and postal areas."""
    labels = [*MODEL.labels, "Child", "Child", "Phone", "Phone", "Placement", "Sponsor"]
    things = [(label, f"{label}{i}") for i in range(size) for label in (random.choice(labels), "Child", "Address")]
    graph: nx.Graph[Named] = nx.Graph()
    graph.add_nodes_from(things)
    possible = [
        (relationship.type, start, end)
        for relationship in MODEL.relationships
        for start in things
        for end in things
        if (start[0], end[0]) == (relationship.start, relationship.end) and start != end
    ]
    for kind, start, end in random.sample(possible, size * 5):
        if not graph.has_edge(start, end):
            graph.add_edge(start, end, kind=kind, start=start)
    return graph


async def store_graph(store: Store, graph: nx.Graph[Named]) -> None:
    """Write the graph down; keys are unique in the whole of it."""
    await store.write(
        "CYPHER 25 UNWIND $things AS thing CREATE (:$(thing[0]) {key: thing[1]})", {"things": list(graph)}
    )
    links = [
        [data["start"][1], (other if data["start"] == one else one)[1], data["kind"]]
        for one, other, data in graph.edges(data=True)
    ]
    await store.write(
        "CYPHER 25 UNWIND $links AS link MATCH (a {key: link[0]}) MATCH (b {key: link[1]}) "
        "CREATE (a)-[:$(link[2]) {key: link[0] + link[1]}]->(b)",
        {"links": links},
    )


def expected(
    graph: nx.Graph[Named], start: Named, end: Named, most: int, kinds: set[str], hubs: bool
) -> list[list[str]]:
    allowed: nx.Graph[Named] = nx.Graph((a, b) for a, b, data in graph.edges(data=True) if data["kind"] in kinds)
    passable = [n for n in allowed if n in (start, end) or (n[0] != "Finding" and (hubs or n[0] not in HUBS))]
    assert max(graph.degree(n) for n in graph) <= HUB_LINKS
    allowed = allowed.subgraph(passable)
    if start not in allowed or end not in allowed or not nx.has_path(allowed, start, end):
        return []
    found = [[key for _, key in path] for path in nx.all_shortest_paths(allowed, start, end)]
    return sorted(path for path in found if len(path) <= most + 1)


@pytest.mark.parametrize("seed", range(4))
async def test_chains_are_those_of_a_search_in_memory(empty: Store, ask: Asker, seed: int) -> None:
    random = Random(seed)
    graph = random_graph(random, 12 + seed * 2)
    await store_graph(empty, graph)
    every = sorted(MODEL.types)
    lengths = set()
    for _ in range(40):
        start, end = random.sample(list(graph), 2)
        most, hubs = random.randint(1, 8), random.random() < 0.5
        kinds = random.choice([None, random.sample(every, random.randint(1, len(every)))])
        more = {} if kinds is None else {"through": kinds}
        allowed = set(every) - {"FROM_SOURCE"} if kinds is None else set(kinds)
        wanted = expected(graph, start, end, most, allowed, hubs)
        found = await chains(ask, start, end, maxHops=most, hubs=hubs, **more)
        assert keys(found) == wanted[:50]
        assert found["complete"] is (len(wanted) <= 50)
        lengths |= {chain["length"] for chain in found["chains"]}
        for chain in found["chains"]:
            for link, (one, other) in zip(chain["links"], pairwise(chain["nodes"]), strict=True):
                assert {link["from"], link["to"]} == {one["id"], other["id"]}
    assert len(lengths) > 2
