"""The node patterns of a body: where each is, which labels its node can have, and which relationships are repeated.

A pattern is read by itself: from the labels that it names, and from what the model says about the relationships beside
it. So it may give a node more labels than the node can really have, but never fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Model
from queries.library.cypher_text import Token
from queries.library.structure import CLOSING, opened

_QUANTIFIERS = ("*", "+", "{")
_ONCE = ("", "{0,1}", "{1}", "{0}", "{1,1}", "{0,0}", "{,1}")
"""Quantifiers with which there is no node between the two ends."""
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_MATCHING = (
    *("MATCH", "SHORTEST", "WALK", "TRAIL", "ACYCLIC", "PATH", "PATHS", "GROUP", "GROUPS", "ELEMENTS", "RELATIONSHIPS"),
)
"""Words that a pattern can follow."""
_CLAUSES = ("MATCH", "WITH", "RETURN", "UNWIND", "WHERE", "LET", "FILTER", "ORDER", "YIELD", "CALL", "NEXT")


class Unclear(Exception):
    """The body's patterns cannot be read, or cannot be changed, without understanding more of it; the text says why."""


@dataclass(frozen=True, slots=True)
class NodePattern:
    """A node in round brackets; positions are those of tokens.

    `labels` are those that the node can have, and `given` says whether the pattern itself names them. `name` is empty
    for a node without a variable. `condition` is the position of the pattern's own `WHERE`. `names` says whether a
    variable may be added.
    """

    start: int
    end: int
    name: str
    labels: frozenset[str]
    given: bool
    condition: int | None = None
    names: bool = True


@dataclass(frozen=True, slots=True)
class Repeated:
    """A relationship that is followed several times, from `start` to `end` without its quantifier.

    The node pattern behind it begins at `after`. `labels` are those of the nodes in between, which have no patterns.
    """

    start: int
    end: int
    after: int
    labels: frozenset[str]


@dataclass(slots=True)
class NodePatterns:
    """All node patterns of a body, its repeated relationships, and the brackets around each token."""

    nodes: list[NodePattern] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    around: Sequence[tuple[int, ...]] = ()

    def at_repeated(self, node: NodePattern) -> bool:
        """Tell whether a node is at an end of a repeated relationship: on its way, or a node that others bind."""
        return any(one.start == node.end + 1 or one.end < node.start <= one.after for one in self.repeated)

    def labels_of(self, name: str) -> frozenset[str]:
        """Return all labels that the patterns of a variable give; none if no pattern gives any."""
        known = [node.labels for node in self.nodes if node.name == name and node.labels]
        return frozenset().union(*known)


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A relationship between two node patterns: its types (none if any), direction, and how often it is followed."""

    start: int
    end: int
    types: tuple[str, ...]
    direction: str
    quantifier: str = ""


def read_node_patterns(tokens: Sequence[Token], model: Model) -> NodePatterns:
    """Return the node patterns of a body's significant tokens; raises `Unclear`, or `Unbalanced`."""
    return _Reader(tokens, model).read()


