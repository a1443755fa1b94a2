"""Assertions: values of a record that were replaced, or that another system's value outranks.

The record itself holds the values that are shown. When a shown value is replaced, or a new value does not outrank the
shown one, an `Assertion` node keeps the value that is not shown. It holds the record, the property, the value, its
source, when the source recorded it, when and by whom it was superseded, and whether its system still gives it
(`stands`). A record for which nobody gave two different values has no assertions.

As long as only one source gives a record, all shown values come from that source. Once another one gives it too, the
provenance of each source lists the properties that it gave (`gives`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from graph.model import Node, Property
from graph.writing.origin import Origin
from graph.writing.precedence import Precedence
from graph.writing.statements import GIVES, IMPORTED, PROVENANCE, said_of

ASSERTION = "Assertion"
ASSERTION_SCHEMA = (
    f"CREATE CONSTRAINT {ASSERTION}_key IF NOT EXISTS FOR (n:{ASSERTION}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX {ASSERTION}_about IF NOT EXISTS FOR (n:{ASSERTION}) ON (n.about, n.of)",
)
KEEP = f"""CYPHER 25 UNWIND $rows AS row
CREATE (a:{ASSERTION}) SET a = row[0]
FOREACH (p IN row[1] | SET a.value = point({{longitude: p[0], latitude: p[1]}}))
RETURN count(*)"""
"""Writes assertions. A row is `[properties, positions]`; `positions` holds the value if it is a position."""
WITHDRAW = f"""CYPHER 25 UNWIND $keys AS key
MATCH (a:{ASSERTION} {{key: key}})
REMOVE a.stands
SET a.supersededAt = coalesce(a.supersededAt, $at), a.supersededBy = coalesce(a.supersededBy, $by)
RETURN count(*)"""
"""Notes that the systems no longer give the values of these assertions."""
FORGET = f"CYPHER 25 UNWIND $keys AS key MATCH (a:{ASSERTION} {{about: key, of: $of}}) DELETE a RETURN count(*)"
"""Deletes the assertions about records that are deleted."""


class Provenance(NamedTuple):
    """A source of a record: its system, when it recorded the record, and which properties it gave, if noted.

    `imported` says when it last gave something new of the record.
    """

    source: str
    system: str
    at: datetime | None
    gives: Sequence[str] | None
    imported: datetime | None = None


class Word(NamedTuple):
    """An assertion that is current: a value that a system still gives although another value is shown."""

    key: str
    name: str
    system: str | None
    value: object


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a record before it is written again."""

    key: str
    values: Mapping[str, object]
    provenance: Sequence[Provenance]
    words: Sequence[Word]
    said: Sequence[Sequence[Any]] = ()
    """Rows of what its sources said, if several gave it (`graph.writing.said`)."""

    @classmethod
    def of(cls, row: Sequence[Any]) -> Known:
        """Return what a row of `known_statement` says."""
        key, values, provenance, words, said = row
        return cls(key, values, [Provenance(*one) for one in provenance], [Word(*word) for word in words], said)

    def givers(self, name: str) -> dict[str, Provenance]:
        """Return the systems that give the shown value, each with the latest of its sources that gives it."""
        others = {word.system for word in self.words if word.name == name}
        found: dict[str, Provenance] = {}
        for one in sorted(self.provenance, key=age):
            if one.system not in others and (one.gives is None or name in one.gives):
                found[one.system] = one
        return found


def age(one: Provenance) -> tuple[float, float, str]:
    """Return the key by which sources are ordered: the one that gave something new last comes last."""
    imported, at = (0.0 if when is None else when.timestamp() for when in (one.imported, one.at))
    return (imported, at, one.source)


@dataclass(slots=True)
class Verdict:
    """What to do with a row that is written over a record.

    `kept` are the properties of new assertions. `withdrawn` are the keys of assertions that are no longer current.
    `passed_over` are the properties that the row does not change. `gives` are the properties that each source gave, by
    the source's key.
    """

    kept: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)
    gives: dict[str, list[str]] = field(default_factory=dict)


