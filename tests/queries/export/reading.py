"""Reading files back by means of their own, as another program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def sheets(data: bytes) -> list[list[list[tuple[str, str]]]]:
    """Return the sheets of a workbook as rows of (kind, text): s a text, n a number, b a truth value, f a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_rows(ElementTree.fromstring(file.read(name))) for name in names]


def _rows(sheet: ElementTree.Element) -> list[list[tuple[str, str]]]:
    return [[_cell(cell) for cell in row.iter(f"{SHEET}c")] for row in sheet.iter(f"{SHEET}row")]


def _cell(cell: ElementTree.Element) -> tuple[str, str]:
    if cell.find(f"{SHEET}f") is not None:
        return "f", ""
    text = "".join(part.text or "" for tag in ("v", "t") for part in cell.iter(f"{SHEET}{tag}"))
    return {"inlineStr": "s", "b": "b"}.get(cell.get("t", "n"), "n"), text


class Graph:
    """A GraphML file: nodes' and edges' data by the names that the file declares for them."""

    def __init__(self, data: bytes) -> None:
        root = ElementTree.fromstring(data)
        assert root.tag == f"{GRAPHML}graphml"
        self._keys = {key.attrib["id"]: key.attrib for key in root.iter(f"{GRAPHML}key")}
        found = [(node.attrib["id"], self._data(node, "node")) for node in root.iter(f"{GRAPHML}node")]
        self.nodes = dict(found)
        assert len(self.nodes) == len(found)
        self.edges = [
            (edge.attrib["source"], data.pop("type"), edge.attrib["target"], data)
            for edge in root.iter(f"{GRAPHML}edge")
            for data in [self._data(edge, "edge")]
        ]
        assert all(source in self.nodes and target in self.nodes for source, _, target, _ in self.edges)

    def _data(self, element: ElementTree.Element, of: str) -> dict[str, str]:
        return dict(self._pairs(element, of))

    def _pairs(self, element: ElementTree.Element, of: str) -> Iterator[tuple[str, str]]:
        for data in element.iter(f"{GRAPHML}data"):
            key = self._keys[data.attrib["key"]]
            assert key["for"] == of
            yield key["attr.name"], data.text or ""
