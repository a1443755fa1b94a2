from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graph.errors import QueryFileError
from queries.library.question import TODAY, Column, Ordering, Parameter, Raised, Severity
from tests.queries.files import BODY, FIRST_BODY_LINE, HEADER, PATH, declared


def parameter(text: str) -> Parameter:
    """Return the parameter that a line of a header declares."""
    return declared(
        HEADER.replace("//   asOf: Date = today -- Only facts dated up to this day count.", f"//   {text}")
    ).parameters[1]


def refused(old: str, new: str) -> str:
    assert old in HEADER
    with pytest.raises(QueryFileError) as error:
        declared(HEADER.replace(old, new, 1))
    return str(error.value).removeprefix(f"{PATH}:")


def test_question() -> None:
    question = declared()
    assert (question.name, question.title) == ("busySponsors", "Busy sponsors")
    assert question.text == "Which sponsors took in many children?"
    assert question.parameters == (
        Parameter("minChildren", "Int", 2, "Least number of children.", minimum=1),
        Parameter("asOf", "Date", TODAY, "Only facts dated up to this day count."),
    )
    assert question.columns == (
        Column("sponsor", "Sponsor", "The sponsor."),
        Column("childCount", "Int!", "Their children."),
    )
    assert (question.key, question.order) == (("sponsor",), (Ordering("childCount", descending=True),))
    assert (question.severity, question.source) == (Severity.HIGH, "default")
    assert (question.body, question.path, question.line) == (BODY, PATH, FIRST_BODY_LINE)
    assert [p.line for p in question.parameters] == [6, 8]
    assert [c.line for c in question.columns] == [10, 11]


