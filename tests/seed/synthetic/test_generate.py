from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from graph.model import RECORDS
from graph.text import fold
from graph.writing.rows import RowCheck
from seed.synthetic.days import FISCAL_YEARS, REFERENCE_DATE, number
from tests.seed.synthetic.graphs import NATIONAL, Graph, graph_of

GRAPHS = [("demo", 0.001, 5), ("demo", 0.02, 4), ("demo", 1.0, 1), NATIONAL]
BAD = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")


@pytest.fixture(params=GRAPHS, ids=lambda given: f"{given[0]}-{given[1]}-{given[2]}")
def graph(request: pytest.FixtureRequest) -> Graph:
    return graph_of(*request.param)


def test_the_figures_hold_in_the_records(graph: Graph) -> None:
    wanted = graph.figures
    notices = graph.ends("HAS_NOTICE", "Child")
    filed = {
        child for child, keys in notices.items() if any(graph.nodes["NoticeToAppear"][key]["filedOn"] for key in keys)
    }
    missed = {child for child in graph.nodes["Child"] if _missed(graph, child)}
    outcomes = {
        child: [graph.nodes["ContactAttempt"][key]["outcome"] for key in keys]
        for child, keys in graph.ends("HAS_CONTACT", "Child").items()
    }
    addresses = [graph.nodes["Address"][row["end"]] for row in graph.links["RELEASED_TO", "Placement"]]
    assert len(graph.nodes["Child"]) == wanted.children
    assert len(missed) == wanted.missed
    assert wanted.children - len(filed) == wanted.without_notice + wanted.not_filed
    assert sum("REACHED" not in found for found in outcomes.values()) == wanted.not_reached
    assert sum(address["deliverability"] in BAD for address in addresses) == wanted.bad_addresses
    assert Counter(_notice_state(graph, notices.get(child, [])) for child in graph.nodes["Child"]) == Counter(
        {
            "NOT_ISSUED": wanted.not_issued,
            "NOT_SERVED": wanted.not_served,
            "NOT_FILED": wanted.not_filed,
            "FILED": wanted.children - wanted.without_notice - wanted.not_filed,
        }
    )


def test_the_figures_by_fiscal_year_add_up(graph: Graph) -> None:
    total: Counter[str] = Counter()
    for counts in graph.truth.by_year.values():
        total.update(counts)
    wanted = graph.figures
    assert set(graph.truth.by_year) <= set(FISCAL_YEARS)
    assert total == Counter(
        children=wanted.children,
        missed=wanted.missed,
        without_notice=wanted.without_notice,
        not_filed=wanted.not_filed,
        not_reached=wanted.not_reached,
        bad_addresses=wanted.bad_addresses,
    )


def test_every_row_is_one_of_the_model(graph: Graph) -> None:
    for label, rows in graph.nodes.items():
        check = RowCheck(label, RECORDS.node(label).all_properties)
        for row in rows.values():
            check.node(row)
    ends: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relationship in RECORDS.relationships:
        ends[relationship.type, relationship.start] |= set(graph.nodes[relationship.end])
    for relationship in RECORDS.relationships:
        check = RowCheck(relationship.type, {p.name: p for p in relationship.properties})
        for row in graph.links[relationship.type, relationship.start]:
            check.relationship(row)
            assert row["start"] in graph.nodes[relationship.start]
            assert row["end"] in ends[relationship.type, relationship.start]


def test_keys_are_synthetic_and_unique(graph: Graph) -> None:
    keys = [key for rows in graph.nodes.values() for key in rows]
    assert len(keys) == len(set(keys)) == graph.rows
    assert all(key.startswith("syn-") for key in keys)
    for kind in {r.type for r in RECORDS.relationships if r.properties}:
        own = [row["key"] for (type_, _), rows in graph.links.items() if type_ == kind for row in rows]
        assert len(own) == len(set(own))


def test_every_node_has_a_source(graph: Graph) -> None:
    for label, rows in graph.nodes.items():
        if label != "Source":
            assert sorted(row["start"] for row in graph.links["FROM_SOURCE", label]) == sorted(rows)


