from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import MODEL
from queries.library import load_library
from queries.library.question import Column, Ordering, Question
from queries.library.reads import kept_reads, reads_of
from tests.queries.files import declared

CITY = Column("city", "String", "Where.", of=(("Address", "city"),))
SHOWN = "MATCH (p:Placement)-[:RELEASED_TO]->(address) RETURN p AS placement, address.city AS city"


def question(body: str, *columns: Column, order: str = "") -> Question:
    placement = Column("placement", "Placement", "The release.")
    ordered = (Ordering(order),) if order else ()
    return replace(declared(), body=body, columns=(placement, *columns), key=("placement",), order=ordered)


def rows(body: str, *columns: Column, order: str = "") -> set[tuple[str, str]]:
    return set(reads_of(question(body, *columns, order=order), MODEL).rows)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("MATCH (c:Child) WHERE c.sex = 'MALE' RETURN c", {("Child", "sex")}),
        ("MATCH (c:Child {sex: 'MALE'}) RETURN c", {("Child", "sex")}),
        ("MATCH (p:Placement)<-[:HAS_PLACEMENT]-(c) WHERE c.dateOfBirth IS NULL RETURN p", {("Child", "dateOfBirth")}),
        ("MATCH (c:Child) WHERE c.lastNameFolded = 'x' RETURN c", {("Child", "lastName")}),
        ("MATCH (a:Address)<-[r:RESIDES_AT]-() WHERE r.since IS NULL RETURN a", {("RESIDES_AT", "since")}),
        ("MATCH (c:Child) WITH c AS x WHERE x.unit = '1' RETURN x", {("Address", "unit")}),
        ("MATCH (c:Child) WHERE c['sex'] = 'MALE' RETURN c", {("Child", "sex")}),
    ],
)
def test_the_properties_that_a_body_reads(body: str, wanted: set[tuple[str, str]]) -> None:
    assert rows(body) == wanted


def test_a_property_of_an_unknown_owner_counts_for_each_that_has_it() -> None:
    found = rows("MATCH (c:Child) UNWIND [c] AS x WITH x WHERE x.dateOfBirth IS NULL RETURN x")
    assert found == {(owner, "dateOfBirth") for owner in ("Child", "Sponsor", "HouseholdMember")}


def test_a_variable_that_means_two_things_counts_for_both() -> None:
    body = (
        "MATCH (x:Child) CALL (x) { MATCH (x)-[:HAS_PLACEMENT]->(p) RETURN p } "
        "CALL (p) { MATCH (p)-[:WITH_SPONSOR]->(x) RETURN x.lastName AS name } RETURN p"
    )
    assert rows(body) == {("Child", "lastName"), ("Sponsor", "lastName")}


@pytest.mark.parametrize(
    "text",
    [
        "reduce(c = head(found), x IN found | CASE WHEN c.lastName > x.key THEN c ELSE x END)",
        "[c IN found WHERE c.lastName = 'x']",
    ],
)
def test_a_variable_of_an_expression_counts_for_every_owner(text: str) -> None:
    found = rows(f"MATCH (c:Child)-[:SIBLING_OF]-(x) WITH c, collect(x) AS found WITH {text} AS y RETURN y")
    assert {("Child", "lastName"), ("Sponsor", "lastName")} <= found


@pytest.mark.parametrize("text", ["properties(c)", "c {.*}"])
def test_whoever_reads_all_properties_reads_each(text: str) -> None:
    assert ("Address", "street") in rows(f"MATCH (c:Child) WITH {text} AS known RETURN known")


def test_a_search_reads_all_that_is_searched() -> None:
    found = rows("CALL db.index.fulltext.queryNodes('search', 'x') YIELD node RETURN node")
    assert {("Child", "lastName"), ("Address", "street")} <= found


def test_what_a_column_merely_shows_is_refused_alone() -> None:
    found = reads_of(question(SHOWN, CITY), MODEL)
    assert (set(found.rows), dict(found.columns)) == (set(), {"city": frozenset({("Address", "city")})})


@pytest.mark.parametrize(
    ("body", "order", "column"),
    [
        (SHOWN, "", replace(CITY, of=())),
        (SHOWN, "city", CITY),
        (SHOWN.replace("RETURN", "WHERE address.city <> 'x' RETURN"), "", CITY),
        (SHOWN.replace("RETURN", "RETURN DISTINCT"), "", CITY),
        (SHOWN + ", count(*) AS number", "", CITY),
        (SHOWN + " UNION " + SHOWN, "", CITY),
        (SHOWN.replace("RETURN", "WITH p, address, address.city AS x RETURN"), "", CITY),
    ],
)
def test_what_decides_rows_or_their_order_is_the_question_s(body: str, order: str, column: Column) -> None:
    found = reads_of(question(body, column, order=order), MODEL)
    assert ("Address", "city") in found.rows
    assert not found.columns


def test_kept_counts_are_read_by_the_body_that_has_them() -> None:
    sponsors = load_library()["sponsorsWithMultipleChildren"]
    assert ("Sponsor", "childCount") in kept_reads(sponsors, MODEL)
    assert ("Sponsor", "childCount") not in reads_of(sponsors, MODEL).rows
    assert not kept_reads(load_library()["childrenPlacedAgain"], MODEL)
