"""The history of a record: who gave which values, what was shown when, and where systems differ now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, cast

from graph.model import MODEL, Model
from graph.store import Store
from graph.writing.assertions import ASSERTION, Known, Provenance, contradicted, judged, known_statement
from graph.writing.precedence import Precedence, precedence
from graph.writing.statements import GIVEN
from graph.writing.terms import node_of

_WORDS = f"""CYPHER 25
MATCH (a:{ASSERTION} {{about: $key, of: $of}})
RETURN a.property, a.value, a.source, a.system, a.recordedAt, a.supersededAt, a.supersededBy,
  false, coalesce(a.stands, false)
ORDER BY a.property, a.supersededAt, a.system, a.key"""


class Reason(Enum):
    """Why a value is shown where systems differ."""

    LATEST = "it was given last"
    RANK = "its system ranks highest"


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a source gives, or gave, for a property.

    `source` is the source's key, and `recorded_at` says when it recorded the value; both may be unknown.
    `superseded_at` and `superseded_by` say when the value was replaced, and by whom. A value that is still current and
    was never shown has neither. `stands` means that the value is current: its system has given no other value since.
    """

    property: str
    value: object
    source: str | None
    system: str | None
    recorded_at: datetime | None
    superseded_at: datetime | None = None
    superseded_by: str | None = None
    shown: bool = False
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property for which systems now give different values: the one that is shown, why, and each system's value."""

    property: str
    shown: object
    why: Reason
    words: Sequence[Said]


async def history(store: Store, label: str, key: str, *, model: Model = MODEL) -> list[Said]:
    """Return all values that were given for a record, by property: earlier values first, then the one that is shown.

    `label` is a label, or the type of a link that has a key. A shown value appears once for each system that gives it.
    """
    if label in model.types:
        (shown,) = await store.read(
            f"CYPHER 25 OPTIONAL MATCH ()-[r:{label} {{key: $key}}]->() RETURN properties(r)", {"key": key}
        )
        values = cast(dict[str, Any], shown[0] or {})
        current = [Said(name, values[name], None, None, None, shown=True, stands=True) for name in values]
        known = [one for one in current if one.property not in ("key", GIVEN)]
    else:
        found = await _read(store, label, key, model)
        known = list(_shown(found, judged(node_of(model, label).all_properties))) if found else []
    return _by_property(await _words(store, label, key), known)


async def conflicts(
    store: Store, label: str, key: str, *, model: Model = MODEL, ranks: Precedence | None = None
) -> list[Conflict]:
    """Return the properties of a node for which systems now give different values, in the order of their names."""
    found = await _read(store, label, key, model)
    if found is None:
        return []
    names = contradicted(node_of(model, label))
    return contradictions(label, found, names, await _words(store, label, key), ranks=ranks)


def all_said(known: Known, names: Sequence[str], words: Sequence[Said]) -> list[Said]:
    """Return the history of these properties of a record, as `history` does; `words` are its assertions."""
    return _by_property(words, list(_shown(known, names)))


def contradictions(
    label: str, known: Known, names: Sequence[str], words: Sequence[Said], *, ranks: Precedence | None = None
) -> list[Conflict]:
    """Return the conflicts about these properties of a record, as `conflicts` does; `words` are its assertions."""
    ranks = ranks or precedence()
    shown: dict[str, list[Said]] = {}
    for one in _shown(known, names):
        shown.setdefault(one.property, []).append(one)
    contrary: dict[str, list[Said]] = {}
    for one in words:
        given = shown.get(one.property, [])
        if one.stands and given and one.value != given[0].value:
            contrary.setdefault(one.property, []).append(one)
    return [
        Conflict(name, shown[name][0].value, _why(ranks, label, shown[name], others), (*shown[name], *others))
        for name, others in sorted(contrary.items())
    ]


def _by_property(earlier: Sequence[Said], known: Sequence[Said]) -> list[Said]:
    names = sorted({one.property for one in (*earlier, *known)})
    return [one for name in names for one in (*earlier, *known) if one.property == name]


async def _read(store: Store, label: str, key: str, model: Model) -> Known | None:
    rows = await store.read(known_statement(node_of(model, label)), {"keys": [key]})
    return Known.of(rows[0]) if rows else None


async def _words(store: Store, label: str, key: str) -> list[Said]:
    rows = cast(list[Any], await store.read(_WORDS, {"of": label, "key": key}))
    return [Said(*row) for row in rows]


def _shown(known: Known, names: Sequence[str]) -> Iterator[Said]:
    for name in names:
        value = known.values.get(name)
        if value is None:
            continue
        givers: Mapping[str, Provenance] = known.givers(name)
        for system, one in sorted(givers.items()):
            yield Said(name, value, one.source, system, one.at, shown=True, stands=True)
        if not givers:
            yield Said(name, value, None, None, None, shown=True, stands=True)


def _why(ranks: Precedence, label: str, shown: Sequence[Said], others: Sequence[Said]) -> Reason:
    name = shown[0].property
    ours, theirs = (min(ranks.rank(label, name, one.system) for one in said) for said in (shown, others))
    return Reason.RANK if ours < theirs else Reason.LATEST
