"""Property values: how a stored one is returned, and how one comes back from a cursor."""

from __future__ import annotations

from datetime import date, datetime

from graph.cypher import NULL, Case, Literal, MapOf, Printable, call, infix, known
from graph.model import Enumeration, Property


def returned(prop: Property, value: Printable) -> Printable:
    """Return a property as the response has it: dates as ISO 8601 text, instants as RFC 3339 in UTC.

    Text is made in the database: temporal values are slow to build on the way through the driver.
    """
    if prop.type is date:
        return call("toString", value)
    if prop.type is datetime:
        in_utc = call("datetime", MapOf((("datetime", value), ("timezone", Literal("Z")))))
        return Case(known(value), call("toString", in_utc), NULL)
    if isinstance(prop.type, Enumeration) and prop.type.prefix:
        return infix("+", Literal(prop.type.prefix), value)
    return value


def remembered(kind: object, value: Printable) -> Printable:
    """Return a value of an order as a cursor holds it: exactly, as JSON has it."""
    return call("toString", value) if kind in (date, datetime) else value


def recalled(kind: object, value: Printable) -> Printable:
    """Return the value that `remembered` gave, from a cursor's parameter."""
    if kind is date:
        return call("date", value)
    return call("datetime", value) if kind is datetime else value
