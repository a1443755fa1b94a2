from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput, StoreTimeout
from graph.model import MODEL
from graph.store import Store
from queries.asking.run import count_rows, run_question
from queries.asking.statement import rows_statement
from queries.library import load_library
from tests.queries.files import HEADER, checked

SPONSORS = """
UNWIND [['a', 2], ['b', 1], ['c', 2], ['d', 0]] AS row
CREATE (sponsor:Sponsor {key: row[0], lastName: 'Ruiz ' + row[0]})
SET sponsor.dateOfBirth = CASE row[0] WHEN 'a' THEN date('1980-02-03') END
WITH row, sponsor UNWIND range(1, row[1]) AS i
CREATE (sponsor)<-[:WITH_SPONSOR]-(:Placement {key: row[0] + i, releasedOn: date('2023-05-31')})
"""
ALL = HEADER.replace(HEADER[HEADER.index("// parameters") : HEADER.index("// columns")], "")


def keys(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["sponsor"]["key"] for row in rows]


async def test_rows_in_the_order_of_the_header_with_ties_by_key(empty: Store) -> None:
    await empty.write(SPONSORS)
    answer = await run_question(empty, checked(), {"minChildren": 1})
    assert [(row["sponsor"]["key"], row["childCount"]) for row in answer.rows] == [("a", 2), ("c", 2), ("b", 1)]


async def test_first_rows_and_their_number(empty: Store) -> None:
    await empty.write(SPONSORS)
    answer = await run_question(empty, checked(), {"minChildren": 1}, first=2)
    assert keys(answer.rows) == ["a", "c"]
    assert await count_rows(empty, checked(), {"minChildren": 1}) == 3
    assert await count_rows(empty, checked(), {"minChildren": 3}) == 0
    assert (await run_question(empty, checked(), {"minChildren": 3})).rows == []


async def test_values_of_enumerations_have_their_graphql_names(empty: Store) -> None:
    await empty.write("CREATE (:Placement {key: 'p', sponsorCategory: '2A', relationship: 'SIBLING'})")
    header = ALL.replace("sponsor: Sponsor", "placement: Placement").replace("key: sponsor", "key: placement")
    body = "MATCH (placement:Placement) RETURN placement, 1 AS childCount"
    [row] = (await run_question(empty, checked(header, body), {})).rows
    assert (row["placement"]["sponsorCategory"], row["placement"]["relationship"]) == ("CATEGORY_2A", "SIBLING")


async def test_node_is_the_dictionary_of_all_its_properties(empty: Store) -> None:
    await empty.write(SPONSORS)
    answer = await run_question(empty, checked(), {"minChildren": 2}, first=1)
    assert answer.rows[0] == {
        "sponsor": {
            "key": "a",
            "firstName": None,
            "lastName": "Ruiz a",
            "dateOfBirth": "1980-02-03",
            "identityVerified": None,
            "childCount": None,
            "unrelatedChildCount": None,
        },
        "childCount": 2,
    }
    assert list(answer.rows[0]["sponsor"]) == list(MODEL.node("Sponsor").all_properties)


async def test_fields_of_a_table(empty: Store) -> None:
    await empty.write(SPONSORS)
    answer = await run_question(empty, checked(), {"minChildren": 2}, first=1)
    assert [field.name for field in answer.fields] == [
        *(f"sponsor.{name}" for name in MODEL.node("Sponsor").all_properties),
        "childCount",
    ]
    assert list(answer.flat()) == [["a", None, "Ruiz a", "1980-02-03", None, None, None, 2]]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("childCount", ["b", "d", "a", "c"]),
        ("childCount DESC", ["d", "b", "a", "c"]),
    ],
)
async def test_unknown_values_come_last_in_both_directions(empty: Store, order: str, wanted: list[str]) -> None:
    await empty.write("UNWIND ['a', 'b', 'c', 'd'] AS key CREATE (:Sponsor {key: key})")
    body = "MATCH (sponsor:Sponsor) RETURN sponsor, CASE sponsor.key WHEN 'b' THEN 1 WHEN 'd' THEN 2 END AS childCount"
    question = checked(ALL.replace("order: childCount DESC", f"order: {order}"), body)
    assert keys((await run_question(empty, question, {})).rows) == wanted


