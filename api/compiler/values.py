"""Property values: how a stored value is returned, and how it is read back from a cursor."""

from __future__ import annotations

from datetime import UTC, date, datetime

from graph.cypher import NULL, Case, Literal, MapOf, Printable, call, infix, is_not_null
from graph.model import Enumeration, Property


def returned(prop: Property, value: Printable) -> Printable:
    """Return a property in the response's form: dates as ISO 8601 text, instants as RFC 3339 in UTC.

    The database makes the text, because the driver is slow at building temporal values.
    """
    if prop.type is date:
        return call("toString", value)
    if prop.type is datetime:
        return instant(value)
    if isinstance(prop.type, Enumeration) and prop.type.prefix:
        return infix("+", Literal(prop.type.prefix), value)
    return value


def instant(value: Printable) -> Printable:
    """Return an instant as the response has it."""
    in_utc = call("datetime", MapOf((("datetime", value), ("timezone", Literal("Z")))))
    return Case(is_not_null(value), call("toString", in_utc), NULL)


def read_instant(text: str | None) -> datetime | None:
    """Return the instant that `instant` wrote."""
    return None if text is None else datetime.fromisoformat(text)


def instant_text(at: datetime | None) -> str | None:
    """Return an instant as the response has it, from one that was read."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def remembered(kind: object, value: Printable) -> Printable:
    """Return an order's value in the form that cursors hold: exact, and as JSON allows."""
    return call("toString", value) if kind in (date, datetime) else value


def recalled(kind: object, value: Printable) -> Printable:
    """Return the value that `remembered` returned, from a cursor's parameter."""
    if kind is date:
        return call("date", value)
    return call("datetime", value) if kind is datetime else value
