"""A file that was imported before under the same name: which records its newer version has no more, or has again.

Versions of a file are one source, by importer and file name (`seed.files.importing.source_of`). A record that the newer
version no longer gives stays, and is marked with the day of the import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from graph.store import Store
from graph.writing.imports import Covered, drops, note_counts
from graph.writing.missing import mark_missing, marked_missing, newly_missing
from graph.writing.transaction import Transaction
from graph.writing.writer import Writer


@dataclass(slots=True)
class Versions:
    """What a file has, compared with its earlier versions: by label, records that are gone, and that came back.

    `dropped` are the labels of which it has far fewer records than at its last import.
    """

    gone: Counter[str] = field(default_factory=Counter)
    back: Counter[str] = field(default_factory=Counter)
    dropped: list[Covered] = field(default_factory=list)
    day: date | None = None

    def plain(self) -> dict[str, object]:
        """Return this as plain values, which `of_plain` converts back."""
        dropped = [list(one) for one in self.dropped]
        day = self.day and self.day.isoformat()
        return {"gone": dict(self.gone), "back": dict(self.back), "dropped": dropped, "day": day}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> Versions:
        """Return this from the values that `plain` returned."""
        day = plain["day"] and date.fromisoformat(plain["day"])
        return cls(Counter(plain["gone"]), Counter(plain["back"]), [Covered(*one) for one in plain["dropped"]], day)

    def lines(self, *, dry_run: bool) -> Iterator[str]:
        """Yield a line for each label of which something is gone, came back, or dropped."""
        marked = "would be marked" if dry_run else "marked"
        for label, count in sorted(self.gone.items()):
            yield f"{label}: {count:,} no longer in the file; kept, and {marked} as missing since {self.day}"
        for label, count in sorted(self.back.items()):
            yield f"{label}: {count:,} in the file again; no longer {marked} as missing"
        for one in self.dropped:
            yield (
                f"{one.label}: only {one.given:,}, where the last import of the file gave {one.before:,}; "
                "see whether the file is complete"
            )


class Newer:
    """Compares an import with the earlier ones of its source: made before anything is written, asked when all is."""

    def __init__(self, store: Store, source: str, marked: Mapping[str, frozenset[str]]) -> None:
        self._store = store
        self._source = source
        self._marked = marked

    @classmethod
    async def begin(cls, store: Store, source: str) -> Newer:
        """Return the comparison for a source."""
        return cls(store, source, await marked_missing(store, source))

    async def end(self, seen: Mapping[str, Collection[str]], day: date, writer: Writer | None = None) -> Versions:
        """Mark what the file no longer has, and note how much it has; `seen` are the keys that it gave, by label.

        Without a `writer`, only tell it.
        """
        counts = {label: len(keys) for label, keys in seen.items()}
        found = Versions(dropped=await drops(self._store, self._source, counts), day=day)
        found.back = Counter({label: len(keys & set(seen.get(label, ()))) for label, keys in self._marked.items()})
        found.back = +found.back
        async for label, gone in newly_missing(self._store, self._source, seen):
            found.gone[label] += len(gone)
            if writer:
                await writer.transact(partial(mark_missing, source=self._source, label=label, keys=gone, day=day))
        if writer:
            await writer.transact(partial(_note, source=self._source, counts=counts))
        return found


async def _note(transaction: Transaction, *, source: str, counts: Mapping[str, int]) -> None:
    await note_counts(transaction, source, counts)
