"""CSV files for Neo4j's import tool, with typed headers made from the model."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Self

from graph.model import RECORDS, Enumeration, Node, Point, Property, Relationship
from graph.text import fold
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
_CONVERTERS: dict[object, Callable[[Any], str | None]] = {
    bool: lambda value: None if value is None else "true" if value else "false",
    datetime: lambda value: None if value is None else value.isoformat(),
    Point: lambda at: None if at is None else f"{{latitude: {at.latitude}, longitude: {at.longitude}}}",
}


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

    def write(self, tables: Tables) -> tuple[int, int]:
        """Append the rows of a block and return how many nodes and relationships there were."""
        nodes = relationships = 0
        for table in tables.nodes():
            self._writer(_node_name(table.node)).writerows(_node_rows(table))
            nodes += len(table.rows)
        for links in tables.links():
            self._writer(_link_name(links.relationship)).writerows(_link_rows(links))
            relationships += len(links.rows)
        return nodes, relationships

    def _writer(self, name: str) -> Any:
        if name not in self._writers:
            path = self._folder / f"{name}.{self._part:04d}.csv"
            file: IO[str] = self._files.enter_context(path.open("w", encoding="utf-8", newline="", buffering=1 << 18))
            self._writers[name] = csv.writer(file, lineterminator="\n")
        return self._writers[name]


def arguments(folder: Path, *, prefix: str) -> list[str]:
    """Write the headers, and return the import tool's arguments that name the files of all parts.

    The tool knows no way to name a file with a comma in its path, so that `prefix` is what leads to the folder from
    where it works.
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


def _node_name(node: Node) -> str:
    return node.label


def _link_name(relationship: Relationship) -> str:
    return f"{relationship.start}-{relationship.type}-{relationship.end}"


def _node_header(node: Node) -> list[str]:
    twins = [f"{prop.twin}:string" for prop in node.properties if prop.folded]
    return [f"key:ID({node.label})", *(_typed(prop) for prop in node.properties), *twins]


def _link_header(relationship: Relationship) -> list[str]:
    ends = [f":START_ID({relationship.start})", f":END_ID({relationship.end})"]
    if not relationship.properties:
        return ends
    return [*ends, "key:string", *(_typed(prop) for prop in relationship.properties)]


def _typed(prop: Property) -> str:
    return f"{prop.name}:{_TYPES[str if isinstance(prop.type, Enumeration) else prop.type]}"


def _node_rows(table: NodeTable) -> Iterable[tuple[Any, ...]]:
    properties = table.node.properties
    columns = _columns(table.rows, (None, *(prop.type for prop in properties)))
    for position, prop in enumerate(properties, 1):
        if prop.folded:
            columns.append([None if value is None else fold(value) for value in columns[position]])
    return zip(*columns, strict=True)


def _link_rows(table: LinkTable) -> Iterable[tuple[Any, ...]]:
    properties = table.relationship.properties
    if not properties:
        return table.rows
    return zip(*_columns(table.rows, (None, None, None, *(prop.type for prop in properties))), strict=True)


def _columns(rows: list[tuple[Any, ...]], types: tuple[object, ...]) -> list[Iterable[Any]]:
    columns: list[Iterable[Any]] = []
    for column, kind in zip(zip(*rows, strict=True), types, strict=True):
        convert = _CONVERTERS.get(kind)
        columns.append([convert(value) for value in column] if convert else column)
    return columns
