"""Statistics on small graphs that show one point each, and on generated ones against counts made in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLSchema

from api.fields.dimensions import DIMENSIONS, SUBJECTS
from graph.errors import BadInput, CostLimitExceeded
from graph.store import Store
from seed.seeding import seed_store
from tests.api.compiler.asking import Asker
from tests.queries.scenarios import put
from tests.seed.synthetic.graphs import Graph, graph_of

TABLE = """query ($of: StatisticsOf!, $by: [StatisticsDimension!]!, $filter: StatisticsFilter, $asOf: Date) {
  statistics(of: $of, groupBy: $by, filter: $filter, asOf: $asOf) {
    totalCount synthetic rows { count values { dimension value label } } } }"""


async def table(ask: Asker, of: str, *by: str, **variables: object) -> dict[tuple[str | None, ...], int]:
    """Return the counts by values; checks that rows are in order and name their dimensions."""
    found = (await ask(TABLE, of=of, by=list(by), **variables))["statistics"]
    assert all([value["dimension"] for value in row["values"]] == list(by) for row in found["rows"])
    rows = {tuple(value["value"] for value in row["values"]): row["count"] for row in found["rows"]}
    assert len(rows) == len(found["rows"])
    return rows


CHILDREN = "(a:Child {key: 'a', transferredOn: @2022-09-30}), (b:Child {key: 'b', transferredOn: @2022-10-01})"
ELSEWHERE = "(c:Child {key: 'c', enteredOn: @2023-01-01}), (d:Child {key: 'd', countryOfBirth: 'Honduras'})"


async def test_a_fiscal_year_ends_with_september(empty: Store, ask: Asker) -> None:
    await put(empty, CHILDREN, ELSEWHERE)
    assert list((await table(ask, "CHILDREN", "FISCAL_YEAR")).items()) == [(("2022",), 1), (("2023",), 2), ((None,), 1)]
    months = await table(ask, "CHILDREN", "MONTH")
    assert months == {("2022-09",): 1, ("2022-10",): 1, ("2023-01",): 1, (None,): 1}


async def test_a_child_counts_once_in_each_of_its_groups(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        "(c:Child {key: 'c'}), (:Child {key: 'd'})",
        "(t:Address {key: 't', state: 'TX'}), (n:PostalArea {key: 'n', state: 'NY'})",
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: '1', sponsorCategory: '1'})-[:RELEASED_TO]->(t)",
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: '2', sponsorCategory: '1'})-[:RELEASED_TO]->(t)",
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: '3', sponsorCategory: '3'})-[:RELEASED_IN]->(n)",
    )
    assert await table(ask, "CHILDREN", "STATE") == {("NY",): 1, ("TX",): 1, (None,): 1}
    pairs = await table(ask, "CHILDREN", "STATE", "SPONSOR_CATEGORY")
    assert pairs == {("NY", "CATEGORY_3"): 1, ("TX", "CATEGORY_1"): 1, (None, None): 1}
    assert await table(ask, "PLACEMENTS", "STATE") == {("NY",): 1, ("TX",): 2}
    assert await table(ask, "CHILDREN") == {(): 2}


async def test_a_missing_value_is_a_group_whatever_else_is_counted_by(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        "(c:Child {key: 'c'})-[:RESPONDENT_IN]->(:CourtCase {key: 'x'})-[:VENUED_AT]->(:Agency {key: 'e', code: 'E'})",
        "(c)-[:RESPONDENT_IN]->(y:CourtCase {key: 'y'})-[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED'})",
        "(y)-[:HAS_HEARING]->(:Hearing {key: 'i'})",
    )
    assert await table(ask, "CHILDREN", "COURT") == {("E",): 1, (None,): 1}
    assert await table(ask, "CHILDREN", "OUTCOME") == {("MISSED",): 1, (None,): 1}
    pairs = await table(ask, "CHILDREN", "COURT", "OUTCOME")
    assert pairs == {("E", None): 1, (None, "MISSED"): 1, (None, None): 1}


async def test_what_an_office_records_counts_for_all_that_it_is_part_of(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        "(:Agency {key: '1', code: 'ERO-MIA-1', kind: 'FIELD_OFFICE'})-[:RECORDED {key: 'r'}]->(:Hearing {key: 'h'})",
        "(:Agency {key: '4', code: 'ICE', kind: 'AGENCY'})",
    )
    await empty.write(
        "MATCH (one:Agency {key: '1'}), (ice:Agency {key: '4'}) "
        "CREATE (one)-[:PART_OF]->(:Agency {key: '2', code: 'ERO-MIA', kind: 'FIELD_OFFICE'})"
        "-[:PART_OF]->(:Agency {key: '3', code: 'ERO', kind: 'AGENCY'})-[:PART_OF]->(ice)"
    )
    codes = ("ERO", "ERO-MIA", "ERO-MIA-1", "ICE")
    assert await table(ask, "HEARINGS", "AGENCY") == {(code,): 1 for code in codes}
    assert await table(ask, "HEARINGS", "FIELD_OFFICE") == {("ERO-MIA",): 1, ("ERO-MIA-1",): 1}


async def test_labels_say_what_values_are(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        "(h:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: @2023-04-02})",
        "(:Agency {key: 'o', code: 'ERO-HOU', name: 'Houston Field Office', kind: 'FIELD_OFFICE'})-[:RECORDED]->(h)",
        "(:Agency {key: 'e', code: 'EOIR', name: 'Immigration Review', kind: 'AGENCY'})-[:RECORDED]->(h)",
    )
    by = ["FISCAL_YEAR", "OUTCOME", "FIELD_OFFICE", "COURT"]
    found = (await ask(TABLE, of="HEARINGS", by=by))["statistics"]
    assert [(value["value"], value["label"]) for value in found["rows"][0]["values"]] == [
        ("2023", "fiscal year 2023"),
        ("MISSED", "Failure to appear"),
        ("ERO-HOU", "Houston Field Office"),
        (None, "unknown"),
    ]
    assert (len(found["rows"]), found["totalCount"], found["synthetic"]) == (1, 1, False)
    assert await table(ask, "HEARINGS", "AGENCY") == {("EOIR",): 1, ("ERO-HOU",): 1}


async def test_a_day_leaves_later_facts_out(empty: Store, ask: Asker) -> None:
    await put(
        empty,
        CHILDREN,
        "(a)-[:HAS_PLACEMENT]->(:Placement {key: '1', releasedOn: @2022-10-05, sponsorCategory: '1'})",
        "(a)-[:HAS_PLACEMENT]->(:Placement {key: '2', sponsorCategory: '2A'})",
        "(h:Hearing {key: 'h', scheduledOn: @2022-09-30})",
        "(a)-[:RESPONDENT_IN]->(:CourtCase {key: 'x'})-[:HAS_HEARING]->(h)",
        "(:Agency {key: 'e', code: 'EOIR'})-[:RECORDED {recordedOn: @2022-10-01, key: 'r'}]->(h)",
    )
    assert await table(ask, "CHILDREN", "SPONSOR_CATEGORY", asOf="2022-09-30") == {("CATEGORY_2A",): 1}
    assert await table(ask, "CHILDREN", "AGENCY", asOf="2022-09-30") == {(None,): 1}
    assert await table(ask, "CHILDREN", "AGENCY", asOf="2022-10-01") == {("EOIR",): 1, (None,): 1}
    assert await table(ask, "CHILDREN", asOf="2022-09-29") == {(): 0}


async def test_a_filter_is_that_of_the_subject(empty: Store, ask: Asker) -> None:
    await put(empty, CHILDREN, ELSEWHERE)
    late: dict[str, object] = {"children": {"transferredOn": {"gte": "2022-10-01"}}}
    assert await table(ask, "CHILDREN", "FISCAL_YEAR", filter=late) == {("2023",): 1}
    assert await table(ask, "CHILDREN", filter={}) == {(): 4}
    with pytest.raises(BadInput, match="The filter is for hearings, while CHILDREN are counted; give it as children"):
        await table(ask, "CHILDREN", filter={"hearings": {}})
    with pytest.raises(BadInput, match="null"):
        await table(ask, "CHILDREN", filter={"children": None})


async def test_a_pair_that_makes_no_sense_names_those_that_do(empty: Store, ask: Asker) -> None:
    with pytest.raises(BadInput, match="PLACEMENTS cannot be counted by OUTCOME; they can be by FISCAL_YEAR, MONTH, "):
        await table(ask, "PLACEMENTS", "OUTCOME")
    with pytest.raises(BadInput, match="MONTH is given twice"):
        await table(ask, "PLACEMENTS", "MONTH", "MONTH")


async def test_a_table_has_an_end(empty: Store, ask: Asker) -> None:
    await empty.write("UNWIND range(1, 10001) AS n CREATE (:Child {key: toString(n), countryOfBirth: toString(n)})")
    with pytest.raises(CostLimitExceeded, match="more than 10,000 rows"):
        await table(ask, "CHILDREN", "COUNTRY")
    assert await table(ask, "CHILDREN", "SPONSOR_CATEGORY") == {(None,): 10001}


async def test_findings_by_indicator_and_status(empty: Store, ask: Asker) -> None:
    await empty.write(
        "UNWIND [['a', 'OPEN'], ['b', 'OPEN'], ['c', 'RESOLVED']] AS one "
        "CREATE (:Finding {key: one[0], indicator: 'x', severity: 'HIGH', status: one[1], since: date('2024-05-31')})"
    )
    assert await table(ask, "FINDINGS", "INDICATOR", "STATUS") == {("x", "OPEN"): 2, ("x", "RESOLVED"): 1}
    assert await table(ask, "FINDINGS", "SEVERITY", "FISCAL_YEAR") == {("HIGH", "2024"): 3}
    assert await table(ask, "FINDINGS", "STATUS", filter={"findings": {"status": {"eq": "OPEN"}}}) == {("OPEN",): 2}


async def test_fragments_aliases_and_names(empty: Store, ask: Asker) -> None:
    await put(empty, CHILDREN)
    document = """query ($of: StatisticsOf = CHILDREN, $one: StatisticsDimension = COUNTRY) {
      mine: statistics(of: $of, groupBy: [$one]) { __typename rows { ...r } }
      other: statistics(of: PLACEMENTS, groupBy: []) { n: totalCount }
    } fragment r on StatisticsRow { __typename number: count v: values { __typename l: label } }"""
    row = {"__typename": "StatisticsRow", "number": 2, "v": [{"__typename": "StatisticsValue", "l": "unknown"}]}
    assert await ask(document) == {"mine": {"__typename": "Statistics", "rows": [row]}, "other": {"n": 0}}


# --- against counts made in memory --------------------------------------------------------------------------------

WALKED = ("Child", "Placement", "Hearing")


@pytest.mark.parametrize(("scale", "number"), [(0.05, 1)])
async def test_every_pair_on_a_generated_graph(empty: Store, ask: Asker, scale: float, number: int) -> None:
    await seed_store(empty, scale=scale, seed=number)
    graph = graph_of("demo", scale, number)
    for subject in SUBJECTS:
        for name in subject.paths if subject.label in WALKED else ():
            wanted = _counted(graph, subject.label, name)
            assert await table(ask, subject.name, name) == wanted, (subject.name, name)
    children = await table(ask, "CHILDREN", "FISCAL_YEAR", "COUNTRY")
    assert sum(children.values()) == len(graph.nodes["Child"])


def _counted(graph: Graph, label: str, dimension: str) -> dict[tuple[str | None, ...], int]:
    found: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    for key in graph.nodes[label]:
        for value in _values(graph, label, key, dimension) or {None}:
            found[(value,)].add(key)
    return {value: len(keys) for value, keys in found.items()}


def _values(graph: Graph, label: str, key: str, dimension: str) -> set[str | None]:
    """Return a record's values of a dimension, walked by hand; what leads no further is `None` from there on."""

    def out(keys: Iterable[str], kind: str, start: str) -> list[str]:
        return [end for key in keys for end in graph.ends(kind, start).get(key, [""])]

    def back(keys: Iterable[str], kind: str, start: str) -> list[str]:
        return [one for key in keys for one in graph.starts(kind, start).get(key, [""])]

    def named(label: str, keys: Iterable[str], name: str) -> list[str | None]:
        return [nodes[label][key][name] if key else None for key in keys]

    def courts() -> Iterable[str | None]:
        """Return where each hearing was held, else where its case is."""
        heard = graph.ends("HAS_HEARING", "CourtCase")
        for case in cases:
            for hearing in own if label == "Hearing" else heard.get(case, [""]):
                held = graph.ends("HELD_AT", "Hearing").get(hearing, []) or out([case], "VENUED_AT", "CourtCase")
                yield from named("Agency", held, "code")

    def else_near(values: Iterable[str | None], kind: str) -> Iterable[str | None]:
        """Return the offices responsible for the areas of the releases in place of what is not known."""
        areas = [] if label == "Hearing" else out(placements, "RELEASED_IN", "Placement")
        found = [nodes["Agency"][one] for one in back(areas, "RESPONSIBLE_FOR", "Agency") if one]
        for value in values:
            yield from [value] if value else [one["code"] for one in found if one["kind"] == kind] or [None]

    own = [key]
    match label:
        case "Child":
            children, cases = own, out(own, "RESPONDENT_IN", "Child")
            placements, hearings = out(own, "HAS_PLACEMENT", "Child"), out(cases, "HAS_HEARING", "CourtCase")
        case "Placement":
            children, placements, hearings = back(own, "HAS_PLACEMENT", "Child"), own, []
            cases = out(children, "RESPONDENT_IN", "Child")
        case _:
            cases, hearings = back(own, "HAS_HEARING", "CourtCase"), own
            children = back(cases, "RESPONDENT_IN", "Child")
            placements = out(children, "HAS_PLACEMENT", "Child")
    nodes = graph.nodes
    day: date = nodes[label][key][{"Child": "transferredOn", "Placement": "releasedOn"}.get(label, "scheduledOn")]
    reads: dict[str, Callable[[], Iterable[str | None]]] = {
        "FISCAL_YEAR": lambda: [str(day.year + (day.month > 9))],
        "MONTH": lambda: [day.isoformat()[:7]],
        "STATE": lambda: named("PostalArea", out(placements, "RELEASED_IN", "Placement"), "state"),
        "COURT": lambda: else_near(courts(), "COURT"),
        "FIELD_OFFICE": lambda: else_near(_recorders(graph, hearings, "FIELD_OFFICE"), "FIELD_OFFICE"),
        "AGENCY": lambda: _recorders(graph, hearings),
        "COUNTRY": lambda: named("Child", children, "countryOfBirth"),
        "SPONSOR_CATEGORY": lambda: [
            category and f"CATEGORY_{category}" for category in named("Placement", placements, "sponsorCategory")
        ],
        "RELATIONSHIP": lambda: named("Placement", placements, "relationship"),
        "OUTCOME": lambda: named("Hearing", hearings, "outcome"),
    }
    return set(reads[dimension]())


