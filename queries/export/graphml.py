"""GraphML (graphml.graphdrawing.org), for programs that draw and measure graphs.

Each row is a node with the row's values. It has an edge, named after the column, to each node in the row. Then comes
what those nodes are linked to in the graph, one relationship away. Each node and edge is written once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import orjson

from graph.model import Model, Point, Property
from queries.asking.run import Rows
from queries.asking.statement import column_properties
from queries.export.neighbors import Edge
from queries.export.writers import Writer
from queries.library.question import Question

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
MOST_ROWS = 20_000
"""The most rows that a file can hold; there is a limit because everything that was written is remembered."""
_TYPES: Mapping[object, str] = {int: "long", float: "double", bool: "boolean"}
_SCALARS = {"Int": "long", "Float": "double", "Boolean": "boolean"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class GraphmlWriter(Writer):
    """One directed graph; its data have the model's names, with `label` for nodes and `type` for edges."""

    def __init__(self, question: Question, model: Model) -> None:
        self._question = question
        self._nodes = [(column.name, column.kind) for column in question.columns if column_properties(column, model)]
        self._values = [c.name for c in question.columns if not column_properties(c, model)]
        self._out = io.StringIO()
        self._xml = XMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._written: set[tuple[str, ...]] = set()
        self._row = 0
        self._xml.startDocument()
        self._start("graphml", {"xmlns": NAMESPACE})
        self._keys = dict(self._declared(model))
        self._start("graph", {"id": question.name, "edgedefault": "directed"})

    def page(self, rows: Rows) -> bytes:
        """Return the page's nodes and edges."""
        self._xml.characters("\n")
        for row in rows.rows:
            self._row += 1
            identity = f"row:{self._row}"
            self._node(identity, "Row", {name: row[name] for name in self._values})
            for name, label in self._nodes:
                if row[name] is not None:
                    self._entity(label, row[name])
                    self._edge(name, identity, _id(label, row[name]), {})
        return self._taken()

    def entities(self, rows: Rows) -> Mapping[str, Sequence[str]]:
        """Return the keys of the nodes in a page's rows, by label."""
        found: dict[str, dict[str, None]] = {}
        for name, label in self._nodes:
            keys = found.setdefault(label, {})
            keys.update((row[name]["key"], None) for row in rows.rows if row[name] is not None)
        return {label: list(keys) for label, keys in found.items()}

    def linked(self, label: str, edges: Iterable[Edge]) -> bytes:
        """Return the edges from nodes of a label, and the nodes that they lead to."""
        for edge in edges:
            self._entity(edge.label, edge.node)
            here, there = f"{label}:{edge.key}", _id(edge.label, edge.node)
            direction = edge.link.hops[0].direction
            if direction == "<" or (direction == "-" and there < here):
                here, there = there, here
            self._edge(edge.type, here, there, edge.properties, directed=direction != "-")
        return self._taken()

    def end(self) -> Iterable[bytes]:
        """Return the file's end."""
        self._xml.endElement("graph")
        self._xml.endElement("graphml")
        self._xml.endDocument()
        return [self._taken(), b"\n"]

    def _declared(self, model: Model) -> Iterator[tuple[tuple[str, str], str]]:
        """Declare the data of nodes and edges, and yield the id of each by its owner and name."""
        own = [(c.name, _SCALARS.get(c.kind, "string")) for c in self._question.columns if c.name in self._values]
        properties = [prop for node in model.nodes for prop in node.all_properties.values()]
        edges = [prop for relationship in model.relationships for prop in relationship.properties]
        for of, data in (
            ("node", [("label", "string"), *map(_typed, properties), *own]),
            ("edge", [("type", "string"), *map(_typed, edges)]),
        ):
            kinds: dict[str, set[str]] = {}
            for name, kind in data:
                kinds.setdefault(name, set()).add(kind)
            for name, found in kinds.items():
                kind = found.pop() if len(found) == 1 else "string"
                identity = f"{of}.{name}"
                self._xml.characters("\n")
                self._start("key", {"id": identity, "for": of, "attr.name": name, "attr.type": kind})
                self._xml.endElement("key")
                yield (of, name), identity
        self._xml.characters("\n")

    def _entity(self, label: str, properties: Mapping[str, object]) -> None:
        self._node(_id(label, properties), label, properties)

    def _node(self, identity: str, label: str, values: Mapping[str, object]) -> None:
        if self._once("node", identity):
            self._start("node", {"id": _text(identity)})
            self._data("node", {**values, "label": label})
            self._xml.endElement("node")
            self._xml.characters("\n")

    def _edge(
        self, kind: str, source: str, target: str, values: Mapping[str, object], *, directed: bool = True
    ) -> None:
        if self._once(kind, source, target, *map(str, values.values())):
            ends = {"source": _text(source), "target": _text(target)}
            self._start("edge", ends if directed else {**ends, "directed": "false"})
            self._data("edge", {**values, "type": kind})
            self._xml.endElement("edge")
            self._xml.characters("\n")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._xml.startElement(name, AttributesImpl(attributes))

    def _data(self, of: str, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            if value is not None:
                self._start("data", {"key": self._keys[of, name]})
                self._xml.characters(_text(value))
                self._xml.endElement("data")

    def _once(self, *identity: str) -> bool:
        before = len(self._written)
        self._written.add(identity)
        return len(self._written) > before

    def _taken(self) -> bytes:
        text = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return text.encode()


def _id(label: str, properties: Mapping[str, object]) -> str:
    return f"{label}:{properties['key']}"


def _typed(prop: Property) -> tuple[str, str]:
    return prop.name, "string" if prop.type is Point else _TYPES.get(prop.type, "string")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = orjson.dumps(value).decode() if isinstance(value, dict | list) else str(value)
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
