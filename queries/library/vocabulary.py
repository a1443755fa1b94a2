"""The names that a body may use: those of the model, and those that Cypher itself defines."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Model, Property
from queries.library.mentions import What

READING_PROCEDURES = frozenset({"db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships"})
"""Procedures that a body may call: they only read, and only from the graph."""

COMPONENTS = frozenset(
    {
        *("year", "quarter", "month", "week", "weekYear", "day", "ordinalDay", "weekDay"),
        *("dayOfQuarter", "quarterDay", "dayOfWeek"),
        *("hour", "minute", "second", "millisecond", "microsecond", "nanosecond"),
        *("timezone", "offset", "offsetMinutes", "offsetSeconds", "epochMillis", "epochSeconds"),
        *("years", "quarters", "months", "weeks", "days"),
        *("hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"),
        *("quartersOfYear", "monthsOfQuarter", "monthsOfYear", "daysOfWeek", "minutesOfHour", "secondsOfMinute"),
        *("millisecondsOfSecond", "microsecondsOfSecond", "nanosecondsOfSecond"),
        *("x", "y", "z", "longitude", "latitude", "height", "crs", "srid"),
    }
)
"""Parts of dates, instants, durations and points, which are read like properties."""


class Vocabulary:
    """The model's labels, relationship types and properties, including twins and the keys of relationships."""

    def __init__(self, model: Model) -> None:
        self._labels = frozenset(model.labels)
        self._types = model.types
        owned: dict[str, set[str]] = {node.label: {"key"} for node in model.nodes}
        for node in model.nodes:
            owned[node.label] |= _stored(node.properties)
        for relationship in model.relationships:
            keyed = {"key"} if relationship.properties else set()
            owned.setdefault(relationship.type, set()).update(_stored(relationship.properties) | keyed)
        self._properties = {owner: frozenset(names) for owner, names in owned.items()}
        self._all_properties = frozenset().union(*self._properties.values())

    def known(self, what: What, owners: Iterable[str] = ()) -> frozenset[str]:
        """Return the model's names of a kind; if these are properties, those of any of the owners, or else of all."""
        if what is What.LABEL:
            return self._labels
        if what is What.TYPE:
            return self._types
        if what is What.LABEL_OR_TYPE:
            return self._labels | self._types
        mine = [self._properties.get(owner, frozenset()) for owner in owners]
        return frozenset().union(*mine) if mine else self._all_properties


def _stored(properties: Iterable[Property]) -> set[str]:
    return {prop.name for prop in properties} | {prop.twin for prop in properties if prop.folded}
