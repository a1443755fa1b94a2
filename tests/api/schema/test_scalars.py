from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from graphql import GraphQLError, parse_value

from api.schema.scalars import date_scalar, date_text, instant_scalar, instant_text, parse_date, parse_instant


def test_date_parses_one_form() -> None:
    assert parse_date("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "value",
    ["2023-02-29", "20240229", "2024-W09-4", "2024-2-9", " 2024-02-09", "2024-02-09\n", "0000-01-01", "٢٠٢٤-01-01", "",
     "2024-02-09T00:00:00Z", 20240209, True, None, ["2024-02-09"]],
)  # fmt: skip
def test_date_refuses_anything_else(value: object) -> None:
    with pytest.raises(GraphQLError, match="Date must be a day of the calendar in ISO 8601"):
        parse_date(value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-05-31T12:30:00Z", datetime(2024, 5, 31, 12, 30, tzinfo=UTC)),
        ("2024-05-31t12:30:00z", datetime(2024, 5, 31, 12, 30, tzinfo=UTC)),
        ("2024-05-31T23:30:00-05:00", datetime(2024, 6, 1, 4, 30, tzinfo=UTC)),
        ("2024-05-31T12:30:00.123456+00:00", datetime(2024, 5, 31, 12, 30, 0, 123456, tzinfo=UTC)),
        ("2024-05-31T12:30:00.5Z", datetime(2024, 5, 31, 12, 30, 0, 500000, tzinfo=UTC)),
    ],
)
def test_instant_comes_in_utc(text: str, wanted: datetime) -> None:
    got = parse_instant(text)
    assert got == wanted
    assert got.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    ["2024-05-31T12:30:00", "2024-05-31T12:30Z", "2024-05-31 12:30:00Z", "2024-05-31T24:00:00Z", "2024-05-31T12:60:00Z",
     "2024-05-31T12:30:60Z", "2024-05-31T12:30:00.1234567Z", "2024-05-31T12:30:00.Z", "2024-05-31T12:30:00+25:00",
     "2024-05-31", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", 1717158600, None],
)  # fmt: skip
def test_instant_refuses_anything_else(value: object) -> None:
    with pytest.raises(GraphQLError, match="DateTime must be an RFC 3339 instant with an offset"):
        parse_instant(value)


def test_literals_parse_as_variables_do() -> None:
    assert date_scalar().parse_literal(parse_value('"2024-05-31"')) == date(2024, 5, 31)
    assert instant_scalar().parse_literal(parse_value('"2024-05-31T00:00:00Z"')) == datetime(2024, 5, 31, tzinfo=UTC)
    for literal in ("2024", "null", "X", '["2024-05-31"]', "{a: 1}"):
        with pytest.raises(GraphQLError):
            date_scalar().parse_literal(parse_value(literal))


def test_values_have_one_text() -> None:
    assert date_text(date(2024, 5, 31)) == "2024-05-31"
    assert instant_text(datetime(2024, 5, 31, tzinfo=UTC)) == "2024-05-31T00:00:00Z"
    assert instant_text(datetime(2024, 5, 31, 1, tzinfo=timezone(timedelta(hours=2)))) == "2024-05-30T23:00:00Z"
    assert instant_text(datetime(2024, 5, 31, 0, 0, 10, 120000, tzinfo=UTC)) == "2024-05-31T00:00:10.12Z"


def test_other_values_have_no_text() -> None:
    for value in (datetime(2024, 5, 31, tzinfo=UTC), "2024-05-31", 1, None):
        with pytest.raises(GraphQLError):
            date_text(value)
    for other in (datetime(2024, 5, 31), date(2024, 5, 31), "2024-05-31T00:00:00Z", None):
        with pytest.raises(GraphQLError):
            instant_text(other)
