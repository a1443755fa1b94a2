"""What sources said of a record, told again without one of them, in memory: as if that source had said nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from graph.model import MODEL
from graph.writing.assertions import Judge, Known, Provenance, Word, judged
from graph.writing.origin import Extract, Origin
from graph.writing.precedence import Precedence
from graph.writing.said import Statement, said_of_record, statement_of, told_without
from tests.seeds import run_seed

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
RANKS = Precedence({"Hearing": {"*": ["COURT"]}})
NODE = MODEL.node("Hearing")
NAMES = judged(NODE.all_properties)
SOURCES = {"a": "ORR", "b": "ORR", "c": "COURT", "d": "ERO", "e": "ERO"}
Said = tuple[int, str | None, Mapping[str, Any]]
"""When, which source, and the values that it gives."""


@dataclass
class Kept:
    """One record and what is kept beside it, written as the writer writes it."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Provenance] = field(default_factory=dict)
    assertions: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: list[list[Any]] = field(default_factory=list)
    exists: bool = False

    def known(self) -> Known:
        stand = {key: one for key, one in self.assertions.items() if one.get("stands")}
        words = [Word(key, one["property"], one.get("system"), one["value"]) for key, one in stand.items()]
        return Known("h", dict(self.values), list(self.provenance.values()), words, self.said)

    def write(self, said: Said) -> None:
        place, source, given = said
        at = BEGIN + timedelta(place)
        origin = Origin("importer", "import", Extract(source, SOURCES[source]) if source else None)
        gives: Mapping[str, list[str]] = {}
        passed_over: set[str] = set()
        if self.exists:
            known = self.known()
            verdict = Judge("Hearing", NAMES, origin, at, RANKS).judge(known, given)
            for row in said_of_record(NODE, known, statement_of(origin, at, given), verdict):
                names = ("source", "system", "actor", "at", "recordedAt", "first", "said")
                self.said.append([row[name] for name in names])
            self.assertions |= {one["key"]: one for one in verdict.kept}
            for key in verdict.withdrawn:
                self.assertions[key]["stands"] = None
                self.assertions[key].setdefault("supersededAt", at)
                self.assertions[key].setdefault("supersededBy", "importer")
            gives, passed_over = verdict.gives, verdict.passed_over
        changed = {name: value for name, value in given.items() if name not in passed_over}
        new = any(self.values.get(name) != value for name, value in changed.items())
        self.values = {name: value for name, value in {**self.values, **changed}.items() if value is not None}
        self.exists = True
        if source and (source not in self.provenance or new):
            before = self.provenance.get(source)
            self.provenance[source] = Provenance(source, SOURCES[source], None, before and before.gives, at)
        for key, given_names in gives.items():
            self.provenance[key] = self.provenance[key]._replace(gives=given_names)

    def without(self, source: str) -> None:
        found = told_without(source, NODE, self.known(), RANKS)
        self.values = {name: value for name, value in found.record.values.items() if value is not None}
        self.provenance.pop(source)
        for key, gives in found.record.gives.items():
            self.provenance[key] = self.provenance[key]._replace(gives=gives)
        self.assertions = {
            key: one
            for key, one in self.assertions.items()
            if one.get("source") != source and "supersededAt" in one and one["supersededAt"] < found.since
        } | found.record.kept
        self.said = [] if found.single else [row for row in self.said if row[0] != source]

    def told(self) -> object:
        shown = sorted(self.values.items())
        gives = sorted((key, one.gives and sorted(one.gives)) for key, one in self.provenance.items())
        names = ("property", "value", "source", "supersededAt", "supersededBySource", "stands")
        return shown, gives, sorted(str([one.get(name) for name in names]) for one in self.assertions.values())


def kept(said: Sequence[Said]) -> Kept:
    found = Kept()
    for one in said:
        found.write(one)
    return found


def made_up(rng: random.Random) -> list[Said]:
    choices = {
        "outcome": ("MISSED", "ATTENDED", None),
        "kind": ("MASTER", None),
        "scheduledOn": (date(2024, 1, 1), date(2024, 1, 2), None),
    }
    sources: list[str | None] = [*rng.sample(sorted(SOURCES), rng.randint(2, 4))]
    said: list[Said] = []
    for place in range(rng.randint(2, 6)):
        names = rng.sample(sorted(choices), rng.randint(0, 3))
        source = None if place == 0 and rng.random() < 0.2 else rng.choice(sources)
        said.append((place, source, {name: rng.choice(choices[name]) for name in names}))
    return said


def test_without_a_source_a_record_is_as_if_it_had_said_nothing() -> None:
    rng = random.Random(run_seed())
    for _ in range(4_000):
        said = made_up(rng)
        present = sorted({source for _, source, _ in said if source})
        left = [one for one in said if one[1] is None or one[1] != present[0]]
        if present and left:
            found = kept(said)
            if len(found.provenance) > 1 or any(one.gives is not None for one in found.provenance.values()):
                found.without(present[0])
                assert found.told() == kept(left).told(), said


def test_sources_that_agree_need_no_statements() -> None:
    found = kept(
        [
            (0, "a", {"outcome": "MISSED"}),
            (1, "b", {"outcome": "MISSED", "kind": "MASTER"}),
            (2, "d", {"kind": "MASTER"}),
        ]
    )
    assert found.said == []
    found.without("b")
    assert found.values == {"outcome": "MISSED", "kind": "MASTER"}
    found.write((3, "a", {"outcome": "ATTENDED"}))
    assert [row[0] for row in found.said] == ["a", "d", "a"], "what each gave until then, and the contradiction"


def test_a_statement_is_read_as_it_was_kept() -> None:
    values = {"scheduledOn": date(2024, 1, 2), "outcome": None, "noticeSentOn": date(2024, 1, 1)}
    one = statement_of(Origin("importer", "import", Extract("a", "ORR", None, BEGIN)), BEGIN, values)
    row = one.row("Hearing", "h", 0)
    names = ("source", "system", "actor", "at", "recordedAt", "first", "said")
    assert Statement.of([row[name] for name in names], NODE.all_properties) == one
