"""The scalars for dates and instants: strict in what they accept, and always in the same form in what they return."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from graphql import GraphQLError, GraphQLScalarType

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})",
    re.ASCII,
)
_WANT_DATE = "Date must be a day of the calendar in ISO 8601, such as 2024-05-31"
_WANT_INSTANT = (
    "DateTime must be an RFC 3339 instant with an offset and at most six digits of a second's fraction, "
    "such as 2024-05-31T12:30:00Z"
)


def parse_date(value: object) -> date:
    """Return the day that an ISO 8601 text names; raises `GraphQLError`."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError(_WANT_DATE)


def parse_instant(value: object) -> datetime:
    """Return the instant that an RFC 3339 text names, in UTC; raises `GraphQLError`."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise GraphQLError(_WANT_INSTANT)


def date_text(value: object) -> str:
    """Return a day as ISO 8601 text; raises `GraphQLError` for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise GraphQLError(_WANT_DATE)


def instant_text(value: object) -> str:
    """Return an instant as RFC 3339 text in UTC, with no trailing zeros in the fraction; raises `GraphQLError`."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
        return f"{text.rstrip('0') if '.' in text else text}Z"
    raise GraphQLError(_WANT_INSTANT)


def date_scalar() -> GraphQLScalarType:
    """Return the `Date` scalar; literals and variables coerce to `datetime.date`."""
    return GraphQLScalarType(
        "Date",
        description="A day of the calendar in ISO 8601, such as 2024-05-31.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        coerce_input_value=parse_date,
        coerce_output_value=date_text,
    )


def instant_scalar() -> GraphQLScalarType:
    """Return the `DateTime` scalar; literals and variables coerce to `datetime.datetime` in UTC."""
    return GraphQLScalarType(
        "DateTime",
        description="An instant in RFC 3339, such as 2024-05-31T12:30:00Z; given with an offset, answered in UTC.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
        coerce_input_value=parse_instant,
        coerce_output_value=instant_text,
    )
