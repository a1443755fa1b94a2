"""What each source said of a record on which sources differed, in the order in which it was written.

As long as the sources of a record do not contradict each other, what each gives of what is shown says enough. Once one
contradicts another, or if the record was there before and no source had given it, each row that is written over it is
kept as a `Statement` beside it, after one for what each source gave until then. Telling the statements again without
those of a source gives the record as it would be if that source had never been imported
(`graph.writing.taking_back`). Links that have a key are kept in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from graph.model import Node, Point, Property, Relationship
from graph.writing.assertions import Judge, Known, Provenance, Verdict, Word, age, judged
from graph.writing.origin import Extract, Origin
from graph.writing.precedence import Precedence
from graph.writing.statements import GIVEN, STATEMENT

STATEMENT_SCHEMA = (
    f"CREATE CONSTRAINT {STATEMENT}_key IF NOT EXISTS FOR (n:{STATEMENT}) REQUIRE n.key IS UNIQUE",
    f"CREATE INDEX {STATEMENT}_about IF NOT EXISTS FOR (n:{STATEMENT}) ON (n.about, n.of)",
    f"CREATE INDEX {STATEMENT}_source IF NOT EXISTS FOR (n:{STATEMENT}) ON (n.source, n.of, n.about)",
)
_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
ENDS = frozenset({"start", "end"})
"""The names of a link's ends among its values."""
SAY = f"CYPHER 25 UNWIND $rows AS row CREATE (t:{STATEMENT}) SET t = row RETURN count(*)"
"""Writes statements."""
UNSAY = f"CYPHER 25 UNWIND $keys AS key MATCH (t:{STATEMENT} {{about: key, of: $of}}) DELETE t RETURN count(*)"
"""Deletes the statements about records or links."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source said of a record or link at an instant: its values by name, null for what it does not know.

    `first` marks what the record showed before a second source gave it; its source may be unknown.
    """

    source: str | None
    system: str | None
    actor: str
    at: datetime
    recorded_at: datetime | None
    first: bool
    values: Mapping[str, Any]

    @classmethod
    def of(cls, row: Sequence[Any], properties: Mapping[str, Property]) -> Statement:
        """Return the statement that a row of `said_of` holds."""
        source, system, actor, at, recorded_at, first, text = row
        values = {name: _stored(properties.get(name), value) for name, value in json.loads(text).items()}
        return cls(source, system, actor, in_utc(at), recorded_at and in_utc(recorded_at), first, values)

    def row(self, of: str, about: str, place: int) -> dict[str, Any]:
        """Return the properties of the statement's node."""
        said = json.dumps({name: _plain(value) for name, value in self.values.items()}, sort_keys=True)
        named = {"source": self.source, "system": self.system, "actor": self.actor, "at": self.at}
        kept = {"recordedAt": self.recorded_at, "first": self.first, "said": said}
        return {"key": uuid4().hex, "of": of, "about": about, "place": place, **named, **kept}


def in_utc(at: datetime) -> datetime:
    """Return an instant that was read as it was written: the database tells those of other zones apart from it."""
    return at.astimezone(UTC)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _stored(prop: Property | None, value: Any) -> Any:
    if prop is None or value is None:
        return value
    if prop.type is date:
        return date.fromisoformat(value)
    if prop.type is datetime:
        return datetime.fromisoformat(value)
    return tuple(value) if prop.type is Point else value


def statement_of(origin: Origin, at: datetime, values: Mapping[str, Any], *, first: bool = False) -> Statement:
    """Return what an origin says at an instant."""
    recorded = origin.source.extracted_at if origin.source else None
    return Statement(origin.source_key, origin.system, origin.actor, at, recorded, first, values)


def shown_before(known: Known, names: Sequence[str], at: datetime) -> list[Statement]:
    """Return what each source of a record said so far, by what the record shows, for one that has no statements."""
    present = {name: known.values[name] for name in names if known.values.get(name) is not None}
    if not known.provenance:
        return [Statement(None, None, "", at, None, True, present)]
    found = []
    for one in sorted(known.provenance, key=age):
        given = present if one.gives is None else {name: present[name] for name in one.gives if name in present}
        words = {word.name: word.value for word in known.words if word.system == one.system}
        found.append(Statement(one.source, one.system, "", at, one.at, True, {**given, **words}))
    return found


def said_of_record(node: Node, known: Known, new: Statement, verdict: Verdict) -> list[dict[str, Any]]:
    """Return the statements to add when a row is written over a record.

    There are none as long as one source gives it, and as long as no source contradicts another: then what each gives of
    what is shown says enough (`shown_before`).
    """
    changes = bool(verdict.kept or verdict.withdrawn or _retracts(known, new))
    sources: list[str | None] = [*(one.source for one in known.provenance)] or [None]
    if not known.said and (sources == [new.source] or (known.provenance and not changes)):
        return []
    earlier = [Statement.of(row, node.all_properties) for row in known.said]
    before = [] if earlier else shown_before(known, judged(node.all_properties), new.at)
    return _rows(node.label, known.key, earlier, before, new, changes=changes)


def _retracts(known: Known, new: Statement) -> bool:
    """Tell whether a system no longer knows what it gave, while another one's value is shown."""
    gives = [one.gives for one in known.provenance if one.system == new.system]
    return any(
        value is None and known.values.get(name) is not None and (given is None or name in given)
        for name, value in new.values.items()
        for given in gives
    )


