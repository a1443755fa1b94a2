"""Writes CSV files for Neo4j's import tool, with typed headers made from the model."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Self

from graph.model import RECORDS, Enumeration, Node, Point, Property, Relationship
from graph.text import twin
from graph.writing.rows import RowCheck
from seed.synthetic.tables import LinkTable, NodeTable, Tables

_TYPES: dict[object, str] = {
    str: "string",
    int: "long",
    float: "double",
    bool: "boolean",
    date: "date",
    datetime: "datetime",
    Point: "point{crs:WGS-84}",
}
_FORMATS: dict[object, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    datetime: lambda value: str(value.isoformat()),
    Point: lambda at: f"{{latitude: {at[1]}, longitude: {at[0]}}}",
}
"""How to write values for the import tool, for types whose usual text it does not read."""


class CsvFiles:
    """Writes one part of the rows: a file for each label and each relationship, in a folder that exists.

    Parts can be written at the same time by several processes; `arguments` puts all of them together.
    """

    def __init__(self, folder: Path, part: int) -> None:
        self._folder = folder
        self._part = part
        self._files = ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, tables: Tables) -> Counter[str]:
        """Append the rows of a block and return how many there were, by label and by type of relationship."""
        kinds: Counter[str] = Counter()
        for table in tables.nodes():
            self._writer(_node_name(table.node)).writerows(_node_rows(table))
            kinds[table.node.label] += len(table.rows)
        for links in tables.links():
            self._writer(_link_name(links.relationship)).writerows(_link_rows(links))
            kinds[links.relationship.type] += len(links.rows)
        return kinds

    def _writer(self, name: str) -> Any:
        if name not in self._writers:
            path = self._folder / f"{name}.{self._part:04d}.csv"
            file: IO[str] = self._files.enter_context(path.open("w", encoding="utf-8", newline="", buffering=1 << 18))
            self._writers[name] = csv.writer(file, lineterminator="\n")
        return self._writers[name]


def arguments(folder: Path, *, prefix: str) -> list[str]:
    """Write the headers, and return the import tool's arguments that name the files of all parts.

    `prefix` is the path to the folder from the tool's working folder, because the tool cannot use a path with a comma.
    """
    named = []
    for node in RECORDS.nodes:
        named.append((f"--nodes={node.label}", _node_name(node), _node_header(node)))
    for relationship in RECORDS.relationships:
        named.append((f"--relationships={relationship.type}", _link_name(relationship), _link_header(relationship)))
    given = []
    for option, name, header in named:
        parts = sorted(folder.glob(f"{name}.[0-9]*.csv"))
        if parts:
            first = folder / f"{name}.header.csv"
            first.write_text(",".join(header) + "\n", encoding="utf-8")
            given.append(f"{option}={','.join(f'{prefix}/{path.name}' for path in (first, *parts))}")
    return given


def mark_arguments(folder: Path, marks: Mapping[str, Mapping[str, object]], *, prefix: str) -> list[str]:
    """Write a file with one node for each label, `key` among its properties, and return the arguments that name them.

    Properties with unknown values are left out.
    """
    given = []
    for label, properties in marks.items():
        known = {name: value for name, value in properties.items() if value is not None}
        header = [f"key:ID({label})" if name == "key" else f"{name}:{_TYPES[type(known[name])]}" for name in known]
        row = [_FORMATS.get(type(value), str)(value) for value in known.values()]
        with (folder / f"{label}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows((header, row))
        given.append(f"--nodes={label}={prefix}/{label}.csv")
    return given


def _node_name(node: Node) -> str:
    return node.label


def _link_name(relationship: Relationship) -> str:
    return f"{relationship.start}-{relationship.type}-{relationship.end}"


def _node_header(node: Node) -> list[str]:
    twins = [f"{prop.twin}:string" for prop in node.given if prop.folded]
    return [f"key:ID({node.label})", *(_typed(prop) for prop in node.given), *twins]


def _link_header(relationship: Relationship) -> list[str]:
    ends = [f":START_ID({relationship.start})", f":END_ID({relationship.end})"]
    if not relationship.properties:
        return ends
    return [*ends, "key:string", *(_typed(prop) for prop in relationship.properties)]


def _typed(prop: Property) -> str:
    return f"{prop.name}:{_TYPES[str if isinstance(prop.type, Enumeration) else prop.type]}"


def _node_rows(table: NodeTable) -> Iterable[tuple[Any, ...]]:
    properties = table.node.given
    columns = _columns(table.node.label, table.rows, ("key",), properties)
    for position, prop in enumerate(properties, 1):
        if prop.folded:
            columns.append([None if value is None else twin(value) for value in columns[position]])
    return zip(*columns, strict=True)


def _link_rows(table: LinkTable) -> Iterable[tuple[Any, ...]]:
    properties = table.relationship.properties
    keys = ("start", "end", "key") if properties else ("start", "end")
    return zip(*_columns(table.relationship.type, table.rows, keys, properties), strict=True)


def _columns(
    owner: str, rows: list[tuple[Any, ...]], keys: Sequence[str], properties: Sequence[Property]
) -> list[Iterable[Any]]:
    """Return the columns of rows, checked like all rows, in the form that the import tool reads."""
    check = RowCheck(owner, {prop.name: prop for prop in properties})
    columns: list[Iterable[Any]] = []
    names = (*keys, *(prop.name for prop in properties))
    forms = (*(None for _ in keys), *(_FORMATS.get(prop.type) for prop in properties))
    for column, name, form in zip(zip(*rows, strict=True), names, forms, strict=True):
        checked = check.column(name, column)
        columns.append([None if value is None else form(value) for value in checked] if form else checked)
    return columns
