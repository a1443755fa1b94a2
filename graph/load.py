"""Loading: statements made from the model, and a writer that checks rows against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, cast

from graph.errors import BadInput
from graph.model import MODEL, Model, Node, Relationship
from graph.rows import RowCheck
from graph.store import Store
from graph.touched import EVERYTHING, touch_clause

PROVENANCE = "FROM_SOURCE"
BATCH_SIZE = 5_000
BATCH_SECONDS = 120.0
"""Deadline of a batch."""

MOST_NOTED = 50_000
"""Touched nodes that a writer names; from then on it notes that everything may have been touched."""
EVERYTHING_NOTE = touch_clause({f"'{EVERYTHING}'": "[]"})
LEAVING = touch_clause({"head(labels(a))": "[a.key]", "head(labels(b))": "[b.key]"})

Row = Mapping[str, Any]


def node_statement(node: Node, *, fresh: bool = False, sourced: bool = False, noting: str = "") -> str:
    """Return the statement that writes nodes of a label from `$rows`.

    A row is `[key, properties, points]`: `properties` is a map in which null removes a property, `points` has a list
    for each point property of the label, in its order, holding nothing or one `[longitude, latitude]`. Nodes are merged
    by key; `fresh` creates them, for a store that holds none of them yet. With `sourced` the row goes on with
    `[source key, provenance key, its properties]`, and the node's provenance is written too. The statement returns the
    number of rows whose source exists, or of all. `noting` is the clause that notes what is touched.
    """
    lines = [
        "CYPHER 25 UNWIND $rows AS row",
        f"{'CREATE' if fresh else 'MERGE'} (n:{node.label} {{key: row[0]}})",
        "SET n += row[1]",
    ]
    for position, name in enumerate(RowCheck(node.label, node.all_properties).points):
        point = "point({longitude: p[0], latitude: p[1]})"
        lines.append(f"FOREACH (p IN row[2][{position}] | SET n.{name} = {point})")
    if sourced:
        lines += [
            "WITH n, row MATCH (s:Source {key: row[3]})",
            f"{'CREATE' if fresh else 'MERGE'} (n)-[r:{PROVENANCE} {{key: row[4]}}]->(s) SET r += row[5]",
        ]
    return "\n".join([*lines, *_ending(noting)])


def _ending(noting: str) -> list[str]:
    return ["WITH count(*) AS written", noting, "RETURN written"] if noting else ["RETURN count(*)"]


def relationship_statement(relationship: Relationship, *, fresh: bool = False, noting: str = "") -> str:
    """Return the statement that writes relationships between existing nodes from `$rows`.

    A row is `[start key, end key]`, and for a relationship with properties `[start key, end key, key, properties]`.
    Merging keeps one relationship for each pair of ends, or for each key: one whose record now names other ends
    moves there. Provenance keeps one for each key between its ends. The statement returns the number of rows whose
    ends exist. `noting` is the clause that notes what is touched; the ends that a record leaves are noted too.
    """
    kind = relationship.type
    keyed = bool(relationship.properties)
    arrow = "-" if relationship.symmetric and not fresh else "->"
    lines = ["CYPHER 25 UNWIND $rows AS row"]
    if keyed and not fresh and kind != PROVENANCE:
        lines.append(
            f"CALL (row) {{ MATCH (a)-[old:{kind} {{key: row[2]}}]->(b)"
            f" WHERE a.key <> row[0] OR b.key <> row[1] {LEAVING if noting else ''} DELETE old }}"
        )
    lines += [
        f"MATCH (a:{relationship.start} {{key: row[0]}})",
        f"MATCH (b:{relationship.end} {{key: row[1]}})",
        f"{'CREATE' if fresh else 'MERGE'} (a)-[r:{kind}{' {key: row[2]}' if keyed else ''}]{arrow}(b)",
    ]
    if keyed:
        lines.append("SET r += row[3]")
    return "\n".join([*lines, *_ending(noting)])


def node_note(label: str) -> str:
    """Return the clause that notes the nodes of `$rows` as touched."""
    return touch_clause({f"'{label}'": "[row IN $rows | row[0]]"})


def relationship_note(relationship: Relationship) -> str:
    """Return the clause that notes the ends of the relationships of `$rows` as touched; a source is none."""
    ends = [relationship.start] if relationship.type == PROVENANCE else [relationship.start, relationship.end]
    keys = {f"'{label}'": f"[row IN $rows | row[{place}]]" for place, label in enumerate(ends)}
    if len(keys) < len(ends):
        keys = {f"'{ends[0]}'": "[row IN $rows | row[0]] + [row IN $rows | row[1]]"}
    return touch_clause(keys)


class GraphWriter:
    """Writes checked rows to a store in batches; each batch is a transaction of its own.

    A row of `nodes` maps property names to values, `key` among them. A property that is not in the row is left as it
    is, `None` removes it. Dates are `date`, instants aware `datetime`, points `Position`, enumerated values the stored
    text; folded twins are made here. A row of `relationships` has `start` and `end`, the keys of the two nodes, and
    for a type with properties its own `key` and the properties. Raises `BadInput`, naming label and property but no
    value, for a row that the model does not allow, before its batch is written.

    `fresh` creates without looking for what is there, and tries each batch once; `progress` is told the number of
    rows after each batch. With `noting`, each batch notes what it touches in its own transaction, for the next sweep.
    """

    def __init__(
        self,
        store: Store,
        *,
        batch_size: int = BATCH_SIZE,
        fresh: bool = False,
        noting: bool = False,
        model: Model = MODEL,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        if batch_size < 1:
            raise BadInput("The batch size must be at least 1")
        self._store = store
        self._batch_size = batch_size
        self._fresh = fresh
        self._noting = noting
        self._noted = 0
        self._model = model
        self._progress = progress

    async def nodes(self, label: str, rows: Iterable[Row]) -> int:
        """Write nodes of a label and return how many rows there were."""
        node = self._node(label)
        check = RowCheck(label, node.all_properties)
        total = 0
        for batch in self._batches(check.node(row) for row in rows):
            statement = node_statement(node, fresh=self._fresh, noting=self._note(node_note(label), batch))
            total += await self._write(statement, batch)
        return total

    async def sourced_nodes(self, label: str, rows: Iterable[tuple[Row, Row]]) -> int:
        """Write nodes of a label, each with the row of its `FROM_SOURCE`, and return how many rows there were.

        It is quicker than writing the two apart. The row of a `FROM_SOURCE` needs no `start`. Raises `BadInput` when a
        source does not exist; then the batch's nodes are written without it.
        """
        node = self._node(label)
        check = RowCheck(label, node.all_properties)
        provenance = self._relationship(PROVENANCE, label, "Source")
        check_provenance = RowCheck(PROVENANCE, {p.name: p for p in provenance.properties})
        checked = (
            [*check.node(row), *check_provenance.relationship({"start": row.get("key"), **source})[1:]]
            for row, source in rows
        )
        total = 0
        for batch in self._batches(checked):
            noting = self._note(node_note(label), batch)
            statement = node_statement(node, fresh=self._fresh, sourced=True, noting=noting)
            total += self._complete(await self._write(statement, batch), batch, PROVENANCE, label, "Source")
        return total

    async def relationships(self, kind: str, start_label: str, end_label: str, rows: Iterable[Row]) -> int:
        """Write relationships of a type between two labels and return how many rows there were.

        Raises `BadInput` when a row names a node that does not exist; the batch's other rows are written.
        """
        relationship = self._relationship(kind, start_label, end_label)
        check = RowCheck(kind, {p.name: p for p in relationship.properties})
        total = 0
        for batch in self._batches(check.relationship(row) for row in rows):
            noting = self._note(relationship_note(relationship), batch)
            statement = relationship_statement(relationship, fresh=self._fresh, noting=noting)
            total += self._complete(await self._write(statement, batch), batch, kind, start_label, end_label)
        return total

    def _note(self, clause: str, batch: list[list[Any]]) -> str:
        if not self._noting:
            return ""
        self._noted += len(batch)
        return clause if self._noted <= MOST_NOTED else EVERYTHING_NOTE

    def _node(self, label: str) -> Node:
        if label not in self._model.labels:
            raise BadInput(f"{label} is not a label of the model")
        return self._model.node(label)

    def _complete(self, written: int, batch: list[list[Any]], kind: str, start_label: str, end_label: str) -> int:
        if written < len(batch):
            raise BadInput(
                f"{len(batch) - written} rows of {kind} name a node that is not in the graph; "
                f"write {start_label} and {end_label} first"
            )
        return written

    def _relationship(self, kind: str, start_label: str, end_label: str) -> Relationship:
        for relationship in self._model.relationships:
            if (relationship.type, relationship.start, relationship.end) == (kind, start_label, end_label):
                return relationship
        raise BadInput(f"({start_label})-[{kind}]->({end_label}) is not a relationship of the model")

    def _batches(self, rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
        while batch := list(islice(rows, self._batch_size)):
            yield batch

    async def _write(self, statement: str, batch: list[list[Any]]) -> int:
        write = self._store.write_auto if self._fresh else self._store.write
        ((written,),) = await write(statement, {"rows": batch}, timeout=BATCH_SECONDS)
        if self._progress:
            self._progress(len(batch))
        return cast(int, written)
