from __future__ import annotations

import pytest

from graph.errors import QueryFileError
from graph.model import MODEL
from queries.library.check import read_derived
from tests.queries.files import BODY, FIRST_BODY_LINE, HEADER, PATH, checked

PARAMETERS = HEADER[HEADER.index("// parameters") : HEADER.index("// columns")]
FREE = HEADER.replace(PARAMETERS, "")
FREE_BODY_LINE = FREE.count("\n") + 2


def refused(header: str, body: str) -> str:
    with pytest.raises(QueryFileError) as error:
        checked(header, body)
    return str(error.value).removeprefix(f"{PATH}:")


def test_body() -> None:
    assert checked().body == BODY


@pytest.mark.parametrize(
    "body",
    [
        "MATCH (sponsor:Sponsor {key: 'a'}) RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor:Sponsor) RETURN 1 AS childCount, sponsor // in any order, $notOne",
        "MATCH (sponsor:Sponsor) WHERE sponsor.lastNameFolded STARTS WITH 'a' RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor:Sponsor)-[r:RESIDES_AT]->() WHERE r.key IS NOT NULL RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor:Sponsor) WITH sponsor, {set: 1, n: 2} AS m RETURN sponsor, m.set + m.n AS childCount",
        "MATCH (sponsor:Sponsor) RETURN sponsor, duration.inDays(date(), date()).days AS childCount",
        "MATCH (sponsor:Sponsor) RETURN sponsor, sponsor.dateOfBirth.year AS childCount",
        "MATCH (a:Address) MATCH (sponsor) RETURN sponsor, toInteger(a.location.latitude) AS childCount",
        "MATCH (sponsor:Sponsor) WITH sponsor ORDER BY sponsor.key LIMIT 5 RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor:Sponsor) RETURN sponsor, 1 AS childCount UNION MATCH (sponsor) RETURN sponsor, 2 AS childCount",
        "CALL db.index.fulltext.queryNodes('search', 'a') YIELD node AS sponsor RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor:Sponsor) CALL (sponsor) { RETURN 1 AS childCount } RETURN sponsor, childCount",
        "MATCH (sponsor:Sponsor) RETURN sponsor, 1 AS n NEXT RETURN sponsor, n AS childCount",
        "MATCH (sponsor:Sponsor) WHERE sponsor:Sponsor|Child RETURN sponsor, 1 AS childCount",
        "MATCH (sponsor)-[r]-() WHERE r:WITH_SPONSOR RETURN sponsor, 1 AS childCount",
    ],
)
def test_bodies_that_follow_the_rules(body: str) -> None:
    checked(FREE, body)


RETURN = "RETURN sponsor, 1 AS childCount"