class Judge:
    """Decides what rows of a label change when they are written over records, for one origin and instant."""

    def __init__(self, label: str, names: Sequence[str], origin: Origin, at: datetime, ranks: Precedence) -> None:
        self._label = label
        self._names = names
        self._origin = origin
        self._system = origin.system
        self._at = at
        self._ranks = ranks

    def judge(self, known: Known, given: Mapping[str, object]) -> Verdict:
        """Return the verdict on a row; `given` holds the properties that it gives, with null for unknown values."""
        verdict = Verdict()
        for name in self._names:
            if name in given:
                self._weigh(verdict, known, name, given[name])
        source = self._origin.source_key
        if source and _is_shared(known, source):
            self._note_givers(verdict, known, given)
        return verdict

    def _weigh(self, verdict: Verdict, known: Known, name: str, new: object) -> None:
        old = known.values.get(name)
        mine = [word for word in known.words if word.name == name and word.system == self._system]
        if mine and new is not None and mine[0].value == new != old and self._outranked(known, name):
            verdict.passed_over.add(name)
            return
        if old is not None and old != new:
            if new is None and set(known.givers(name)) - {self._system} and self._system is not None:
                verdict.passed_over.add(name)
            elif new is not None and self._outranked(known, name):
                verdict.passed_over.add(name)
                verdict.kept.append(self._mine(known.key, name, new))
            else:
                verdict.kept += self._superseded(known, name, old)
        verdict.withdrawn += [word.key for word in mine]

    def _outranked(self, known: Known, name: str) -> bool:
        """Tell whether a system that gives the shown value ranks higher than ours."""
        if self._system is None:
            return False
        ours = self._ranks.rank(self._label, name, self._system)
        return any(self._ranks.rank(self._label, name, one) < ours for one in known.givers(name))

    def _mine(self, key: str, name: str, value: object) -> dict[str, Any]:
        """Return an assertion of a value that our source gives and that is not shown."""
        source = self._origin.source
        at = (source.extracted_at if source else None) or self._at
        given = {"source": self._origin.source_key, "system": self._system, "recordedAt": at}
        return {**assertion(self._label, key, name, value), **given, "stands": True}

    def _superseded(self, known: Known, name: str, old: object) -> Iterator[dict[str, Any]]:
        """Yield an assertion for each system that gave the value that is being replaced."""
        givers = known.givers(name)
        for system, one in givers.items():
            stands = True if self._system is not None and system != self._system else None
            given = {"source": one.source, "system": system, "recordedAt": one.at, "stands": stands}
            yield {**superseded(self._label, known.key, name, old, self._origin, self._at), **given}
        if not givers:
            yield superseded(self._label, known.key, name, old, self._origin, self._at)

    def _note_givers(self, verdict: Verdict, known: Known, given: Mapping[str, object]) -> None:
        """Note which properties each source gave, because not all that the record shows is from one."""
        assert self._origin.source is not None
        ours = self._origin.source.key
        present = [name for name in self._names if known.values.get(name) is not None]
        for one in known.provenance:
            if one.gives is None:
                verdict.gives[one.source] = present
        mine = [one.gives for one in known.provenance if one.source == ours]
        before = (present if mine[0] is None else mine[0]) if mine else []
        gone = {name for name in self._names if name in given and given[name] is None}
        new = [name for name in self._names if given.get(name) is not None and name not in verdict.passed_over]
        verdict.gives[ours] = sorted({*before, *new} - gone)


def _is_shared(known: Known, source: str) -> bool:
    """Tell whether others than a source gave something of a record, or whether it was there before any source."""
    return not known.provenance or any(one.source != source or one.gives is not None for one in known.provenance)


def assertion(of: str, about: str, name: str, value: object) -> dict[str, Any]:
    """Return the properties of a new assertion about a property of a record; its source is unknown."""
    return {"key": uuid4().hex, "of": of, "about": about, "property": name, "value": value}


def superseded(of: str, about: str, name: str, value: object, by: Origin, at: datetime) -> dict[str, Any]:
    """Return the properties of a new assertion of a value that an origin replaces; its source is unknown."""
    ended = {"supersededAt": at, "supersededBy": by.actor, "supersededBySource": by.source_key}
    return {**assertion(of, about, name, value), **ended}


def judged(properties: Mapping[str, Property]) -> list[str]:
    """Return the properties whose earlier values are kept: all but keys and derived properties."""
    return [name for name, prop in properties.items() if name != "key" and not prop.derived]


def contradicted(node: Node) -> list[str]:
    """Return the properties of which systems can say different things: those judged, but for what is verbatim."""
    return [name for name in judged(node.all_properties) if not node.named(name).verbatim]


def known_statement(node: Node) -> str:
    """Return the statement that reads what is known about the nodes of `$keys`."""
    return f"""CYPHER 25 UNWIND $keys AS key
MATCH (n:{node.label} {{key: key}})
RETURN key, properties(n),
  COLLECT {{
    MATCH (n)-[f:{PROVENANCE}]->(s:Source)
    RETURN [s.key, coalesce(s.system, s.key), coalesce(f.recordedAt, s.extractedAt), f.{GIVES}, f.{IMPORTED}]
  }},
  COLLECT {{
    MATCH (a:{ASSERTION} {{about: key, of: '{node.label}'}}) WHERE a.stands
    RETURN [a.key, a.property, a.system, a.value]
  }},
  {said_of("key", f"'{node.label}'")}"""


def gives_statement(node: Node) -> str:
    """Return the statement that notes what sources gave; a row is a node's key, a source's key, and properties."""
    return (
        f"CYPHER 25 UNWIND $rows AS row MATCH (n:{node.label} {{key: row[0]}})-[f:{PROVENANCE}]->(s:Source) "
        f"WHERE s.key = row[1] SET f.{GIVES} = row[2] RETURN count(*)"
    )
