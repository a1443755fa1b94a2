"""Writes records and keyed links anew from what their sources said, without one of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from graph.model import MODEL
from graph.writing.assertions import ASSERTION, gives_statement, judged, superseded
from graph.writing.origin import Extract, Origin
from graph.writing.precedence import precedence
from graph.writing.rows import Position, RowCheck
from graph.writing.said import ENDS, UNSAY, Statement, told_without
from graph.writing.statements import GIVEN, PROVENANCE, STATEMENT, node_statement, said_of
from graph.writing.transaction import Transaction

_CLEAR = f"""CYPHER 25 UNWIND $rows AS row
MATCH (a:{ASSERTION} {{about: row[0], of: $of}})
WHERE (a.property IN $names OR $names IS NULL)
  AND (a.source = $source OR row[1] IS NULL OR a.supersededAt IS NULL OR a.supersededAt >= row[1])
DELETE a"""
"""Deletes assertions that are made again: of a source, and all since an instant, or all if there is none."""
_UNSAY_SOURCE = f"""CYPHER 25 UNWIND $keys AS key
MATCH (t:{STATEMENT} {{about: key, of: $of}}) WHERE t.source = $source
DELETE t"""


async def retell_records(transaction: Transaction, label: str, keys: Sequence[str], source: str) -> None:
    """Make records of a label what they would be without a source, which is no longer one of theirs."""
    node = MODEL.node(label)
    names = judged(node.all_properties)
    check = RowCheck(label, node.all_properties)
    cleared, rows, gives, single = [], [], [], []
    kept: list[dict[str, Any]] = []
    for known in await transaction.known(node, keys):
        found = told_without(source, node, known, precedence())
        values = found.record.values
        cleared.append([known.key, found.since])
        kept += [{**one, "about": known.key} for one in found.record.kept.values()]
        present = {name for name in names if known.values.get(name) is not None} | set(values)
        rows.append(check.node({"key": known.key, **{name: _given(values.get(name)) for name in present}}))
        gives += [[known.key, key, given] for key, given in found.record.gives.items()]
        if found.single:
            single.append(known.key)
    await transaction.run(_CLEAR, {"rows": cleared, "of": label, "source": source, "names": names})
    await transaction.run(node_statement(node), {"rows": rows})
    await transaction.keep(kept, points=check.points)
    await transaction.run(gives_statement(node), {"rows": gives})
    await transaction.run(_leave_statement(label), {"keys": list(keys), "source": source})
    await transaction.run(_UNSAY_SOURCE, {"keys": list(keys), "of": label, "source": source})
    await transaction.run(UNSAY, {"keys": single, "of": label})
    transaction.touched.add(label, keys)


def _joined(said: Sequence[Statement]) -> datetime | None:
    """Return the instant from which on assertions are made again: that of the first statement over earlier ones."""
    return next((one.at for one in said if not one.first), None)


def _given(value: Any) -> Any:
    """Return a value as a row gives it: a position of the driver has its longitude first."""
    return Position(value[1], value[0]) if isinstance(value, tuple) else value


def _leave_statement(label: str) -> str:
    return (
        f"CYPHER 25 UNWIND $keys AS key MATCH (:{label} {{key: key}})-[f:{PROVENANCE}]->(s:Source) "
        "WHERE s.key = $source DELETE f"
    )


# --- links --------------------------------------------------------------------------------------------------------


async def retell_links(transaction: Transaction, *, kind: str, keys: Sequence[str], source: str) -> None:
    """Make links that have keys what they would be without a source that said something of them."""
    properties = {prop.name: prop for one in MODEL.relationships if one.type == kind for prop in one.properties}
    statement = f"CYPHER 25 UNWIND $keys AS key RETURN key, {said_of('key', repr(kind))}"
    cleared, alone = [], []
    kept: list[dict[str, Any]] = []
    for key, rows in cast(list[tuple[str, list[list[Any]]]], await transaction.run(statement, {"keys": list(keys)})):
        said = [Statement.of(row, properties) for row in rows]
        rest = [one for one in said if one.source != source]
        values, lost, givers = _folded(kind, key, rest)
        kept += lost
        base_stays = bool(said) and said[0].source != source
        cleared.append([key, _joined(said) if base_stays else None])
        await _place(transaction, kind, key, values, givers)
        if len({one.source for one in rest}) < 2:
            alone.append(key)
    await transaction.run(_CLEAR, {"rows": cleared, "of": kind, "source": source, "names": None})
    await transaction.keep(kept)
    await transaction.run(_UNSAY_SOURCE, {"keys": list(keys), "of": kind, "source": source})
    await transaction.run(UNSAY, {"keys": alone, "of": kind})


def _folded(
    kind: str, key: str, said: Sequence[Statement]
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, None]]:
    """Return a link's values after all statements, the assertions of those that were replaced, and who gave the link.

    A link that is moved to other ends is a new one: it has only what was said when it was moved.
    """
    values: dict[str, Any] = {}
    givers: dict[str, None] = {}
    kept = []
    for one in said:
        extract = None if one.source is None else Extract(one.source, one.system or one.source)
        by = Origin(one.actor, "", extract)
        for name, value in one.values.items():
            if name != "labels" and values.get(name) is not None and values[name] != value:
                kept.append(superseded(kind, key, name, values[name], by, one.at))
        if any(values.get(name) not in (None, one.values[name]) for name in ENDS):
            values, givers = {}, {}
        values |= one.values
        givers[one.source or ""] = None
    return values, kept, givers


async def _place(
    transaction: Transaction, kind: str, key: str, values: Mapping[str, Any], givers: Iterable[str]
) -> None:
    """Put a link where it is said to lead, with what is said of it; delete it if nobody says anything."""
    found = f"CYPHER 25 MATCH (a)-[r:{kind} {{key: $key}}]->(b) "
    ends = cast(
        list[list[str]],
        await transaction.run(f"{found} RETURN head(labels(a)), a.key, head(labels(b)), b.key", {"key": key}),
    )
    for one in ends:
        transaction.touched.add(one[0], [one[1]])
        transaction.touched.add(one[2], [one[3]])
    if not values:
        await transaction.run(f"{found} DELETE r", {"key": key})
        return
    start, end = values["labels"]
    wanted = [start, values["start"], end, values["end"]]
    if ends and ends != [wanted]:
        await transaction.run(f"{found} DELETE r", {"key": key})
    held = {name: value for name, value in values.items() if name not in ("labels", "start", "end")}
    given = "\n".join(givers)
    properties = {**held, "key": key, **({GIVEN: given} if given else {})}
    await transaction.run(
        f"CYPHER 25 MATCH (a:{start} {{key: $start}}) MATCH (b:{end} {{key: $end}}) "
        f"MERGE (a)-[r:{kind} {{key: $key}}]->(b) SET r = $properties",
        {"key": key, "start": values["start"], "end": values["end"], "properties": properties},
    )
    transaction.touched.add(start, [values["start"]])
    transaction.touched.add(end, [values["end"]])
