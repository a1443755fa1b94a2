"""Asks the graph for the records that rows may be about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from graph.text import BETWEEN, fold
from seed.spreadsheets.addresses import LABEL, PARTS
from seed.spreadsheets.people import PEOPLE, PERSONAL, Person
from seed.spreadsheets.plan import RecordPlan

Ask = Callable[[str, Mapping[str, Any]], Sequence[Sequence[Any]]]
"""Runs a reading statement with its parameters, and returns its rows."""
Sought = tuple[Any, ...]
"""What a record is recognised by: the keys of other records, and its own properties as they are compared."""

_BATCH = 2_000
_KEYS = "CYPHER 25 UNWIND $sought AS key MATCH (n:{label} {{key: key}}) RETURN n.key, {person}"
_SAME = """CYPHER 25 UNWIND range(0, size($sought) - 1) AS place
WITH place, $sought[place] AS sought
MATCH {pattern}{hint} WHERE n.key IS NOT NULL AND {conditions}
RETURN DISTINCT place, n.key AS key, {person} ORDER BY place, key"""
_PEOPLE = """CYPHER 25 UNWIND range(0, size($sought) - 1) AS place
WITH place, $sought[place] AS sought
MATCH (n:{label} {{dateOfBirth: sought[0]}}) USING INDEX n:{label}(dateOfBirth, key)
WHERE n.key IS NOT NULL AND n.lastNameFolded STARTS WITH sought[1] AND n.firstNameFolded STARTS WITH sought[2]
RETURN DISTINCT place"""


class Found(NamedTuple):
    """A record of the graph, and the person that it describes, if it does."""

    key: str
    person: Person


def parts_of(record: RecordPlan) -> tuple[str, ...]:
    """Return the properties by which a record is recognised."""
    if record.label == LABEL and not record.match and not record.within and not record.key:
        return PARTS
    return record.match


def sought_of(record: RecordPlan, values: Mapping[str, Any], keys: Mapping[str, str]) -> Sought | None:
    """Return what a record is recognised by, or `None` if a part of it is unknown."""
    parts = parts_of(record)
    if not parts and not record.within:
        return None
    others = [keys.get(name) for name in record.within]
    own = [values.get(name) for name in parts]
    whole = own[:1] if parts is PARTS else own
    if None in others or None in whole:
        return None
    return (*others, *(_compared(record, name, value) for name, value in zip(parts, own, strict=True)))


def _compared(record: RecordPlan, name: str, value: Any) -> Any:
    return f"{fold(value)}{BETWEEN}" if value is not None and name in record.folded else value


class Lookups:
    """Finds records of the graph for many rows at once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def with_keys(self, label: str, keys: Iterable[str]) -> dict[str, Person]:
        """Return the people (or whatever else) that the graph has under these keys."""
        statement = _KEYS.format(label=label, person=_person(label))
        found: dict[str, Person] = {}
        for batch in _batches(keys):
            for key, person in self._ask(statement, {"sought": batch}):
                found[key] = _as_person(person)
        return found

    def same(self, record: RecordPlan, sought: Iterable[Sought]) -> dict[Sought, list[Found]]:
        """Return the records of the graph that are recognised by what is sought."""
        statement = _same_statement(record)
        found: dict[Sought, list[Found]] = {}
        for batch in _batches(sought):
            for place, key, person in self._ask(statement, {"sought": [list(one) for one in batch]}):
                found.setdefault(batch[place], []).append(Found(key, _as_person(person)))
        return found

    def people(self, label: str, sought: Iterable[Sought]) -> set[Sought]:
        """Return those, by birth date and folded names, whom the graph has under a label."""
        statement = _PEOPLE.format(label=label)
        found: set[Sought] = set()
        for batch in _batches(sought):
            rows = self._ask(statement, {"sought": [list(one) for one in batch]})
            found |= {batch[place] for (place,) in rows}
        return found


def _same_statement(record: RecordPlan) -> str:
    conditions, patterns = [], []
    for place, name in enumerate(record.within):
        label, path = record.paths[name]
        patterns.append(f"(:{label} {{key: sought[{place}]}}){path}(n:{record.label})")
    loose = parts_of(record) is PARTS
    for place, name in enumerate(parts_of(record), len(record.within)):
        prop, given = record.node.named(name), f"sought[{place}]"
        same = f"n.{prop.twin} STARTS WITH {given}" if prop.folded else f"n.{name} = {given}"
        unknown = loose and place > len(record.within)
        conditions.append(f"({same} OR ({given} IS NULL AND n.{name} IS NULL))" if unknown else same)
    pattern = ", ".join(patterns) or f"(n:{record.label})"
    hint = "" if record.within else _hint(record)
    told = " AND ".join(conditions) or "true"
    return _SAME.format(pattern=pattern, hint=hint, conditions=told, person=_person(record.label))


def _hint(record: RecordPlan) -> str:
    """Return the index to use, which is one together with the key: the planner would take a state for a street."""
    parts = [record.node.named(name) for name in sorted(parts_of(record), key=lambda name: name != "dateOfBirth")]
    first = next((prop for prop in parts if prop.index), None)
    if first is None:
        return ""
    return f" USING INDEX n:{record.label}({first.twin if first.folded else first.name}, key)"


def _person(label: str) -> str:
    return f"[{', '.join(f'n.{name}' for name in PERSONAL)}]" if label in PEOPLE else "[]"


def _as_person(values: Sequence[Any]) -> Person:
    first, last, born = values or (None, None, None)
    return Person(first, last, None if born is None else date.fromisoformat(str(born)))


def _batches(sought: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(dict.fromkeys(sought))
    while batch := list(islice(left, _BATCH)):
        yield batch
