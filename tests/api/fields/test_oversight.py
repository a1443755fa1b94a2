"""The oversight summary: exactly what was planted, and the near misses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.seeding import seed_store
from seed.synthetic.days import REFERENCE_DATE
from tests.api.compiler.asking import Asker
from tests.queries.scenarios import put
from tests.queries.walked import places
from tests.seed.synthetic.graphs import graph_of

FIGURES = """value label fiscalYear transferred missedHearing withoutNotice notIssued notServed notFiled
  notReached notReachedShare badAddresses"""
SUMMARY = f"""query ($years: [Int!], $by: StatisticsDimension! = FISCAL_YEAR, $asOf: Date) {{
  oversightSummary(fiscalYears: $years, by: $by, asOf: $asOf) {{
    by synthetic rows {{ {FIGURES} }} total {{ {FIGURES} }} }} }}"""
PLANTED = {
    "transferred": "children",
    "missedHearing": "missed",
    "withoutNotice": "without_notice",
    "notFiled": "not_filed",
    "notReached": "not_reached",
    "badAddresses": "bad_addresses",
}


async def summary(ask: Asker, **variables: object) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(SUMMARY, **variables))["oversightSummary"]
    return found


def planted(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[figure] for name, figure in PLANTED.items()}


def figures(row: dict[str, Any]) -> dict[str, int]:
    assert row["withoutNotice"] == row["notIssued"] + row["notServed"]
    assert row["notReachedShare"] == pytest.approx(row["notReached"] / row["transferred"])
    return {name: row[name] for name in PLANTED}


@pytest.mark.parametrize(("scale", "number"), [(1.0, 1), (0.1, 7), (0.05, 20269)])
async def test_the_figures_are_those_planted(empty: Store, ask: Asker, scale: float, number: int) -> None:
    await seed_store(empty, scale=scale, seed=number)
    truth = graph_of("demo", scale, number).truth
    for day in (None, "2024-05-31"):
        found = await summary(ask, asOf=day)
        assert (found["by"], found["synthetic"]) == ("FISCAL_YEAR", True)
        assert {row["fiscalYear"]: figures(row) for row in found["rows"]} == {
            year: planted(counts) for year, counts in sorted(truth.by_year.items())
        }
        assert [row["value"] for row in found["rows"]] == sorted(str(year) for year in truth.by_year)
        assert figures(found["total"]) == planted(sum(truth.by_year.values(), Counter()))
        assert (found["total"]["value"], found["total"]["label"]) == (None, "all")
        alone = await ask(
            f"query ($asOf: Date) {{ oversightSummary(asOf: $asOf) {{ total {{ {FIGURES} }} }} }}", asOf=day
        )
        assert alone["oversightSummary"]["total"] == found["total"]
    first, *_, last = sorted(truth.by_year)
    some = await summary(ask, years=[first, last, 1999])
    assert [row["fiscalYear"] for row in some["rows"]] == [first, last]
    assert figures(some["total"]) == planted(truth.by_year[first] + truth.by_year[last])
    states = Counter(row[2] for row in truth.answers["childrenWithoutNoticeToAppear"])
    got = (await summary(ask))["total"]
    assert (got["notIssued"], got["notServed"], got["notFiled"]) == (
        states["NOT_ISSUED"],
        states["NOT_SERVED"],
        states["NOT_FILED"],
    )


async def test_by_court_and_field_office(empty: Store, ask: Asker) -> None:
    await seed_store(empty, scale=0.1, seed=3)
    graph = graph_of("demo", 0.1, 3)
    missed = {row[0] for row in graph.truth.planted["missedHearing"]}
    courts: dict[str, set[str]] = {}
    for child in graph.nodes["Child"]:
        for court, _ in places(graph, child, REFERENCE_DATE, {}):
            courts.setdefault(court, set()).add(child)
    courts.pop("none")
    found = await summary(ask, by="COURT", asOf="2024-05-31")
    assert {row["value"]: (row["transferred"], row["missedHearing"]) for row in found["rows"] if row["value"]} == {
        court: (len(children), len(children & missed)) for court, children in courts.items()
    }
    assert found["rows"][-1]["label"] == "unknown"
    assert found["total"]["transferred"] == len(graph.nodes["Child"])
    offices = await summary(ask, by="FIELD_OFFICE")
    assert all(row["value"] is None or row["value"].startswith("ERO-") for row in offices["rows"])
    assert sum(row["transferred"] for row in offices["rows"] if row["value"]) >= len(
        graph.ends("HAS_PLACEMENT", "Child")
    )


async def test_a_child_counts_where_it_was_heard_else_where_it_lives(empty: Store, ask: Asker) -> None:
    """By the summary, by statistics and by the question: one rule."""
    await put(
        empty,
        "(x:Agency {key: 'x', code: 'X', name: 'Ex', kind: 'COURT'}), (y:Agency {key: 'y', code: 'Y', kind: 'COURT'})",
        "(z:Agency {key: 'z', code: 'Z', kind: 'COURT'})-[:RESPONSIBLE_FOR]->(area:PostalArea {key: 'a'})",
        "(o:Agency {key: 'o', code: 'O', kind: 'FIELD_OFFICE'})-[:RESPONSIBLE_FOR]->(area)",
        "(q:Agency {key: 'q', code: 'Q', kind: 'FIELD_OFFICE'})",
        "(c:Child {key: 'c'})-[:RESPONDENT_IN]->(k:CourtCase {key: 'k'})-[:VENUED_AT]->(y)",
        "(k)-[:HAS_HEARING]->(g:Hearing {key: 'g'})-[:HELD_AT]->(x), (k)-[:HAS_HEARING]->(h:Hearing {key: 'h'})",
        "(q)-[:RECORDED {key: 'r', recordedOn: @2024-01-01}]->(g)",
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'p'})-[:RELEASED_IN]->(area)",
        "(:Child {key: 'd'})-[:HAS_PLACEMENT]->(:Placement {key: 's'})-[:RELEASED_TO]->(:Address {key: 't'})"
        "-[:IN_AREA]->(area)",
        "(:Child {key: 'e'})",
        "(:Child {key: 'f'})-[:RESPONDENT_IN]->(:CourtCase {key: 'l'})-[:VENUED_AT]->(y)",
    )
    rows = (await ask('{ oversightByCourtAndOffice(asOf: "2024-05-31") { nodes { court fieldOffice transferred } } }'))[
        "oversightByCourtAndOffice"
    ]["nodes"]
    pairs = {(row["court"], row["fieldOffice"]): row["transferred"] for row in rows}
    assert pairs == {("X", "Q"): 1, ("Y", "O"): 1, ("Y", "none"): 1, ("Z", "O"): 1, ("none", "none"): 1}
    counted = await ask(
        """{ statistics(of: CHILDREN, groupBy: [COURT, FIELD_OFFICE], asOf: "2024-05-31") {
        rows { count values { value label } } } }"""
    )
    told = {
        tuple(value["value"] or "none" for value in row["values"]): row["count"]
        for row in counted["statistics"]["rows"]
    }
    assert told == pairs
    assert "Ex" in {value["label"] for row in counted["statistics"]["rows"] for value in row["values"]}
    courts = {row["value"]: row["transferred"] for row in (await summary(ask, by="COURT"))["rows"]}
    assert courts == {"X": 1, "Y": 2, "Z": 1, None: 1}


CHILD = "(c:Child {key: 'c', transferredOn: @2023-01-01})"


async def only(ask: Asker, **variables: object) -> dict[str, int]:
    found = (await summary(ask, **variables))["total"]
    return {name: found[name] for name in (*PLANTED, "notIssued", "notServed")}


async def not_reached(ask: Asker, day: str = "2024-05-31") -> int:
    """Return how many were never reached, which the question tells alike."""
    asked = await ask(f'{{ oversightByCourtAndOffice(asOf: "{day}") {{ nodes {{ notReached }} }} }}')
    [row] = asked["oversightByCourtAndOffice"]["nodes"]
    found = (await only(ask, asOf=day))["notReached"]
    assert found == row["notReached"]
    return found


@pytest.mark.parametrize(
    ("values", "reached"),
    [
        ("outcome: 'REACHED'", True),
        ("outcome: 'REACHED', reached: 'CHILD'", True),
        ("outcome: 'REACHED', reached: 'BOTH'", True),
        ("outcome: 'REACHED', reached: 'SPONSOR'", False),
        ("outcome: 'REACHED', reached: 'OTHER_ADULT'", False),
        ("outcome: 'REACHED', reached: 'SPONSOR', kind: 'HOME_VISIT', childWithSponsor: true", True),
        ("outcome: 'REACHED', reached: 'SPONSOR', kind: 'WELLNESS_CHECK', childWithSponsor: true", True),
        ("outcome: 'REACHED', reached: 'SPONSOR', kind: 'HOME_VISIT', childWithSponsor: false", False),
        ("outcome: 'REACHED', reached: 'SPONSOR', kind: 'WELL_BEING_CALL', childWithSponsor: true", False),
        ("outcome: 'REFUSED', reached: 'CHILD'", False),
        ("reached: 'CHILD'", False),
    ],
)
async def test_who_was_spoken_to(empty: Store, ask: Asker, values: str, reached: bool) -> None:
    attempt = f"(:ContactAttempt {{key: '1', attemptedOn: @2023-03-01, {values}}})"
    release = "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'p', releasedOn: @2023-02-01})"
    await put(empty, CHILD, release, f"(c)-[:HAS_CONTACT]->{attempt}")
    assert await not_reached(ask) == (not reached)


@pytest.mark.parametrize(
    ("releases", "days", "counted"),
    [
        ((), ("2023-03-01",), False),
        (("2023-02-01",), ("2023-02-01",), False),
        (("2023-02-01",), ("2023-02-02",), True),
        (("2023-02-01", "2023-04-01"), ("2023-03-01",), False),
        ((None,), ("2023-03-01",), True),
        ((None,), (None,), False),
        ((None, "2023-02-01"), ("2023-01-01",), False),
        ((None, "2024-06-01"), ("2023-01-01",), True),
        (("2024-06-01",), ("2023-01-01",), False),
        (("2023-02-01",), ("2024-06-01",), False),
    ],
)
async def test_attempts_after_the_latest_release(
    empty: Store, ask: Asker, releases: tuple[str | None, ...], days: tuple[str | None, ...], counted: bool
) -> None:
    def one(name: str, day: str | None) -> str:
        return f"{name}: @{day}" if day else ""

    await put(
        empty,
        CHILD,
        *(f"(c)-[:HAS_PLACEMENT]->(:Placement {{{one('releasedOn', day)}}})" for day in releases),
        *(f"(c)-[:HAS_CONTACT]->(:ContactAttempt {{{one('attemptedOn', day)}}})" for day in days),
    )
    assert await not_reached(ask) == counted


@pytest.mark.parametrize(
    ("outcome", "own", "missed"),
    [
        ("MISSED", (), True),
        ("MISSED", ("ATTENDED",), False),
        ("MISSED", (None,), True),
        ("ATTENDED", ("MISSED",), True),
        ("ATTENDED", ("ATTENDED", "MISSED"), True),
        ("ATTENDED", (), False),
    ],
)
async def test_a_childs_own_outcome_goes_before_the_hearings(
    empty: Store, ask: Asker, outcome: str, own: tuple[str | None, ...], missed: bool
) -> None:
    hearing = f"(h:Hearing {{key: 'h', scheduledOn: @2023-05-01, outcome: '{outcome}'}})"
    await put(empty, CHILD, f"(c)-[:RESPONDENT_IN]->(:CourtCase {{key: 'k'}})-[:HAS_HEARING]->{hearing}")
    await empty.write(
        "MATCH (c:Child), (h:Hearing) UNWIND $p AS own CREATE (c)-[r:HAD_OUTCOME]->(h) SET r.outcome = own",
        {"p": list(own)},
    )
    asked = await ask('{ oversightByCourtAndOffice(asOf: "2024-05-31") { nodes { missedHearing } } }')
    assert asked["oversightByCourtAndOffice"]["nodes"] == [{"missedHearing": missed}]
    assert (await only(ask))["missedHearing"] == missed
    assert (await only(ask, asOf="2023-04-30"))["missedHearing"] == 0


async def test_a_contact_before_the_release_is_not_one_after_it(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        CHILD,
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'p', releasedOn: @2023-02-01})",
        "(c)-[:HAS_CONTACT]->(:ContactAttempt {key: '1', attemptedOn: @2023-01-31, outcome: 'REACHED'})",
        "(c)-[:HAS_CONTACT]->(:ContactAttempt {key: '2', outcome: 'REACHED'})",
    )
    assert (await only(ask))["notReached"] == 0
    await empty.write(
        "MATCH (c:Child) CREATE (c)-[:HAS_CONTACT]->"
        "(:ContactAttempt {key: '3', attemptedOn: date('2023-02-02'), outcome: 'NO_ANSWER'})"
    )
    assert (await only(ask))["notReached"] == 1
    assert (await only(ask, asOf="2023-01-31"))["notReached"] == 0
    await empty.write(
        "MATCH (c:Child) CREATE (c)-[:HAS_CONTACT]->"
        "(:ContactAttempt {key: '4', attemptedOn: date('2023-03-01'), outcome: 'REACHED'})"
    )
    assert (await only(ask))["notReached"] == 0
    assert (await only(ask, asOf="2023-02-28"))["notReached"] == 1


async def test_how_far_a_notice_got(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        CHILD,
        "(c)-[:HAS_NOTICE]->(:NoticeToAppear {key: '1', issuedOn: @2023-02-01, servedOn: @2023-02-02})",
        "(c)-[:HAS_NOTICE]->(:NoticeToAppear {key: '2', issuedOn: @2023-03-01, filedOn: @2023-03-02})",
    )
    for day, stage in {
        "2023-01-31": "notIssued",
        "2023-02-01": "notServed",
        "2023-02-02": "notFiled",
        "2023-03-01": "notFiled",
    }.items():
        found = await only(ask, asOf=day)
        assert {name for name in ("notIssued", "notServed", "notFiled") if found[name]} == {stage}, day
        assert found["withoutNotice"] == (stage != "notFiled")
        asked = await ask(f'{{ oversightByCourtAndOffice(asOf: "{day}") {{ nodes {{ withoutNotice notFiled }} }} }}')
        [row] = asked["oversightByCourtAndOffice"]["nodes"]
        assert row == {name: found[name] for name in row}
    assert (await only(ask, asOf="2023-03-02"))["withoutNotice"] == 0
    assert (await only(ask, asOf="2022-12-31"))["transferred"] == 0


async def test_nobody_is_no_share(empty: Store, ask: Asker) -> None:
    found = await summary(ask)
    assert (found["rows"], found["total"]["transferred"], found["total"]["notReachedShare"]) == ([], 0, None)


async def test_no_year_is_refused(empty: Store, ask: Asker) -> None:
    with pytest.raises(BadInput, match="fiscalYears is empty"):
        await summary(ask, years=[])