@pytest.mark.parametrize(
    ("body", "line", "wanted"),
    [
        (f"MATCH (sponsor)\nWHERE 'a = 1\n{RETURN}", 2, "what ' opens is never closed; close it"),
        (f"MATCH (sponsor)\n/* {RETURN}", 2, "what /* opens is never closed; close it"),
        (f"MATCH (sponsor) WHERE $ a = 1 {RETURN}", 1, "$ stands alone; write a parameter's name directly after it"),
        (f"MATCH (sponsor)\n{RETURN};", 2, "a question is one statement; remove the semicolon and what follows it"),
        (f"{RETURN}; {RETURN}", 1, "a question is one statement"),
        (
            f"MATCH (sponsor)\n\nWHERE '\\u0027' = 'a' {RETURN}",
            3,
            "\\u is read before strings are; write the character",
        ),
        (f"CYPHER 25 MATCH (sponsor) {RETURN}", 1, "CYPHER is put before the body by Sightline; remove it"),
        (f"explain MATCH (sponsor) {RETURN}", 1, "EXPLAIN is put before the body"),
        (f"PROFILE MATCH (sponsor) {RETURN}", 1, "PROFILE is put before the body"),
        (
            f"MATCH (sponsor)\nSET sponsor.key = 'a'\n{RETURN}",
            2,
            "SET would write; a question only reads, so remove it",
        ),
        (f"CREATE (sponsor:Sponsor)\n{RETURN}", 1, "CREATE would write"),
        (f"merge (sponsor:Sponsor)\n{RETURN}", 1, "MERGE would write"),
        (f"INSERT (sponsor:Sponsor)\n{RETURN}", 1, "INSERT would write"),
        (f"MATCH (sponsor)\nDETACH DELETE sponsor {RETURN}", 2, "DETACH would write"),
        (f"MATCH (sponsor) REMOVE sponsor.key {RETURN}", 1, "REMOVE would write"),
        (f"MATCH (sponsor) FOREACH (x IN [1] | CREATE (y)) {RETURN}", 1, "FOREACH would write"),
        (f"MATCH (sponsor) CALL (*) {{ CREATE (x) }} {RETURN}", 1, "CREATE would write"),
        (
            f"LOAD CSV FROM 'file:///etc/passwd' AS l\n{RETURN}",
            1,
            "LOAD CSV reads files of the server; import the file",
        ),
        (f"MATCH (sponsor) // a\nUSE other {RETURN}", 2, "USE would ask another database; remove it"),
        ("SHOW INDEXES YIELD name AS sponsor", 1, "SHOW lists the server's own affairs"),
        (
            f"CALL () {{ RETURN 1 AS x }} IN 2 CONCURRENT TRANSACTIONS {RETURN}",
            1,
            "IN TRANSACTIONS is for writes; remove it",
        ),
        (
            f"MATCH (sponsor)\nCALL db.createLabel('x')\n{RETURN}",
            2,
            "the procedure db.createLabel is not among those that only read; use one of db.index.fulltext.queryNodes, ",
        ),
        (f"CALL `apoc`.`create`.node() YIELD node {RETURN}", 1, "the procedure apoc.create.node is not among"),
        (f"MATCH (sponsor) WHERE 1 = $x {RETURN}", 1, "$x is not declared; add it to the header's parameters"),
        (f"MATCH (sponsor:$any($x)) {RETURN}", 1, "$any is not declared"),
        (f"MATCH (sponsor:Sponser) {RETURN}", 1, "the model has no label Sponser (did you mean Sponsor?)"),
        (f"MATCH (sponsor:WITH_SPONSOR) {RETURN}", 1, "the model has no label WITH_SPONSOR"),
        (f"MATCH (sponsor)--()\nWHERE sponsor:X {RETURN}", 2, "the model has no label or relationship type X"),
        (
            f"MATCH (sponsor)<-[:WITH_SPONSORS]-() {RETURN}",
            1,
            "the model has no relationship type WITH_SPONSORS (did you mean WITH_SPONSOR?)",
        ),
        (f"MATCH (sponsor:Sponsor)\nWHERE sponsor.aNumber = 'a' {RETURN}", 2, "Sponsor has no property aNumber"),
        (
            f"MATCH (sponsor)\nWHERE sponsor.lastNme = 'a' {RETURN}",
            2,
            "the model has no property lastNme (did you mean",
        ),
        (f"MATCH (sponsor {{nme: 'a'}}) {RETURN}", 1, "the model has no property nme"),
        (
            f"MATCH (sponsor:Sponsor|Child) WHERE sponsor.unit = 'a' {RETURN}",
            1,
            "Child or Sponsor has no property unit",
        ),
        (f"MATCH (sponsor)-[r:WITH_SPONSOR]-() WHERE r.key = 'a' {RETURN}", 1, "WITH_SPONSOR has no property key"),
        ("MATCH (sponsor)\nRETURN (sponsor, 1 AS childCount", 2, "( has no partner; close or remove it"),
        (f"{RETURN} }} CALL () {{ {RETURN}", 1, "} has no partner; close or remove it"),
        ("MATCH (sponsor)\nFINISH", 2, "the body returns nothing; end it with RETURN sponsor, childCount"),
        (f"MATCH (sponsor) {RETURN}\nORDER BY childCount", 2, "the last RETURN has ORDER of its own; remove it"),
        (f"MATCH (sponsor) {RETURN} SKIP 1", 1, "the last RETURN has SKIP of its own"),
        (f"MATCH (sponsor) {RETURN} LIMIT 1", 1, "the last RETURN has LIMIT of its own"),
        ("MATCH (sponsor) RETURN *", 1, "RETURN * does not name its columns; write them out"),
        ("MATCH (sponsor)\nRETURN sponsor,\n1 + 2", 3, "this column has no name; give it one of the header's with AS"),
        ("MATCH (sponsor)\nRETURN sponsor, sponsor.key", 2, "this column has no name"),
        (
            "MATCH (sponsor)\nRETURN sponsor,\n 1 AS childrenCount",
            3,
            "childrenCount is returned but not declared (did you mean childCount?); add it to the columns",
        ),
        (f"MATCH (sponsor) {RETURN}, sponsor", 1, "sponsor is returned twice; return it once"),
        (
            f"MATCH (sponsor) {RETURN}\nUNION\nMATCH (sponsor) RETURN sponsor",
            3,
            "column childCount is declared but not returned; return it, or remove it from the header",
        ),
    ],
)
def test_body_that_breaks_a_rule(body: str, line: int, wanted: str) -> None:
    message = refused(FREE, body)
    assert message.startswith(f"{FREE_BODY_LINE + line - 1}: {wanted}")


