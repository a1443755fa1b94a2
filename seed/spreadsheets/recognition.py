"""Recognises the records of rows: which are in the graph, which are new, and which keys the new ones get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from graph.text import fold
from seed.files.records import area_key
from seed.spreadsheets.facts import NOT_IMPORTED, Facts
from seed.spreadsheets.lookups import Found, Lookups, Sought, parts_of, sought_of
from seed.spreadsheets.people import PEOPLE, Person, fits
from seed.spreadsheets.plan import Plan, RecordPlan

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NOBODY = Person(None, None, None)
_THINGS = frozenset({"Address", "Phone", "PostalArea", "Agency"})
"""What is the same where it says the same: if the graph has it twice, either will do."""


class _Seen(NamedTuple):
    """What an earlier row said of a record: its key, the person, the source's own number, and where."""

    key: str
    person: Person
    own: str | None
    where: str


class Recogniser:
    """Gives the records of rows their keys, for all documents of a file.

    A record with the source's own number has a key made from it. Otherwise it is the record of the graph, or of an
    earlier row, with the same properties and linked records; a new one gets a key made from its place in the file, so
    that importing the file again gives the same. Of a record that is not the first and no child, nothing may be known
    by which to recognise it: then it belongs to its row's first record.
    """

    def __init__(self, plan: Plan, lookups: Lookups) -> None:
        self._plan = plan
        self._lookups = lookups
        self._seen: dict[tuple[str, Sought], _Seen] = {}
        self._numbers: dict[str, tuple[str, str]] = {}
        self._people: dict[tuple[str, Sought], str] = {}

    def recognise(self, rows: Sequence[Facts], stem: str) -> None:
        """Give each row's records their keys; a row whose records cannot be told gets a fault.

        `stem` stands for the document that the rows are from.
        """
        for record in self._plan.records:
            _Pass(self._plan, stem, self._lookups, self._seen, record).recognise(rows)
        for facts in rows:
            if not facts.fault:
                self._belong(facts)
        kept = [facts for facts in rows if not facts.fault]
        for record in self._plan.records:
            if record.label == "Child":
                self._note_shared_numbers(record, kept)
        self._note_sponsors_who_are_children(kept)

    def _belong(self, facts: Facts) -> None:
        """Give what nothing recognises a key of its row's first record."""
        first = facts.keys.get(self._plan.first)
        if first is None:
            facts.fault = self._unrecognised(self._blamed(self._plan.first, facts))
            return
        for record in self._plan.records:
            if record.name in facts.values and record.name not in facts.keys:
                if record.label == "Child":
                    facts.fault = self._unrecognised(record.name)
                    return
                facts.keys[record.name] = _key(self._plan.system, record.label, "of", first, record.name)

    def _blamed(self, name: str, facts: Facts) -> str:
        """Return the record for want of which another one is not recognised."""
        missing = next((one for one in self._record(name).within if one not in facts.keys), None)
        return name if missing is None else self._blamed(missing, facts)

    def _record(self, name: str) -> RecordPlan:
        return next(record for record in self._plan.records if record.name == name)

    def _unrecognised(self, name: str) -> str:
        record = self._record(name)
        ways = [" and ".join(record.key), " and ".join([*record.within, *parts_of(record)])]
        wanted = " or ".join(way for way in ways if way)
        return f"says nothing by which its {name} is recognised ({wanted} is needed): {NOT_IMPORTED}"

    def _note_shared_numbers(self, record: RecordPlan, rows: Iterable[Facts]) -> None:
        """Note the A-numbers that two children have."""
        having = [(facts, number) for facts in rows if (number := facts.values.get(record.name, {}).get("aNumber"))]
        graph: dict[str, set[str]] = {}
        if record.key:
            like = RecordPlan(record.name, record.node, (), ("aNumber",), (), {})
            same = self._lookups.same(like, [(number,) for _, number in having])
            graph = {str(number): {one.key for one in found} for (number,), found in same.items()}
        for facts, number in having:
            key = facts.keys[record.name]
            other, where = self._numbers.setdefault(number, (key, facts.where))
            if other != key:
                facts.note(f"gives the A-number of the child of {where} to another child; they were kept apart")
            elif graph.get(number, set()) - {key}:
                facts.note("gives the A-number of a child of the graph to another child; they were kept apart")

    def _note_sponsors_who_are_children(self, rows: Iterable[Facts]) -> None:
        sought: dict[str, list[tuple[Facts, Sought]]] = {"Child": [], "Sponsor": []}
        for facts in rows:
            for record in self._plan.records:
                person = Person.of(facts.values.get(record.name, {})).whole if record.label in sought else None
                if person is not None:
                    sought[record.label].append((facts, person))
        for label, other in (("Sponsor", "Child"), ("Child", "Sponsor")):
            if not sought[label]:
                continue
            known = self._lookups.people(other, (person for _, person in sought[label]))
            for facts, person in sought[other]:
                self._people.setdefault((other, person), facts.where)
            for facts, person in sought[label]:
                if where := self._people.get((other, person), "the graph" if person in known else ""):
                    who = f"the {label.lower()} has the name and birth date of the {other.lower()} of {where}"
                    facts.note(f"{who}; both were kept as they are, see whether they are one person")


