"""A request of a known shape never plans anew: the database's own count of kept plans tells."""

from __future__ import annotations

import json
import re

import pytest

from api.execution import kept_answers
from graph.store import Store
from graph.store.plans import Operator
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import CASES, compile_text

VARIED = """
query ($id: ID!, $texts: [String!]!, $text: String!, $day: Date, $after: String, $first: Int!,
       $filter: ChildFilter, $other: PlacementFilter) {
  child(id: $id) { placements(first: $first) { nodes { key } } }
  children(first: $first, after: $after, filter: $filter) { totalCount nodes { key } pageInfo { endCursor } }
  placements(filter: $other) { totalCount }
  sponsors(filter: {or: [{lastName: {in: $texts}}, {firstName: {contains: $text}}, {dateOfBirth: {lt: $day}}]}) {
    nodes { key }
  }
  childrenWithoutNoticeToAppear(asOf: $day, first: $first) { nodes { daysSinceRelease } }
}
"""


RUNS = 60
"""Often enough that the database has promoted a plan to its second cache, which it counts as well."""


async def kept_plans(store: Store) -> int:
    """Forget all plans, and return how many there were."""
    rows = await store.write_auto("CALL db.clearQueryCaches() YIELD value")
    number = re.search(r"\d+", str(rows[0][0]))
    return int(number.group()) if number else 0


async def test_other_values_plan_nothing_anew(empty: Store, ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "MOST", 0)
    await empty.write("UNWIND range(1, 60) AS i CREATE (:Child {key: 'c' + i, lastName: 'L' + i})")

    async def request(i: int, after: object) -> object:
        answer = await ask(
            VARIED,
            id=f"Q2hpbGQ6YzE{'x' * (i % 7)}",
            texts=["t" * (j % 5) for j in range(i)],
            text="é" * (i % 11),
            day=f"20{10 + i % 10}-01-01",
            after=after,
            first=1 + i % 50,
            filter={"lastName": {"in": [f"L{j}" for j in range(1, 61)]}},
            other={"relationship": {"in": ["PARENT"] * (i % 4)}, "program": {"startsWith": "L" * (i % 3)}},
        )
        return answer["children"]["pageInfo"]["endCursor"]

    after = await request(1, None)
    await request(2, after)
    await kept_plans(empty)
    for _ in range(RUNS):
        await request(3, after)
    same = await kept_plans(empty)
    for i in range(RUNS):
        await request(i, after)
    assert await kept_plans(empty) == same


async def test_plans_of_many_statements_do_not_fill_the_memory(empty: Store) -> None:
    await kept_plans(empty)
    for number in range(600):
        await empty.read(f"RETURN 1 AS n{number}")
    assert 100 < await kept_plans(empty) <= 500


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.graphql")))
async def test_every_case_plans_without_a_remark_and_runs(store: Store, ask: Asker, name: str) -> None:
    document, variables = (CASES / f"{name}.graphql").read_text(), CASES / f"{name}.json"
    values = json.loads(variables.read_text()) if variables.exists() else {}
    program, coerced = compile_text(document, values)
    bound = program.bind(coerced, {awaited: awaited.blank for awaited in program.awaited})
    plan = await store.explain(program.statement, {"p": bound.parameters})
    assert plan.query_type == "r"
    assert [found for found in plan.root.walk() if found.name == "CartesianProduct" and not _is_branch(found)] == []
    assert [n for n in plan.notifications if n.code not in EXPECTED] == []
    assert list(await ask.ask(document, values)) != []


def _is_branch(product: Operator) -> bool:
    """Tell whether it is one of a conditional's queries: of the one row that there is when its turn has come."""
    turn = product.children[0]
    return turn.name == "Filter" and [child.name for child in turn.children] == ["Argument"]


EXPECTED = {"01N50", "01N51", "01N52"}
"""Labels, types and properties that an empty database does not know yet."""


async def planned(store: Store, document: str) -> list[Operator]:
    """Return the operators of a document's statement, planned by what the store holds now."""
    await store.write_auto("CALL db.resampleOutdatedIndexes()")
    await store.write_auto("CALL db.clearQueryCaches()")
    program, coerced = compile_text(document)
    plan = await store.explain(program.statement, {"p": program.bind(coerced).parameters})
    return list(plan.root.walk())


