"""Questions about links, timelines and totals answer what a walk over the generated graph finds."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import networkx as nx
import pytest

from graph.store import Store
from queries.asking.run import run_question
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Thresholds, indicators
from seed.seeding import seed_store
from tests.api.compiler.compiling import library
from tests.queries import walked, walked_links, walked_places
from tests.queries.scenarios import answered, ask, ordered, put
from tests.seed.synthetic.graphs import Graph, graph_of

LIBRARY = library()
WALKED = {
    "sponsorRings",
    "shortestChainBetweenPeople",
    "peopleLinkedToPerson",
    "childTimeline",
    "oversightByCourtAndOffice",
    "releaseSpikes",
}
"""Questions whose answers are told by a walk over the generated graph alone."""
DAYS = (date(2024, 5, 31), date(2022, 9, 15))
DEGREE, SHARING = 25, 20
NEAR_MISSES = (
    *("shelters", "buildings", "spikes", "hotels", "mailboxes", "boardingHouses"),
    *("reusedHomes", "handedOnPhones"),
)
"""What several sponsors had, and what joins none of them."""
_TWO = {"minSponsors": 2, "asOf": DAYS[0].isoformat()}


@pytest.fixture(scope="module", params=[(0.5, 1)], ids=str)
async def graph(request: pytest.FixtureRequest, store: Store) -> Graph:
    """A generated graph that is in the store."""
    scale, number = request.param
    await seed_store(store, scale=scale, seed=number, store_name="neo4j")
    return graph_of("demo", scale, number)


def people(graph: Graph, number: int) -> list[str]:
    random = Random(number)
    return random.sample(sorted(graph.nodes["Child"]), number) + random.sample(sorted(graph.nodes["Sponsor"]), number)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("least", "sharing"), [(2, 40), (3, 8), (4, 1000)])
async def test_rings(store: Store, graph: Graph, day: date, least: int, sharing: int) -> None:
    given = {"asOf": day.isoformat(), "minSponsors": least, "maxSharing": sharing}
    wanted = walked_links.rings(graph, day, least=least, sharing=sharing)
    assert await answered(store, LIBRARY["sponsorRings"], **given) == ordered(wanted)
    assert wanted or day != DAYS[0]


@pytest.mark.parametrize("down", [False, True], ids=["in the order of the keys", "against it"])
async def test_a_ring_that_is_a_long_chain(empty: Store, down: bool) -> None:
    size = 150
    await empty.write(
        "UNWIND range(1, $size) AS i WITH CASE WHEN $down THEN 2000 - i ELSE 1000 + i END AS number "
        "CREATE (a:Sponsor {key: 's' + number}) "
        "WITH collect(a) AS sponsors UNWIND range(1, $size - 1) AS i "
        "WITH sponsors[i - 1] AS one, sponsors[i] AS other, i CREATE (phone:Phone {key: 'p' + i}) "
        "CREATE (one)-[:HAS_PHONE {key: 'a' + i}]->(phone)<-[:HAS_PHONE {key: 'b' + i}]-(other)",
        {"size": size, "down": down},
    )
    least = f"s{2000 - size if down else 1001}"
    assert await answered(empty, LIBRARY["sponsorRings"]) == [[least, least, size, 0, 0, size - 1]]


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_people_around_a_person(store: Store, graph: Graph, day: date) -> None:
    walk = walked_links.Walk(graph, day, degree=DEGREE, sharing=SHARING)
    kinds = {key: label for label in ("Child", "Sponsor") for key in graph.nodes[label]}
    found = 0
    for person in people(graph, 6):
        wanted = [
            [key, kinds[key], len(steps), *((key, None) if kinds[key] == "Child" else (None, key))]
            for key, (_, steps) in walk.chains(person, 6).items()
            if key in kinds and key != person
        ]
        given = {"person": person, "maxLinks": 6, "maxDegree": DEGREE, "maxSharing": SHARING, "asOf": day.isoformat()}
        assert await answered(store, LIBRARY["peopleLinkedToPerson"], **given) == ordered(wanted)
        found += len(wanted)
    assert found


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_chains(store: Store, graph: Graph, day: date) -> None:
    walk = walked_links.Walk(graph, day, degree=DEGREE, sharing=SHARING)
    persons = {*graph.nodes["Child"], *graph.nodes["Sponsor"]}
    found = 0
    for start in people(graph, 4):
        strangers = dict.fromkeys(people(graph, 1), ((), ()))
        for goal, (keys, links) in {**strangers, **walk.chains(start, 9)}.items():
            if goal == start or goal not in persons or found > 30:
                continue
            given = {"from": start, "to": goal, "maxLinks": 9, "maxDegree": DEGREE, "maxSharing": SHARING}
            rows = (
                await run_question(store, LIBRARY["shortestChainBetweenPeople"], {**given, "asOf": day.isoformat()})
            ).rows
            stops = [value["key"] for row in rows for value in row.values() if isinstance(value, dict)]
            assert (tuple(stops), tuple(row["link"] for row in rows[1:])) == (keys, links)
            found += bool(keys)
    assert found


async def test_who_is_unknown_or_the_same_has_no_chain(store: Store, graph: Graph) -> None:
    one = min(graph.nodes["Child"])
    for start, goal in ((one, one), (one, "nobody"), ("nobody", one)):
        assert await ask(store, "shortestChainBetweenPeople", **{"from": start, "to": goal}) == []
    assert await ask(store, "peopleLinkedToPerson", person="nobody") == []
    assert await ask(store, "childTimeline", child="nobody") == []


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_timelines(store: Store, graph: Graph, day: date) -> None:
    events = set()
    for child in people(graph, 12)[:12]:
        given = {"child": child, "asOf": day.isoformat()}
        rows = (await run_question(store, LIBRARY["childTimeline"], given)).rows
        told = [(row["happenedOn"], row["event"], row["record"]) for row in rows]
        assert told == walked.timeline(graph, child, day)
        assert {row["subject"]["key"] for row in rows} <= {child}
        events |= {event for _, event, _ in told}
    assert len(events) > 5


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_oversight(store: Store, graph: Graph, day: date) -> None:
    found = await answered(store, LIBRARY["oversightByCourtAndOffice"], asOf=day.isoformat())
    assert found == ordered(walked.oversight(graph, day))


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("least", "times", "within"), [(6, 3, 30), (3, 5, 90), (2, 1, 0)])
async def test_spikes(store: Store, graph: Graph, day: date, least: int, times: int, within: int) -> None:
    given = {"asOf": day.isoformat(), "minReleases": least, "minTimes": times, "withinDays": within}
    wanted = walked_places.spikes(graph, day, least=least, times=times, within=within)
    assert await answered(store, LIBRARY["releaseSpikes"], **given) == ordered(wanted)


async def test_planted_spikes_are_found_and_busy_buildings_are_not(store: Store, graph: Graph) -> None:
    planted = {kind: {row[0] for row in graph.truth.planted[kind]} for kind in ("spikes", "buildings")}
    found = {row[1] for row in await answered(store, LIBRARY["releaseSpikes"], asOf=DAYS[0].isoformat())}
    assert planted["spikes"] <= found
    assert not planted["buildings"] & found


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize(("years", "minors"), [(3, 1), (1, 6), (100, 1)])
async def test_concerns_near_employers(store: Store, graph: Graph, day: date, years: int, minors: int) -> None:
    given = {"asOf": day.isoformat(), "withinYears": years, "minMinors": minors, "includeGrownUp": True}
    wanted = walked_places.concerns(graph, day, years=years, minors=minors)
    assert await answered(store, LIBRARY["laborConcernsNearCitedEmployers"], **given) == ordered(wanted)


async def test_near_misses_join_nobody(store: Store, graph: Graph) -> None:
    planted = graph.truth.planted
    missed = {row[0]: row[1] for kind in NEAR_MISSES for row in planted[kind]}
    assert missed
    shared = {row[0] for row in await answered(store, LIBRARY["addressesSharedBySponsors"], **_TWO)}
    phones = {row[0] for row in await answered(store, LIBRARY["phonesSharedBySponsors"], **_TWO)}
    assert not missed.keys() & (shared | phones)
    joined = [row[1] for kind in ("rings", "spouses") for row in planted[kind]]
    joined += [[one, other] for one, other, shares in planted["secondRecords"] if shares == "phone"]
    links: nx.Graph[str] = nx.Graph(pair for members in joined for pair in pairwise(members))
    groups = {(min(members), len(members)) for members in nx.connected_components(links)}
    assert {(row[0], row[2]) for row in await answered(store, LIBRARY["sponsorRings"], **_TWO)} == groups


SWEPT = ("sponsorsWithMultipleChildren", "addressesSharedBySponsors", "phonesSharedBySponsors", "childrenNeverReached")
"""Indicators whose findings are linked to sponsors, addresses, telephone numbers and children."""


async def test_a_sweep_changes_no_answer(store: Store, graph: Graph) -> None:
    """What Sightline keeps of its own is linked to records too, and does not count."""
    asked: dict[str, dict[str, object]] = {
        "sponsorRings": {"minSponsors": 2, "maxSharing": 8},
        "peopleLinkedToPerson": {"person": people(graph, 1)[1], "maxLinks": 6, "maxDegree": 12},
    }
    before = {name: await answered(store, LIBRARY[name], asOf="2024-05-31", **given) for name, given in asked.items()}
    linking = [one for one in indicators(list(LIBRARY), Thresholds()) if one.name in SWEPT]
    await Sweeper(store, linking)(day=DAYS[0])
    after = {name: await answered(store, LIBRARY[name], asOf="2024-05-31", **given) for name, given in asked.items()}
    assert after == before
    assert all(before.values())


async def test_of_two_chains_the_one_with_the_least_keys_and_of_a_key_the_child(empty: Store) -> None:
    await put(
        empty,
        "(a:Child {key: 'a'})",
        "(b:Child {key: 'b'})",
        "(y:Phone {key: 'y'})",
        "(x:Phone {key: 'x'})",
        "(a)-[:HAS_PHONE {key: '1'}]->(y)",
        "(b)-[:HAS_PHONE {key: '2'}]->(y)",
        "(a)-[:HAS_PHONE {key: '3'}]->(x)",
        "(b)-[:HAS_PHONE {key: '4'}]->(x)",
        "(:Sponsor {key: 'a'})",
        "(:Sponsor {key: 'b'})",
    )
    rows = await ask(empty, "shortestChainBetweenPeople", **{"from": "a", "to": "b"})
    assert [row[0] for row in rows] == [0, 1, 2]
    assert [row[2:] for row in rows] == [
        ("a", None, None, None, None),
        (None, None, None, None, "x"),
        ("b", None, None, None, None),
    ]
    assert await ask(empty, "peopleLinkedToPerson", person="a") == [("b", "Child", 2, "b", None)]


async def test_oversight_of_records_without_a_day_or_a_court(empty: Store) -> None:
    await put(
        empty,
        "(c:Child {key: 'c'})",
        "(c)-[:RESPONDENT_IN]->(k:CourtCase {key: 'k'})",
        "(k)-[:HAS_HEARING]->(h:Hearing {key: 'h', outcome: 'MISSED'})",
        "(k)-[:VENUED_AT]->(:Agency {key: 'b', code: 'B', kind: 'COURT'})",
        "(:Agency {key: 'f', code: 'F', kind: 'FIELD_OFFICE'})-[:RECORDED {key: 'r'}]->(h)",
        "(c)-[:RESPONDENT_IN]->(l:CourtCase {key: 'l', openedOn: @2024-05-31})",
        "(l)-[:VENUED_AT]->(:Agency {key: 'a', code: 'A', kind: 'COURT'})",
        "(c)-[:RESPONDENT_IN]->(m:CourtCase {key: 'm', openedOn: @2024-06-01})",
        "(m)-[:VENUED_AT]->(:Agency {key: 'z', code: 'Z', kind: 'COURT'})",
        "(c)-[:HAS_PLACEMENT]->(p:Placement {key: 'p'})",
        "(p)-[:RELEASED_TO]->(:Address {key: 'x', deliverability: 'BLANK'})",
        "(c)-[:HAS_CONTACT]->(:ContactAttempt {key: 't', attemptedOn: @2024-02-01, outcome: 'NO_ANSWER'})",
        "(:Child {key: 'd', enteredOn: @2023-10-01})",
        "(:Child {key: 'e', transferredOn: @2024-06-01})",
    )
    assert await ask(empty, "oversightByCourtAndOffice") == [
        (2024, "none", "none", 1, 0, 1, 0, 0, 0),
        (0, "A", "none", 1, 1, 1, 0, 1, 1),
        (0, "B", "F", 1, 1, 1, 0, 1, 1),
    ]


async def test_what_a_record_says_and_where_it_was_learned(empty: Store) -> None:
    await put(
        empty,
        "(c:Child {key: 'c', transferredOn: @2024-01-02})",
        "(c)-[:HAS_CONTACT]->(t:ContactAttempt {key: 't', attemptedOn: @2024-02-01, outcome: 'REACHED'})",
        "(t)-[:MADE_BY]->(:Agency {key: 'a', code: 'ORR'})",
        "(s:Source {key: 's', system: 'ORR portal'})",
        "(t)-[:FROM_SOURCE {key: 'f', recordedAt: datetime('2024-02-03T09:00:00Z')}]->(s)",
        "(old:Source {key: 'o', system: 'Old'})",
        "(t)-[:FROM_SOURCE {key: 'g', recordedAt: datetime('2024-02-02T09:00:00Z')}]->(old)",
        "(c)-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})-[:HAS_HEARING]->(h:Hearing {key: 'h'})",
        "(:Notification {key: 'n', sentAt: datetime('2024-03-01T23:30:00-05:00'), channel: 'EMAIL'})-[:ABOUT]->(h)",
    )
    assert await ask(empty, "childTimeline", child="c") == [
        ("2024-01-02", 2, "TRANSFERRED", None, None, None, None, "c", "c"),
        ("2024-02-01", 18, "CONTACT_ATTEMPTED", "REACHED", "ORR", "Old", "2024-02-02T09:00:00Z", "t", "c"),
        ("2024-03-02", 21, "NOTIFICATION_SENT", "EMAIL", None, None, None, "n", "c"),
    ]
