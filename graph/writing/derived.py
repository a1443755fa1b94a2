"""Derived properties: recomputed where something was written, or everywhere; and checked.

Everything here comes from the model's declarations (`graph.model.derived`). Folded twins (`graph.writing.folded_text`)
are different: each is made in Python from one text of the row that is written, depends on no other node, and needs no
mark.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import cast

from graph.model import MODEL, Derived, Hop, Model
from graph.model.arrows import arrow
from graph.store import Store
from graph.store.census import take_census
from graph.store.connections import Run
from graph.writing.derived_marks import Touched, mark_derived, renewal

BATCH_SIZE = 5_000
"""Nodes that one transaction looks at."""
BATCH_SECONDS = 120.0
"""Deadline of a batch."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived property that does not match the graph: on how many nodes, and the keys of some of them."""

    label: str
    property: str
    nodes: int
    examples: tuple[str, ...]


async def refresh_all(
    store: Store, *, model: Model = MODEL, batch_size: int = BATCH_SIZE, progress: Progress | None = None
) -> int:
    """Bring every derived property up to date and mark them as correct; return the number of nodes changed.

    Works in batches, each in a separate transaction, and writes only what differs. `progress` is called with how many
    nodes are done, and how many there are.
    """
    changed = 0
    async for label, keys in _all_keys(store, model, batch_size, progress):
        statement = _refresh_statement(model, label, _ways(model, label)[:1])
        changed += await _write(store, statement, {"touched": {label: keys}})
    await mark_derived(store, model)
    return changed


async def check_derived(
    store: Store, *, model: Model = MODEL, batch_size: int = BATCH_SIZE, examples: int = 10
) -> list[Difference]:
    """Recompute every derived property and return those that differ; an empty list when all are correct."""
    wrong: dict[tuple[str, str], list[str]] = {}
    async for label, keys in _all_keys(store, model, batch_size):
        rows = await store.read(_check_statement(model, label), {"keys": keys}, timeout=BATCH_SECONDS)
        for key, names in cast(list[tuple[str, list[str]]], rows):
            for name in names:
                wrong.setdefault((label, name), []).append(key)
    found = [(label, name) for label, derived in model.derived.items() for name in derived if (label, name) in wrong]
    return [Difference(*one, len(wrong[one]), tuple(wrong[one][:examples])) for one in found]


async def keep_derived(run: Run, touched: Touched, held: Collection[str], *, model: Model = MODEL) -> int:
    """Update, in a transaction, the derived properties that written nodes affect; return the number of nodes changed.

    `run` runs a statement of the transaction. `touched` are the keys of the nodes that were written, by label: those
    whose properties changed, and both ends of each relationship that was made, changed or deleted. Writes only what
    differs. The mark is renewed for `held`: the types that `read_held` returned at the transaction's beginning. Where
    several transactions write at once, call this under the lock that puts them in order, so that each counts what the
    others have committed. A transaction that cannot name everything it touched passes nothing as `held`.
    """
    statements = list(refresh_statements(touched, model=model))
    parameters = {"touched": {label: sorted(keys) for label, keys in touched.items()}}
    changed = 0
    for statement in statements:
        ((number,),) = await run(statement, parameters)
        changed += cast(int, number)
    counted = statements or any(label in touched for label in held)
    if counted and (statement := renewal(held, touched, model=model)):
        await run(statement, parameters)
    return changed


def refresh_statements(touched: Touched, *, model: Model = MODEL) -> Iterator[str]:
    """Yield the statements that update what depends on the touched nodes, which they take as `$touched`.

    Each returns the number of nodes that it changed.
    """
    labels = {label for label, keys in touched.items() if keys}
    for label in model.derived:
        ways = _ways(model, label)
        if any(way.touched in labels for way in ways):
            yield _refresh_statement(model, label, ways)


def derived_digest(model: Model = MODEL) -> str:
    """Return a digest of the declarations of derived properties, which differs when they do."""
    declared = [f"{label}.{name} {one}" for label, derived in model.derived.items() for name, one in derived.items()]
    return sha256("\n".join(declared).encode()).hexdigest()[:16]


# --- statements ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """How a touched node leads to the nodes whose derived properties it affects, as a pattern that ends in `n`."""

    touched: str
    pattern: str


@cache
def _ways_of(label: str, paths: tuple[tuple[Hop, ...], ...]) -> tuple[_Way, ...]:
    """Return the ways back to a label: first from its own nodes, then from each node of each path."""
    ways = {_Way(label, f"(n:{label} {{key: key}})"): None}
    for path in paths:
        back = f"(n:{label})"
        for place, hop in enumerate(path):
            back = f"{arrow(hop, backward=True)}{back}"
            ways[_Way(hop.label, f"(:{hop.label} {{key: key}}){back}")] = None
            if place + 1 < len(path):
                back = f"(:{hop.label}){back}"
    return tuple(ways)


def _ways(model: Model, label: str) -> tuple[_Way, ...]:
    return _ways_of(label, tuple(path for one in model.derived[label].values() for path in one.paths))


def _refresh_statement(model: Model, label: str, ways: Sequence[_Way]) -> str:
    """Return the statement for a label. It is the same whatever was touched, so it is planned only once.

    `$touched` holds keys by label; a way gives no rows if `$touched` has none for its label.
    """
    names = model.derived[label]
    found = " UNION ".join(f"UNWIND $touched.{way.touched} AS key MATCH {way.pattern} RETURN n" for way in ways)
    wrong = " OR ".join(_differs(name) for name in names)
    sets = ", ".join(f"n.{name} = {name}" for name in names)
    return f"CYPHER 25 CALL () {{ {found} }} {_values(names)} WHERE {wrong} SET {sets} RETURN count(*)"


def _check_statement(model: Model, label: str) -> str:
    names = model.derived[label]
    flags = ", ".join(f"CASE WHEN {_differs(name)} THEN '{name}' END" for name in names)
    return (
        f"CYPHER 25 UNWIND $keys AS key MATCH (n:{label} {{key: key}}) WITH n {_values(names)} "
        f"WITH n.key AS key, [name IN [{flags}] WHERE name IS NOT NULL] AS names WHERE names <> [] RETURN key, names"
    )


def _values(names: Mapping[str, Derived]) -> str:
    return f"WITH n, {', '.join(f'{one.expression} AS {name}' for name, one in names.items())}"


def _differs(name: str) -> str:
    return f"NOT coalesce(n.{name} = {name}, n.{name} IS NULL AND {name} IS NULL)"


# --- batches ------------------------------------------------------------------------------------------------------


async def _all_keys(
    store: Store, model: Model, size: int, progress: Progress | None = None
) -> AsyncIterator[tuple[str, list[str]]]:
    """Yield the keys of all nodes that have derived properties, in order, in batches of one label."""
    labels = list(model.derived)
    census = await take_census(store, model) if progress else None
    total = sum(census.nodes[label] for label in labels) if census else 0
    done = 0
    for label in labels:
        statement = (
            f"CYPHER 25 MATCH (n:{label}) WHERE n.key > $after "
            "WITH n.key AS key ORDER BY key LIMIT $limit RETURN collect(key)"
        )
        after = ""
        while keys := cast(
            list[str], await store.read_value(statement, {"after": after, "limit": size}, timeout=BATCH_SECONDS)
        ):
            yield label, keys
            after = keys[-1]
            done += len(keys)
            if progress:
                progress(min(done, total), total)


async def _write(store: Store, statement: str, parameters: Mapping[str, object]) -> int:
    ((changed,),) = await store.write(statement, parameters, timeout=BATCH_SECONDS)
    return cast(int, changed)