def _rows(
    of: str, about: str, earlier: Sequence[Statement], before: Sequence[Statement], new: Statement, *, changes: bool
) -> list[dict[str, Any]]:
    """Return the rows of the statements to add: no new one if its source said the same last and it changes nothing."""
    last = next((one for one in reversed((*earlier, *before)) if one.source == new.source), None)
    again = last is not None and last.values == new.values and not changes
    added = [*before, *([] if again else [new])]
    return [one.row(of, about, place) for place, one in enumerate(added, len(earlier))]


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link that has a key: its properties, its ends, who gave it, and what they said."""

    relationship: Relationship
    key: str
    values: Mapping[str, Any]
    givers: Sequence[str]
    statements: Sequence[Statement]

    @classmethod
    def of(cls, relationship: Relationship, key: str, found: Sequence[Any]) -> KnownLink:
        """Return what a row of `compared_links_statement` says."""
        held, start, end, said = found
        properties = {prop.name: prop for prop in relationship.properties}
        values = {name: held[name] for name in properties if name in held}
        statements = [Statement.of(row, properties) for row in said]
        return cls(relationship, key, {**values, "start": start, "end": end}, givers_of(held.get(GIVEN)), statements)

    def given(self, row: Sequence[Any]) -> dict[str, Any]:
        """Return what a row gives, with its ends."""
        return {"start": row[0], "end": row[1], **row[3]}

    def lost(self, row: Sequence[Any]) -> dict[str, Any]:
        """Return the values and ends that a row replaces."""
        given = self.given(row).items()
        return {name: self.values[name] for name, value in given if name in self.values and self.values[name] != value}

    def said(self, new: Statement, *, changes: bool) -> list[dict[str, Any]]:
        """Return the statements to add when a row is written over the link; none as long as all said the same."""
        given = {name: value for name, value in new.values.items() if value is not None}
        if not self.statements and (list(self.givers) == [new.source or ""] or given == self.values):
            return []
        ends = {"labels": [self.relationship.start, self.relationship.end]}
        shown = {**self.values, **ends}
        before = [Statement(one or None, None, "", new.at, None, True, shown) for one in self.givers]
        return _rows(
            self.relationship.type,
            self.key,
            self.statements,
            [] if self.statements else before,
            replace(new, values={**new.values, **ends}),
            changes=changes,
        )


def givers_of(text: str | None) -> list[str]:
    """Return the keys of the sources that gave a link; an empty one stands for what was there before."""
    return (text or "").split("\n")


@dataclass(slots=True)
class Retold:
    """A record as statements make it: its values, what each of its sources gives, and the assertions beside it.

    `latest` orders the sources by when they last gave something new.
    """

    values: dict[str, Any] = field(default_factory=dict)
    gives: dict[str, list[str] | None] = field(default_factory=dict)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    latest: dict[str, datetime] = field(default_factory=dict)


def retold(
    label: str,
    names: Sequence[str],
    statements: Sequence[Statement],
    sources: Mapping[str, Provenance],
    ranks: Precedence,
) -> Retold:
    """Return what a record of a label becomes when only these statements are made, in this order.

    `sources` are the record's sources by their keys.
    """
    found = Retold()
    for place, one in enumerate(statements):
        passed_over = _judged(found, label, names, one, sources, ranks) if place else set()
        changed = {name: value for name, value in one.values.items() if name not in passed_over}
        if one.source is not None:
            if one.source not in found.latest or any(
                found.values.get(name) != value for name, value in changed.items()
            ):
                found.latest[one.source] = _EARLIEST + timedelta(seconds=place)
            found.gives.setdefault(one.source, None)
        found.values |= changed
    return found


def _judged(
    found: Retold,
    label: str,
    names: Sequence[str],
    one: Statement,
    sources: Mapping[str, Provenance],
    ranks: Precedence,
) -> set[str]:
    """Apply a statement's verdict, and return the properties that it does not change."""
    extract = None if one.source is None else Extract(one.source, one.system or one.source, None, one.recorded_at)
    origin = Origin(one.actor, "", extract)
    provenance = [
        sources[key]._replace(gives=gives, imported=found.latest[key])
        for key, gives in found.gives.items()
        if key in sources
    ]
    words = [
        Word(key, kept["property"], kept.get("system"), kept["value"])
        for key, kept in found.kept.items()
        if kept.get("stands")
    ]
    verdict = Judge(label, names, origin, one.at, ranks).judge(Known("", found.values, provenance, words), one.values)
    found.kept |= {kept["key"]: kept for kept in verdict.kept}
    for key in verdict.withdrawn:
        kept = found.kept[key]
        kept["stands"] = None
        kept.setdefault("supersededAt", one.at)
        kept.setdefault("supersededBy", one.actor)
    found.gives |= verdict.gives
    return verdict.passed_over


@dataclass(frozen=True, slots=True)
class Without:
    """A record without one of its sources: what it becomes, and from which instant on its assertions are made again.

    `single` says that statements are no longer needed, because one source is left, or none.
    """

    record: Retold
    since: datetime
    single: bool


def told_without(source: str, node: Node, known: Known, ranks: Precedence) -> Without:
    """Return what a record that several sources gave becomes without one of them."""
    names = judged(node.all_properties)
    statements = [Statement.of(row, node.all_properties) for row in known.said] or shown_before(known, names, _EARLIEST)
    rest = [one for one in statements if one.source != source]
    sources = {one.source: one for one in known.provenance if one.source != source}
    contradicted = next((one.at for one in statements if not one.first), None)
    since = contradicted or (_EARLIEST if known.words else _LATEST)
    return Without(retold(node.label, names, rest, sources, ranks), since, len({one.source for one in rest}) < 2)
