"""Takes back the links that a source gave between records which others gave too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from graph.model import MODEL
from graph.writing.assertions import ASSERTION, FORGET, assertion
from graph.writing.said import givers_of, in_utc
from graph.writing.statements import GIVEN
from graph.writing.successions import Led, without
from graph.writing.transaction import Transaction

_TAKE = f"""CYPHER 25 UNWIND $rows AS row
MATCH ()-[r]->() WHERE elementId(r) = row[0]
FOREACH (_ IN CASE WHEN row[1] IS NULL THEN [1] ELSE [] END | DELETE r)
FOREACH (_ IN CASE WHEN row[1] IS NULL THEN [] ELSE [1] END |
  SET r.{GIVEN} = CASE WHEN row[1] = '' THEN null ELSE row[1] END)"""
_ENDS = f"""CYPHER 25 UNWIND $keys AS key
MATCH (a:{ASSERTION} {{about: key, of: $of}}) WHERE a.property IN $types
RETURN key, a.property, a.value, a.end, a.{GIVEN}, a.supersededAt, a.supersededBy, a.supersededBySource
ORDER BY key, a.property, a.supersededAt, a.key"""
_DROP_ENDS = f"CYPHER 25 MATCH (a:{ASSERTION} {{about: $key, of: $of}}) WHERE a.property = $type DELETE a"


class _Link(NamedTuple):
    """A link: its type, its key if it has one, the labels and keys of its ends, and who gave it."""

    id: str
    type: str
    key: str | None
    start: str
    start_key: str
    end: str
    end_key: str
    given: str


async def take_back_links(transaction: Transaction, label: str, keys: Sequence[str], source: str) -> None:
    """Take back what a source gave of the links of these records; ends that it replaced come back."""
    for key, kind, earlier in await _successions(transaction, label, keys, source):
        await _lead_back(transaction, label, key, kind, earlier, source)
    rows = []
    forgotten: dict[str, list[str]] = defaultdict(list)
    for link in await _links(transaction, label, keys, source):
        rest = [one for one in givers_of(link.given) if one != source]
        rows.append([link.id, "\n".join(rest) if rest else None])
        transaction.touched.add(link.start, [link.start_key])
        transaction.touched.add(link.end, [link.end_key])
        if link.key is not None and not rest:
            forgotten[link.type].append(link.key)
    await transaction.run(_TAKE, {"rows": rows})
    for kind, gone in forgotten.items():
        await transaction.run(FORGET, {"keys": gone, "of": kind})


async def _links(transaction: Transaction, label: str, keys: Sequence[str], source: str) -> list[_Link]:
    """Return the links that a source gave of these records, in both directions."""
    statement = (
        f"CYPHER 25 UNWIND $keys AS key MATCH (:{label} {{key: key}})-[r]-() "
        f"WHERE $source IN split(r.{GIVEN}, '\\n') WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b "
        f"RETURN elementId(r), type(r), r.key, head(labels(a)), a.key, head(labels(b)), b.key, r.{GIVEN}"
    )
    rows = cast(list[list[Any]], await transaction.run(statement, {"keys": list(keys), "source": source}))
    return [_Link(*row) for row in rows]


async def _successions(
    transaction: Transaction, label: str, keys: Sequence[str], source: str
) -> list[tuple[str, str, list[Led]]]:
    """Return where links of these records led before, by key and type, if the source gave or replaced something."""
    ends = {one.type: one.end for one in reversed(MODEL.relationships) if one.start == label and not one.properties}
    rows = await transaction.run(_ENDS, {"keys": list(keys), "of": label, "types": sorted(ends)})
    found: dict[tuple[str, str], list[Led]] = defaultdict(list)
    for key, kind, value, end, given, at, *replaced in cast(list[list[Any]], rows):
        found[key, kind].append(Led(value, end or ends[kind], tuple(givers_of(given)), in_utc(at), *replaced))
    return [
        (key, kind, earlier)
        for (key, kind), earlier in found.items()
        if any(source in one.givers or one.replaced_by_source == source for one in earlier)
    ]


async def _lead_back(
    transaction: Transaction, label: str, key: str, kind: str, earlier: Sequence[Led], source: str
) -> None:
    """Make a link lead to where it would without a source, and keep the earlier ends that would be kept."""
    found = await transaction.run(
        f"CYPHER 25 MATCH (:{label} {{key: $key}})-[r:{kind}]->(m) "
        f"RETURN elementId(r), m.key, head(labels(m)), r.{GIVEN}",
        {"key": key},
    )
    now = [(id_, Led(end, of, tuple(givers_of(given)))) for id_, end, of, given in cast(list[list[Any]], found)]
    succession = without(source, [*earlier, *(led for _, led in now)])
    wanted = succession[-1] if succession and succession[-1].replaced_at is None else None
    await transaction.run(_DROP_ENDS, {"key": key, "of": label, "type": kind})
    await transaction.keep(_kept(label, key, kind, one) for one in succession if one.replaced_at is not None)
    for _, led in now:
        transaction.touched.add(led.label, [led.end])
    if wanted is None or [(wanted.end, wanted.label)] != [(led.end, led.label) for _, led in now]:
        await transaction.run(_TAKE, {"rows": [[id_, None] for id_, _ in now]})
    if wanted is not None:
        given = "\n".join(wanted.givers) or None
        await transaction.run(
            f"CYPHER 25 MATCH (a:{label} {{key: $key}}) MATCH (b:{wanted.label} {{key: $end}}) "
            f"MERGE (a)-[r:{kind}]->(b) SET r.{GIVEN} = $given",
            {"key": key, "end": wanted.end, "given": given},
        )
        transaction.touched.add(wanted.label, [wanted.end])
    transaction.touched.add(label, [key])


def _kept(label: str, key: str, kind: str, one: Led) -> Mapping[str, Any]:
    """Return the assertion that keeps an earlier end."""
    replaced = {
        "supersededAt": one.replaced_at,
        "supersededBy": one.replaced_by,
        "supersededBySource": one.replaced_by_source,
    }
    given = "\n".join(one.givers) or None
    return {**assertion(label, key, kind, one.end), **replaced, "end": one.label, GIVEN: given}