def test_dates_respect_each_other(graph: Graph) -> None:
    placements = graph.ends("HAS_PLACEMENT", "Child")
    contacts = graph.ends("HAS_CONTACT", "Child")
    for key, child in graph.nodes["Child"].items():
        assert FISCAL_YEARS[2019][0] <= number(child["transferredOn"]) <= FISCAL_YEARS[2023][1]
        assert timedelta() <= child["transferredOn"] - child["enteredOn"] <= timedelta(days=11)
        assert _age(child["dateOfBirth"], child["transferredOn"]) < 18
        placed = sorted((graph.nodes["Placement"][p] for p in placements.get(key, [])), key=lambda p: p["releasedOn"])
        released = placed[0]["releasedOn"] if placed else child["transferredOn"]
        assert not placed or child["transferredOn"] < released
        for placement, following in pairwise(placed):
            assert placement["releasedOn"] < placement["endedOn"] < following["releasedOn"]
        for placement in placed:
            assert placement["endedOn"] is None or placement["releasedOn"] < placement["endedOn"]
        for contact in contacts.get(key, []):
            assert graph.nodes["ContactAttempt"][contact]["attemptedOn"] > released
        _check_court(graph, key, released)


def test_no_fact_is_later_than_the_reference_date(graph: Graph) -> None:
    rows = [row for found in graph.nodes.values() for row in found.values()]
    rows += [row for found in graph.links.values() for row in found]
    for row in rows:
        for value in row.values():
            if isinstance(value, datetime):
                assert value.date() <= REFERENCE_DATE
            elif isinstance(value, date):
                assert value <= REFERENCE_DATE


def test_no_record_is_recorded_before_its_facts_happened(graph: Graph) -> None:
    for label, rows in graph.nodes.items():
        for link in graph.links["FROM_SOURCE", label] if label != "Source" else ():
            for value in rows[link["start"]].values():
                day = value.date() if isinstance(value, datetime) else value
                assert not isinstance(day, date) or day <= link["recordedAt"].date()


def test_people_are_plainly_fictitious(graph: Graph) -> None:
    numbers = [phone["number"] for phone in graph.nodes["Phone"].values()]
    assert len(numbers) == len(set(numbers))
    assert all(number[0:2] == "+1" and number[5:10] == "55501" for number in numbers)
    a_numbers = [child["aNumber"] for child in graph.nodes["Child"].values()]
    assert len(a_numbers) == len(set(a_numbers))
    assert all(len(number) == 9 and number.isdigit() and number[0] == "9" for number in a_numbers)
    assert all("fictitious" in employer["name"] for employer in graph.nodes["Employer"].values())


def test_addresses_lie_in_their_postal_area(graph: Graph) -> None:
    areas = graph.ends("IN_AREA", "Address")
    for key, address in graph.nodes["Address"].items():
        area = graph.nodes["PostalArea"][areas[key][0]]
        assert [address[name] for name in ("postalCode", "city", "state")] == [
            area[name] for name in ("postalCode", "city", "state")
        ]
        if address["deliverability"] == "BLANK":
            assert address["street"] is None
        else:
            assert abs(address["location"].latitude - area["location"].latitude) <= 0.02001
            assert abs(address["location"].longitude - area["location"].longitude) <= 0.02001


def test_the_demo_has_everything_planted() -> None:
    graph = graph_of("demo", 1.0, 1)
    assert [name for name, count in graph.truth.counts.items() if not count] == []
    assert set(graph.truth.counts) == {*graph.truth.planted, *graph.truth.answers}
    sponsors = graph.ends("WITH_SPONSOR", "Placement")
    released = Counter(sponsors[p][0] for found in graph.ends("HAS_PLACEMENT", "Child").values() for p in found)
    assert max(released.values()) == 25
    for relationship in RECORDS.relationships:
        assert graph.links[relationship.type, relationship.start], relationship
    for node in RECORDS.nodes:
        for prop in node.given:
            assert any(row[prop.name] is not None for row in graph.nodes[node.label].values()), (node.label, prop.name)


