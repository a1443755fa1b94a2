from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.model import MODEL
from queries.library.question import TODAY, Parameter
from tests.queries.files import declared

CATEGORY = next(e for e in MODEL.enumerations if e.name == "SponsorCategory")
DAYS = Parameter("minDays", "Int", 30, "Days.", minimum=1)
AS_OF = Parameter("asOf", "Date", TODAY, "Day.")


def of(type: str, *, minimum: int | None = None) -> Parameter:
    return Parameter("x", type, None, "X.", minimum, CATEGORY if "Category" in type else None)


def utc_today() -> date:
    return datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("type", "value", "wanted"),
    [
        ("Int", 3, 3),
        ("Int", -(2**31), -(2**31)),
        ("Float", 3, 3.0),
        ("String", "", ""),
        ("String", "Saltillo\u200b, Coahuila de Zaragoza\u0301", "Saltillo, Coahuila de Zaragozá"),
        ("[String!]", ["Yucata\u0301n"], ["Yucatán"]),
        ("Boolean", False, False),
        ("Date", date(2024, 5, 31), date(2024, 5, 31)),
        ("Date", "2024-05-31", date(2024, 5, 31)),
        ("DateTime", "2024-05-31T12:00:00+02:00", datetime(2024, 5, 31, 10, tzinfo=UTC)),
        (
            "DateTime",
            datetime(2024, 5, 31, 12, tzinfo=timezone(timedelta(hours=2))),
            datetime(2024, 5, 31, 10, tzinfo=UTC),
        ),
        ("[Int!]", [1, 2], [1, 2]),
        ("[Int!]", (), []),
        ("SponsorCategory", "CATEGORY_2A", "2A"),
        ("SponsorCategory", "2A", "2A"),
        ("[SponsorCategory!]", ["CATEGORY_1", "3"], ["1", "3"]),
    ],
)
def test_value(type: str, value: object, wanted: object) -> None:
    got = of(type).validate(value)
    assert (got, got.__class__) == (wanted, wanted.__class__)


@pytest.mark.parametrize(
    ("type", "value", "wanted"),
    [
        ("Int", True, "x must be a whole number from -2147483648 to 2147483647"),
        ("Int", "3", "x must be a whole number from -2147483648 to 2147483647"),
        ("Int", 2**31, "x must be a whole number from -2147483648 to 2147483647"),
        ("Int", 1.0, "x must be a whole number from -2147483648 to 2147483647"),
        ("Float", float("inf"), "x must be a number"),
        ("Float", 10**400, "x must be a number"),
        ("String", 3, "x must be a text of at most 1,000 characters"),
        ("Boolean", 1, "x must be true or false"),
        ("Date", datetime(2024, 5, 31, tzinfo=UTC), "x must be a day such as 2024-05-31"),
        ("Date", "20240531", "x must be a day such as 2024-05-31"),
        ("Date", "2024-02-30", "x must be a day such as 2024-05-31"),
        ("DateTime", "2024-05-31T12:00:00", "x must be an instant such as 2024-05-31T12:30:00Z"),
        ("[String!]", "a", "x must be a list, each a text of at most 1,000 characters"),
        ("[String!]", [None], "x must be a list, each a text of at most 1,000 characters"),
        ("[Int!]", [[1]], "x must be a list, each a whole number from -2147483648 to 2147483647"),
        (
            "SponsorCategory",
            "4",
            "x must be one of CATEGORY_1, CATEGORY_2A, CATEGORY_2B, CATEGORY_2, CATEGORY_3",
        ),
    ],
)
def test_value_that_cannot_be_used(type: str, value: object, wanted: str) -> None:
    with pytest.raises(BadInput) as error:
        of(type).validate(value)
    assert str(error.value) == wanted


@pytest.mark.parametrize("value", [0, -1])
def test_value_below_the_minimum(value: int) -> None:
    with pytest.raises(BadInput, match=r"^minDays must be a whole number from 1 to 2147483647$"):
        DAYS.validate(value)
    with pytest.raises(BadInput, match=r"^x must be a list, each a number of at least 1$"):
        of("[Float!]", minimum=1).validate([2.0, value])


