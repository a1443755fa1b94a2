"""A link that is there twice counts once: in connections and their totals, filters, orders, tables and timelines."""

from __future__ import annotations

from typing import Any

from api.compiler.ids import global_id
from graph.model import RECORDS, Link
from graph.store import Store
from graph.writing.derived import check_derived, refresh_all
from tests.api.compiler.asking import Asker
from tests.hostile import DAY, Graph, hostile, write_graph

TABLES = """{
  placements: statistics(of: PLACEMENTS, groupBy: [COURT, COUNTRY]) { totalCount rows { values { value } count } }
  children: statistics(of: CHILDREN, groupBy: [STATE, OUTCOME], asOf: "2024-05-31") { rows { count } }
  offices: statistics(of: HEARINGS, groupBy: [AGENCY]) { rows { values { value } count } }
  oversightSummary(by: COURT, asOf: "2024-05-31") {
    rows { value transferred missedHearing notReached badAddresses } total { transferred badAddresses }
  }
  timelines: children { nodes { key timeline(asOf: "2024-05-31") { on kind agency node { key } } } }
}"""
"""What is counted or told along links of many kinds."""


def documents() -> list[str]:
    """Return a document for each label: its links to many with totals, and all nodes by the counts of these."""
    found = [TABLES]
    for node in RECORDS.nodes:
        links = [link for link in RECORDS.links(node.label).values() if link.many and not link.properties]
        if not links:
            continue
        inner = " ".join(f"{link.name} {{ totalCount nodes {{ key }} }}" for link in links)
        found.append(f"{{ {node.fields}(first: 100) {{ nodes {{ key {inner} }} }} }}")
        found.append(f"{{ {' '.join(asked for link in links for asked in _by_count(node.fields, link))} }}")
    return found


def _by_count(fields: str, link: Link) -> list[str]:
    counted = f"{fields}(first: 100, filter: {{{link.name}: {{count: {{gte: 2, ne: 3}}}}}}) {{ nodes {{ key }} }}"
    if not link.one_hop:
        return [f"{link.name}Counted: {counted}"]
    field = "".join(f"_{letter}" if letter.isupper() else letter.upper() for letter in link.name)
    order = f"{{field: {field}_COUNT, direction: DESC}}"
    return [
        f"{link.name}Counted: {counted}",
        f"{link.name}Ordered: {fields}(first: 100, orderBy: [{order}]) {{ nodes {{ key }} }}",
    ]


async def answers(store: Store, ask: Asker, graph: Graph) -> list[Any]:
    await store.write("MATCH (n) DETACH DELETE n")
    await write_graph(store, graph)
    return [await ask(document) for document in documents()]


async def test_doubled_links_count_once(empty: Store, ask: Asker) -> None:
    graph = hostile(11, single=True)
    once = await answers(empty, ask, graph)
    await refresh_all(empty)
    kept = await empty.read("MATCH (n:Sponsor|Address) RETURN n.key, n.childCount, n.sponsorCount ORDER BY n.key")
    assert await answers(empty, ask, graph.doubled()) == once
    await refresh_all(empty)
    assert await check_derived(empty) == []
    again = await empty.read("MATCH (n:Sponsor|Address) RETURN n.key, n.childCount, n.sponsorCount ORDER BY n.key")
    assert again == kept


async def test_pages_of_a_doubled_link_are_whole(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'}) WITH c UNWIND range(1, 5) AS i CREATE (p:Placement {key: 'p' + i}) "
        "WITH c, p UNWIND [1, 2, 3] AS again CREATE (c)-[:HAS_PLACEMENT]->(p)"
    )
    document = """query ($id: ID!, $after: String) { child(id: $id) { placements(first: 2, after: $after) {
        totalCount nodes { key } pageInfo { endCursor hasNextPage } } } }"""
    found: list[str] = []
    after = None
    for _ in range(3):
        page = (await ask(document, id=global_id("Child", "c"), after=after))["child"]["placements"]
        assert page["totalCount"] == 5
        found += [node["key"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert (found, page["pageInfo"]["hasNextPage"]) == (["p1", "p2", "p3", "p4", "p5"], False)


async def test_what_the_day_of_a_release_and_a_hearing_is_counts_alike_in_both_tables(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c', transferredOn: date('2022-01-01')})-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})"
        "-[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED'}), "
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'p'})-[:RELEASED_TO]->(:Address {key: 'a', deliverability: 'BLANK'})"
    )
    found = await ask(
        f"""{{ oversightByCourtAndOffice(asOf: "{DAY}") {{ nodes {{ missedHearing badAddresses }} }}
        oversightSummary(asOf: "{DAY}") {{ total {{ missedHearing badAddresses }} }} }}"""
    )
    assert found["oversightByCourtAndOffice"]["nodes"] == [{"missedHearing": 1, "badAddresses": 1}]
    assert found["oversightSummary"]["total"] == {"missedHearing": 1, "badAddresses": 1}
    await empty.write(
        "MATCH (h:Hearing), (p:Placement) SET h.scheduledOn = date('2024-06-01'), p.releasedOn = date('2024-06-01')"
    )
    found = await ask(
        f"""{{ oversightByCourtAndOffice(asOf: "{DAY}") {{ nodes {{ missedHearing badAddresses }} }}
        oversightSummary(asOf: "{DAY}") {{ total {{ missedHearing badAddresses }} }} }}"""
    )
    assert found["oversightByCourtAndOffice"]["nodes"] == [{"missedHearing": 0, "badAddresses": 0}]
    assert found["oversightSummary"]["total"] == {"missedHearing": 0, "badAddresses": 0}