def test_parameters() -> None:
    assert refused(HEADER, BODY.replace("$asOf", "$asof")) == (
        f"{FIRST_BODY_LINE + 1}: $asof is not declared (did you mean asOf?); add it to the header's parameters"
    )
    unused = "8: parameter asOf is declared but not used; use $asOf in the body, or remove it from the header"
    assert refused(HEADER, BODY.replace("$asOf", "date()")) == unused
    assert refused(HEADER, BODY.replace("$asOf", "'$asOf' /* $asOf */")) == unused
    checked(HEADER, BODY.replace("$asOf", "$`asOf`"))


KEPT = """// kept:
//   MATCH (sponsor:Sponsor)
//   WHERE sponsor.childCount >= $minChildren
//   RETURN sponsor, sponsor.childCount AS childCount
"""


def test_a_body_that_reads_kept_counts() -> None:
    kept = checked(HEADER + KEPT).by_kept_counts
    assert kept is not None
    assert kept.body.startswith("MATCH (sponsor:Sponsor)\nWHERE sponsor.childCount >= $minChildren\n")
    assert [parameter.name for parameter in kept.parameters] == ["minChildren"]


@pytest.mark.parametrize(
    ("old", "new", "line", "wanted"),
    [
        ("sponsor.childCount >=", "sponsor.childCuont >=", 2, "Sponsor has no property childCuont"),
        (">= $minChildren", ">= 2", 0, "parameter minChildren is declared but not used"),
        ("$minChildren", "$minChildren AND $asOf > date()", 2, "$asOf is not declared"),
        (" AS childCount", " AS count", 3, "count is returned but not declared"),
        ("RETURN", "SET sponsor.childCount = 1 RETURN", 3, "SET would write"),
    ],
)
def test_kept_body_that_breaks_a_rule(old: str, new: str, line: int, wanted: str) -> None:
    message = refused(HEADER + KEPT.replace(old, new), BODY)
    assert wanted in message
    assert not line or message.startswith(f"{HEADER.count(chr(10)) + 1 + line}: ")


def test_kept_counts_need_a_day() -> None:
    header = FREE.replace("// columns", "// parameters:\n//   minChildren: Int = 2 -- Least.\n// columns")
    message = refused(header + KEPT, "MATCH (sponsor) WHERE $minChildren > 1 " + RETURN)
    assert "kept counts hold for a day; declare `asOf: Date = today`, or remove kept" in message


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "MATCH (sponsor:Sponsor) WHERE 1 >= $minChildren RETURN sponsor, 1 AS childCount",
            "kept reads no derived property, so that it is not quicker; remove it",
        ),
        (
            "MATCH (sponsor:Sponsor)-[:RESIDES_AT]->(address:Address) WHERE address.childCount >= $minChildren "
            "RETURN sponsor, address.childCount AS childCount",
            "Address.childCount does not say what it was on a day, so kept cannot read it; count it instead",
        ),
    ],
)
def test_kept_reads_what_answers_for_a_day(body: str, wanted: str) -> None:
    message = refused(f"{HEADER}// kept:\n//   {body}\n", BODY)
    assert message == f"{HEADER.count(chr(10)) + 2}: {wanted}"


def test_what_a_body_derives_from() -> None:
    kept = checked(HEADER + KEPT).by_kept_counts
    assert kept is not None
    found = read_derived(kept, MODEL)
    assert found == {"Sponsor.childCount": MODEL.node("Sponsor").named("childCount").derived}
    assert read_derived(checked(), MODEL) == {}