@pytest.mark.parametrize("page", ["first", "last"])
@pytest.mark.parametrize(
    ("where", "index"),
    [
        ('indicator: {eq: "i"}', "(indicator, key)"),
        ('indicator: {eq: "i"}, status: {eq: OPEN}', "(indicator, status, key)"),
        ('indicator: {eq: "i"}, status: {in: [OPEN, REOPENED]}', "(indicator, key)"),
    ],
)
async def test_a_page_of_what_equals_something_is_read_in_the_order_of_an_index(
    empty: Store, page: str, where: str, index: str
) -> None:
    await empty.write(
        "UNWIND range(1, 2000) AS i CREATE (:Finding {key: toString(i), indicator: toString(i % 20), status: 'OPEN'})"
    )
    operators = await planned(empty, f"{{ findings(filter: {{{where}}}, {page}: 50) {{ nodes {{ key }} }} }}")
    assert [operator.name for operator in operators if operator.name in ("Top", "Sort", "PartialTop")] == []
    assert [index in operator.details for operator in operators if "Index" in operator.name] == [True]


@pytest.mark.parametrize("page", ["first", "last"])
@pytest.mark.parametrize(
    ("root", "order", "index"),
    [
        ("children", "LAST_NAME", "Child(lastNameFolded, key)"),
        ("sponsors", "FIRST_NAME", "Sponsor(firstNameFolded, key)"),
        ("addresses", "CITY", "Address(cityFolded, key)"),
    ],
)
async def test_a_page_by_a_name_is_read_in_the_order_of_its_twins_index(
    empty: Store, page: str, root: str, order: str, index: str
) -> None:
    await empty.write(
        "UNWIND range(1, 2000) AS i WITH toString(i) AS key, 'n' + (i % 500) AS name "
        "CREATE (:Child {key: key, lastName: name, lastNameFolded: name}), "
        "(:Sponsor {key: key, firstName: name, firstNameFolded: name}), "
        "(:Address {key: key, city: name, cityFolded: name})"
    )
    document = f"{{ {root}(orderBy: {{field: {order}}}, {page}: 50) {{ nodes {{ key }} pageInfo {{ endCursor }} }} }}"
    operators = await planned(empty, document)
    read = [operator for operator in operators if index in operator.details and "Index" in operator.name]
    assert len(read) == 1
    over = [one for one in operators if one.name in ("Top", "Sort", "PartialTop") and read[0] in one.walk()]
    assert over == []


@pytest.mark.parametrize("fields", ["nodes { key }", "totalCount"])
@pytest.mark.parametrize(
    ("where", "index"),
    [
        ('sponsors: {some: {lastName: {eq: "n"}}}', "s1:Sponsor(lastName, key)"),
        ('sponsors: {some: {lastName: {in: ["n", "m"]}}}', "s1:Sponsor(lastName, key)"),
        ('sponsors: {some: {id: {eq: "U3BvbnNvcjox"}}}', "s1:Sponsor(key)"),
        ('lastName: {eq: "n"}', "c0:Child(lastName, key)"),
        ('lastName: {eq: "n"}, sponsors: {some: {identityVerified: {eq: true}}}', "c0:Child(lastName, key)"),
    ],
)
async def test_what_few_have_is_found_by_its_index_at_whichever_end(
    empty: Store, where: str, index: str, fields: str
) -> None:
    await empty.write(
        "UNWIND range(1, 2000) AS i "
        "CREATE (:Child {key: toString(i), lastName: toString(i % 500)})-[:HAS_PLACEMENT]->"
        "(:Placement {key: toString(i)})-[:WITH_SPONSOR]->"
        "(:Sponsor {key: toString(i), lastName: toString(i % 500), identityVerified: true})"
    )
    operators = await planned(empty, f"{{ children(filter: {{{where}}}, first: 50) {{ {fields} }} }}")
    read = [operator for operator in operators if "Index" in operator.name or "Scan" in operator.name]
    assert {index in operator.details for operator in read} == {True}


@pytest.mark.parametrize(
    "arguments",
    [
        "orderBy: [{field: PLACEMENTS_COUNT, direction: DESC}]",
        "filter: {placements: {count: {gte: 3}}}",
    ],
)
async def test_links_are_followed_only_where_there_is_more_than_one(empty: Store, arguments: str) -> None:
    await empty.write(
        "UNWIND range(1, 500) AS i CREATE (:Sponsor {key: 's' + i})<-[:WITH_SPONSOR]-(:Placement {key: 'p' + i})"
    )
    operators = await planned(empty, f"{{ sponsors(first: 3, {arguments}) {{ nodes {{ key }} }} }}")
    assert [one.name for one in operators if one.name.startswith(("Expand", "OptionalExpand", "Distinct"))] == []
    assert any("getDegree" in one.details for one in operators)