async def test_kinds_of_values(empty: Store) -> None:
    columns = "".join(
        f"//   {name}: {kind} -- X.\n"
        for name, kind in (
            ("child", "Child"),
            ("day", "Date"),
            ("instant", "DateTime"),
            ("flag", "Boolean"),
            ("ratio", "Float"),
            ("text", "String"),
            ("notification", "Notification"),
            ("address", "Address"),
        )
    )
    header = re.sub(r"(?<=// columns:\n).*?(?=// key)", columns, ALL, flags=re.DOTALL)
    header = header.replace("key: sponsor", "key: day, text").replace("order: childCount DESC", "order: instant")
    body = """
    CREATE (n:Notification {key: 'n', sentAt: datetime('2024-05-31T01:30:00.25+02:00')})
    CREATE (a:Address {key: 'a', location: point({longitude: -97.5, latitude: 30.25})})
    """
    await empty.write(body)
    question = checked(
        header,
        """MATCH (notification:Notification) MATCH (address:Address)
        RETURN null AS child, date('2024-05-31') AS day, notification.sentAt AS instant, true AS flag, 0.5 AS ratio,
          '$x' AS text, notification, address
        UNION ALL
        RETURN null AS child, null AS day, null AS instant, null AS flag, null AS ratio, null AS text,
          null AS notification, null AS address""",
    )
    first, second = (await run_question(empty, question, {})).rows
    address, notification = first.pop("address"), first.pop("notification")
    assert first == {
        "child": None,
        "day": "2024-05-31",
        "instant": "2024-05-30T23:30:00.25Z",
        "flag": True,
        "ratio": 0.5,
        "text": "$x",
    }
    assert isinstance(notification, dict)
    assert notification["sentAt"] == "2024-05-30T23:30:00.25Z"
    assert isinstance(address, dict)
    assert address["location"] == {"latitude": 30.25, "longitude": -97.5}
    assert set(second.values()) == {None}


@pytest.mark.parametrize(
    ("arguments", "first", "wanted"),
    [
        ({"minChildren": 0}, None, "minChildren must be a whole number from 1 to 2147483647"),
        ({"asOf": "2024"}, None, "asOf must be a day such as 2024-05-31"),
        ({"minKids": 2}, None, "busySponsors has no parameter minKids; it takes minChildren and asOf"),
        ({}, 0, "first must be a whole number from 1 to 2147483647"),
    ],
)
async def test_what_cannot_be_asked(store: Store, arguments: dict[str, object], first: int | None, wanted: str) -> None:
    with pytest.raises(BadInput) as error:
        await run_question(store, checked(), arguments, first=first)
    assert str(error.value) == wanted


async def test_deadline(store: Store) -> None:
    count = "UNWIND range(1, 100000000) AS x WITH sum(x % 7) AS childCount"
    body = f"{count} MATCH (sponsor:Sponsor) RETURN sponsor, childCount"
    with pytest.raises(StoreTimeout):
        await run_question(store, checked(ALL, body), {}, deadline=0.3)


async def test_values_are_no_part_of_the_statement(empty: Store) -> None:
    header = HEADER.replace("asOf: Date = today", 'asOf: String = ""')
    body = "MATCH (sponsor:Sponsor) WHERE sponsor.key = $asOf AND 1 <= $minChildren RETURN sponsor, 1 AS childCount"
    question = checked(header, body)
    await empty.write("CREATE (:Sponsor {key: $key})", {"key": "' OR true //"})
    assert keys((await run_question(empty, question, {"asOf": "' OR true //"})).rows) == ["' OR true //"]
    assert (await run_question(empty, question, {"asOf": "x' OR true //"})).rows == []
    assert "$asOf" not in rows_statement(question, MODEL, limited=True)


async def test_fifth_question_takes_one_file(empty: Store, tmp_path: Path) -> None:
    (tmp_path / "reportedChildren.cypher").write_text(
        """\
// name: reportedChildren
// title: Children with reports of concern
// question: Which children have reports of concern of a kind?
// parameters:
//   kind: ConcernKind! -- What the report is about.
// columns:
//   child: Child -- The child.
//   lastReportedOn: Date -- Day of the latest report.
// key: child
// order: lastReportedOn DESC
// severity: MEDIUM
// source: default
// example: { reportedChildren(kind: LABOR) { nodes { child { id } } } }

MATCH (child:Child)<-[:CONCERNS]-(report:ConcernReport {kind: $kind})
RETURN child, max(report.reportedOn) AS lastReportedOn
"""
    )
    await empty.write(
        "CREATE (:Child {key: 'a'})<-[:CONCERNS]-(:ConcernReport {key: 'r', kind: 'LABOR', reportedOn: $day})",
        {"day": datetime(2024, 5, 31, tzinfo=UTC).date()},
    )
    question = load_library(tmp_path)["reportedChildren"]
    answer = await run_question(empty, question, question.read(["kind=LABOR"]))
    assert [(row["child"]["key"], row["lastReportedOn"]) for row in answer.rows] == [("a", "2024-05-31")]
    with pytest.raises(BadInput, match=r"^kind must be given: one of LABOR, "):
        await run_question(empty, question, {})
