"""Checks a mapping against the model, and makes the plan of an import from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NoReturn

from graph.errors import BadInput
from graph.model import RECORDS, Enumeration, Node, Point, Property, Sensitivity
from queries.library.names import did_you_mean
from seed.spreadsheets.addresses import LABEL, PARTS
from seed.spreadsheets.cells import DATE_ORDERS, address_reader, reader_of
from seed.spreadsheets.mapping import UNNAMED, Code, Column, SheetMapping
from seed.spreadsheets.plan import FedBy, LinkPlan, Plan, RecordPlan, Target

NAME = re.compile(r"[a-z][A-Za-z0-9]*", re.ASCII)
DEFAULT_MATCH = {
    "Child": ("aNumber",),
    "Phone": ("number",),
    "PostalArea": ("postalCode",),
    "Agency": ("code",),
}
"""How records are recognised where a mapping does not say so; an address by everything that is known of it."""


def plan_of(mapping: SheetMapping, name: str, today: date) -> Plan:
    """Check a mapping against the model; raises `BadInput`, which names what is wrong and what it may have meant."""
    return _Planner(mapping, name, today).plan()


class _Planner:
    def __init__(self, mapping: SheetMapping, name: str, today: date) -> None:
        self._mapping = mapping
        self._name = name
        self._today = today
        self._nodes: dict[str, Node] = {}

    def plan(self) -> Plan:
        mapping = self._mapping
        if mapping.system == UNNAMED:
            self._fail("system: say whose records these are, such as HHS ORR")
        for name, shape in mapping.records.items():
            if not NAME.fullmatch(name):
                self._fail(f"the record '{name}' needs a name that begins with a small letter and has only letters")
            if shape.label not in RECORDS.labels or shape.label == "Source":
                hint = did_you_mean(shape.label, [one for one in RECORDS.labels if one != "Source"], always=True)
                self._fail(f"records > {name}: there is no label '{shape.label}'{hint}")
            self._nodes[name] = RECORDS.node(shape.label)
        self._order(mapping.dates, "dates")
        links = self._links()
        columns = tuple(self._column(name, column, links) for name, column in mapping.columns.items())
        records = self._records(columns, links)
        return Plan(
            mapping.system,
            tuple(mapping.sheets),
            mapping.header,
            columns,
            records,
            next(iter(mapping.records)),
            links,
            self._values(links),
        )

    def _fail(self, what: str) -> NoReturn:
        raise BadInput(f"{self._name}: {what}")

    def _order(self, text: str, where: str) -> str:
        if text not in DATE_ORDERS and "%" not in text:
            hint = did_you_mean(text, DATE_ORDERS, always=True)
            self._fail(f"{where}: '{text}' is no order of dates{hint}; a format such as %d.%m.%Y can be given too")
        return text

    def _links(self) -> tuple[LinkPlan, ...]:
        found = []
        for one in self._mapping.links:
            for name, text in one.items():
                found.append(self._link(name, text))
        names = [link.name for link in found if link.name]
        for name in names:
            if name in self._nodes or names.count(name) > 1 or not NAME.fullmatch(name):
                self._fail(f"links > {name}: give the link another name; it needs one of its own, in letters")
        return tuple(found)

    def _link(self, name: str, text: str) -> LinkPlan:
        words = text.split()
        if len(words) != 3:
            self._fail(f"links: '{text}' must be a record, a type and a record, such as: child HAS_PLACEMENT placement")
        start, kind, end = words
        for record in (start, end):
            if record not in self._nodes:
                hint = did_you_mean(record, self._nodes, always=True)
                self._fail(f"links: '{text}' names a record '{record}' that is not among the records{hint}")
        known = [one for one in RECORDS.relationships if one.type != "FROM_SOURCE"]
        labels = self._nodes[start].label, self._nodes[end].label
        fits = [one for one in known if (one.start, one.end) == labels]
        found = next((one for one in fits if one.type == kind), None)
        if found is None and kind in {one.type for one in known}:
            back = any((one.type, one.end, one.start) == (kind, *labels) for one in known)
            turned = f"; turn it around: {end} {kind} {start}" if back else did_you_mean(kind, [f.type for f in fits])
            self._fail(f"links: no {kind} leads from {labels[0]} to {labels[1]}{turned}")
        if found is None:
            hint = did_you_mean(kind, [one.type for one in fits] or {one.type for one in known}, always=True)
            self._fail(f"links: there is no link '{kind}'{hint}")
        return LinkPlan(name, found, start, end)

    def _column(self, name: str, column: Column, links: Sequence[LinkPlan]) -> FedBy:
        where = f"columns > {name}"
        order = self._order(column.dates or self._mapping.dates, where)
        if len(column.to) > 1 and column.codes:
            self._fail(f"{where}: codes belong to one property; give each its own column")
        targets = []
        for text in column.to:
            owner, prop = self._property(text, where, links)
            codes = None if column.codes is None else self._codes(column.codes, prop, where)
            owner_label = self._nodes[owner].label if owner in self._nodes else owner
            in_address = owner_label == LABEL and prop.name in PARTS
            read = address_reader(codes) if in_address else reader_of(owner_label, prop, order, codes, self._today)
            targets.append(Target(owner, prop, read))
        return FedBy(" ".join(name.split()), tuple(targets), column.split, column.required, column.optional)

    def _property(self, text: str, where: str, links: Sequence[LinkPlan]) -> tuple[str, Property]:
        owner, _, name = text.partition(".")
        named = {link.name: link for link in links if link.name}
        if owner in self._nodes:
            properties = {one.name: one for one in self._nodes[owner].given if one.type is not Point}
            title = self._nodes[owner].label
        elif owner in named:
            properties = {one.name: one for one in named[owner].relationship.properties}
            title = named[owner].relationship.type
        else:
            hint = did_you_mean(owner, [*self._nodes, *named], always=True)
            self._fail(f"{where}: '{text}' names no record or link of this mapping{hint}")
        if name not in properties:
            hint = did_you_mean(name, properties, always=True) if name else f"; write it as {owner}.property"
            self._fail(f"{where}: {title} has no property '{name}'{hint}")
        return owner, properties[name]

    def _codes(self, codes: Mapping[str, Code], prop: Property, where: str) -> Mapping[str, Code]:
        for text, value in codes.items():
            if value is None:
                continue
            if isinstance(prop.type, Enumeration) and value not in prop.type.values:
                hint = did_you_mean(str(value), prop.type.values, always=True)
                self._fail(f"{where} > codes > {text}: {prop.name} has no value '{value}'{hint}")
            if (prop.type is bool) != isinstance(value, bool):
                wanted = "true or false" if prop.type is bool else "a text"
                self._fail(f"{where} > codes > {text}: {prop.name} takes {wanted}")
            if prop.type not in (str, bool) and not isinstance(prop.type, Enumeration):
                self._fail(f"{where}: {prop.name} takes no codes")
        return codes

    def _values(self, links: Sequence[LinkPlan]) -> Mapping[str, Mapping[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for text, value in self._mapping.values.items():
            where = f"values > {text}"
            owner, prop = self._property(text, where, links)
            if value is None:
                self._fail(f"{where}: a value is missing")
            if isinstance(prop.type, Enumeration) or prop.type is bool:
                self._codes({"": value}, prop, where)
                read: object = value
            else:
                read, fault = reader_of(owner, prop, self._mapping.dates, None, self._today)(value)
                if fault or read is None:
                    self._fail(f"{where}: '{value}' {fault or 'is no value'}")
            found.setdefault(owner, {})[prop.name] = read
        return found

    def _records(self, columns: Iterable[FedBy], links: Sequence[LinkPlan]) -> tuple[RecordPlan, ...]:
        identity = {
            column.name.casefold(): target.property.name
            for column in columns
            for target in column.targets
            if target.property.sensitivity is Sensitivity.IDENTITY
        }
        plans = []
        for name, shape in self._mapping.records.items():
            for key in shape.key:
                if personal := identity.get(" ".join(key.split()).casefold()):
                    self._fail(
                        f"records > {name} > key: a key must not be made from {personal}, because keys appear in logs "
                        f"and addresses; use match: {personal}"
                    )
            plans.append(self._record(name, shape.key, shape.match, links))
        return _ordered(plans, self._fail)

    def _record(self, name: str, key: Sequence[str], match: Sequence[str], links: Sequence[LinkPlan]) -> RecordPlan:
        node = self._nodes[name]
        given = {prop.name for prop in node.given}
        match = match or (() if key else DEFAULT_MATCH.get(node.label, ()))
        for part in match:
            if part not in given and part not in self._nodes:
                hint = did_you_mean(part, [*given, *self._nodes], always=True)
                self._fail(
                    f"records > {name} > match: '{part}' is neither a property of {node.label} nor a record{hint}"
                )
        within = tuple(part for part in match if part not in given)
        paths = {other: (self._nodes[other].label, self._path(other, name, links)) for other in within}
        own = tuple(part for part in match if part in given)
        if not key and not match and node.label != "Address" and name == next(iter(self._nodes)):
            self._fail(f"records > {name}: say with key or match how it is recognised again")
        names = tuple(" ".join(one.split()) for one in key)
        return RecordPlan(name, node, names, own, within, paths)

    def _path(self, start: str, end: str, links: Sequence[LinkPlan]) -> str:
        """Return the shortest path of the mapping's links from a record to another."""
        ways: list[tuple[str, str, frozenset[str]]] = [(start, "", frozenset({start}))]
        for at, path, seen in ways:  # The list grows meanwhile.
            if at == end:
                return path
            middle = "" if at == start else f"(:{self._nodes[at].label})"
            for link in links:
                kind = link.relationship.type
                if link.start == at and link.end not in seen:
                    ways.append((link.end, f"{path}{middle}-[:{kind}]->", seen | {link.end}))
                if link.end == at and link.start not in seen:
                    ways.append((link.start, f"{path}{middle}<-[:{kind}]-", seen | {link.start}))
        return self._fail(f"records > {end} > match: no link leads from {start} to {end}; add one to links")


def _ordered(plans: Sequence[RecordPlan], fail: Callable[[str], NoReturn]) -> tuple[RecordPlan, ...]:
    done: list[RecordPlan] = []
    left = list(plans)
    while left:
        ready = [one for one in left if set(one.within) <= {other.name for other in done}]
        if not ready:
            fail(f"records > {left[0].name} > match: {left[0].name} and {left[0].within[0]} wait for each other")
        done += ready
        left = [one for one in left if one not in ready]
    return tuple(done)
