"""Folded twins: the texts without case and accents that a search by part reads, checked and mended.

Whatever is written through `graph.load` has its twins; another program that writes to the database may leave some out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import cast

from graph.load import BATCH_SECONDS, BATCH_SIZE
from graph.model import MODEL, Model, Property
from graph.store import Store
from graph.text import fold


async def check_twins(
    store: Store, model: Model = MODEL, *, mend: bool = False, batch_size: int = BATCH_SIZE
) -> dict[str, int]:
    """Return on how many nodes a twin is not its text folded, by `Label.property`; `mend` writes the right ones.

    Works in batches, each a transaction of its own. An empty answer means that all were right.
    """
    wrong: Counter[str] = Counter()
    for node in model.nodes:
        folded = [prop for prop in node.properties if prop.folded]
        if not folded:
            continue
        async for batch in _batches(store, node.label, folded, batch_size):
            rows = []
            for key, pairs in batch:
                right = {
                    prop.twin: text and fold(text)
                    for prop, (text, twin) in zip(folded, pairs, strict=True)
                    if twin != (text and fold(text))
                }
                wrong.update(f"{node.label}.{prop.name}" for prop in folded if prop.twin in right)
                if right:
                    rows.append([key, right])
            if mend and rows:
                statement = f"CYPHER 25 UNWIND $rows AS row MATCH (n:{node.label} {{key: row[0]}}) SET n += row[1]"
                await store.write(statement, {"rows": rows}, timeout=BATCH_SECONDS)
    return dict(wrong)


async def _batches(
    store: Store, label: str, folded: Sequence[Property], batch_size: int
) -> AsyncIterator[list[tuple[str, list[tuple[str | None, str | None]]]]]:
    """Give keys with the text and the twin of each property, in the order of the keys."""
    pairs = ", ".join(f"[n.{prop.name}, n.{prop.twin}]" for prop in folded)
    statement = (
        f"CYPHER 25 MATCH (n:{label}) WHERE n.key > $after "
        f"WITH n ORDER BY n.key LIMIT $limit RETURN collect([n.key, [{pairs}]])"
    )
    after = ""
    while batch := await store.read_value(statement, {"after": after, "limit": batch_size}, timeout=BATCH_SECONDS):
        found = cast(list[tuple[str, list[tuple[str | None, str | None]]]], batch)
        yield found
        after = found[-1][0]