class _Reader:
    def __init__(self, tokens: Sequence[Token], model: Model) -> None:
        self._tokens = tokens
        self._model = model
        self._around = opened(tokens)
        self._partners = _partners(tokens)
        arrows = [arrow for at in range(len(tokens)) if (arrow := self._arrow(at)) is not None]
        self._after = {arrow.start - 1: arrow for arrow in arrows}
        self._before = {self._next(arrow): arrow for arrow in arrows}

    def read(self) -> NodePatterns:
        found = NodePatterns(around=self._around)
        for start, token in enumerate(self._tokens):
            if not token.is_symbol("(") or self._symbol(start + 1, "("):
                continue
            end = self._partners[start]
            beside = [(self._before.get(start), False), (self._after.get(end), True)]
            if any(arrow for arrow, _ in beside) or self._stands_alone(start):
                found.nodes.append(self._node(start, end, beside))
        found.repeated = [
            Repeated(arrow.start, arrow.end, self._next(arrow), self._on_the_way(arrow))
            for arrow in self._after.values()
            if arrow.quantifier not in _ONCE
        ]
        return found

    def _symbol(self, position: int, *symbols: str) -> bool:
        return 0 <= position < len(self._tokens) and self._tokens[position].is_symbol(*symbols)

    def _word(self, position: int, *words: str) -> bool:
        return 0 <= position < len(self._tokens) and self._tokens[position].is_word(*words)

    # --- relationships --------------------------------------------------------------------------------------------

    def _arrow(self, start: int) -> _Arrow | None:
        """Return the relationship that begins after a closing bracket; `None` if there is none."""
        if not self._symbol(start - 1, ")"):
            return None
        left = self._symbol(start, "<") and self._symbol(start + 1, "-")
        position = start + left
        if not self._symbol(position, "-"):
            return None
        types: tuple[str, ...] = ()
        position += 1
        if self._symbol(position, "["):
            end = self._partners[position]
            types = self._types(position + 1, end)
            position = end + 1
        if not self._symbol(position, "-"):
            return None
        right = self._symbol(position + 1, ">")
        position += right
        direction = ">" if right and not left else "<" if left and not right else "-"
        quantifier = self._quantifier(position + 1)
        if not self._symbol(position + 1 + len(quantifier), "("):
            return None
        text = "".join(self._tokens[at].text for at in quantifier)
        return _Arrow(start, position, types, direction, text)

    def _quantifier(self, position: int) -> range:
        """Return the positions of the quantifier that begins here; empty if there is none."""
        if not self._symbol(position, *_QUANTIFIERS):
            return range(position, position)
        return range(position, self._partners[position] + 1 if self._symbol(position, "{") else position + 1)

    def _types(self, start: int, end: int) -> tuple[str, ...]:
        """Return the types that a relationship's brackets name; none if it may have any type."""
        inside = range(start, end)
        place = next((at for at in inside if self._symbol(at, ":", "*", "{") or self._word(at, "WHERE")), end)
        if not self._symbol(place, ":"):
            self._refuse_old_lengths(place, end)
            return ()
        names = []
        while place < end and self._symbol(place, ":", "|"):
            if self._symbol(place + 1, ":"):
                place += 1
            if not self._tokens[place + 1].named:
                return ()
            names.append(self._tokens[place + 1].name)
            place += 2
        self._refuse_old_lengths(place, end)
        return () if self._symbol(place, "&", "!") else tuple(names)

    def _refuse_old_lengths(self, place: int, end: int) -> None:
        if place < end and self._symbol(place, "*"):
            raise Unclear("it follows relationships any number of times within square brackets")

    def _next(self, arrow: _Arrow) -> int:
        return arrow.end + 1 + len(self._quantifier(arrow.end + 1))

    def _on_the_way(self, arrow: _Arrow) -> frozenset[str]:
        return self._ends(arrow.types, "-", start=True)

    def _ends(self, types: Sequence[str], direction: str, *, start: bool) -> frozenset[str]:
        """Return the labels at one end of relationships of some types, with the pattern read from left to right."""
        kept = [one for one in self._model.relationships if not types or one.type in types]
        outward, inward = {one.start for one in kept}, {one.end for one in kept}
        if direction == "-":
            return frozenset(outward | inward)
        return frozenset(outward if (direction == ">") is start else inward)

    # --- nodes ----------------------------------------------------------------------------------------------------

    def _stands_alone(self, start: int) -> bool:
        """Tell whether a bracket with no relationship beside it is a node pattern: whether one must be there."""
        before = start - 1
        if self._symbol(self._partners[start] + 1, "(") or self._symbol(before, ")"):
            return True
        if self._symbol(before, "*", "+", "}"):
            group = before if not self._symbol(before, "}") else self._partners[before]
            return self._symbol(group - 1, ")") and self._symbol(self._partners[group - 1] + 1, "(")
        if self._symbol(before, "("):
            return self._stands_alone(before)
        if self._symbol(before, "{"):
            return self._word(before - 1, "EXISTS", "COUNT")
        if self._symbol(before, "=", ","):
            return self._matches(before)
        return self._word(before, *_MATCHING) and not self._symbol(before - 1, ".")

    def _matches(self, position: int) -> bool:
        """Tell whether a position is in the patterns of a `MATCH`, or of a subquery that has nothing else."""
        depth = self._around[position]
        for at in range(position - 1, -1, -1):
            if len(self._around[at]) < len(depth):
                return self._symbol(at, "{") and self._word(at - 1, "EXISTS", "COUNT")
            if self._around[at] == depth and self._tokens[at].is_word(*_CLAUSES):
                return self._tokens[at].is_word("MATCH")
        return False

    def _node(self, start: int, end: int, beside: Sequence[tuple[_Arrow | None, bool]]) -> NodePattern:
        first = self._tokens[start + 1]
        named = first.named and not first.is_word("WHERE", "IS") and start + 1 < end
        given = self._given(start + 1 + named, end)
        labels = given or frozenset(self._model.labels)
        for arrow, leaves in beside:
            if arrow is not None and not arrow.quantifier:
                labels = labels & self._ends(arrow.types, arrow.direction, start=leaves) or labels
        inside = range(start + 1, end)
        own = (at for at in inside if self._around[at][-1] == start and self._tokens[at].is_word("WHERE"))
        name = first.name if named else ""
        return NodePattern(start, end, name, labels, bool(given), next(own, None), names=self._may_name(start))

    def _given(self, position: int, end: int) -> frozenset[str]:
        """Return the labels that a pattern names; none if it names none, or uses another label expression."""
        labels: set[str] = set()
        while position < end and (self._symbol(position, ":", "|") or self._word(position, "IS")):
            if not self._tokens[position + 1].named:
                return frozenset()
            labels.add(self._tokens[position + 1].name)
            position += 2
        return frozenset() if self._symbol(position, "&", "!", "(") else frozenset(labels)

    def _may_name(self, start: int) -> bool:
        """Tell whether a pattern may get a variable: not where patterns are used as conditions, as after `WHERE`."""
        position = start
        while (arrow := self._before.get(position)) is not None:
            position = self._partners[arrow.start - 1]
        return self._stands_alone(position) or self._symbol(position - 1, "(", "[")


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    found: dict[int, int] = {}
    stack: list[int] = []
    for position, token in enumerate(tokens):
        if token.is_symbol(*CLOSING):
            stack.append(position)
        elif token.is_symbol(*_OPENING):
            other = stack.pop()
            found[other], found[position] = position, other
    return found