@pytest.mark.slow(reason="generates thousands of children")
def test_screening_is_as_the_inspectors_found_it() -> None:
    graph = graph_of("national", 0.01, 77)
    releases = len(graph.nodes["Placement"])
    assert 0.13 < graph.truth.counts["missingChecks"] / releases < 0.19
    assert 0.16 < graph.truth.counts["pendingChecks"] / releases < 0.24
    made = graph.ends("HAS_CHECK", "Placement")
    for placement, key in graph.truth.planted["pendingChecks"]:
        check = graph.nodes["BackgroundCheck"][key]
        released = graph.nodes["Placement"][placement]["releasedOn"]
        assert check["requestedOn"] <= released
        assert check["resultOn"] is None or released < check["resultOn"]
    for placement, kind in graph.truth.planted["missingChecks"]:
        checks = [graph.nodes["BackgroundCheck"][key] for key in made.get(placement, [])]
        assert kind not in {check["kind"] for check in checks if check["subject"] == "SPONSOR"}


def test_a_second_record_has_the_same_day_of_birth_and_a_namesake_another() -> None:
    graph = graph_of("demo", 1.0, 1)
    sponsors = graph.nodes["Sponsor"]
    for one, other, shares in graph.truth.planted["secondRecords"]:
        names = [(sponsors[key]["firstName"], sponsors[key]["lastName"]) for key in (one, other)]
        assert sponsors[one]["dateOfBirth"] == sponsors[other]["dateOfBirth"]
        assert (fold("".join(names[0])) == fold("".join(names[1]))) == (shares == "name")
        assert names[0] != names[1]
    for (one,) in graph.truth.planted["namesakes"]:
        named = [(row["firstName"], row["lastName"]) for row in sponsors.values()]
        assert named.count((sponsors[one]["firstName"], sponsors[one]["lastName"])) > 1
    rows = {(row[0], row[1]) for row in graph.truth.answers["sponsorsUnderSeveralRecords"]}
    assert rows == {(one, other) for one, other, _ in graph.truth.planted["secondRecords"]}


def test_another_seed_gives_other_people_and_the_same_figures() -> None:
    one, other = graph_of("demo", 0.02, 4), graph_of("demo", 0.02, 5)
    assert one.figures == other.figures
    assert one.nodes["Child"] != other.nodes["Child"]


def test_seventeen_is_not_yet_eighteen_and_the_longest_answer_is_the_oldest_hearing() -> None:
    graph = graph_of("demo", 1.0, 1)
    for child, hearing, days in graph.truth.answers["childrenWithoutContactAfterMissedHearing"]:
        assert hearing in _missed(graph, child)
        assert (REFERENCE_DATE - graph.nodes["Hearing"][hearing]["scheduledOn"]).days == days
    for child, birthday in graph.truth.planted["turningEighteen"]:
        assert _age(graph.nodes["Child"][child]["dateOfBirth"], date.fromisoformat(birthday)) == 18
        assert _age(graph.nodes["Child"][child]["dateOfBirth"], REFERENCE_DATE) == 17


def _hearings(graph: Graph, child: str) -> list[dict[str, Any]]:
    cases = graph.ends("RESPONDENT_IN", "Child").get(child, [])
    hearings = graph.ends("HAS_HEARING", "CourtCase")
    return [graph.nodes["Hearing"][key] for case in cases for key in hearings.get(case, [])]


def _missed(graph: Graph, child: str) -> list[str]:
    """Return the hearings that the child missed: its own outcome goes before that of the hearing."""
    own = {row["end"]: row["outcome"] for row in graph.links["HAD_OUTCOME", "Child"] if row["start"] == child}
    return [one["key"] for one in _hearings(graph, child) if own.get(one["key"], one["outcome"]) == "MISSED"]


def _notice_state(graph: Graph, keys: list[str]) -> str:
    notices = [graph.nodes["NoticeToAppear"][key] for key in keys]
    if any(notice["filedOn"] for notice in notices):
        return "FILED"
    if any(notice["servedOn"] for notice in notices):
        return "NOT_FILED"
    return "NOT_SERVED" if notices else "NOT_ISSUED"


def _check_court(graph: Graph, child: str, released: date) -> None:
    filed = None
    for key in graph.ends("HAS_NOTICE", "Child").get(child, []):
        notice = graph.nodes["NoticeToAppear"][key]
        days = [notice[name] for name in ("issuedOn", "servedOn", "filedOn") if notice[name]]
        assert days[0] > released
        assert days == sorted(days)
        filed = notice["filedOn"] or filed
    for hearing in _hearings(graph, child):
        assert filed is not None
        assert filed < hearing["scheduledOn"]
        assert hearing["noticeSentOn"] is None or filed <= hearing["noticeSentOn"] < hearing["scheduledOn"]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
