"""The oversight summary: exactly what was planted, and the near misses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.seeding import seed_store
from tests.compiler.asking import Asker
from tests.queries.asking import put
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
    "notReached": "not_reached",
    "badAddresses": "bad_addresses",
}


async def summary(ask: Asker, **variables: object) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(SUMMARY, **variables))["oversightSummary"]
    return found


def planted(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[figure] for name, figure in PLANTED.items()}


def figures(row: dict[str, Any]) -> dict[str, int]:
    assert row["withoutNotice"] == row["notIssued"] + row["notServed"] + row["notFiled"]
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
    for child, cases in graph.ends("RESPONDENT_IN", "Child").items():
        for case in cases:
            [court] = graph.ends("VENUED_AT", "CourtCase")[case]
            courts.setdefault(graph.nodes["Agency"][court]["code"], set()).add(child)
    found = await summary(ask, by="COURT", asOf="2024-05-31")
    assert {row["value"]: (row["transferred"], row["missedHearing"]) for row in found["rows"] if row["value"]} == {
        court: (len(children), len(children & missed)) for court, children in courts.items()
    }
    assert found["rows"][-1]["label"] == "unknown"
    assert found["total"]["transferred"] == len(graph.nodes["Child"])
    offices = await summary(ask, by="FIELD_OFFICE")
    assert all(row["value"] is None or row["value"].startswith("ERO-") for row in offices["rows"])


CHILD = "(c:Child {key: 'c', transferredOn: @2023-01-01})"


async def only(ask: Asker, **variables: object) -> dict[str, int]:
    found = (await summary(ask, **variables))["total"]
    return {name: found[name] for name in (*PLANTED, "notIssued", "notServed", "notFiled")}


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
        "(:ContactAttempt {key: '3', attemptedOn: date('2023-02-01'), outcome: 'NO_ANSWER'})"
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
        assert found["withoutNotice"] == 1
    assert (await only(ask, asOf="2023-03-02"))["withoutNotice"] == 0
    assert (await only(ask, asOf="2022-12-31"))["transferred"] == 0


async def test_nobody_is_no_share(empty: Store, ask: Asker) -> None:
    found = await summary(ask)
    assert (found["rows"], found["total"]["transferred"], found["total"]["notReachedShare"]) == ([], 0, None)


async def test_no_year_is_refused(empty: Store, ask: Asker) -> None:
    with pytest.raises(BadInput, match="fiscalYears is empty"):
        await summary(ask, years=[])