def test_a_value_above_the_maximum_and_a_text_that_is_too_long() -> None:
    years = Parameter("years", "Int", 3, "Years.", minimum=0, maximum=100)
    assert years.validate(100) == 100
    with pytest.raises(BadInput, match=r"^years must be a whole number from 0 to 100$"):
        years.validate(101)
    with pytest.raises(BadInput, match=r"^x must be a number of at most 2$"):
        Parameter("x", "Float", None, "X.", maximum=2).validate(2.5)
    assert of("String").validate("x" * 1_000) == "x" * 1_000
    with pytest.raises(BadInput, match=r"^x must be a list, each a text of at most 1,000 characters$"):
        of("[String!]").validate(["x", "x" * 1_001])


def test_value_that_is_not_given() -> None:
    assert DAYS.validate(None) == 30
    assert AS_OF.validate(None) == utc_today()
    with pytest.raises(BadInput, match=r"^x must be given: a text of at most 1,000 characters$"):
        of("String").validate(None)


@given(st.integers(min_value=1, max_value=2**31 - 1))
def test_whole_numbers_come_back_from_text(value: int) -> None:
    assert DAYS.read(str(value)) == value


@given(st.text(max_size=12).filter(lambda text: not text.strip("+").isdigit()))
def test_other_texts_are_no_number(text: str) -> None:
    with pytest.raises(BadInput, match=r"^minDays must be a whole number from 1 to 2147483647$"):
        DAYS.read(text)


@pytest.mark.parametrize(
    ("type", "text", "wanted"),
    [
        ("Int", "+3", 3),
        ("Float", "1.5", 1.5),
        ("String", "a=b", "a=b"),
        ("String", "Me\u0301rida\u00ad", "Mérida"),
        ("Boolean", "true", True),
        ("Date", "2024-05-31", date(2024, 5, 31)),
        ("[String!]", "TX, CA", ["TX", "CA"]),
        ("[String!]", '["a,b", "c"]', ["a,b", "c"]),
        ("[Int!]", "[1, 2]", [1, 2]),
        ("SponsorCategory", "2A", "2A"),
    ],
)
def test_text(type: str, text: str, wanted: object) -> None:
    assert of(type).read(text) == wanted


def test_today_as_text() -> None:
    assert AS_OF.read("today") == utc_today()


@pytest.mark.parametrize(
    ("type", "text"), [("Int", "1_0"), ("Int", "\u0663"), ("Float", "nan"), ("Float", "1_0"), ("[Int!]", "[1,")]
)
def test_text_that_cannot_be_used(type: str, text: str) -> None:
    with pytest.raises(BadInput, match=r"^x must be "):
        of(type).read(text)


def test_values_of_a_question() -> None:
    assert declared().values({"minChildren": 3}) == {"minChildren": 3, "asOf": utc_today()}
    assert declared().values({"asOf": "2023-01-01"}) == {"minChildren": 2, "asOf": date(2023, 1, 1)}


def test_texts_of_a_question() -> None:
    question = declared()
    assert question.read([]) == {}
    assert question.read(["minChildren=3", "asOf = 2023-01-01"]) == {"minChildren": 3, "asOf": date(2023, 1, 1)}


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["minChildren"], "a parameter is given as name=value; it takes minChildren and asOf"),
        (
            ["minchildren=3"],
            "busySponsors has no parameter minchildren (did you mean minChildren?); it takes minChildren and asOf",
        ),
        (["x=3"], "busySponsors has no parameter x; it takes minChildren and asOf"),
        (["minChildren=3", "minChildren=4"], "minChildren is given twice; give it once"),
        (["minChildren="], "minChildren must be a whole number from 1 to 2147483647"),
        (["asOf=yesterday"], "asOf must be a day such as 2024-05-31"),
    ],
)
def test_texts_that_cannot_be_used(texts: list[str], wanted: str) -> None:
    with pytest.raises(BadInput) as error:
        declared().read(texts)
    assert str(error.value) == wanted


def test_values_of_an_unknown_parameter() -> None:
    with pytest.raises(BadInput, match=r"^busySponsors has no parameter x; it takes minChildren and asOf$"):
        declared().values({"x": 1})


def test_column_of_a_question() -> None:
    assert declared().column("childCount").kind == "Int"
    with pytest.raises(KeyError):
        declared().column("x")