class _Pass:
    """Recognises one record of the mapping in all rows."""

    def __init__(
        self,
        plan: Plan,
        stem: str,
        lookups: Lookups,
        seen: dict[tuple[str, Sought], _Seen],
        record: RecordPlan,
    ) -> None:
        self._plan = plan
        self._stem = stem
        self._lookups = lookups
        self._seen = seen
        self._record = record
        self._kind = f"{record.label} {parts_of(record)}"

    def recognise(self, rows: Sequence[Facts]) -> None:
        record, name = self._record, self._record.name
        wanted: list[tuple[Facts, dict[str, Any], Sought | None, str | None]] = []
        for facts in rows:
            values = self._values(facts)
            if facts.fault or values is None:
                continue
            own = self._own_key(facts)
            wanted.append((facts, values, sought_of(record, values, facts.keys), own))
        known = self._lookups.with_keys(record.label, (own for *_, own in wanted if own)) if record.match else {}
        same = self._lookups.same(record, (sought for _, _, sought, own in wanted if sought and own not in known))
        for facts, values, sought, own in wanted:
            if own is not None and (own in known or sought is None):
                facts.keys[name] = own
                if sought is not None:
                    self._seen.setdefault(self._place(sought), _Seen(own, self._person(values), own, facts.where))
            elif sought is not None:
                self._match(facts, self._person(values), sought, own, same.get(sought, []))

    def _values(self, facts: Facts) -> dict[str, Any] | None:
        """Return what the row and the mapping say of the record, or `None` if the row says nothing of it."""
        name, fixed = self._record.name, self._plan.values.get(self._record.name, {})
        fed = any(target.owner == name for column in self._plan.columns for target in column.targets)
        there = bool(fixed or self._record.within) and all(other in facts.keys for other in self._record.within)
        if name in facts.values or (there and not fed):
            facts.values[name] = {**fixed, **facts.values.get(name, {})}
        if name not in facts.values and (name in facts.own or name == self._plan.first):
            facts.values[name] = {}
        return facts.values.get(name)

    def _person(self, values: dict[str, Any]) -> Person:
        return Person.of(values) if self._record.label in PEOPLE else _NOBODY

    def _own_key(self, facts: Facts) -> str | None:
        number = facts.own.get(self._record.name)
        if number is None:
            return None
        plain = number.casefold()
        shown = plain if _PLAIN.fullmatch(plain) else sha256(plain.encode()).hexdigest()[:16]
        return f"{_slug(self._plan.system)}-{self._record.label.lower()}-{shown}"

    def _match(self, facts: Facts, person: Person, sought: Sought, own: str | None, found: Sequence[Found]) -> None:
        record = self._record
        earlier = self._seen.get(self._place(sought))
        if earlier is not None:
            apart = bool(own and earlier.own and own != earlier.own)
            if record.label not in PEOPLE or (fits(person, earlier.person) and not apart):
                facts.keys[record.name] = earlier.key
            elif own is not None:
                facts.keys[record.name] = own
            else:
                facts.fault = self._somebody_else(f"that of {earlier.where}")
            return
        fitting = [one for one in found if record.label not in PEOPLE or fits(person, one.person)]
        if len(fitting) > 1 and record.label not in _THINGS:
            facts.fault = f"fits {len(fitting)} records of the graph as its {record.name}: {NOT_IMPORTED}"
            return
        if found and not fitting and own is None:
            facts.fault = self._somebody_else("one of the graph")
            return
        key = fitting[0].key if fitting else own or self._new_key(facts, sought)
        self._seen[self._place(sought)] = _Seen(key, person, own, facts.where)
        facts.keys[record.name] = key

    def _place(self, sought: Sought) -> tuple[str, Sought]:
        """Return by what earlier rows are found; records of one label are found by each other."""
        return self._kind, sought

    def _somebody_else(self, whom: str) -> str:
        by = " and ".join(parts_of(self._record))
        return (
            f"gives its {self._record.name} the same {by} as {whom}, whose name or birth date differs; see which is "
            f"right: {NOT_IMPORTED}"
        )

    def _new_key(self, facts: Facts, sought: Sought) -> str:
        if self._record.label == "PostalArea":
            return area_key(str(sought[0]))
        if place := facts.places.get(self._record.name):
            return place
        return _key(self._plan.system, self._record.label, self._stem, facts.where, self._record.name)


def _key(system: str, label: str, *parts: str) -> str:
    digest = sha256("\x1f".join(parts).encode()).hexdigest()[:16]
    return f"{_slug(system)}-{label.lower()}-{digest}"


def _slug(system: str) -> str:
    """Return a system's name as a part of keys."""
    return re.sub(r"[^a-z0-9]+", "-", system.casefold()).strip("-") or fold(system) or "sheet"
