"""Values to ask questions with, drawn from what a graph has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from queries.library.question import Parameter

if TYPE_CHECKING:
    from tests.reference.small import SmallGraph

NOTICE_STATES = ("NOT_ISSUED", "NOT_SERVED", "NOT_FILED")
NOBODY = "nobody"
"""A key that no record has."""


@dataclass(frozen=True, slots=True)
class Values:
    """The days, the codes of agencies and the keys by label that may be asked for."""

    days: Sequence[date]
    agencies: Sequence[str]
    keys: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, graph: SmallGraph) -> Values:
        """Return those of a graph: half of the days are the last on record and the weeks after it."""
        found = {value for thing in graph.things for name, value in thing.values.items() if name != "dateOfBirth"}
        days = sorted(day for day in found if isinstance(day, date) and not isinstance(day, datetime))
        last = [days[-1] + timedelta(days=n % 60) for n in range(len(days))]
        keys: dict[str, list[str]] = {}
        for thing in graph.things:
            keys.setdefault(thing.label, []).append(thing.key)
        codes = {thing.get("code") for thing in graph.labelled("Agency")} - {None}
        return cls((*days, *last), sorted(codes), keys)

    def draw(self, parameter: Parameter, random: Random) -> Any:
        """Return a value for a parameter: a day as ISO text, a list now and then empty or with a value twice."""
        if parameter.type == "Date":
            return random.choice(self.days).isoformat()
        if parameter.type == "Boolean":
            return random.random() < 0.5
        if parameter.type == "Int":
            least = 0 if parameter.minimum is None else parameter.minimum
            most = least + 30 if parameter.maximum is None else parameter.maximum
            return min(random.choice((least, least + 1, least + 2, least + 30)), most)
        if parameter.key_of:
            return random.choice([NOBODY, *(key for label in parameter.key_of for key in self.keys.get(label, ()))])
        listed = self._listed(parameter)
        return random.choices(listed, k=random.randint(0, 3)) if listed else []

    def _listed(self, parameter: Parameter) -> Sequence[str]:
        """Return what a list of a parameter may hold."""
        if parameter.enumeration:
            return tuple(parameter.enumeration.values)
        return {"agencies": self.agencies, "noticeState": NOTICE_STATES}[parameter.name]
