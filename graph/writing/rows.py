"""Rows: values checked against the model and converted to the form that writing statements take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from types import NoneType
from typing import Any, NamedTuple

from graph.errors import BadInput
from graph.model import Enumeration, Node, Point, Property
from graph.text import clean, twin

_LARGEST = 2**63 - 1


class Position(NamedTuple):
    """A WGS 84 position, in degrees: the value of a point property."""

    latitude: float
    longitude: float


class RowCheck:
    """Checks the rows of one label or relationship type, and converts them for its writing statement.

    Raises `BadInput`, which names the label or type and the property, but never the value.
    """

    def __init__(self, owner: str, properties: Mapping[str, Property]) -> None:
        self._owner = owner
        self._converters = {name: _converter(p) for name, p in properties.items() if name != "key"}
        self._types: dict[str, Any] = {name: p.type for name, p in properties.items()}
        self._twins = {name: p.twin for name, p in properties.items() if p.folded}
        self.points = tuple(name for name, p in properties.items() if p.type is Point)

    def node(self, row: Mapping[str, Any]) -> list[Any]:
        """Return `[key, properties, points]`."""
        properties = self._properties(row, ("key",))
        points = []
        for name in self.points:
            given = properties.get(name)
            points.append([given] if given is not None else [])
            if given is not None:
                del properties[name]
        return [self._key(row, "key"), properties, points]

    def relationship(self, row: Mapping[str, Any]) -> list[Any]:
        """Return `[start, end]`, or `[start, end, key, properties]` for a type that has properties."""
        ends = [self._key(row, "start"), self._key(row, "end")]
        if not self._converters:
            self._properties(row, ("start", "end"))
            return ends
        properties = self._properties(row, ("start", "end", "key"))
        return [*ends, self._key(row, "key"), properties]

    def column(self, name: str, values: Sequence[Any]) -> Sequence[Any]:
        """Return the values of one property of many rows in their stored form, a position as `[longitude, latitude]`.

        The column of `key`, or of an end, is returned as it is.
        """
        types = set(map(type, values))
        convert = self._converters.get(name)
        if convert is None:
            if types - {str} or not all(values):
                raise BadInput(f"A row of {self._owner} has no {name}; give it as text")
            return values
        if self._is_stored_so(name, types, values):
            return values
        if convert is _text and types <= {str, NoneType}:
            return [None if value is None else clean(value) for value in values]
        try:
            return [None if value is None else convert(value) for value in values]
        except (TypeError, ValueError) as error:
            raise BadInput(f"{self._owner}.{name} must be {error}") from None

    def _is_stored_so(self, name: str, types: set[type], values: Sequence[Any]) -> bool:
        """Tell whether all values of a property are valid and stored as they are; checking all at once is cheap."""
        kind = self._types[name]
        if isinstance(kind, Enumeration):
            return types <= {str, NoneType} and set(values) <= {None, *kind.values}
        return kind in (date, bool) and types <= {kind, NoneType}

    def _key(self, row: Mapping[str, Any], name: str) -> str:
        value = row.get(name)
        if not isinstance(value, str) or not value:
            raise BadInput(f"A row of {self._owner} has no {name}; give it as text")
        return value

    def _properties(self, row: Mapping[str, Any], apart: tuple[str, ...]) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        for name, value in row.items():
            if name in apart:
                continue
            convert = self._converters.get(name)
            if convert is None:
                raise BadInput(f"{self._owner} has no property {name}")
            try:
                properties[name] = value if value is None else convert(value)
            except (TypeError, ValueError) as error:
                raise BadInput(f"{self._owner}.{name} must be {error}") from None
            if name in self._twins:
                properties[self._twins[name]] = None if value is None else twin(value)
        return properties


def _converter(prop: Property) -> Callable[[Any], Any]:
    if isinstance(prop.type, Enumeration):
        return _enumerated(prop.type)
    return _CONVERTERS[prop.type]


def _enumerated(enumeration: Enumeration) -> Callable[[Any], str]:
    def convert(value: Any) -> str:
        if not isinstance(value, str) or value not in enumeration.values:
            raise TypeError(f"one of {', '.join(enumeration.values)}")
        return value

    return convert


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return clean(value)


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value <= _LARGEST:
        raise TypeError("a whole number of at most 64 bits")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        raise TypeError("a finite number")
    return float(value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _date(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError("a date")
    return value


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError("a date and time with its offset from UTC")
    return value


def _point(value: Any) -> list[float]:
    if not isinstance(value, Position):
        raise TypeError("a position")
    latitude, longitude = _number(value.latitude), _number(value.longitude)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise TypeError("a position of at most 90 degrees latitude and 180 longitude")
    return [longitude, latitude]


_CONVERTERS: dict[object, Callable[[Any], Any]] = {
    str: _text,
    int: _integer,
    float: _number,
    bool: _boolean,
    date: _date,
    datetime: _instant,
    Point: _point,
}


def apart(rows: list[list[Any]], *, place: int = 0) -> Iterator[list[list[Any]]]:
    """Yield rows in batches without repeated keys, so that each row is compared with what the one before it left."""
    while rows:
        seen: set[object] = set()
        batch: list[list[Any]] = []
        later: list[list[Any]] = []
        for row in rows:
            (later if row[place] in seen else batch).append(row)
            seen.add(row[place])
        yield batch
        rows = later


def values_of(row: list[Any], points: Sequence[str]) -> dict[str, object]:
    """Return the properties that a checked row gives, with positions as the driver represents them."""
    positions = {name: tuple(found[0]) for name, found in zip(points, row[2], strict=True) if found}
    return {**row[1], **positions}


def pass_over(row: list[Any], node: Node, points: Sequence[str], names: Iterable[str]) -> None:
    """Remove properties and their folded twins from a checked row."""
    for name in names:
        row[1].pop(name, None)
        if node.named(name).folded:
            row[1].pop(node.named(name).twin, None)
        if name in points:
            row[2][points.index(name)] = []
