"""One pass over a spreadsheet or an e-mail: what its rows become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from graph.model import MODEL
from graph.writing.origin import Extract
from seed.files.reading import Reading
from seed.files.records import LinkFact, NodeFact, Outcome, Record, postal_area
from seed.files.rejects import Note
from seed.files.summary import FileSummary
from seed.spreadsheets.facts import NOT_IMPORTED, Facts, read_facts
from seed.spreadsheets.headers import Header
from seed.spreadsheets.plan import LinkPlan, Plan
from seed.spreadsheets.recognition import Recogniser
from seed.spreadsheets.tables import Document

T = TypeVar("T")
_VERBATIM = {prop.name for node in MODEL.nodes for prop in node.properties if prop.verbatim}


class SheetReading(Reading):
    """The rows of a file's tables as a reading; `sources` has the source of each document that is a message.

    All rows of a document are read and recognised before the first becomes a record, since what several rows say of a
    record is written once.
    """

    position = 0
    size = 0

    def __init__(
        self,
        plan: Plan,
        documents: Sequence[Document],
        headers: Sequence[Sequence[Header]],
        *,
        digest: str,
        choice: str,
        size: int,
        recogniser: Recogniser,
        sources: Mapping[str, Extract],
    ) -> None:
        self._plan = plan
        self._documents = documents
        self._headers = headers
        self._digest = digest
        self._recogniser = recogniser
        self._sources = sources
        self._seen: Counter[str] = Counter()
        self.size = size
        self.choice = choice

    def __iter__(self) -> Iterator[Outcome]:
        read = []
        for place, (document, headers) in enumerate(zip(self._documents, self._headers, strict=True)):
            outcomes = [one for header in headers for one in read_facts(self._plan, header)]
            facts = [one for one in outcomes if isinstance(one, Facts)]
            self._recogniser.recognise(facts, f"{self._digest} {place}")
            read.append((outcomes, _Records(self._plan, facts, self._sources.get(document.name))))
        later = _Given()
        for _, records in reversed(read if len(read) > 1 else []):
            records.leave_out(later)
        total, done = max(1, sum(len(outcomes) for outcomes, _ in read)), 0
        for outcomes, records in read:
            for one in outcomes:
                done += 1
                self.position = self.size * done // total
                yield records.of(one) if isinstance(one, Facts) else one

    def finish(self, summary: FileSummary) -> None:
        """Tell what was noticed: hidden sheets, other sheets and columns, merged cells, attachments."""
        chosen = [header for headers in self._headers for header in headers]
        read = [header.table for header in chosen]
        for table in read:
            self._seen.update(table.told)
            self._seen["Merged cells, read as one value in each of their rows"] += table.merged
        for document in self._documents:
            for table in document.tables:
                if not any(table is one for one in read) and any(row.cells for row in table.rows):
                    kind = "Hidden sheets" if table.hidden else "Tables without the mapping's columns"
                    self._seen[f"{kind}, which were not read ({table.name})"] += 1
            self._seen.update(document.told)
        for column in dict.fromkeys(name for header in chosen for name in header.unread):
            self._seen[f"Columns that the mapping does not read ({column})"] += 1
        summary.seen |= {what: count for what, count in self._seen.items() if count}


@dataclass(slots=True)
class _Given:
    """Which properties of nodes and links the later messages of a file give."""

    nodes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)


class _Records:
    """Makes the records of a document's rows, with what all of them say of each node and link together."""

    def __init__(self, plan: Plan, rows: Sequence[Facts], source: Extract | None) -> None:
        self._plan = plan
        self._source = source
        self._labels = {record.name: record.label for record in plan.records}
        self._nodes: dict[tuple[str, str], dict[str, tuple[Any, str]]] = {}
        self._links: dict[str, dict[str, tuple[Any, str]]] = {}
        self._ends: dict[tuple[str, str, str], tuple[str, str]] = {}
        for facts in rows:
            if not facts.fault:
                self._add(facts)

    def _add(self, facts: Facts) -> None:
        if (contradiction := self._contradicts(facts)) is not None:
            facts.fault = contradiction
            return
        for name, key in facts.keys.items():
            self._merge(self._nodes.setdefault((self._labels[name], key), {}), facts.values.get(name, {}), name, facts)
        for link in self._there(facts):
            for sole, one, other in self._sole_ends(link, facts):
                self._ends.setdefault((sole, link.relationship.type, one), (other, facts.where))
            if link.relationship.properties:
                key, given = self._link_key(link, facts), facts.values.get(link.name, {}) if link.name else {}
                fixed = self._plan.values.get(link.name, {}) if link.name else {}
                self._merge(self._links.setdefault(key, {}), {**fixed, **given}, link.name, facts)

    def _contradicts(self, facts: Facts) -> str | None:
        """Return why a row cannot be true beside earlier ones: its record has other values, or leads elsewhere."""
        first = self._plan.first
        known = self._nodes.get((self._labels[first], facts.keys[first]), {})
        for name, value in facts.values.get(first, {}).items():
            if name in known and known[name][0] != value:
                return f"{known[name][1]} says something else of the same {first} ({name}): {NOT_IMPORTED}"
        for link in self._there(facts):
            for sole, one, other in self._sole_ends(link, facts):
                there, where = self._ends.get((sole, link.relationship.type, one), (other, ""))
                if there != other:
                    whose, what = (link.start, link.end) if sole == "forward" else (link.end, link.start)
                    return f"{where} gives the same {whose} another {what}: {NOT_IMPORTED}"
        return None

    def _merge(self, known: dict[str, tuple[Any, str]], given: Mapping[str, Any], name: str, facts: Facts) -> None:
        for property_, value in given.items():
            first, where = known.setdefault(property_, (value, facts.where))
            if first != value and property_ not in _VERBATIM:
                facts.note(f"says something else of the same {name} than {where} ({property_}), which was kept")

    def _there(self, facts: Facts) -> Iterator[LinkPlan]:
        return (link for link in self._plan.links if link.start in facts.keys and link.end in facts.keys)

    def _sole_ends(self, link: LinkPlan, facts: Facts) -> Iterator[tuple[str, str, str]]:
        start, end = facts.keys[link.start], facts.keys[link.end]
        if not link.relationship.forward.many:
            yield "forward", start, end
        if link.relationship.backward.name and not link.relationship.backward.many:
            yield "backward", end, start

    def _link_key(self, link: LinkPlan, facts: Facts) -> str:
        parts = (self._plan.system, link.relationship.type, facts.keys[link.start], facts.keys[link.end])
        return f"sheet-{sha256(chr(31).join(parts).encode()).hexdigest()[:24]}"

    def leave_out(self, later: _Given) -> None:
        """Leave out what later messages say anew, and add what these rows say.

        So the latest word is the only one that is written, and importing the file again changes nothing.
        """
        _leave_out(self._nodes, later.nodes)
        _leave_out(self._links, later.links)

    def of(self, facts: Facts) -> Record | Note:
        """Return the record of a row, or the note on why it has none."""
        if facts.fault:
            return Note(facts.row, facts.where, "", facts.fault)
        ordered = sorted(facts.keys, key=lambda name: name != self._plan.first)
        nodes = {name: self._node(self._labels[name], facts.keys[name]) for name in ordered}
        links = [self._link(link, nodes, facts) for link in self._there(facts) if nodes[link.start] != nodes[link.end]]
        areas = [node for node in nodes.values() if node.label == "Address" and node.properties.get("postalCode")]
        links += [LinkFact("IN_AREA", node, postal_area(node.properties["postalCode"])) for node in areas]
        linked = (link.end for link in links if link.type == "IN_AREA")
        all_nodes = {(node.label, node.key): node for node in (*linked, *reversed(nodes.values()))}
        about = "\x1f".join(f"{name} {facts.keys[name]}" for name in ordered)
        return Record(
            facts.row,
            tuple(reversed(all_nodes.values())),
            tuple(links),
            tuple(facts.notes),
            about=about,
            where=facts.where,
            source=self._source,
        )

    def _node(self, label: str, key: str) -> NodeFact:
        return NodeFact(label, key, {name: value for name, (value, _) in self._nodes[label, key].items()})

    def _link(self, link: LinkPlan, nodes: Mapping[str, NodeFact], facts: Facts) -> LinkFact:
        if not link.relationship.properties:
            return LinkFact(link.relationship.type, nodes[link.start], nodes[link.end])
        key = self._link_key(link, facts)
        given = {name: value for name, (value, _) in self._links[key].items()}
        return LinkFact(link.relationship.type, nodes[link.start], nodes[link.end], key, given)


def _leave_out(known: Mapping[T, dict[str, tuple[Any, str]]], later: dict[T, set[str]]) -> None:
    for key, values in known.items():
        given = later.setdefault(key, set())
        for name in given & values.keys():
            del values[name]
        given.update(values)
