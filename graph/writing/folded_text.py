"""Folded twins, which searches for part of a text and orders read: checked and repaired.

Whatever is written through `graph.writing` has its twins; other programs that write to the database may leave some
out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import cast

from graph.model import MODEL, Model, Node, Property
from graph.store import Store
from graph.store.census import take_census
from graph.text import twin
from graph.writing.writer import BATCH_SECONDS, BATCH_SIZE

_PROBED = tuple(
    chain(
        range(0x20, 0x500), range(0x1E00, 0x2070), range(0x3000, 0x3100), range(0xFB00, 0xFB07), range(0xFF00, 0xFFEF)
    )
)
"""Characters that names and addresses may hold, and their equivalents in other forms."""


@cache
def fold_digest() -> str:
    """Return a digest that differs when there are other twins, or when letters and marks are folded in another way.

    It also tells stores whose twins are marked as correct from those of earlier versions.
    """
    names = [f"{node.label}.{prop.name}" for node in MODEL.nodes for prop in node.properties if prop.folded]
    made = [twin(f"a{chr(code)}E ") for code in _PROBED]
    return sha256("\n".join(["marked", *names, *made]).encode()).hexdigest()[:16]


async def check_twins(
    store: Store,
    model: Model = MODEL,
    *,
    mend: bool = False,
    batch_size: int = BATCH_SIZE,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Return on how many nodes a twin does not match its text, by `Label.property`; `mend` corrects them.

    Works in batches, each in a separate transaction. An empty answer means that all were correct. `progress` is called
    with how many nodes are done, and how many there are.
    """
    wrong: Counter[str] = Counter()
    census = await take_census(store, model) if progress else None
    total = sum(census.nodes[node.label] for node in _folded(model)) if census else 0
    done = 0
    for node in _folded(model):
        folded = [prop for prop in node.properties if prop.folded]
        async for batch in _batches(store, node.label, folded, batch_size):
            rows = []
            for key, pairs in batch:
                right = {
                    prop.twin: wanted
                    for prop, (text, kept) in zip(folded, pairs, strict=True)
                    if kept != (wanted := twin(text) if isinstance(text, str) else None)
                }
                wrong.update(f"{node.label}.{prop.name}" for prop in folded if prop.twin in right)
                if right:
                    rows.append([key, right])
            if mend and rows:
                statement = f"CYPHER 25 UNWIND $rows AS row MATCH (n:{node.label} {{key: row[0]}}) SET n += row[1]"
                await store.write(statement, {"rows": rows}, timeout=BATCH_SECONDS)
            done += len(batch)
            if progress:
                progress(min(done, total), total)
    return dict(wrong)


def _folded(model: Model) -> list[Node]:
    return [node for node in model.nodes if any(prop.folded for prop in node.properties)]


async def _batches(
    store: Store, label: str, folded: Sequence[Property], batch_size: int
) -> AsyncIterator[list[tuple[str, list[tuple[object, object]]]]]:
    """Yield keys with the text and the twin of each property, in the order of the keys."""
    pairs = ", ".join(f"[n.{prop.name}, n.{prop.twin}]" for prop in folded)
    statement = (
        f"CYPHER 25 MATCH (n:{label}) WHERE n.key > $after "
        f"WITH n ORDER BY n.key LIMIT $limit RETURN collect([n.key, [{pairs}]])"
    )
    after = ""
    while batch := await store.read_value(statement, {"after": after, "limit": batch_size}, timeout=BATCH_SECONDS):
        found = cast(list[tuple[str, list[tuple[object, object]]]], batch)
        yield found
        after = found[-1][0]
