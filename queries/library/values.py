"""The types that a question's parameters and columns may have, and their values as text and as Python objects."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from graph.model import Enumeration
from graph.text import clean

TODAY = "today"
SMALLEST_INT, LARGEST_INT = -(2**31), 2**31 - 1
"""The bounds of GraphQL's `Int`, which has 32 bits."""
LONGEST_TEXT = 1_000
"""The largest number of characters in a text."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_TYPE = re.compile(r"\[(?P<item>\w+)!?\]|(?P<one>\w+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind of value: what a person is asked for, and how text and Python values are converted to it.

    Both functions raise `ValueError` if they are given anything else.
    """

    wanted: str
    read: Callable[[str], object]
    accept: Callable[[object], object]


def split_type(text: str) -> tuple[str, bool]:
    """Return a GraphQL type's name and whether it is a list: `[String!]` gives `("String", True)`.

    Raises `ValueError` if the text is neither a name nor a list of one.
    """
    found = _TYPE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return (found["item"], True) if found["item"] else (found["one"], False)


def today() -> date:
    """Return the current day, in UTC."""
    return datetime.now(UTC).date()


def choice_type(enumeration: Enumeration) -> ValueType:
    """Return the type of an enumeration's values: given by GraphQL or stored names, and kept as stored names."""
    stored = {enumeration.graphql_name(value): value for value in enumeration.values}

    def accept(value: object) -> object:
        if isinstance(value, str):
            if value in stored:
                return stored[value]
            if value in enumeration.values:
                return value
        raise ValueError(enumeration.name)

    return ValueType(f"one of {', '.join(stored)}", accept, accept)


def read_list(text: str) -> list[str]:
    """Split the text of a list: a JSON list of strings, or values separated by commas; raises `ValueError`."""
    if not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",")]
    items = json.loads(text)
    return [item if isinstance(item, str) else json.dumps(item) for item in items]


def _whole(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and SMALLEST_INT <= value <= LARGEST_INT:
        return value
    raise ValueError("not an Int")


def _read_whole(text: str) -> object:
    if len(text) > len(str(SMALLEST_INT)) or not _WHOLE.fullmatch(text):
        raise ValueError("not an Int")
    return _whole(int(text))


def _number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ValueError("not a Float")


def _read_number(text: str) -> object:
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a Float")
    return _number(float(text))


def _text(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    raise ValueError("not a String")


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    raise ValueError("not a Boolean")


def _read_flag(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    raise ValueError("not a Boolean")


def _read_day(text: str) -> object:
    if text == TODAY:
        return today()
    if not _DAY.fullmatch(text):
        raise ValueError("not a Date")
    return date.fromisoformat(text)


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _read_day(str(_text(value)))


def _read_instant(text: str) -> object:
    if not _INSTANT.fullmatch(text):
        raise ValueError("not a DateTime")
    return _instant(datetime.fromisoformat(text))


def _instant(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, str):
        return _read_instant(value)
    raise ValueError("not a DateTime")


SCALARS: Mapping[str, ValueType] = MappingProxyType(
    {
        "Int": ValueType("a whole number", _read_whole, _whole),
        "Float": ValueType("a number", _read_number, _number),
        "String": ValueType(f"a text of at most {LONGEST_TEXT:,} characters", _text, _text),
        "Boolean": ValueType("true or false", _read_flag, _flag),
        "Date": ValueType("a day such as 2024-05-31", _read_day, _day),
        "DateTime": ValueType("an instant such as 2024-05-31T12:30:00Z", _read_instant, _instant),
    }
)
