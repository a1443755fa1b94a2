"""The patterns of a body as one graph: its nodes by variable, the relationships between them, and their aliases.

Reading it needs no understanding of the body: variables with the same name are one node, wherever they occur, and an
expression that contains a variable may be that variable. So the graph may have more paths than the body, but never
fewer. What cannot be read like this raises `Unclear`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from graph.model import MODEL
from queries.library.cypher_text import Token
from queries.library.structure import opened

_QUANTIFIERS = ("+", "*", "{")
_REPEATED = ("+", "*")
_OPTIONAL = "{0,1}"
"""The quantifier of a relationship that may be skipped: then both of its ends are the same node."""
_PATH_WORDS = ("SHORTEST", "SHORTESTPATH", "ALLSHORTESTPATHS", "WALK", "TRAIL", "ACYCLIC")
_SEPARATORS = ("WITH", "RETURN", "UNWIND", "DISTINCT", "LET", "FOR", "YIELD", "WHERE", "CALL")


class Unclear(Exception):
    """The body cannot be read as plain patterns, so a sweep always asks all of it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node of the patterns to another: types and direction, or nothing if both are the same node.

    With a `quantifier` the relationship is followed any number of times. Then it leads to nodes with the same label
    that it starts from, so a node in the middle can be treated like either end.
    """

    start: str
    end: str
    types: tuple[str, ...] = ()
    direction: str = "-"
    quantifier: str = ""

    @property
    def reversed(self) -> Edge:
        """The same way from its other end."""
        turned = {">": "<", "<": ">", "-": "-"}[self.direction]
        return Edge(self.end, self.start, self.types, turned, self.quantifier)


@dataclass(slots=True)
class Patterns:
    """The nodes of a body's patterns, each with the labels that the body gives it, and the edges between them."""

    labels: dict[str, set[str]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def possible(self, node: str) -> frozenset[str]:
        """Return the labels that a node can have: those that the body gives it, or else those that its edges allow."""
        if self.labels[node]:
            return frozenset(self.labels[node])
        found = frozenset(MODEL.labels)
        for edge in [*self.edges, *(edge.reversed for edge in self.edges)]:
            if edge.start == node and edge.types:
                found &= _starts(edge)
        return found

    def paths(self, node: str, target: str, *, most: int) -> list[tuple[Edge, ...]]:
        """Return every path between two nodes that visits none twice, without the steps that stay at one node.

        Raises `Unclear` for more than `most` paths.
        """
        found: dict[tuple[Edge, ...], None] = {}
        for path in self._walk(node, target, (), frozenset({node})):
            found[path] = None
            if len(found) > most:
                raise Unclear("its patterns have too many paths")
        return list(found)

    def _walk(self, node: str, target: str, path: tuple[Edge, ...], seen: frozenset[str]) -> Iterator[tuple[Edge, ...]]:
        here = self._same(node, seen)
        if target in here:
            yield path
        for at in here:
            for edge in self._from(at) if at != target else ():
                if edge.types and edge.end not in seen:
                    yield from self._walk(edge.end, target, (*path, edge), seen | {at, edge.end})

    def _same(self, node: str, seen: frozenset[str]) -> list[str]:
        """Return the variables that may be the same node as this one, itself first, without those seen before."""
        found = [node]
        for one in found:
            found += [edge.end for edge in self._from(one) if not edge.types and edge.end not in {*seen, *found}]
        return list(dict.fromkeys(found))

    def _from(self, node: str) -> list[Edge]:
        return [edge for edge in (*self.edges, *(edge.reversed for edge in self.edges)) if edge.start == node]


def _starts(edge: Edge) -> frozenset[str]:
    kept = [one for one in MODEL.relationships if one.type in edge.types]
    forward = {one.start for one in kept} if edge.direction != "<" else set()
    backward = {one.end for one in kept} if edge.direction != ">" else set()
    return frozenset(forward | backward)


def _among_alike(types: Sequence[str]) -> bool:
    """Tell whether relationships of these types lead only between nodes with the same label."""
    ends = {label for one in MODEL.relationships if one.type in types for label in (one.start, one.end)}
    return len(ends) == 1


def read_patterns(tokens: Sequence[Token]) -> Patterns:
    """Return the graph of a body's patterns; raises `Unclear`, or `Unbalanced`."""
    return _Reader(tokens).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._partners = _partners(tokens)
        self._around = opened(tokens)
        self._names: dict[int, str] = {}
        self._numbers = count()
        self._found = Patterns()
        self._renamings: set[Edge] = set()
        self._bound: set[str] = set()

    def read(self) -> Patterns:
        for position, token in enumerate(self._tokens):
            if token.is_word(*_PATH_WORDS) and not self._is_any(position):
                raise Unclear("it looks for paths")
            if token.is_symbol("(") and self._is_labelled(position):
                self._node(position)
            if token.is_symbol(")"):
                self._relationship(position)
        for position, token in enumerate(self._tokens):
            if token.is_word("AS"):
                self._renamed(position)
            if token.is_word("IN") and position > 1 and self._tokens[position - 2].is_symbol("[", "("):
                self._alias(self._tokens[position - 1].name, self._tokens[position + 1 : position + 2])
        self._found.edges = list(dict.fromkeys([*self._found.edges, *self._aliases()]))
        return self._found

    def _aliases(self) -> Iterator[Edge]:
        """Yield the ways between variables, except those that lead nowhere else."""
        names = set(self._found.labels)
        edges = {edge for edge in self._renamings if {edge.start, edge.end} <= names | self._bound}
        while True:
            ends = [end for edge in edges for end in {edge.start, edge.end} - names]
            idle = {end for end in ends if ends.count(end) == 1}
            if not idle:
                break
            edges = {edge for edge in edges if not idle & {edge.start, edge.end}}
        yield from sorted(edges, key=lambda edge: (edge.start, edge.end))

    def _symbol(self, position: int, *symbols: str) -> bool:
        return position < len(self._tokens) and self._tokens[position].is_symbol(*symbols)

    def _is_labelled(self, bracket: int) -> bool:
        after = bracket + 1 + self._tokens[bracket + 1].named
        return self._symbol(after, ":") and not self._symbol(after + 1, ":")

    def _node(self, bracket: int) -> str:
        """Return the name of the node whose pattern begins at a bracket, noting it and its labels."""
        if bracket not in self._names:
            first = self._tokens[bracket + 1]
            self._names[bracket] = first.name if first.named else f"#{next(self._numbers)}"
        name = self._names[bracket]
        labels = self._found.labels.setdefault(name, set())
        position = bracket + 1 + self._tokens[bracket + 1].named
        if self._symbol(position, ":"):
            while self._symbol(position, ":", "|"):
                if not self._tokens[position + 1].named:
                    raise Unclear("it has a label expression")
                labels.add(self._tokens[position + 1].name)
                position += 2
            if self._symbol(position, "&", "!"):
                raise Unclear("it has a label expression")
        return name

    def _relationship(self, closing: int) -> None:
        """Note the relationship that follows a node's closing bracket, if one does."""
        position = closing + 1
        left = self._symbol(position, "<") and self._symbol(position + 1, "-")
        position += left
        if not self._symbol(position, "-") or not self._symbol(position + 1, "[", "-"):
            self._check_group(closing)
            return
        if self._symbol(position + 1, "-"):
            raise Unclear("it follows relationships of any type")
        end = self._partners[position + 1]
        types = self._types(self._tokens[position + 2 : end])
        position = end + 1
        right = self._symbol(position + 1, ">")
        position += 1 + right
        quantifier = self._tokens[position].text if self._symbol(position, *_REPEATED) and _among_alike(types) else ""
        position += bool(quantifier)
        passed = "".join(token.text for token in self._tokens[position : position + len(_OPTIONAL)]) == _OPTIONAL
        position += len(_OPTIONAL) * passed
        if not self._symbol(position, "("):
            raise Unclear("it follows relationships any number of times")
        start, other = self._node(self._partners[closing]), self._node(position)
        if passed:
            if not self._found.labels[other]:
                raise Unclear("it may pass over a relationship to a node without a label")
            self._found.edges.append(Edge(start, other))
        direction = ">" if right and not left else "<" if left and not right else "-"
        self._found.edges.append(Edge(start, other, types, direction, quantifier))

    def _is_any(self, position: int) -> bool:
        """Tell whether this is `ANY SHORTEST`: one of the paths that the pattern gives to each node."""
        words = self._tokens[max(0, position - 1) : position + 1]
        return [token.text.upper() for token in words] == ["ANY", "SHORTEST"]

    def _check_group(self, closing: int) -> None:
        grouped = self._symbol(self._partners[closing] + 1, "(")
        if grouped and self._symbol(closing + 1, *_QUANTIFIERS):
            raise Unclear("it follows paths any number of times")

    def _types(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        inside = [token for token in tokens if not token.is_symbol("|")]
        place = next((place for place, token in enumerate(inside) if token.is_symbol(":")), len(inside))
        names = []
        for token in inside[place:]:
            if token.is_symbol(":"):
                continue
            if not token.named:
                break
            if token.is_word("WHERE"):
                break
            names.append(token.name)
        if not names or any(token.is_symbol("*", "!") for token in inside[: place + len(names) + 2]):
            raise Unclear("it follows relationships of any type, or any number of times")
        return tuple(names)

    def _renamed(self, position: int) -> None:
        """Note that the expression before `AS` may be the variable after it."""
        if position + 1 >= len(self._tokens) or not self._tokens[position + 1].named:
            return
        depth = len(self._around[position])
        start = position
        while start > 0 and len(self._around[start - 1]) >= depth:
            before = self._tokens[start - 1]
            if len(self._around[start - 1]) == depth and (before.is_symbol(",") or before.is_word(*_SEPARATORS)):
                break
            start -= 1
        self._alias(self._tokens[position + 1].name, [self._tokens[at] for at in self._outside(start, position)])

    def _outside(self, start: int, end: int) -> Iterator[int]:
        """Yield the positions of an expression, except those in a subquery that returns no nodes."""
        position = start
        while position < end:
            yield position
            counted = self._tokens[position].is_word("COUNT", "EXISTS") and self._symbol(position + 1, "{")
            position = self._partners[position + 1] if counted else position + 1

    def _alias(self, name: str, expression: Sequence[Token]) -> None:
        self._bound.add(name)
        for place, token in enumerate(expression):
            follows = expression[place + 1] if place + 1 < len(expression) else None
            before = expression[place - 1] if place else None
            reads = follows is not None and follows.is_symbol(".", "(")
            part = before is not None and before.is_symbol(".", ":", "$")
            if token.named and not reads and not part and token.name != name:
                self._renamings.add(Edge(name, token.name))


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the position of each bracket's matching one."""
    opened(tokens)
    found: dict[int, int] = {}
    stack: list[int] = []
    for position, token in enumerate(tokens):
        if token.is_symbol("(", "[", "{"):
            stack.append(position)
        elif token.is_symbol(")", "]", "}"):
            other = stack.pop()
            found[other], found[position] = position, other
    return found
