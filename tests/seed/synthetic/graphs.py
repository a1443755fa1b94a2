"""Generated graphs as plain dictionaries, for tests that read them without a database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from seed.synthetic.generate import generate
from seed.synthetic.presets import Figures, figures
from seed.synthetic.truth import Truth

Row = dict[str, Any]
NATIONAL = pytest.param(("national", 0.01, 77), marks=pytest.mark.slow(reason="generates thousands of children"))
"""A graph with the shares of the whole country, to be tested with."""


@dataclass
class Graph:
    """Nodes by label and key, relationships by type and start label, and the ground truth."""

    figures: Figures
    nodes: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    links: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    truth: Truth = field(default_factory=Truth)
    rows: int = 0

    _walks: dict[tuple[str, str, str], dict[str, list[str]]] = field(default_factory=dict)

    def ends(self, kind: str, label: str) -> dict[str, list[str]]:
        """Return the keys at the end by the key at the start."""
        return self._walk(kind, label, "start", "end")

    def starts(self, kind: str, label: str) -> dict[str, list[str]]:
        """Return the keys at the start by the key at the end."""
        return self._walk(kind, label, "end", "start")

    def _walk(self, kind: str, label: str, near: str, far: str) -> dict[str, list[str]]:
        found = self._walks.get((kind, label, near))
        if found is None:
            found = self._walks[kind, label, near] = {}
            for row in self.links[kind, label]:
                found.setdefault(row[near], []).append(row[far])
        return found


@cache
def graph_of(preset: str, scale: float, seed: int) -> Graph:
    """Generate a graph; do not change it."""
    graph = Graph(figures(preset, scale=scale))
    for made in generate(graph.figures, seed=seed):
        graph.truth.merge(made.truth)
        for nodes in made.tables.nodes():
            graph.rows += len(nodes.rows)
            for row in nodes.rows:
                graph.nodes[nodes.node.label][row[0]] = dict(zip(nodes.columns, row, strict=True))
        for links in made.tables.links():
            of = links.relationship
            graph.links[of.type, of.start] += [dict(zip(links.columns, row, strict=True)) for row in links.rows]
    return graph
