"""What was touched since the last sweep, according to the change log."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.store import Store
from graph.writing.change_log import EVERYTHING, PAGE, Change, changes, last_sequence
from graph.writing.touched import RECORD_LABELS


@dataclass(slots=True)
class Changed:
    """Keys of the touched records, by label; `many` if not all are named, or if there are more than asked for.

    `upto` is the number of the last entry that was read.
    """

    records: dict[str, set[str]] = field(default_factory=dict)
    many: bool = False
    upto: int = 0

    def add(self, entry: Change, *, most: int) -> None:
        """Add what an entry of the log names, except findings."""
        for label in entry.records.keys() & set(RECORD_LABELS):
            self.records.setdefault(label, set()).update(entry.records[label])
        self.many = self.many or bool(entry.whole & {EVERYTHING, *RECORD_LABELS})
        self.many = self.many or sum(map(len, self.records.values())) > most


async def changed_since(store: Store, after: int, *, most: int) -> Changed:
    """Return what was touched after an entry of the log; stops at the first entry that makes it too many."""
    found = Changed(upto=after)
    while True:
        page = await changes(store, after=found.upto)
        found.upto = page.upto
        found.many = found.many or page.missed
        for entry in page.entries:
            found.add(entry, most=most)
        if found.many:
            return Changed({}, True, await last_sequence(store))
        if len(page.entries) < PAGE:
            return found
