"""Finds the node patterns of a body that name a node that an earlier pattern has bound, so it is already known there.

Scopes are read cautiously: unless it is clear that a name still means the same node, it counts as a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queries.library.cypher_text import Token
from queries.library.node_patterns import NodePattern
from queries.library.structure import CLOSING

_ENDS = ("WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT")
_CLAUSES = (*_ENDS, "MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL", "UNION", "NEXT", "LET", "FILTER", "FOR")


def rebinding(tokens: Sequence[Token], nodes: Sequence[NodePattern]) -> frozenset[int]:
    """Return the positions of the patterns whose node an earlier pattern in scope has bound."""
    return _Scopes(tokens, {node.start: node for node in nodes}).read()


class _Scopes:
    def __init__(self, tokens: Sequence[Token], nodes: Mapping[int, NodePattern]) -> None:
        self._tokens = tokens
        self._nodes = nodes
        self._outer: list[set[str]] = [set()]
        self._own: list[set[str]] = [set()]

    def read(self) -> frozenset[int]:
        found: set[int] = set()
        for position, token in enumerate(self._tokens):
            node = self._nodes.get(position)
            if node is not None and node.name:
                if node.name in self._outer[-1] | self._own[-1]:
                    found.add(position)
                self._own[-1].add(node.name)
            if token.is_symbol(*CLOSING):
                self._outer.append(self._seen_inside(position))
                self._own.append(set())
            elif token.is_symbol(*CLOSING.values()):
                self._outer.pop()
                self._own.pop()
            elif self._is_clause(position, "WITH", "RETURN"):
                self._own[-1] &= self._carried(position + 1, self._own[-1])
            elif self._is_clause(position, "UNION", "NEXT"):
                self._own[-1].clear()
        return frozenset(found)

    def _is_clause(self, position: int, *words: str) -> bool:
        before = self._tokens[position - 1] if position else None
        starts = before is None or (not before.is_symbol(".", ":", "$") and not before.is_word("STARTS", "ENDS"))
        return starts and self._tokens[position].is_word(*words)

    def _seen_inside(self, bracket: int) -> set[str]:
        """Return the names that mean the same node inside a bracket: all, unless it is a subquery that imports some."""
        seen = self._outer[-1] | self._own[-1]
        if not self._tokens[bracket].is_symbol("{"):
            return seen
        before = self._tokens[bracket - 1] if bracket else None
        if before is None or before.is_word("CALL", "THEN", "ELSE"):
            return set()
        if not before.is_symbol(")"):
            return seen
        imports = self._imports(bracket - 1)
        return seen if imports is None else seen & imports

    def _imports(self, closing: int) -> set[str] | None:
        """Return the variables between the round brackets of `CALL (...)`; `None` for other brackets."""
        start = closing
        while start and not self._tokens[start].is_symbol("("):
            start -= 1
        called = start and self._tokens[start - 1].is_word("CALL")
        return {token.name for token in self._tokens[start:closing] if token.named} if called else None

    def _carried(self, start: int, names: set[str]) -> set[str]:
        """Return the names that a `WITH` or `RETURN` passes on unchanged."""
        depth, carried = 0, set[str]()
        for position in range(start, len(self._tokens)):
            token = self._tokens[position]
            if token.is_symbol(*CLOSING):
                depth += 1
            elif token.is_symbol(*CLOSING.values()):
                depth -= 1
            if depth < 0 or (not depth and self._is_clause(position, *_CLAUSES)):
                break
            if not depth and token.is_symbol("*") and self._begins_item(position):
                return set(names)
            if not depth and token.named and self._begins_item(position) and self._ends_item(position + 1):
                carried.add(token.name)
        return carried

    def _begins_item(self, position: int) -> bool:
        before = self._tokens[position - 1]
        return before.is_symbol(",") or before.is_word("WITH", "RETURN", "DISTINCT")

    def _ends_item(self, position: int) -> bool:
        if position == len(self._tokens):
            return True
        return self._tokens[position].is_symbol(",", "}") or self._is_clause(position, *_CLAUSES)