@pytest.mark.parametrize(
    ("text", "type", "default"),
    [
        ("x: Int! -- X.", "Int", None),
        ("x: Int = -3 -- X.", "Int", -3),
        ("x: Int = 3 (at least -2) -- X.", "Int", 3),
        ("x: Float = 1.5 -- X -- y.", "Float", 1.5),
        ("x: Float = 2 -- X.", "Float", 2.0),
        ("x: Boolean = false -- X.", "Boolean", False),
        ('x: String = "a -- \\"b\\" (at least 2)" -- X.', "String", 'a -- "b" (at least 2)'),
        ('x: String = "" -- X.', "String", ""),
        ("x: Date = 2024-05-31 -- X.", "Date", date(2024, 5, 31)),
        ("x: DateTime = 2024-05-31T12:00:00Z -- X.", "DateTime", datetime(2024, 5, 31, 12, tzinfo=UTC)),
        ("x: [String!]! -- X.", "[String!]", None),
        ('x: [String] = ["a", "b"] -- X.', "[String!]", ["a", "b"]),
        ("x: [Int!] = [1, 2] (at least 1) -- X.", "[Int!]", [1, 2]),
        ("x: [Int!] = [] -- X.", "[Int!]", []),
        ("x: SponsorCategory = CATEGORY_2A -- X.", "SponsorCategory", "2A"),
        ("x: [SponsorCategory!]! -- X.", "[SponsorCategory!]", None),
    ],
)
def test_parameter(text: str, type: str, default: object) -> None:
    found = parameter(text)
    assert (found.name, found.type, found.default) == ("x", type, default)
    assert found.required == (default is None)


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("x: String! -- X.", True),
        ("x: String! (public) -- X.", False),
        ('x: [String!] = ["a"] -- X.', True),
        ('x: [String!] = ["a"] (public) -- X.', False),
        ("x: Int! (at least 1) -- X.", False),
    ],
)
def test_a_text_is_personal_unless_the_header_says_that_it_is_public(text: str, personal: bool) -> None:
    assert parameter(text).personal == personal


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x Int = 2 -- X.", "this is no parameter; write `//   name: Type = default (at least 1) -- What it is.`"),
        ("x: Int = 2", "this is no parameter"),
        ("x: Int = 2 --", "this is no parameter"),
        ("x: Int = 2 (at most 1) -- X.", "2 cannot be the default of x; give a whole number from -2147483648 to 1"),
        ("x: Int = 2 (at least 3, at most 9) -- X.", "2 cannot be the default of x; give a whole number from 3 to 9"),
        ("x: Int = 2 () -- X.", "this is no parameter"),
        ("x: Date! (at most 1) -- X.", "x is no number; take `(at most 1)` away"),
        ("x: Int! (public) -- X.", "x is no text; take `(public)` away"),
        ("x: Int -- X.", "x needs either a default or a type that ends in !: write `Int = ...`, or `Int!`"),
        ("x: Int! = 2 -- X.", "x needs either a default or a type that ends in !"),
        ("x: Intt = 2 -- X.", "x has the unknown type Intt (did you mean Int?); use one of Int, Float, String, "),
        ("x: Child! -- X.", "x has the unknown type Child"),
        ("x: Int = two -- X.", "two cannot be the default of x; give a whole number from -2147483648 to 2147483647"),
        ("x: Int = 0 (at least 1) -- X.", "0 cannot be the default of x; give a whole number from 1 to 2147483647"),
        ("x: Int = 2147483648 -- X.", "2147483648 cannot be the default of x"),
        ("x: Float = nan -- X.", "nan cannot be the default of x; give a number"),
        ("x: Boolean = yes -- X.", "yes cannot be the default of x; give true or false"),
        ("x: String = a -- X.", "a cannot be the default of x; give a text"),
        ('x: String = "today" -- X.', '"today" cannot be the default of x'),
        ("x: Date = 2024-02-30 -- X.", "2024-02-30 cannot be the default of x; give a day such as 2024-05-31"),
        ("x: DateTime = today -- X.", "today cannot be the default of x; give an instant such as"),
        ("x: [Int!] = [1, a] -- X.", "[1, a] cannot be the default of x; give a list, each a whole number from"),
        ("x: SponsorCategory = 4 -- X.", "4 cannot be the default of x; give one of CATEGORY_1, CATEGORY_2A"),
        ("x: String! (at least 1) -- X.", "x is no number; take `(at least 1)` away"),
        ("x: Int! (key of Child) -- X.", "x is no text, and a key is; take `(key of Child)` away"),
        ("x: String! (key of Child or Sponser) -- X.", "the model has no label Sponser (did you mean Sponsor?)"),
        ("first: Int = 2 -- X.", "first belongs to paging; give the parameter another name"),
        ("X: Int = 2 -- X.", "X cannot be a name; use letters and digits in camelCase"),
        ("min_x: Int = 2 -- X.", "min_x cannot be a name"),
        ("minChildren: Int = 2 -- X.", "minChildren stands twice among the parameters; keep one of them"),
    ],
)
def test_parameter_that_breaks_a_rule(text: str, wanted: str) -> None:
    message = refused("//   asOf: Date = today -- Only facts dated up to this day count.", f"//   {text}")
    assert message.startswith(f"8: {wanted}")


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            "name: busySponsors",
            "name: BusySponsors",
            "1: BusySponsors cannot be a name; use letters and digits in camelCase",
        ),
        ("name: busySponsors", "name: busy sponsors", "1: busy sponsors cannot be a name"),
        (
            "name: busySponsors",
            "name: children",
            "1: the API has a field or type children already; choose another name",
        ),
        ("name: busySponsors", "name: search", "1: the API has a field or type search already"),
        ("name: busySponsors", "name: childAddresses", "1: the API has a field or type childAddresses already"),
        (
            "sponsor: Sponsor --",
            "sponsor: Sponser --",
            "10: sponsor has the unknown type Sponser (did you mean Sponsor?)",
        ),
        (
            "sponsor: Sponsor --",
            "sponsor: [Sponsor!] --",
            "10: this is no column; write `//   name: Type -- What it is.`",
        ),
        ("sponsor: Sponsor --", "sponsor: Sponsor", "10: this is no column"),
        ("//   sponsor: Sponsor", "//   __sponsor: Sponsor", "10: __sponsor cannot be a name"),
        ("childCount: Int!", "sponsor: Int!", "11: sponsor stands twice among the columns; keep one of them"),
        ("key: sponsor", "key: sponsors", "12: sponsors is no column (did you mean sponsor?); use sponsor, childCount"),
        ("key: sponsor", "key: sponsor, sponsor", "12: key names a column twice; name each once"),
        ("key: sponsor", "key: sponsor,", "12: nothing is no column; use sponsor, childCount"),
        ("order: childCount DESC", "order: childCount down", "13: down is no direction; write ASC or DESC"),
        ("order: childCount DESC", "order: count DESC", "13: count is no column"),
        ("order: childCount DESC", "order: sponsor", "13: sponsor is a node and has no order; order by a value"),
        ("order: childCount DESC", "order: childCount, childCount DESC", "13: order names a column twice"),
        ("severity: HIGH", "severity: high", "14: high is no severity; write HIGH, MEDIUM or LOW"),
        ("severity: HIGH", "severity: HIGH or LOW", "14: this is no severity; write `MEDIUM`, or `MEDIUM; HIGH where "),
        ("severity: HIGH", "severity: LOW; high where childCount >= 2", "14: high is no severity; write HIGH, MEDIUM"),
        ("severity: HIGH", "severity: LOW; LOW where childCount >= 2", "14: LOW stands twice; give some rows another"),
        (
            "severity: HIGH",
            "severity: LOW; HIGH where childCuont >= 2",
            "14: childCuont is no column that holds a whole number (did you mean childCount?)",
        ),
        (
            "severity: HIGH",
            "severity: LOW; HIGH where sponsor >= 2",
            "14: sponsor is no column that holds a whole number",
        ),
        (
            "busySponsors(min",
            "sponsors(min",
            "16: the example does not ask busySponsors; write `{ busySponsors { ... } }`",
        ),
    ],
)
def test_declaration_that_breaks_a_rule(old: str, new: str, wanted: str) -> None:
    assert refused(old, new).startswith(wanted)


def test_some_rows_are_more_severe() -> None:
    question = declared(HEADER.replace("severity: HIGH", "severity: MEDIUM; HIGH where childCount >= 2"))
    assert question.severity is Severity.MEDIUM
    assert question.raised == Raised(Severity.HIGH, "childCount", 2)
    assert question.severity_text == "MEDIUM; HIGH where childCount >= 2"
    assert declared().severities == (Severity.HIGH,)


def test_order_of_several_columns() -> None:
    header = HEADER.replace("//   childCount: Int!", "//   name: String -- Name.\n//   childCount: Int!")
    question = declared(header.replace("order: childCount DESC", "order: name, childCount ASC"))
    assert question.order == (Ordering("name"), Ordering("childCount"))