def _recorders(graph: Graph, hearings: Iterable[str], kind: str | None = None) -> Iterable[str | None]:
    """Return the agencies that record each hearing, and those that they are part of."""

    def above(agency: str) -> list[str]:
        higher = graph.ends("PART_OF", "Agency").get(agency, [])
        return [agency, *(one for next_ in higher for one in above(next_))]

    for hearing in hearings:
        direct = graph.starts("RECORDED", "Agency").get(hearing, [])
        found = [graph.nodes["Agency"][one] for agency in direct for one in above(agency)]
        yield from [one["code"] for one in found if kind in (None, one["kind"])] or [None]


def test_fields_that_count(core: GraphQLSchema) -> None:
    assert core.query_type is not None
    counts, summary = core.query_type.fields["statistics"], core.query_type.fields["oversightSummary"]
    assert {name: str(argument.type) for name, argument in counts.args.items()} == {
        "of": "StatisticsOf!",
        "groupBy": "[StatisticsDimension!]!",
        "filter": "StatisticsFilter",
        "asOf": "Date",
    }
    assert {name: str(argument.type) for name, argument in summary.args.items()} == {
        "fiscalYears": "[Int!]",
        "by": "StatisticsDimension!",
        "asOf": "Date",
    }
    assert summary.args["by"].default_value == "FISCAL_YEAR"


def test_dimensions_say_what_they_go_with(core: GraphQLSchema) -> None:
    kind, filters = core.type_map["StatisticsDimension"], core.type_map["StatisticsFilter"]
    assert isinstance(kind, GraphQLEnumType)
    assert isinstance(filters, GraphQLInputObjectType)
    assert list(kind.values) == [dimension.name for dimension in DIMENSIONS]
    assert (kind.values["OUTCOME"].description or "").endswith("For: CHILDREN, HEARINGS.")
    assert {name: str(field.type) for name, field in filters.fields.items()} == {
        subject.field: f"{subject.label}Filter" for subject in SUBJECTS
    }
