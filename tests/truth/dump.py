"""A dump of a graph: records and links as they stand, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.reference.small import SmallGraph


@dataclass(frozen=True, slots=True)
class Record:
    """A node: `record["releasedOn"]` is `None` when unknown; two are equal when label and key are."""

    label: str
    key: str
    values: Mapping[str, Any] = field(compare=False, repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.key if name == "key" else self.values.get(name)

    def __lt__(self, other: Record) -> bool:
        return self.key < other.key


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship with the record at its other end; `tie["since"]` is `None` when unknown."""

    other: Record
    values: Mapping[str, Any] = field(compare=False, repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


class Dump:
    """All records by label, and what each is linked to."""

    def __init__(self, graph: SmallGraph) -> None:
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)
        self._out: dict[tuple[Record, str], list[Tie]] = defaultdict(list)
        self._in: dict[tuple[Record, str], list[Tie]] = defaultdict(list)
        for thing in graph.things:
            values = {"key": thing.key, **thing.values}
            self._records[thing.label][thing.key] = Record(thing.label, thing.key, values)
        for tie in graph.ties:
            start, end = (self._records[thing.label][thing.key] for thing in (tie.start, tie.end))
            values = {"key": tie.key, **tie.values}
            self._out[start, tie.type].append(Tie(end, values))
            self._in[end, tie.type].append(Tie(start, values))

    def all(self, label: str) -> list[Record]:
        """Return the records of a label, by key."""
        return sorted(self._records[label].values())

    def find(self, label: str, key: str) -> Record | None:
        """Return a record, if there is one of that key."""
        return self._records[label].get(key)

    def out(self, start: Record, kind: str, label: str = "") -> list[Tie]:
        """Return the relationships of a type from a record, to records of a label where one is given."""
        return [tie for tie in self._out[start, kind] if label in ("", tie.other.label)]

    def into(self, end: Record, kind: str, label: str = "") -> list[Tie]:
        """Return the relationships of a type to a record, from records of a label where one is given."""
        return [tie for tie in self._in[end, kind] if label in ("", tie.other.label)]

    def ends(self, starts: Record | Iterable[Record], kind: str, label: str = "") -> list[Record]:
        """Return the records to which relationships of a type lead from some records, each once, by key."""
        return _once(tie.other for start in _several(starts) for tie in self.out(start, kind, label))

    def starts(self, ends: Record | Iterable[Record], kind: str, label: str = "") -> list[Record]:
        """Return the records from which relationships of a type lead to some records, each once, by key."""
        return _once(tie.other for end in _several(ends) for tie in self.into(end, kind, label))


def _several(records: Record | Iterable[Record]) -> Iterable[Record]:
    return (records,) if isinstance(records, Record) else records


def _once(records: Iterable[Record]) -> list[Record]:
    return sorted(set(records))
